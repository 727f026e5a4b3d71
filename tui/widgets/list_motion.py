"""How the cursor of a list moves, and which rows are in sight."""

from __future__ import annotations

from collections.abc import Container

from textual.reactive import reactive
from textual.scroll_view import ScrollView

from tui.widgets.late_class import LateClass

NEAR = 10
"""So many rows before an end, the list asks for more; a page of 50 series may fold to 30 rows."""


class ListMotion(LateClass, ScrollView, inherit_bindings=False):
    """Ids, and a cursor on one of them."""

    cursor: reactive[int] = reactive(0, repaint=False)

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.ids: list[int] = []

    @property
    def current(self) -> int | None:
        """The id under the cursor."""
        return self.ids[self.cursor] if 0 <= self.cursor < len(self.ids) else None

    @property
    def near_start(self) -> bool:
        """Whether few rows are left above what is in sight."""
        return bool(self.ids) and min(self.cursor, self.scroll_offset.y) < NEAR

    @property
    def near_end(self) -> bool:
        """Whether few rows are left below it."""
        below = max(self.cursor, self.scroll_offset.y + self.size.height)
        return bool(self.ids) and below >= len(self.ids) - NEAR

    def visible_ids(self) -> list[int]:
        """Return the ids of the rows in sight."""
        top = self.scroll_offset.y
        return self.ids[top : top + max(1, self.size.height)]

    def draw_rows(self, ids: Container[int]) -> None:
        """Draw those of some rows that are in sight, and no others."""
        for line, id in enumerate(self.visible_ids(), self.scroll_offset.y):
            if id in ids:
                self.refresh_line(line)

    def jump(self, id: int) -> bool:
        """Put the cursor on an id; say whether it is there."""
        position = self._position(id)
        if position is not None:
            self.cursor = position
        return position is not None

    def _position(self, id: int | None) -> int | None:
        return self.ids.index(id) if id is not None and id in self.ids else None

    def move(self, rows: int) -> bool:
        """Move the cursor by some rows, held at both ends; say whether it moved."""
        before = self.cursor
        if self.ids:
            self.cursor = min(max(0, self.cursor + rows), len(self.ids) - 1)
        if self.cursor == before:
            self.stay()
        return self.cursor != before

    def stay(self) -> None:
        """Be told that the cursor wanted past an end."""

    def line_down(self) -> bool:
        """Move the cursor down; like all that follow, False at the end."""
        return self.move(1)

    def line_up(self) -> bool:
        """Move the cursor up."""
        return self.move(-1)

    def view_down(self) -> bool:
        """Scroll by a row, which leaves the cursor on its own as long as that is in sight."""
        return self._scroll(1)

    def view_up(self) -> bool:
        """Scroll back by a row."""
        return self._scroll(-1)

    def _scroll(self, rows: int) -> bool:
        before, height = self.scroll_offset.y, self.size.height
        top = min(max(0, before + rows), max(0, len(self.ids) - height))
        if top != before:
            self.scroll_to(y=top, animate=False, force=True, immediate=True)
            self.cursor = min(max(self.cursor, top), top + height - 1)
        elif rows > 0:
            self.stay()
        return top != before

    def page_down(self) -> bool:
        """Move the cursor down by a page less one row."""
        return self.move(max(1, self.size.height - 1))

    def page_up(self) -> bool:
        """Move the cursor up by a page less one row."""
        return self.move(-max(1, self.size.height - 1))

    def half_down(self) -> bool:
        """Move the cursor down by half a page."""
        return self.move(max(1, self.size.height // 2))

    def half_up(self) -> bool:
        """Move the cursor up by half a page."""
        return self.move(-max(1, self.size.height // 2))

    def top(self) -> bool:
        """Move the cursor to the first row."""
        return self.move(-len(self.ids))

    def bottom(self) -> bool:
        """Move the cursor to the last row."""
        return self.move(len(self.ids))
