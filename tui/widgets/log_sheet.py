"""Lines that a command writes, shown as they come."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip

from tui.core.text import clean
from tui.widgets.columns import cut
from tui.widgets.palette import colors_of, style
from tui.widgets.sheet import Sheet

_COLORS = re.compile(r"\x1b\[[0-9;:]*[mK]")
"""What colours a line in a terminal, and no more: all else that acts is made visible."""


class LogSheet(Sheet):
    """The lines, those that came last in sight while the cursor is on the last one."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: Sequence[str] = ()

    def show_lines(self, lines: Sequence[str], words: str) -> None:
        """Show lines, as they came; without any, words."""
        was_last = self.line >= self.count - 1
        self._lines, self.words = lines, words
        self.virtual_size = Size(0, len(lines))
        if was_last and lines:
            self.bottom()
        self.refresh()

    def draw(self, row: int, width: int) -> Strip:
        """Draw a line."""
        text = cut(clean(_COLORS.sub("", self._lines[row])), max(1, width - 2))
        colors = colors_of(self)
        return Strip([Segment(f" {text}", style(colors.text, colors.background))])
