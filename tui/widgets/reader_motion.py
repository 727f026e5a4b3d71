"""A view that is moved by rows and pages, and leaps from one row to another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from textual.scroll_view import ScrollView


class Pager(ScrollView, inherit_bindings=False):
    """Rows that scroll by lines, pages and leaps; every movement says whether anything moved."""

    _wanted: int | None = None
    """The row to open at, until there is a size to go by."""
    _jump: tuple[int, int] | None = None
    """The row that the last leap went to, and the top row that this led to."""

    @property
    def row(self) -> int:
        """The row at the top."""
        return self.scroll_offset.y if self._wanted is None else self._wanted

    def open_at(self, row: int) -> None:
        """Go to a row, now or when there is a size to go by; forget where the last leap went."""
        self._jump = None
        self._wanted = row
        self.settle()

    def settle(self) -> None:
        """Go to the wanted row, now or when there is a size to go by."""
        if self._wanted is not None and self.size.height > 0:
            wanted, self._wanted = self._wanted, None
            self._go(wanted)

    def _go(self, row: int) -> bool:
        """Put a row at the top, as far as the end allows; say whether anything moved."""
        before = self.scroll_offset.y
        last = max(0, self.virtual_size.height - self.scrollable_content_region.height)
        target = min(max(0, row), last)
        self.scroll_to(y=target, animate=False, force=True, immediate=True)
        return target != before

    def line_down(self) -> bool:
        """Scroll by a line; like all that follow, False at the end."""
        return self._go(self.row + 1)

    def line_up(self) -> bool:
        """Scroll back by a line."""
        return self._go(self.row - 1)

    def page_down(self) -> bool:
        """Scroll by a page less two lines, so that the eye finds its place."""
        return self._go(self.row + self._page())

    def page_up(self) -> bool:
        """Scroll back by a page less two lines."""
        return self._go(self.row - self._page())

    def half_down(self) -> bool:
        """Scroll by half a page."""
        return self._go(self.row + max(1, self.size.height // 2))

    def half_up(self) -> bool:
        """Scroll back by half a page."""
        return self._go(self.row - max(1, self.size.height // 2))

    def top(self) -> bool:
        """Go to the first row."""
        return self._go(0)

    def bottom(self) -> bool:
        """Go to the last row."""
        return self._go(self.virtual_size.height)

    def _page(self) -> int:
        height = self.size.height
        return max(1, height - 2 if height > 4 else height)

    def leap(self, rows: list[int], way: int) -> bool:
        """Go to the next of some rows.

        Near the end a row cannot come to the top; the next leap counts from where the last one
        went, as long as nothing else has scrolled since.
        """
        top = self.row
        here = self._jump[0] if self._jump is not None and self._jump[1] == top else top
        number = bisect_right(rows, here) if way > 0 else bisect_left(rows, here) - 1
        if not 0 <= number < len(rows):
            return False
        old = self._jump
        self._go(rows[number])
        self._jump = (rows[number], self.scroll_offset.y)
        for row in (old[0] if old else -1, rows[number]):
            self.redraw(row)
        return True

    def is_target(self, row: int) -> bool:
        """Say whether the last leap went to a row."""
        return self._jump is not None and self._jump[0] == row

    def redraw(self, row: int) -> None:
        """Draw a row anew."""
        if row >= 0:
            self.refresh_line(row)
