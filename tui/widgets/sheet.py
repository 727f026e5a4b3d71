"""What a tab of the reader shows beside the diff: rows with a cursor, drawn as they come in sight."""

from __future__ import annotations

from textwrap import wrap

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from tui.widgets.palette import colors_of, filters_of, style
from tui.widgets.reader_motion import Pager
from tui.widgets.reader_overlay import lay_cursor


class Sheet(Pager, can_focus=True, inherit_bindings=False):
    """Rows of text, or words in their place.  Keys are bound to its methods elsewhere."""

    DEFAULT_CSS = """
    Sheet { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }
    """

    class Opened(Message):
        """A row was clicked that the cursor was on already."""

    _clicked = -1
    """The row with the cursor before the button went down."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.words = ""
        """What is said where there is no row; clean."""

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self.virtual_size.height

    @property
    def room(self) -> int:
        """Cells that a row has."""
        return self.scrollable_content_region.width

    def show_rows(self, count: int, words: str = "", *, top: int = 0, line: int = 0) -> None:
        """Show so many rows, opened at a row and the cursor on another; with none, words."""
        self.words = words
        self.virtual_size = Size(0, count)
        self.open_at(top, line)
        self.refresh()

    def draw(self, row: int, width: int) -> Strip:
        """Draw a row in so many cells; what is left of them is blank."""
        raise NotImplementedError

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines, without Textual's way through borders, of which this has none."""
        strips = [self.render_line(y) for y in crop.line_range]
        for one in filters_of(self):
            strips = [strip.apply_filter(one, self.background_colors[1]) for strip in strips]
        if crop.x or crop.width < self.room:
            strips = [strip.crop(crop.x, crop.right) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        colors, width = colors_of(self), self.room
        blank = style(colors.text, colors.background)
        row = y + self.scroll_offset.y
        if row >= self.count:
            lines = wrap(self.words, max(10, width - 4)) if not self.count else []
            text = f"  {lines[y - 1]}" if 0 < y <= len(lines) else ""
            return Strip([Segment(text, style(colors.dim, colors.background))]).adjust_cell_length(
                width, blank
            )
        strip = self.draw(row, width).adjust_cell_length(width, blank)
        return lay_cursor(strip, colors, has_ground=self.has_focus) if row == self.line else strip

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor where the button went down."""
        self._clicked, row = self.line, event.y + self.scroll_offset.y
        if event.button == 1 and row < self.count:
            self.put_cursor(row)

    def on_click(self, event: events.Click) -> None:
        """Open the row that had the cursor."""
        if event.button == 1 and self.count and event.y + self.scroll_offset.y == self._clicked:
            self.post_message(self.Opened())

    def on_resize(self, event: events.Resize) -> None:
        """Tell that another part of the rows is in sight."""
        self.post_message(self.Moved())

    def on_focus(self) -> None:
        """Show that the keys go here."""
        self.redraw(self.line)

    def on_blur(self) -> None:
        """Show that they go elsewhere."""
        self.redraw(self.line)
