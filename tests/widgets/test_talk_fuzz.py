"""Mails with all the damage that there is: nothing raises, nothing gets out of its row or of its diff."""

from __future__ import annotations

import random
from datetime import datetime

import pytest

from tests.bench.made_quotes import make_cases
from tests.bench.patch_damage import MUTATIONS
from tui.core.colors import Colors
from tui.core.letter import read_letter
from tui.core.text import is_clean
from tui.diff.index import index_diff
from tui.diff.quotable import Quotable
from tui.diff.remarks import place_remarks
from tui.widgets.talk_ink import draw
from tui.widgets.talk_rows import Post, lay_out

NOISE = (
    *(
        ">",
        "> >",
        "|",
        "| a",
        "-----Original Message-----",
        "From: x",
        "Sent: z",
        "Subject: s",
        "On x wrote:",
    ),
    *("-- ", "--", "_" * 20, "[...]", "[snip]", "\x1b[2J", "\u202e", "日本語" * 50, "\r", "\t" * 20, "=3D"),
    *("@@ -1 +1 @@", "diff --git a/x b/x", "+++ b/x", "--- a/x", "<html><body><p>x</p></body></html>"),
    *("Reviewed-by: A <a@example.org>", "> " * 300, "a" * 5000, "https://example.org/" + "x" * 300),
)
NOW = datetime(2026, 3, 31, 18)
FLOWED = (("Content-Type", "text/plain; format=flowed"),)


@pytest.mark.parametrize("seed", range(4))
def test_any_mail_is_read_placed_laid_out_and_drawn(seed: int) -> None:
    chance = random.Random(seed)
    pool = list(make_cases(20, seed + 50))
    for number in range(60):
        case = chance.choice(pool)
        lines = case.content.split("\n")
        for _ in range(chance.randrange(1, 8)):
            at = chance.randrange(len(lines))
            if chance.random() < 0.5:
                chance.choice(MUTATIONS)(chance, lines, at)
            else:
                lines.insert(at, chance.choice(NOISE))
            lines = lines or [""]
        text = "\n".join(lines)
        letter = read_letter(text, FLOWED if number % 3 == 0 else ())
        index = index_diff(case.diff if number % 5 else text)
        for remark in place_remarks(letter, Quotable(index, case.message)):
            assert 0 <= remark.line < len(index.lines)
            assert remark.first < remark.end <= len(letter)
        post = Post(1, "A", NOW, tuple(letter), depth=number % 9)
        for width in (20, 80):
            for row in lay_out(post, width, frozenset(), all_open=number % 2 == 0):
                assert is_clean(draw(row, post, width, Colors(), NOW).text)
