"""The drawn rows of one document: each is kept until what it shows changes."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from time import perf_counter
from typing import TYPE_CHECKING

from textual.cache import LRUCache
from textual.strip import Strip

from tui.diff.row import Kind, Row
from tui.widgets.reader_body import PLAIN, Marks, draw_body, draw_pair
from tui.widgets.reader_ink import Ink
from tui.widgets.reader_marks import Marker
from tui.widgets.reader_overlay import lay_mark
from tui.widgets.reader_rows import draw_file, draw_row
from tui.widgets.reader_strip import Frame

if TYPE_CHECKING:
    from tui.diff.document import Document
    from tui.widgets.reader_remarks import Remarks

STRIPS = 300
"""Rows that are kept drawn: six pages.

Each is some 40 objects to the garbage collector, with what Textual keeps in it: with 2,000 rows
that took 5 ms of each page."""


class Page:
    """Draws rows, and knows what is still to come for them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.ink = Ink(document)
        self.marker = Marker(document)
        self.marked_files: frozenset[int] = frozenset()
        """Files that the user has looked at, and said so."""
        self.remarks: Remarks | None = None
        """What was said about its lines; None is nothing."""
        self._strips: LRUCache[int, Strip] = LRUCache(STRIPS)
        self._frame: Frame | None = None
        self._sight = range(0)
        self._ahead: deque[int] = deque()
        """Rows below and above those in sight that are not drawn yet."""
        self._ahead_is_asked = False
        self._leaps: list[int] = []
        """Rows that a key may put at the top, and whose pages were not asked for yet."""

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
            marks, is_whole = self._marks(number, row, frame, until)
            return draw_body(row, frame, self.document.index.hunks[row.hunk].signs, marks), is_whole
        if row.kind is Kind.PAIR:
            left, left_whole = self._marks(number, row.left, frame, until)
            right, right_whole = self._marks(number, row.right, frame, until)
            signs = self.document.index.hunks[row.hunk].signs
            return draw_pair(row, frame, signs, (left, right)), left_whole and right_whole
        return draw_row(row, frame, self.document), True

    def _marks(self, number: int, row: Row | None, frame: Frame, until: float) -> tuple[Marks, bool]:
        if row is None:
            return PLAIN, True
        spans = self.ink.spans(number, row, until)
        marks = self.marker.of(row, spans or b"", frame)
        if self.remarks is not None and (ink := self.remarks.ink(row.line, frame.colors)):
            marks = marks._replace(remark=ink)
        return marks, spans is not None

    def goes_on(self, number: int, frame: Frame) -> bool:
        """Say whether a row has a mark at a right edge, and is one that scrolls sideways."""
        if self.document.row(number).kind in (Kind.FILE, Kind.HUNK, Kind.NOTE):
            return False
        return any(text == "›" for text, _, _ in self.strip(number, frame, 0.0))

    # -- what comes late -------------------------------------------------------

    @property
    def is_waiting(self) -> bool:
        """Whether something is still to come."""
        return bool(self._ahead or self._leaps) or self.ink.is_waiting or self.marker.is_waiting

    def look_ahead(self, rows: range) -> None:
        """Draw the pages below and above some rows when there is time: then they only have to be written."""
        if rows != self._sight:
            self._sight, self._ahead_is_asked = rows, False
            below = range(rows.stop, min(rows.stop + len(rows), self.document.count))
            self._ahead = deque((*below, *range(max(0, rows.start - len(rows)), rows.start)))
            self._leaps = self._find_leaps(rows)

    def _find_leaps(self, rows: range) -> list[int]:
        """Return where the next file and the last two begin, and the first and the last page."""
        files = self.document.file_rows
        number = bisect_right(files, rows.start + 1)
        around = files[max(0, number - 2) : number + 1]
        return [0, max(0, self.document.count - len(rows)), *around]

    def lacks(self, rows: range) -> bool:
        """Say whether some rows will be drawn anew."""
        return self.marker.is_waiting or self.ink.lacks(rows)

    def work(self, rows: range, seconds: float) -> list[int]:
        """Spend so long on what rows in sight, and those on the pages around them, lack.

        Returns the rows to draw again.
        """
        ends = perf_counter() + seconds
        around = range(rows.start - len(rows), rows.stop + len(rows))
        done = self.ink.work(around, seconds)
        if not (self._ahead_is_asked or self.ink.is_waiting or perf_counter() > ends):
            # All of them are asked for at once, and drawn when their colours are there.
            self._ahead_is_asked = True
            self.ink.look_ahead(self._ahead)
        if self.marker.work(max(0.0, ends - perf_counter())):
            done += [row for row in list(self._strips.keys()) if self._is_moved(row)]
        for row in done:
            self._strips.discard(row)
        while self._ahead and self._frame is not None and not self.ink.is_waiting:
            if perf_counter() > ends:
                return done
            self.strip(self._ahead.popleft(), self._frame, 0.0)
        if self._leaps and not (self._ahead or self.ink.is_waiting or self.marker.is_waiting):
            # Their colours only: to draw a page takes 5 ms, to lex it may take 15.
            first = self._leaps.pop()
            self.ink.look_ahead(range(first, min(first + len(rows), self.document.count)))
        return done

    def _is_moved(self, number: int) -> bool:
        row = self.document.row(number)
        return any(side and self.marker.moves.of(side.line) for side in (row, row.left, row.right))

    def forget(self) -> None:
        """Draw all rows anew."""
        self._strips.clear()
        self._sight = range(0)
        self._leaps.clear()
        self._ahead.clear()  # there may be fewer rows now
        self.ink.forget_rows()
