"""A view with a cursor line that is moved by rows and pages, and leaps from one row to another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from textual.message import Message
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar

from tui.widgets.late_class import LateClass
from tui.widgets.reader_bar import Bar

MARGIN = 3
"""Rows that stay in sight above and below the cursor, where there are so many."""


class Pager(LateClass, ScrollView, inherit_bindings=False):
    """Rows with a cursor on one of them; every movement says whether anything moved."""

    class Moved(Message):
        """The cursor is on another row, or other rows are in sight."""

    line = 0
    """The row that the cursor is on."""
    _wanted: tuple[int, int] | None = None
    """The rows to open at, top and cursor, until there is a size to go by."""

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scrollbar, made when first asked for, as ``Widget`` does it."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = Bar()
            self._vertical_scrollbar.display = False
            self.app._start_widget(self, self._vertical_scrollbar)
        return self._vertical_scrollbar

    @property
    def row(self) -> int:
        """The row at the top."""
        return self.scroll_offset.y if self._wanted is None else self._wanted[0]

    @property
    def _height(self) -> int:
        return self.scrollable_content_region.height

    def covered(self, top: int) -> int:
        """Return how many rows are drawn over when that row is at the top."""
        return 0

    def open_at(self, row: int, line: int) -> None:
        """Put a row at the top and the cursor on another, now or when there is a size to go by."""
        self._wanted = row, line
        self.settle()

    def settle(self) -> None:
        """Go to the wanted rows, now or when there is a size to go by."""
        if self._wanted is not None and self.size.height > 0:
            (row, line), self._wanted = self._wanted, None
            self._go(row)
            self.put_cursor(line)

    # -- cursor and view -----------------------------------------------------

    def put_cursor(self, row: int, above: int = 0, below: int = 0) -> bool:
        """Put the cursor on a row, and bring that in sight with so many more; say whether it moved."""
        before, self.line = self.line, self._within(row)
        if self.line != before:
            self.cursor_moved(before)
        most = max(0, (self._height - 2) // 2)
        highest = self.line - min(above, most)
        highest -= self.covered(highest)
        lowest = self.line + min(below, most) - self._height + 1
        if self.row > highest or self.row < lowest:
            self._go(highest if self.row > highest else lowest)
        return self.line != before

    def cursor_moved(self, before: int) -> None:
        """Draw the row that the cursor left, and the one that it is on."""
        self.redraw(before)
        self.redraw(self.line)
        self.post_message(self.Moved())

    def _within(self, row: int) -> int:
        return max(0, min(row, self.virtual_size.height - 1))

    def _go(self, row: int) -> bool:
        """Put a row at the top, as far as the end allows; say whether anything moved."""
        before = self.scroll_offset.y
        target = min(max(0, row), max(0, self.virtual_size.height - self._height))
        self.scroll_to(y=target, animate=False, force=True, immediate=True)
        return target != before

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Keep the cursor in sight when wheel or scrollbar move the view."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Moved())
        if self._wanted is None and self._height > 0:
            top = self.scroll_offset.y
            row = self._within(max(top + self.covered(top), min(self.line, top + self._height - 1)))
            if row != self.line:
                before, self.line = self.line, row
                self.cursor_moved(before)

    # -- motions ---------------------------------------------------------------

    def move(self, rows: int) -> bool:
        """Move the cursor by so many rows, and the view with it; like all that follow, False at the end."""
        # A view that was opened at the cursor does not scroll back when that goes on.
        above, below = (MARGIN, 0) if rows < 0 else (0, MARGIN)
        return self.put_cursor(self.line + rows, above, below)

    def line_down(self) -> bool:
        """Go to the row below."""
        return self.move(1)

    def line_up(self) -> bool:
        """Go to the row above."""
        return self.move(-1)

    def view_down(self) -> bool:
        """Scroll by a row, which leaves the cursor on its own as long as that is in sight."""
        return self._go(self.row + 1)

    def view_up(self) -> bool:
        """Scroll back by a row."""
        return self._go(self.row - 1)

    def page_down(self) -> bool:
        """Scroll by a page less two lines, so that the eye finds its place."""
        page = self._page()
        return self._turn(page - self.covered(self.row + page) if page > 3 else page)

    def page_up(self) -> bool:
        """Scroll back by a page less two lines."""
        page = self._page()
        return self._turn(self.covered(self.row) - page if page > 3 else -page)

    def half_down(self) -> bool:
        """Scroll by half a page."""
        return self._turn(max(1, self._height // 2))

    def half_up(self) -> bool:
        """Scroll back by half a page."""
        return self._turn(-max(1, self._height // 2))

    def top(self) -> bool:
        """Go to the first row."""
        return self.put_cursor(0)

    def bottom(self) -> bool:
        """Go to the last row."""
        return self.put_cursor(self.virtual_size.height)

    def _turn(self, rows: int) -> bool:
        """Scroll, and keep the cursor at its place of the screen.

        Where the view is at its end, the cursor goes there; that is no movement, as nothing
        comes in sight that was not.
        """
        line, before = self.line, self.row
        if self._go(before + rows):
            self.put_cursor(max(line + self.row - before, self.row + self.covered(self.row)))
            return True
        self.put_cursor(self.virtual_size.height if rows > 0 else 0)
        return False

    def _page(self) -> int:
        height = self._height
        return max(1, height - 2 if height > 4 else height)

    def leap(self, rows: Sequence[int], count: int) -> bool:
        """Go to the next of some rows, ``count`` of them further; back where it is negative."""
        here = bisect_right(rows, self.line) - 1 if count > 0 else bisect_left(rows, self.line)
        number = max(0, min(here + count, len(rows) - 1))
        if not rows or number == here:
            return False
        self.show_from(rows[number])
        return True

    def show_from(self, row: int) -> None:
        """Put the cursor on a row, and that at the top, below what is drawn over it."""
        self._go(row - self.covered(row))
        self.put_cursor(row)

    def redraw(self, row: int) -> None:
        """Draw a row anew."""
        if row >= 0:
            self.refresh_line(row)
