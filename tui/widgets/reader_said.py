"""What was said about the lines of a document: marks beside them, and the words below when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from tui.diff.row import Kind
from tui.widgets.reader_mouse import Clicking

if TYPE_CHECKING:
    from tui.widgets.reader_page import Page
    from tui.widgets.reader_remarks import Remarks
    from tui.widgets.talk_rows import Post


class Remarked(Clicking, inherit_bindings=False):
    """A document whose lines may have remarks."""

    page: Page | None

    class Showed(Message):
        """Another document is shown, or none."""

    def show_remarks(self, remarks: Remarks | None) -> None:
        """Mark the lines of the document that something was said about; None is nothing."""
        if self.page is not None and (remarks is not None or self.page.remarks is not None):
            before, self.page.remarks = self.page.remarks, remarks
            notes = remarks.counts if remarks is not None and remarks.opened else None
            if notes is not None or (before is not None and before.opened):
                self._hold(lambda document: document.set_notes(notes))
            self.redraw_all()

    def toggle_remarks(self) -> bool | None:
        """Show what was said about the line under the cursor, or hide it; None where nothing was."""
        page = self.page
        if page is None or page.remarks is None:
            return None
        remarks = page.remarks
        shows = remarks.toggle(page.lines_of(self.line))
        if shows is not None:
            notes = remarks.counts if remarks.opened else None
            self._hold(lambda document: document.set_notes(notes))
        if shows and self.document is not None:
            counts = remarks.counts(self.document.shape.prose)
            self.put_cursor(self.line, 0, sum(counts.get(line, 0) for line in page.lines_of(self.line)))
        return shows

    def go_to_remark(self, key: int, line: int) -> bool:
        """Go to what a line of a comment is about, and show that; False where it is about none."""
        page, document = self.page, self.document
        about = page.remarks.line_of(key, line) if page is not None and page.remarks is not None else None
        if about is None or page is None or page.remarks is None or document is None:
            return False
        self.go_to(document.place_of(about))
        if about not in page.remarks.opened:
            self.toggle_remarks()
        return True

    def remark_here(self) -> Post | None:
        """Return the remark under the cursor, or the only one on its line."""
        page, document = self.page, self.document
        if page is None or page.remarks is None or document is None:
            return None
        row = document.row(self.line)
        number = row.start if row.kind is Kind.NOTE else -1
        posts = [
            page.remarks.post_at(line, number, document.shape.prose) for line in page.lines_of(self.line)
        ]
        return next((post for post in posts if post is not None), None)

    def next_remark(self, way: int = 1) -> bool:
        """Go to the next line that something was said about; False where there is none."""
        page, document = self.page, self.document
        if page is None or page.remarks is None or document is None:
            return False
        places = sorted(document.place_of(line) for line in page.remarks.posts)
        rows = [place for place in places if (place > self.cursor if way > 0 else place < self.cursor)]
        if rows:
            self.go_to(rows[0 if way > 0 else -1])
        return bool(rows)
