"""Lines about checks, with a cursor that stays on its line when they are made anew."""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from textual import events
from textual.strip import Strip

from tui.widgets.check_lines import Line
from tui.widgets.palette import Tinted, colors_of, style
from tui.widgets.sheet import Sheet


class CheckSheet(Sheet, Tinted):
    """Draws lines that somebody else makes, for the room that there is."""

    def __init__(self, make: Callable[[], tuple[list[Line], str]], *, id: str | None = None) -> None:
        """``make`` returns the lines, and what is said where there are none; clean."""
        super().__init__(id=id)
        self._make = make
        self._lines: list[Line] = []

    @property
    def current(self) -> Line | None:
        """The line that the cursor is on."""
        line = self.line if self._wanted is None else self._wanted[1]
        return self._lines[line] if 0 <= line < len(self._lines) else None

    def make_anew(self, key: str = "", *, afresh: bool = False) -> None:
        """Make the lines anew; the cursor goes to the line of this key, else stays on its line.

        ``afresh``: they are of something else, and begin at the top.
        """
        before = self.current
        self._lines, words = self._make()
        wanted = key or (before.key if before and not afresh else "")
        line = next((row for row, one in enumerate(self._lines) if one.key == wanted), None)
        if line is None:
            line = self._first() if afresh or before is None else min(self.line, max(0, len(self._lines) - 1))
        top = 0 if afresh else self.row
        self.show_rows(len(self._lines), words, top=top, line=line)

    def recolor(self) -> None:
        """Make the lines anew: they come in colours."""
        self.make_anew()

    def _first(self) -> int:
        """Return the first line that a key is about."""
        about = (row for row, one in enumerate(self._lines) if one.check or one.patch_id)
        return next(about, 0)

    def draw(self, row: int, width: int) -> Strip:
        """Draw a line."""
        colors = colors_of(self)
        ground = style(colors.text, colors.background)
        runs = self._lines[row].cells or ((" ", ground),)
        return Strip([Segment(text, ground + look) for text, look in runs])

    def on_resize(self, event: events.Resize) -> None:
        """Make the lines for the new width."""
        if self.room > 0:
            self.make_anew()
