"""The drawn rows of one document: each is kept until what it shows changes."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from textual.cache import LRUCache
from textual.strip import Strip

from tui.diff.row import Kind, Row
from tui.widgets.reader_ahead import Ahead
from tui.widgets.reader_body import join_halves
from tui.widgets.reader_ink import Ink
from tui.widgets.reader_lines import Lines, halves_of
from tui.widgets.reader_marks import Marker
from tui.widgets.reader_overlay import lay_mark
from tui.widgets.reader_rows import draw_file, draw_row
from tui.widgets.reader_strip import Frame

if TYPE_CHECKING:
    from tui.diff.document import Document
    from tui.widgets.reader_remarks import Remarks

PAGES = 9
"""Pages that are kept drawn: the one in sight, those around it and up to five that keys leap to, see
tui.widgets.reader_ahead, and one that was left.  With fewer, each is drawn anew after every key.

A row is some 40 objects to the garbage collector, with what Textual keeps in it: with 2,000 rows
that took 5 ms of each page."""
FEWEST, HIGH = 300, 54
"""Rows that are kept of pages no higher than so many rows: more would only make the longest frame longer."""


class Page:
    """Draws rows, and knows what is still to come for them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.ink = Ink(document)
        self.marker = Marker(document)
        self._lines = Lines(document, self.ink, self.marker)
        self.marked_files: frozenset[int] = frozenset()
        """Files that the user has looked at, and said so."""
        self.remarks: Remarks | None = None
        """What was said about its lines; None is nothing."""
        self._strips: LRUCache[int, Strip] = LRUCache(FEWEST)
        self._frame: Frame | None = None
        self._ahead = Ahead(self)

    def strip(self, number: int, frame: Frame, until: float) -> Strip:
        """Return a row, with its colour where that is there by a moment of ``perf_counter``."""
        if frame != self._frame:
            self._frame = frame
            self._strips.clear()
        strip = self._strips.get(number)
        if strip is not None:
            return strip
        strip, is_whole = self._draw(number, frame, until)
        if is_whole:
            self._strips[number] = strip
        return strip

    def header(self, file: int, frame: Frame) -> Strip:
        """Return the header row of a file, wherever it stands."""
        row = Row(Kind.FILE, file=file)
        return draw_file(row, frame, self.document, self.ink.troubles(file), file in self.marked_files)

    def _draw(self, number: int, frame: Frame, until: float) -> tuple[Strip, bool]:
        row = self.document.row(number)
        if self.remarks is not None:
            if row.kind is Kind.NOTE:
                return self.remarks.draw(row.line, row.start, frame), True
            if row.kind in (Kind.HUNK, Kind.FILE, Kind.RAW):
                strip, is_whole = self._draw_plain(number, row, frame, until)
                ink = self.remarks.ink(self._line(row), frame.colors)
                return lay_mark(strip, ink, frame.colors) if ink else strip, is_whole
        return self._draw_plain(number, row, frame, until)

    def _line(self, row: Row) -> int:
        """Return the line that a remark on a row is kept by: of a file's header, its first one."""
        return self.document.index.files[row.file].start if row.kind is Kind.FILE else row.line

    def lines_of(self, number: int) -> list[int]:
        """Return the lines of the index that are in a row: two where it is side by side."""
        row = self.document.row(number)
        sides = [row] if row.kind is not Kind.PAIR else [side for side in (row.left, row.right) if side]
        return [self._line(side) for side in sides]

    def _draw_plain(self, number: int, row: Row, frame: Frame, until: float) -> tuple[Strip, bool]:
        if row.kind is Kind.FILE:
            return self.header(row.file, frame), True
        if row.kind is Kind.BODY:
            return self._draw_line(number, row, frame, until)
        if row.kind is Kind.PAIR:
            halves: list[Strip | None] = []
            whole = True
            for right, side in enumerate((row.left, row.right)):
                if side is None:
                    halves.append(None)
                    continue
                half, is_whole = self._draw_line(number, side, frame.half(bool(right)), until)
                halves.append(half)
                whole = whole and is_whole
            return join_halves(halves[0], halves[1], frame), whole
        return draw_row(row, frame, self.document), True

    def _draw_line(self, number: int, row: Row, frame: Frame, until: float) -> tuple[Strip, bool]:
        remark = self.remarks.ink(row.line, frame.colors) if self.remarks is not None else ""
        return self._lines.draw(number, row, frame, until, remark)

    def goes_on(self, number: int, frame: Frame) -> bool:
        """Say whether a row has a mark at a right edge, and is one that scrolls sideways."""
        if self.document.row(number).kind in (Kind.FILE, Kind.HUNK, Kind.NOTE):
            return False
        return any(text == "›" for text, _, _ in self.strip(number, frame, 0.0))

    # -- what comes late -------------------------------------------------------

    @property
    def is_waiting(self) -> bool:
        """Whether something is still to come."""
        return self._ahead.is_waiting or self.ink.is_waiting or self.marker.is_waiting

    def look_ahead(self, rows: range) -> None:
        """Draw when there is time what a key may bring in sight where some rows are."""
        if len(rows) > HIGH and PAGES * len(rows) > self._strips.maxsize:
            if len(self._strips) > len(rows):
                self._strips.clear()  # once full, it would stay as small as it was
            self._strips.maxsize = PAGES * len(rows)
        if self._frame is not None:
            self._ahead.look(rows, self._frame.split)

    def lacks(self, rows: range) -> bool:
        """Say whether some rows will be drawn anew."""
        return self.marker.is_waiting or self.ink.lacks(rows)

    def work(self, rows: range, seconds: float) -> list[int]:
        """Spend so long on what rows in sight, and those on the pages around them, lack.

        Returns the rows to draw again.
        """
        ends = perf_counter() + seconds
        around = range(rows.start - len(rows), rows.stop + len(rows))
        done = self.ink.work({*around, *self._ahead.leap}, seconds)
        if self.marker.work(max(0.0, ends - perf_counter())):
            self._lines.clear()
            done += [row for row in list(self._strips.keys()) if self._is_moved(row)]
        for row in done:
            self._strips.discard(row)
        self._ahead.work(ends)
        return done

    def draw_ahead(self, number: int) -> None:
        """Draw a row, for when it comes in sight."""
        if self._frame is not None:
            self.strip(number, self._frame, 0.0)

    def draw_otherwise(self, number: int) -> None:
        """Draw the lines of a row as they would be with ``|``."""
        if self._frame is None:
            return
        row, other = self.document.row(number), self._frame._replace(split=not self._frame.split)
        if row.kind is Kind.BODY:
            drawn = halves_of(row, other)
        else:
            drawn = [(side, other) for side in {row.left, row.right} if side is not None]
        for side, half in drawn:
            self._draw_line(number, side, half, 0.0)

    def _is_moved(self, number: int) -> bool:
        row = self.document.row(number)
        return any(side and self.marker.moves.of(side.line) for side in (row, row.left, row.right))

    def forget(self) -> None:
        """Draw all rows anew."""
        self._strips.clear()
        self._ahead.clear()  # there may be fewer rows now
        self.ink.forget_rows()
