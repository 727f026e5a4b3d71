"""What the mouse does in the reader, besides scrolling and selecting, and what Enter does too."""

from __future__ import annotations

from textual import events

from tui.diff.row import Kind
from tui.widgets.reader_find import Finding

HEADS = frozenset({Kind.FILE, Kind.HUNK})
"""Rows below which what belongs to them may be folded."""


class Clicking(Finding, inherit_bindings=False):
    """A click puts the cursor on a row; some rows do something then."""

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor where the button went down."""
        top = self.scroll_offset.y
        if self.document is not None and event.button == 1 and event.y >= self.covered(top):
            self.put_cursor(top + event.y)

    def on_click(self, event: events.Click) -> None:
        """Fold or unfold a file or what is folded; go to the file of a row of the diffstat."""
        document, top = self.document, self.scroll_offset.y
        if document is None or event.button != 1 or self.text_selection is not None:
            return
        file = self.sticky(top)
        if event.y == 0 and file >= 0:
            self.go_to_file(file)
            self.toggle_fold()
            return
        number = top + event.y
        if number >= document.count:
            return
        if document.row(number).kind is Kind.FILE:
            self.toggle_fold()
        else:
            self.open_row(number)

    def open_row(self, number: int) -> bool:
        """Unfold what is folded in a row or below it; from one of the diffstat go to its file.

        False on other rows.
        """
        document = self.document
        if document is None or number >= document.count:
            return False
        row = document.row(number)
        if row.kind is Kind.STAT:
            self.go_to_file(row.file)
            return True
        if row.kind in HEADS and number + 1 < document.count:
            number += 1
        return document.row(number).kind is Kind.FOLD and self.toggle_fold()
