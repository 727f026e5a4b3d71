"""No text whatever makes the marks of a diff raise, and what they tell stays inside its lines."""

from __future__ import annotations

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.diff.test_moved import find_moves
from tui.diff.excerpt import NoPatch, patch_of
from tui.diff.index import index_diff
from tui.diff.newside import new_side
from tui.diff.whitespace import errors, only
from tui.diff.words import Words

LINES = st.lists(
    st.sampled_from(
        [
            "--- a/x",
            "+++ b/x",
            "+++ /dev/null",
            "diff --git a/x b/x",
            "diff --cc x",
            "deleted file mode 100644",
            "GIT binary patch",
            "literal 3",
            "Binary files a/x and b/x differ",
            "@@ -1,3 +1,3 @@",
            "@@ -0,0 +1 @@",
            "@@@ -1,2 -1,2 +1,2 @@@",
            "-static int frobnicate(struct device *dev);",
            "+static int frobnicate(struct device *dev);",
            "+static int frobnicate(struct device *ptr);",
            "++x",
            "- y",
            " c",
            "",
            "\r",
            "\\ No newline",
            "-- ",
            "prose",
            "-\r",
            "+ \t",
        ]
    ),
    max_size=25,
)


@given(LINES, st.integers(0, 25), st.integers(0, 25))
@settings(max_examples=300, deadline=None)
def test_nothing_raises(lines: list[str], first: int, last: int) -> None:
    index = index_diff("\n".join(lines))
    words, moves = Words(index), find_moves(index)
    for number, hunk in enumerate(index.hunks):
        for line in range(hunk.start, hunk.end):
            text = index.lines[line][hunk.signs :]
            for begin, end in (*words.ranges(number, line), *errors(text)):
                assert 0 <= begin < end <= len(text)
            only(words, number, line)
            move = moves.of(line)
            assert move is None or index.lines[move.partner][1:].strip() == index.lines[line][1:].strip()
    for number in range(len(index.files)):
        text, at = new_side(index, number)
        assert all(1 <= place <= text.count("\n") + 1 for place in at.values())
    with contextlib.suppress(NoPatch):
        patch = patch_of(index, first, last)
        assert patch.endswith("\n")
        assert not any(hunk.trouble for hunk in index_diff(patch).hunks)
