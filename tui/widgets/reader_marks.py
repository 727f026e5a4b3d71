"""What is to be seen in the lines of a document: changed words, moved lines, white space, hits."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from tui.core.text import clean
from tui.diff.lookalike import lookalikes
from tui.diff.moved import Moves, steps
from tui.diff.row import Row, unsigned
from tui.diff.whitespace import errors, only
from tui.diff.words import Words
from tui.widgets.reader_body import Marks
from tui.widgets.reader_strip import Frame, Whitespace

if TYPE_CHECKING:
    from tui.diff.document import Document
    from tui.diff.index import DiffIndex

LONGEST = 5_000
"""Characters of a line that are looked at."""


class Marker:
    """The marks of one document.  Moved lines come when all of it was looked at, in slices."""

    def __init__(self, index: DiffIndex) -> None:
        self._index = index
        self._words = Words(index)
        self.moves = Moves()
        self._steps: Iterator[None] | None = steps(index, self.moves)

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
        hunk = self._index.hunks[row.hunk]
        text = unsigned(row.text, row.sign, hunk.signs)[:LONGEST]
        hits = frame.sought.ranges(text) if frame.sought is not None else ()
        if row.sign not in "+- " or hunk.signs > 1:
            return Marks(spans, hits=hits)
        odd = lookalikes(text)
        if row.sign == " ":
            return Marks(spans, odd=odd, hits=hits)
        moved = not self.is_waiting and self.moves.of(row.line) is not None
        faint = frame.whitespace is Whitespace.DIMMED and only(self._words, row.hunk, row.line)
        return Marks(
            b"" if faint else spans,
            # A line that was moved as a whole has no words of its own to show.
            () if faint or moved else self._words.ranges(row.hunk, row.line),
            errors(text) if row.sign == "+" else (),
            odd,
            hits,
            moved,
            faint,
        )

    def other_end(self, document: Document, place: int) -> tuple[int, str] | None:
        """Return the place that a moved line came from or went to, and that in words; None for others."""
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
