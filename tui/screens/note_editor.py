"""A few lines of one's own on a series or a patch."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from tui.screens.dialog import Dialog
from tui.widgets.columns import cut

WIDTH = 72
HINT = "Enter keeps it, ctrl+j begins a line, Esc leaves it as it was"


class NoteEditor(Dialog[str | None]):
    """Ends with the text, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", show=False, priority=True),
        Binding("ctrl+j,alt+enter", "begin_line", show=False, priority=True),
        Binding("escape", "leave_it", show=False, priority=True),
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """Lay out title, text and what the keys do."""
        with Vertical(id="dialog"):
            yield Static("", id="dialog-title")
            yield TextArea(self._text, id="note-text", tab_behavior="indent", highlight_cursor_line=False)
            yield Static("", id="dialog-note")

    def on_mount(self) -> None:
        """Begin at the end of the text."""
        text = self.query_one(TextArea)
        text.move_cursor(text.document.end)
        text.focus()
        self._fit()

    def on_resize(self) -> None:
        """Fit the terminal."""
        if self.query("#dialog-note"):  # a size may come before there is anything to fit
            self._fit()

    def _fit(self) -> None:
        width = max(1, min(WIDTH, self.size.width - 6))
        self.query_one("#dialog").styles.width = width + 4
        self.query_one("#dialog-title", Static).update(Content(cut(self._title, width)))
        self.query_one("#dialog-note", Static).update(Content(cut(HINT, width)))
        self.query_one(TextArea).styles.max_height = max(1, self.size.height - 6)

    def action_keep(self) -> None:
        """End with what was written."""
        self.end(self.query_one(TextArea).text.strip())

    def action_begin_line(self) -> None:
        """Begin another line."""
        self.query_one(TextArea).insert("\n")

    def action_leave_it(self) -> None:
        """End without a change."""
        self.leave()

    def leave(self) -> None:
        """End without a change."""
        self.end(None)
