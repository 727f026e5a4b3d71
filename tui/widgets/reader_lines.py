"""The lines of hunks as they are drawn, each kept for all that ``|`` and ``w`` make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.cache import LRUCache
from textual.strip import Strip

from tui.widgets.reader_body import draw_body
from tui.widgets.reader_strip import Frame

if TYPE_CHECKING:
    from tui.diff.document import Document
    from tui.diff.row import Row
    from tui.widgets.reader_ink import Ink
    from tui.widgets.reader_marks import Marker

KEPT = 500
"""Lines that are kept drawn: four pages of 50 rows, and two of them side by side too."""


class Lines:
    """Draws the lines of hunks of one document.

    A line is the same wherever its row is: so what ``|`` and ``w`` lead to may be drawn ahead, and what
    was drawn stays when rows are numbered anew.
    """

    def __init__(self, document: Document, ink: Ink, marker: Marker) -> None:
        self._document = document
        self._ink = ink
        self._marker = marker
        self._strips: LRUCache[tuple[object, ...], Strip] = LRUCache(KEPT)

    def draw(self, number: int, row: Row, frame: Frame, until: float, remark: str = "") -> tuple[Strip, bool]:
        """Return a line in so wide a frame, and whether that is how it stays: its colours are there.

        They are waited for until a moment of ``perf_counter``.  ``remark`` is the colour of its mark.
        """
        # Until its partners are known, a line side by side may stand beside another one.
        key = frame, row.line, row.start, row.end, remark, self._document.is_rough
        strip = self._strips.get(key)
        if strip is not None:
            return strip, True
        spans = self._ink.spans(number, row, until)
        marks = self._marker.of(row, spans or b"", frame)
        if remark:
            marks = marks._replace(remark=remark)
        strip = draw_body(row, frame, self._document.index.hunks[row.hunk].signs, marks)
        if spans is not None:
            self._strips[key] = strip
        return strip, spans is not None

    def clear(self) -> None:
        """Draw all lines anew."""
        self._strips.clear()


def halves_of(row: Row, frame: Frame) -> list[tuple[Row, Frame]]:
    """Return the line of a row, and the frames of the halves in which it stands side by side."""
    sides = {"-": (False,), "+": (True,), " ": (False, True)}.get(row.sign, ())
    return [(row, frame.half(right)) for right in sides]
