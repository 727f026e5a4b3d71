"""A long line cut into pieces that fit a row.

A piece is cleaned and drawn on its own: its tab stops are counted from where it begins, which
is what ``clean`` makes of it.  No character is cut, and a combining mark stays with its letter.
"""

from __future__ import annotations

from collections.abc import Sequence

from tui.core.text import cells

TAB = 8
WIDEST = 8
"""Cells of one character at most: a tab's, and those of a hidden one shown as its number."""


class _Widths(dict[str, int]):
    """The cells of each character, worked out when it is first met."""

    def __missing__(self, character: str) -> int:
        width = self[character] = cells(character)
        return width


_WIDTHS = _Widths()


def effort(text: str) -> int:
    """Return how much there is to measure in a text that is not simply as wide as it is long."""
    return 4 * text.count("\t") if text.isascii() else len(text)


def count_simply(text: str, width: int) -> int:
    """Return how many pieces a text has, if its length tells; 0 if it does not.

    It does where all is ASCII and tabs are only at its beginning, as in most code.
    """
    if not text.isascii():
        return 0
    tabs = text.count("\t")
    if not tabs or (text.rfind("\t") < tabs and TAB * tabs <= width):
        return max(1, -(-(len(text) + (TAB - 1) * tabs) // width))
    # To ``expandtabs`` a carriage return begins a line.
    return int(len(text) <= width and "\r" not in text and len(text.expandtabs(TAB)) <= width)


def cut(text: str, width: int, *, measured: bool = True) -> Sequence[int]:
    """Return where the pieces of a text begin that fit so many cells; the first is 0.

    Without ``measured``, all are as many characters long as fit whatever they are: what a
    text costs that nobody can read anyhow.
    """
    if text.isascii() and "\t" not in text:
        return range(0, max(1, len(text)), width)
    if not measured:
        return range(0, len(text), max(1, _stride(text, width)))
    return _cut_at_tabs(text, width) if text.isascii() else _cut_by_characters(text, width)


def _stride(text: str, width: int) -> int:
    """Return how many characters of a text fit into so many cells, wherever they are taken from.

    Some ten rare letters are printable to Python and yet hidden: a row of those is cut at its edge.
    """
    if text.isascii():
        return max(width // TAB, width - (TAB - 1) * text.count("\t"))
    return width // (2 if text.isprintable() else WIDEST)


def _cut_at_tabs(text: str, width: int) -> list[int]:
    starts = [0]
    column = position = 0
    for number, field in enumerate(text.split("\t")):
        if number:
            gap = TAB - column % TAB
            if column and column + gap > width:
                starts.append(position)
                column, gap = 0, TAB
            column += gap
            position += 1
        room = max(0, width - column)
        if len(field) > room:
            starts += range(position + room, position + len(field), width)
            column = position + len(field) - starts[-1]
        else:
            column += len(field)
        position += len(field)
    return starts


def _cut_by_characters(text: str, width: int) -> list[int]:
    starts = [0]
    column = 0
    for position, character in enumerate(text):
        taken = TAB - column % TAB if character == "\t" else _WIDTHS[character]
        if taken and column + taken > width and position > starts[-1]:
            starts.append(position)
            column = 0
            taken = TAB if character == "\t" else taken
        column += taken
    return starts
