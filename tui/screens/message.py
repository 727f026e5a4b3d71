"""A few lines that want to be read, and a question that is answered with one key."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.core.text import clean
from tui.screens.dialog import Dialog


class Message(Dialog[bool]):
    """Ends with True for one of the keys that mean yes, with False for any other."""

    def __init__(
        self, title: str, lines: Sequence[str], *, yes: Sequence[str] = (), note: str = "any key closes this"
    ) -> None:
        super().__init__()
        self._title = clean(title)
        self._lines = [clean(line) for line in lines]
        self._yes = frozenset(yes)
        self._note = note

    def compose(self) -> ComposeResult:
        """Lay out title, text and foot."""
        with Vertical(id="dialog"):
            yield Static(Content(self._title), id="dialog-title")
            with VerticalScroll(id="dialog-text", can_focus=False):
                yield Static(Content("\n".join(self._lines)))
            if self._note:
                yield Static(Content(self._note), id="dialog-note")

    def on_mount(self) -> None:
        """Fit the text."""
        self.on_resize()

    def on_resize(self) -> None:
        """Be as wide as the longest line, or fold what the terminal has no room for."""
        width = max(cell_len(line) for line in (self._title, self._note, *self._lines))
        for dialog in self.query("#dialog"):  # a size may come before there is one
            dialog.styles.width = min(width + 4, max(1, self.size.width - 2))

    def on_key(self, event: events.Key) -> None:
        """Answer with the key."""
        event.stop()
        event.prevent_default()
        self.end(event.key in self._yes)

    def leave(self) -> None:
        """Say no."""
        self.end(False)
