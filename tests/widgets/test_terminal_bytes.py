"""No character that is hidden, or that acts, gets from a patch to the terminal; each is shown instead."""

from __future__ import annotations

import re

import pytest

from tests.widgets.hostile_reader import WAYS, code_points
from tests.widgets.terminal_bytes import hidden_in, is_hidden, read_to_end, start, stop, text_of
from tui.core.text import clean

CODE = "import sys; sys.path.insert(0, '.'); from tests.widgets.hostile_reader import run; run(*sys.argv[1:])"


def write_out(first: int, end: int, step: int) -> bytes:
    """Return what an app writes that shows these code points, each on a row of a large terminal."""
    child, terminal = start(CODE, str(first), str(end), str(step), rows=900, columns=600)
    try:
        return read_to_end(terminal)
    finally:
        stop(child, terminal)


def check(first: int, end: int, step: int = 1) -> None:
    """See that of these code points nothing hidden reaches the terminal, and that all are on it."""
    written = write_out(first, end, step)
    assert hidden_in(written) == {}
    text = text_of(written)
    seen = {" ", *text, *re.findall("\u27e8[0-9A-F]+\u27e9", text)}
    wanted = [character for part in code_points(first, end, step) for character in part]
    assert [hex(ord(c)) for c in wanted if c != "\t" and clean(c) not in seen] == []


# As letters and unassigned code points do not differ from each other, some will do.
@pytest.mark.parametrize(("first", "end", "step"), [(0, 0x10000, 7), (0x10000, 0x110000, 61)])
def test_a_terminal_gets_nothing_hidden(first: int, end: int, step: int) -> None:
    check(first, end, step)


def test_every_code_point_is_clean_in_sequences() -> None:
    for number, first in enumerate(range(0, 0x110000, 0x400)):
        opening, closing = WAYS[number % len(WAYS)]
        shown = clean("".join(f"{opening}{chr(code)}{closing}" for code in range(first, first + 0x400)))
        assert not [hex(ord(character)) for character in set(shown) if is_hidden(character)]


def test_the_grammar_lets_no_sequence_of_a_patch_pass() -> None:
    for sequence in (
        *(
            "\x1b[31m",
            "\x1b[2J",
            "\x1b]0;x\x07",
            "\x1b]52;c;eA==\x07",
            "\x1bPq\x1b\\",
            "\x9b2J",
            "\x1bc",
            "\x07",
        ),
        *(
            "\u202e",
            "\u200b",
            "\ufe0f",
            "\u2028",
            "\x7f",
            "\x08",
            "\x1b[?5h",
            "\x1b[6n",
            "\x1b[10C",
            "\x1b[?1049x",
        ),
    ):
        assert hidden_in(f"a{sequence}b".encode()), sequence
    assert not hidden_in(b"\x1b[1;2H\x1b[1;38;2;1;2;3mx\x1b[0m\r\n\x1b[?2026h")
