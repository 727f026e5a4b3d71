"""A list in a dialog."""

from __future__ import annotations

from textual import events

from tui.core.colors import Colors
from tui.widgets.listing import Listing


class Rows(Listing, can_focus=False):
    """Lies on the dialog, which has the keys; a click takes a row."""

    def ground(self, colors: Colors) -> str:
        """Lie on the dialog."""
        return colors.panel

    def _background(self, index: int, colors: Colors) -> str:
        return colors.cursor if index == self.cursor else colors.panel

    def on_click(self, event: events.Click) -> None:
        """Take what is clicked."""
        index = event.y + self.scroll_offset.y
        if index < len(self.ids):
            self.cursor = index
            self.post_message(self.Opened())
