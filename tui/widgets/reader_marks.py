"""What is to be seen in the lines of a document: changed words, moved lines, white space, hits."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from tui.core.text import clean
from tui.diff.lookalike import lookalikes
from tui.diff.moved import Moves, steps
from tui.diff.row import Row
from tui.diff.whitespace import errors, only
from tui.diff.words import Ranges, Words
from tui.widgets.reader_body import Marks, signs_of, text_of
from tui.widgets.reader_strip import Frame, Whitespace

if TYPE_CHECKING:
    from tui.diff.document import Document
    from tui.diff.search import Search

LONGEST, RUN_ON = 5_000, 1_000
"""Characters of a line that are looked at as one, unless more of it is in sight: of one that is wrapped, and
of one that runs out of sight."""
KEPT = 100
"""Lines whose marks are kept: the pieces of a wrapped one are drawn one by one."""


class Marker:
    """The marks of one document.  Moved lines come when all of it was looked at, in slices."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._index = index = document.index
        self._words = Words(index)
        self.moves = Moves()
        self._steps: Iterator[None] | None = steps(index, self.moves)
        self._lines: dict[int, Marks] = {}
        self._key: tuple[Search | None, Whitespace, bool, bool, int] | None = None
        """What the marks of these lines were looked for with."""

    @property
    def is_waiting(self) -> bool:
        """Whether moved lines are still to come."""
        return self._steps is not None

    def work(self, seconds: float) -> bool:
        """Look for moved lines for so long; say whether some were found at the end."""
        ends = perf_counter() + seconds
        while self._steps is not None:
            try:
                next(self._steps)
            except StopIteration:
                self._steps = None
                return len(self.moves) > 0
            if perf_counter() > ends:
                break
        return False

    def of(self, row: Row, spans: bytes, frame: Frame) -> Marks:
        """Return the marks of a row of a hunk."""
        if row.start < LONGEST:
            shift = signs_of(row, self._index.hunks[row.hunk].signs)
            is_piece = row.start > 0 or row.end < len(row.text) - shift
            # All of a piece that begins before: where marks are narrow, a row has more characters than cells.
            reach = 4 * frame.width + (LONGEST if is_piece else max(RUN_ON, frame.left))
            key = frame.sought, frame.whitespace, frame.split, self.is_waiting, reach
            if self._key != key or len(self._lines) > KEPT:
                self._key = key
                self._lines.clear()
            marks = self._lines.get(row.line)
            if marks is None:
                text = row.text[shift : shift + reach]
                marks = self._lines[row.line] = self._look(row, text, frame)
            return marks if marks.is_faint else marks._replace(spans=spans)
        # Far into a line a piece of it is looked at on its own.
        marks = self._look(row, text_of(row, self._index.hunks[row.hunk].signs), frame)
        return marks._replace(words=(), spaces=(), odd=_shift(marks.odd, row), hits=_shift(marks.hits, row))

    def _look(self, row: Row, text: str, frame: Frame) -> Marks:
        hits = frame.sought.ranges(text) if frame.sought is not None else ()
        if row.sign not in "+- " or self._index.hunks[row.hunk].signs > 1:
            return Marks(hits=hits)
        odd = lookalikes(text)
        if row.sign == " ":
            return Marks(odd=odd, hits=hits)
        moved = not self.is_waiting and self.moves.of(row.line) is not None
        apart = frame.split and not self._faces_partner(row)
        faint = not apart and frame.whitespace is Whitespace.DIMMED and only(self._words, row.hunk, row.line)
        return Marks(
            # A line that was moved as a whole has no words of its own to show.
            words=() if apart or faint or moved else self._words.ranges(row.hunk, row.line),
            spaces=errors(text) if row.sign == "+" else (),
            odd=odd,
            hits=hits,
            is_moved=moved,
            is_faint=faint,
        )

    def _faces_partner(self, row: Row) -> bool:
        """Say whether the line that a row's line became or was stands beside it.

        Side by side, marks are read as the difference to what stands there.
        """
        partner = self._words.partner(row.hunk, row.line)
        return partner >= 0 and self._document.faces(row.line, partner)

    def other_end(self, place: int) -> tuple[int, str] | None:
        """Return the place that a moved line came from or went to, and that in words; None for others."""
        document = self._document
        move = self.moves.of(document.line_of(place))
        if move is None:
            return None
        other = document.place_of(move.partner)
        ends = [document.address(place), document.address(other)]
        if ends[0] is not None and ends[0].side == "new":
            ends.reverse()
        where = " to ".join(f"{clean(end.path)}:{end.number}" for end in ends if end is not None)
        lines = f"{move.count} lines" if move.count > 1 else "1 line"
        return other, f"{lines} moved from {where}{', indented anew' if move.indented else ''}."


def _shift(ranges: Ranges, row: Row) -> Ranges:
    return tuple((first + row.start, end + row.start) for first, end in ranges)
