"""A few lines of one's own on a series or a patch."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static, TextArea

from tui.screens.dialog import Editor
from tui.screens.typing_keys import Typed
from tui.where import Where


class NoteText(Typed, TextArea):
    """What is written."""

    where = Where.NOTE
    own_keys = frozenset({"tab"})


class NoteEditor(Editor[str | None]):
    """Ends with the text, or with None."""

    WHERE = Where.NOTE
    NOTE = "{accept} keeps it, {begin_line} begins a line, {typed back} leaves it as it was"

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title)
        self._text = text

    def compose(self) -> ComposeResult:
        """Lay out title, text and what the keys do."""
        with Vertical(id="dialog"):
            yield Static("", id="dialog-title")
            yield NoteText(self._text, id="note-text", tab_behavior="indent", highlight_cursor_line=False)
            yield Static("", id="dialog-note")

    def on_mount(self) -> None:
        """Begin at the end of the text."""
        text = self.query_one(TextArea)
        text.move_cursor(text.document.end)
        text.focus()
        self.fit()

    def fit(self) -> None:
        """Fit the terminal."""
        super().fit()
        self.query_one(TextArea).styles.max_height = max(1, self.size.height - 6)

    def action_accept(self) -> None:
        """End with what was written."""
        self.end(self.query_one(TextArea).text.strip())

    def action_begin_line(self) -> None:
        """Begin another line."""
        self.query_one(TextArea).insert("\n")

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Name the keys again."""
        event.stop()
        self.say_of_key("")

    def leave(self) -> None:
        """End without a change."""
        self.end(None)
