"""A document laid out for the width of its view: places, leaps, what a resize does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.geometry import Size

from tui.widgets.reader_motion import Pager
from tui.widgets.reader_rows import text_width

if TYPE_CHECKING:
    from tui.diff.document import Document


class Leaf(Pager, inherit_bindings=False):
    """Moves over a document, or over nothing; draws none of it."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.document: Document | None = None
        self._expected: int | None = None
        """The place at which a document that is still to come will be opened."""
        self._width = 0
        """What the document is laid out for."""
        self._kept: tuple[int, tuple[int, int]] | None = None
        """The row that the last resize put at the top, and the text that it did that for.

        So that narrow and wide again, as when a pane is zoomed, ends where it began.
        """

    def open(self, document: Document | None, place: int) -> None:
        """Put a document here, with a place at the top."""
        self.document = document
        self._expected = self._kept = None
        self._lay_out()
        self.open_at(document.row_at(place) if document is not None else 0)
        self.redraw_all()

    def expect(self, place: int) -> None:
        """Say where the document that is still to come will be opened."""
        self._expected = place

    @property
    def is_expecting(self) -> bool:
        """Whether a document is still to come."""
        return self._expected is not None

    @property
    def place(self) -> int:
        """What stands at the top, to be given to ``open`` again; no width changes it."""
        if self._expected is not None:
            return self._expected
        return 0 if self.document is None else self.document.where(self.row)[0]

    def _lay_out(self) -> None:
        self._width = self.scrollable_content_region.width
        if self.document is not None and self._width > 0:
            self.document.lay_out(text_width(self._width))
        self._measure()

    def _measure(self) -> None:
        self.virtual_size = Size(self.size.width, self.document.count if self.document is not None else 0)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the rows to the new width; the text at the top stays there."""
        if self.document is None or self.scrollable_content_region.width == self._width:
            self._measure()
            self.settle()
            return
        is_kept = self._kept is not None and self._kept[0] == self.row
        top = self._kept[1] if self._kept is not None and is_kept else self.document.where(self.row)
        self._lay_out()
        row = self.document.row_at(*top)
        self._kept = row, top
        self.open_at(row)
        self.redraw_all()

    def next_file(self) -> bool:
        """Put the header row of the next file at the top."""
        return self.document is not None and self.leap(self.document.file_rows, 1)

    def previous_file(self) -> bool:
        """Go back to the header row of this file, or of the one before."""
        return self.document is not None and self.leap(self.document.file_rows, -1)

    def next_hunk(self) -> bool:
        """Put the header row of the next hunk at the top."""
        return self.document is not None and self.leap(self.document.hunk_rows, 1)

    def previous_hunk(self) -> bool:
        """Go back to the header row of this hunk, or of the one before."""
        return self.document is not None and self.leap(self.document.hunk_rows, -1)

    def redraw_all(self) -> None:
        """Draw all rows anew."""
        self.refresh()
