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


def cut(text: str, width: int, *, measured: bool = True) -> Sequence[int]:
    """Return where the pieces of a text begin that fit so many cells; the first is 0.

    Without ``measured``, all are as many characters long as fit whatever they are: what a
    text costs that nobody can read anyhow.
    """
    if text.isascii() and "\t" not in text:
        return range(0, max(1, len(text)), width)
    if not measured:
        widest = TAB if "\t" in text else max(_WIDTHS[character] for character in set(text))
        return range(0, len(text), max(1, width // max(1, widest)))
    return _cut_at_tabs(text, width) if text.isascii() else _cut_by_characters(text, width)


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
        if column and taken and column + taken > width:
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
        left = EFFORT
        for line, place, hunk in self._places.find_lines(self._long_lines()):
            text, width = self._text(line, hunk)
            cost = effort(text)
            left -= min(cost, LINE_EFFORT)
            if left < 0:
                self._measured_to = min(self._measured_to, line)
            count = len(cut(text, width, measured=left >= 0 and cost <= LINE_EFFORT)) if width else 1
            if count > 1:
                item = place if self._split is None else self._split.item_of(place)
                heights[item] = max(count, heights.get(item, 0))
        for item in sorted(heights):
            yield item, item + 1, heights[item]

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
        if hunk < 0:
            return index.lines[line], self._prose
        if line == index.hunks[hunk].start:
            return index.lines[line], 0
        is_across = self._split is not None and not self._split.side_of(line)
        # Both sides together are less than a row without a second gutter has.
        width = self._body * (2 if is_across else 1)
        return unsigned(index.lines[line], index.kinds[line], index.hunks[hunk].signs), width

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
