"""A list of rows with a cursor and marks, drawn line by line: nothing exists for a row off screen.

Measured at 10,000 rows (Textual 8.2): 0.22 s from start to painted and 451 bytes a key,
against 1.2 s and 1,322 for a DataTable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from textwrap import wrap

from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from tui.core.colors import Colors
from tui.widgets.columns import Cell, Column, cut, fit_columns, narrowed, render_cells
from tui.widgets.extent import take_extent
from tui.widgets.list_marks import ListMarks
from tui.widgets.palette import Tinted, colors_of, style

Fetch = Callable[[Sequence[int]], Mapping[int, dict[str, Cell]]]
"""From ids to the cells of their rows; ids that are gone are left out."""

SIGN = "sign"
"""The key of the leading column, which the list fills itself: cursor, then mark."""
MARK = "mark"
"""The key of a cell of one that stands there while the row is not marked."""


class Listing(ListMarks, Tinted, can_focus=True, inherit_bindings=False):
    """A list of ids; what their rows show is fetched when they come into sight."""

    class Moved(Message):
        """The cursor stands on another id, or on none."""

        def __init__(self, listing: Listing) -> None:
            super().__init__()
            self.listing = listing

    class Opened(Message):
        """A row was clicked that the cursor was on already."""

    class Scrolled(Message):
        """Other rows are in sight."""

        def __init__(self, listing: Listing) -> None:
            super().__init__()
            self.listing = listing

    def __init__(self, columns: Sequence[Column], fetch: Fetch, *, id: str) -> None:
        super().__init__(id=id)
        self._columns = (Column(SIGN, 2), *columns)
        self._fetch = fetch
        self._cells: dict[int, dict[str, Cell]] = {}
        self._placeholder = ""
        self._moved_for: int | None = None
        self._home = 0
        """The first row in sight as it was left; while the pane is too small, another one is."""
        self._height = 0
        """Of the pane, when its rows were last fitted to it."""

    # -- what it shows -----------------------------------------------------

    @property
    def first(self) -> int | None:
        """The id in the first row as the list was left, of whatever size its pane is now."""
        return self.ids[self._home] if 0 <= self._home < len(self.ids) else None

    def show(self, ids: Sequence[int], *, placeholder: str = "") -> None:
        """Show other ids.  The cursor stays on its id where that is still there, and in its line."""
        current, top = self.current, self.scroll_offset.y
        line = self.cursor - top
        others = set(self.ids).isdisjoint(ids)
        self._placeholder = placeholder
        before, self.ids = self.ids, list(ids)
        self._cells.clear()
        if take_extent(self, Size(self.size.width if self.ids else 0, len(self.ids))):
            self.scroll_y = self.validate_scroll_y(self.scroll_y)
        position = self._position(current)
        if position is not None:
            if position != self.cursor:
                self._home = max(0, self._home + position - self.cursor)
                self.set_reactive(Listing.cursor, position)
                if self.size.height:
                    self.scroll_to(y=position - line, animate=False, force=True, immediate=True)
        else:
            # A row that is gone leaves the cursor in its place; another list begins at its top.
            at = 0 if others else min(self.cursor, len(self.ids) - 1)
            self.set_reactive(Listing.cursor, at)
            self._keep_in_sight()
        self._follow_range(before)
        self._draw_shown(len(before) - top)
        self._tell_moved()

    def _draw_shown(self, before: int) -> None:
        """Draw the lines of rows, and those that rows had ``before``; below both all is blank already."""
        lines = max(before, len(self.ids) - self.scroll_offset.y)
        if before > 0 and self.ids and lines < self.size.height:
            self.refresh(Region(0, 0, self.size.width, lines))
        else:
            self.refresh()

    def narrow(self, columns: Sequence[Column], key: str, width: int) -> None:
        """Give one of the columns that there are no more room than what stands in it needs."""
        self._columns = (Column(SIGN, 2), *narrowed(columns, key, width))
        self.refresh()

    def renew(self, ids: Iterable[int]) -> None:
        """Have these rows fetched again, and draw those of them that are in sight."""
        self.draw_rows({id for id in ids if self._cells.pop(id, None) is not None})

    def open_at(self, id: int | None, top: int | None) -> None:
        """Begin with the cursor on one id and another one in the first row, as far as they are there."""
        position = self._position(id)
        if position is not None:
            home = self._position(top) or 0
            self.cursor = position
            self._home = home
            self._keep_in_sight(home)

    def stay(self) -> None:
        """Ask for older rows once more: the last time may have come to nothing."""
        self._tell_scrolled()

    # -- drawing -----------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        colors = colors_of(self)
        width = self.scrollable_content_region.width
        index = y + self.scroll_offset.y
        if not self.ids:
            return _placeholder_line(self._placeholder, y, width, colors, self.ground(colors))
        if index >= len(self.ids):
            return Strip.blank(width, style(colors.text, self.ground(colors)))
        cells = self._row(index)
        background = self._background(index, colors)
        blank = style(colors.text, background)
        sign = "▸" if index == self.cursor else " "
        marked: Cell = (("●", style(colors.accent, bold=True)),)
        mark = marked if self.shows_mark(index) else cells.get(MARK, ())
        leading: Cell = ((sign, style(colors.accent)), *mark)
        strip = render_cells({**cells, SIGN: leading}, fit_columns(self._columns, width), width, blank)
        return strip.apply_style(Style(bgcolor=background))

    def _background(self, index: int, colors: Colors) -> str:
        if index != self.cursor:
            return self.ground(colors)
        return colors.cursor if self.has_focus else colors.cursor_off

    def ground(self, colors: Colors) -> str:
        """Return the colour that the list lies on."""
        return colors.background

    def _row(self, index: int) -> dict[str, Cell]:
        """Return the cells of a row; a miss fetches the whole window in sight at once."""
        id = self.ids[index]
        if id not in self._cells:
            if len(self._cells) > 4000:
                self._cells.clear()
            wanted = [i for i in {id, *self.visible_ids()} if i not in self._cells]
            found = self._fetch(wanted)
            for one in wanted:
                self._cells[one] = found.get(one, {})
        return self._cells[id]

    def recolor(self) -> None:
        """Fetch all cells again: they come in colours."""
        self._cells.clear()

    # -- following ---------------------------------------------------------

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the two rows that changed, and tell."""
        if self.ranging:  # also the rows in between
            self.refresh()
        self.refresh_line(old)
        self.refresh_line(new)
        self._keep_in_sight()
        self._tell_moved()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell which rows came into sight."""
        super().watch_scroll_y(old_value, new_value)
        if self.size.height == self._height > 0:
            self._home = round(new_value)
        if round(old_value) != round(new_value):
            self._tell_scrolled()

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in sight in a smaller pane, and go back to where one was in a larger one."""
        take_extent(self, Size(event.size.width if self.ids else 0, len(self.ids)))
        self._keep_in_sight(self._home)
        self._height = event.size.height
        self._tell_scrolled()

    def on_focus(self) -> None:
        """Show that the keys go here."""
        self.refresh_line(self.cursor)

    def on_blur(self) -> None:
        """Show that the keys go elsewhere."""
        self.refresh_line(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row; on the row that has it, open it."""
        index = event.y + self.scroll_offset.y
        if index == self.cursor and self.ids:
            self.post_message(self.Opened())
        elif 0 <= index < len(self.ids):
            self.cursor = index

    def _keep_in_sight(self, top: int | None = None) -> None:
        """Scroll to a first row, or stay; but never so that the cursor is out of sight."""
        height = self.size.height
        top = self.scroll_offset.y if top is None else top
        if height <= 0 or not self.ids:
            return
        top = min(max(top, self.cursor - height + 1), self.cursor)
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, force=True, immediate=True)

    def _tell_moved(self) -> None:
        if self.current != self._moved_for:
            self._moved_for = self.current
            self.post_message(self.Moved(self))
        self._tell_scrolled()

    def _tell_scrolled(self) -> None:
        self.post_message(self.Scrolled(self))


def _placeholder_line(words: str, y: int, width: int, colors: Colors, ground: str) -> Strip:
    """Draw a line of what is said of an empty list."""
    blank = style(colors.text, ground)
    lines = [part for line in words.split("\n") for part in wrap(line, max(10, width - 4)) or [""]]
    if not 0 <= y - 1 < len(lines):
        return Strip.blank(width, blank)
    text = cut("  " + lines[y - 1], width)
    column = Column("text", 1, flexible=True)
    return render_cells({"text": ((text, style(colors.dim, ground)),)}, ((column, width),), width, blank)
