"""The reader's scrollbar, drawn when it looks different and not at every step.

Textual's is drawn anew at each scroll, all its cells through the style sheet: a fifth of what a
page took, and 2 kB to the terminal.
"""

from __future__ import annotations

from rich.color import Color
from rich.style import Style
from textual.geometry import Region
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

from tui.widgets.palette import filters_of

STEPS = 8
"""Of a cell, that are told apart."""


class Bar(ScrollBar):
    """A vertical scrollbar of one cell."""

    def __init__(self) -> None:
        super().__init__(name="vertical")
        self._drawn: tuple[object, list[Strip]] = (None, [])

    def validate_position(self, position: float) -> float:
        """Round to what can be seen, so that nothing is drawn again for less."""
        size, window, rows = self.size.height, self.window_size, self.window_virtual_size
        if not 0 < window < rows or size < 1:
            return super().validate_position(position)
        steps = (size - max(1, window * size / rows)) * STEPS / (rows - window)
        return (int(position * steps) + 0.5) / steps if 0 < steps < 1 else position

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the cells, or return them as they were drawn."""
        bar = self.render()
        if not isinstance(bar, ScrollBarRender) or filters_of(self):
            return super().render_lines(crop)
        look = Style.parse(bar.style) if isinstance(bar.style, str) else bar.style
        key = self.size.height, bar.virtual_size, bar.window_size, bar.position, look
        if key != self._drawn[0]:
            drawn = bar.render_bar(
                self.size.height,
                bar.virtual_size,
                bar.window_size,
                bar.position,
                back_color=look.bgcolor or Color.default(),
                bar_color=look.color or Color.default(),
            )
            self._drawn = key, [Strip([segment], 1) for segment in drawn.segments]
        return self._drawn[1][crop.y : crop.bottom]
