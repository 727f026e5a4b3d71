"""What may follow in the line that is being typed: a short list above it, over whatever is there."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tui.widgets.columns import cut
from tui.widgets.palette import colors_of, style

MOST_ROWS = 8
WIDEST = 60

Offer = tuple[str, str]
"""What would be typed, and what it means; clean text."""


class Completions(Widget):
    """The choices, one of them under the cursor; it takes no key itself."""

    DEFAULT_CSS = "Completions { layer: above; dock: bottom; display: none; margin: 0 0 1 0; }"

    def __init__(self) -> None:
        super().__init__()
        self.offers: tuple[Offer, ...] = ()
        self.cursor = 0
        self._top = 0

    def show(self, offers: Sequence[Offer], left: int) -> None:
        """Offer something, from a column of the screen on; nothing takes the list away."""
        self.offers, self.cursor, self._top = tuple(offers), 0, 0
        self.display = bool(offers)
        if offers:
            width = min(WIDEST, max(cell_len(text) + cell_len(about) for text, about in offers) + 4)
            self.styles.width = width
            self.styles.height = min(MOST_ROWS, len(offers))
            self.styles.offset = (max(0, min(left, self.screen.size.width - width)), 0)
        self.refresh()

    def move(self, rows: int) -> None:
        """Move the cursor, around at both ends."""
        if self.offers:
            self.cursor = (self.cursor + rows) % len(self.offers)
            self._top = min(max(self._top, self.cursor - MOST_ROWS + 1), self.cursor)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one choice."""
        colors, width, at = colors_of(self), self.size.width, y + self._top
        if at >= len(self.offers):
            return Strip.blank(width, style(colors.text, colors.panel))
        ground = colors.cursor if at == self.cursor else colors.panel
        text, about = (cut(part, width - 2) for part in self.offers[at])
        gap = max(1, width - cell_len(text) - cell_len(about) - 2)
        segments = [
            Segment(f" {text}{' ' * gap}", style(colors.text, ground)),
            Segment(f"{about} ", style(colors.dim, ground)),
        ]
        return Strip(segments).adjust_cell_length(width, style(colors.dim, ground))
