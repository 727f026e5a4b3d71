"""One line in words, at the top of the screen: what the keys are on, and what has changed."""

from __future__ import annotations

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.widgets.columns import cut
from tui.widgets.palette import colors_of, style


class SpokenLine(Widget):
    """What a screen reader reads first; the terminal's cursor stands at its beginning."""

    DEFAULT_CSS = "SpokenLine { height: 1; }"

    words: reactive[str] = reactive("")
    """Clean, the most telling first."""

    def render_line(self, y: int) -> Strip:
        """Draw the words."""
        colors, width = colors_of(self), self.size.width
        look = style(colors.text, colors.background, bold=True)
        return Strip([Segment(cut(" ".join(self.words.split()), width), look)]).adjust_cell_length(
            width, look
        )
