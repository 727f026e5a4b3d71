"""Marks in a list: row by row, or a range from where it began to the cursor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tui.widgets.list_motion import ListMotion


class ListMarks(ListMotion, inherit_bindings=False):
    """Ids of which some are marked; one that the list does not show at the moment keeps its mark."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.marked: set[int] = set()
        self.can_mark: Callable[[int], bool] = lambda id: True
        """Says whether a row may carry a mark."""
        self._anchor: int | None = None
        """The row where a range began; None while there is none."""

    @property
    def shown_marks(self) -> list[int]:
        """The marked ids that the list shows, in its order."""
        return [id for id in self.ids if id in self.marked] if self.marked else []

    @property
    def hidden_marks(self) -> set[int]:
        """The marked ids that the list does not show."""
        return self.marked.difference(self.ids) if self.marked else set()

    @property
    def ranging(self) -> bool:
        """Whether a range has begun."""
        return self._anchor is not None

    @property
    def in_range(self) -> list[int]:
        """The ids of the range that has begun, those among them that can be marked."""
        rows = self._rows_of_range()
        return [id for id in self.ids[rows.start : rows.stop] if self.can_mark(id)]

    def _rows_of_range(self) -> range:
        if self._anchor is None:
            return range(0)
        return range(min(self._anchor, self.cursor), max(self._anchor, self.cursor) + 1)

    def shows_mark(self, index: int) -> bool:
        """Say whether a row is drawn as marked: it is, or is about to be."""
        id = self.ids[index]
        return id in self.marked or (index in self._rows_of_range() and self.can_mark(id))

    # -- marking -----------------------------------------------------------------

    def toggle_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away, and go on to the next."""
        if 0 <= self.cursor < len(self.ids) and self.can_mark(self.ids[self.cursor]):
            self.marked ^= {self.ids[self.cursor]}
            self.refresh_line(self.cursor)
            self.move(1)

    def mark(self, ids: Iterable[int]) -> None:
        """Mark these, as far as they can be."""
        more = set(filter(self.can_mark, ids)) - self.marked
        self.marked |= more
        self.draw_rows(more)

    def unmark(self, ids: Iterable[int]) -> None:
        """Take the marks of these away."""
        gone = self.marked.intersection(ids)
        self.marked -= gone
        self.draw_rows(gone)

    def invert_marks(self) -> None:
        """Mark the rows that are not, and take the marks of the others away; hidden ones stay."""
        self.marked.symmetric_difference_update(filter(self.can_mark, self.ids))
        self.refresh()

    def clear_marks(self) -> bool:
        """Take all marks away, and the range; say whether there were any."""
        had = bool(self.marked) or self.ranging
        if had:
            self.marked.clear()
            self._anchor = None
            self.refresh()
        return had

    # -- a range -----------------------------------------------------------------

    def begin_range(self) -> None:
        """Let a range begin under the cursor."""
        if self.ids:
            self._anchor = self.cursor
            self.refresh()

    def end_range(self) -> None:
        """Mark all from where the range began to the cursor."""
        self.mark(self.in_range)
        self.leave_range()

    def leave_range(self) -> None:
        """Mark nothing of the range."""
        self._anchor = None
        self.refresh()

    def _follow_range(self, before: Sequence[int]) -> None:
        """Keep the row where the range began when the ids are others; one that is gone leaves its place."""
        if self._anchor is None:
            return
        began = before[self._anchor]
        at = self.ids.index(began) if began in self.ids else min(self._anchor, len(self.ids) - 1)
        self._anchor = at if self.ids else None
