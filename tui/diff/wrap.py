"""Lines of a diff that go on below where they are longer than their row.

A piece is cleaned and drawn on its own: its tab stops are counted from where it begins, which
is what ``clean`` makes of it.  No character is cut, and a combining mark stays with its letter.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from tui.core.text import cells
from tui.diff.places import Places
from tui.diff.row import unsigned
from tui.diff.segments import Segments
from tui.diff.split import Split

TAB = 8
WIDEST = 8
"""Cells of one character at most: a tab's, and those of a hidden one shown as its number."""
EFFORT = 400_000
"""Characters beyond ASCII that are measured one by one, a tab counting for four: 30 ms."""
LINE_EFFORT = 20_000
"""The same for one line."""
KEPT = 500


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
    return int("\r" not in text and len(text.expandtabs(TAB)) <= width)


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


class Wrapping:
    """How the lines of a diff are cut for one shape.

    Only the rows that take more than one are kept: 12 ms for 100,000 lines of which few do.
    """

    def __init__(self, places: Places, split: Split | None, prose: int, body: int) -> None:
        """Take how many cells raw lines and lines of hunks have; 0 is without limit."""
        self._places = places
        self._split = split
        self._prose, self._body = prose, body
        self._measured_to = len(places.index.lines)
        """Lines from here on are not measured."""
        self._kept: dict[int, Sequence[int]] = {}
        self.segments = Segments(self._ranges() if prose or body else ())

    def _ranges(self) -> Iterator[tuple[int, int, int]]:
        """Yield each row, if nothing were wrapped, that takes more than one, and how many."""
        heights: dict[int, int] = {}
        split, left = self._split, EFFORT
        for line, place, hunk in self._places.find_lines(self._long_lines()):
            text, width = self._text(line, hunk)
            count = count_simply(text, width) if width else 1
            if not count:
                cost = effort(text)
                left -= min(cost, LINE_EFFORT)
                if left < 0:
                    self._measured_to = min(self._measured_to, line)
                count = len(cut(text, width, measured=left >= 0 and cost <= LINE_EFFORT))
            if count > 1:
                item = place if split is None else split.item_of(place)
                heights[item] = max(count, heights.get(item, 0))
        return ((item, item + 1, heights[item]) for item in sorted(heights))

    def _long_lines(self) -> list[int]:
        """Return the lines that may be longer than their row, found without measuring any."""
        width = min(filter(None, (self._prose, self._body)))
        return [
            number
            for number, text in enumerate(self._places.index.lines)
            if (len(text) + (TAB - 1) * text.count("\t") if text.isascii() else WIDEST * len(text)) > width
        ]

    def _text(self, line: int, hunk: int) -> tuple[str, int]:
        """Return what is to be cut of a line, and to how many cells; 0 for none."""
        index = self._places.index
        text, kind = index.lines[line], index.kinds[line]
        if hunk < 0:
            return text, self._prose
        if kind == "@":
            return text, 0
        width = self._body
        if self._split is not None and self._split.is_across(line):
            # Both sides together are less than a row without a second gutter has.
            width *= 2
        return unsigned(text, kind, index.hunks[hunk].signs), width

    def starts(self, line: int) -> Sequence[int]:
        """Return where in its text without signs the pieces of a line begin."""
        if line not in self._kept:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            text, width = self._text(line, self._places.hunk_of(line))
            measured = line < self._measured_to and effort(text) <= LINE_EFFORT
            self._kept[line] = cut(text, width, measured=measured) if width else (0,)
        return self._kept[line]

    def piece_of(self, line: int, start: int) -> int:
        """Return which piece of a line shows the character at ``start``."""
        return max(0, bisect_right(self.starts(line), start) - 1)
