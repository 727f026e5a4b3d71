"""Searching what the reader shows: all hits are marked, the cursor goes from one to the next."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from tui.core.text import cells, clean
from tui.widgets.reader_motion import MARGIN
from tui.widgets.reader_select import Selecting

if TYPE_CHECKING:
    from tui.diff.search import Search

FAR = 20_000
"""Characters into a line from which on its cells are not counted."""
AT_ONCE = 0.03
"""Seconds that a search may take before its first hits are looked at."""


class Finding(Selecting, inherit_bindings=False):
    """A document that is searched."""

    sought: Search | None = None
    """What is searched for; None is nothing."""
    _steps: Iterator[list[int]] | None = None

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.hits: list[int] = []
        """The places that have it, in order, as far as they are known."""
        self._gone_to: tuple[int, int] | None = None
        """The hit that was gone to last: its place, and the character where it begins."""

    def search(self, search: Search | None) -> None:
        """Mark all places that have it; None marks nothing.  What takes long comes in slices."""
        self.sought = search
        self.hits = []
        self._steps = self._gone_to = None
        if search is not None and self.document is not None:
            self._steps = self.document.haystack.steps(search)
            self.search_on(AT_ONCE)
        self.refresh()

    @property
    def is_searching(self) -> bool:
        """Whether more hits may come."""
        return self._steps is not None

    def search_on(self, seconds: float) -> None:
        """Search for so long."""
        ends = perf_counter() + seconds
        while self._steps is not None and perf_counter() < ends:
            found = next(self._steps, None)
            if found is None:
                self._steps = None
            else:
                self.hits += found

    @property
    def hit(self) -> int | None:
        """Which of the hits the cursor is on; None where it is on none."""
        here = self._here
        number = bisect_left(self.hits, here)
        return number if number < len(self.hits) and self.hits[number] == here else None

    @property
    def _here(self) -> int:
        """The place that the cursor is on; in a row of prose, which may have several, that of the hit."""
        if self._gone_to and self.document and self.document.row_at(*self._gone_to) == self.line:
            return self._gone_to[0]
        return self.cursor

    def next_hit(self, way: int = 1) -> str:
        """Go so many hits on, back where it is negative, from the cursor's; 0 is from there on.

        Returns ``3 of 17``, or why not.
        """
        if self.sought is None:
            return "Search first: /."
        if not self.hits:
            return "Still searching." if self.is_searching else f"Nothing has “{clean(self.sought.text)}”."
        count = len(self.hits)
        if way > 0:
            number = bisect_right(self.hits, self._here) - 1 + way
        else:
            number = bisect_left(self.hits, self._here) + way
        words = ", from the top" if number >= count else ", from the end" if number < 0 else ""
        number %= count
        text = self.text_at(self.hits[number])
        start, end = self.sought.first(text) or (0, 0)
        self._put_cursor_on(self.hits[number], start)
        self._gone_to = self.hits[number], start
        before = cells(text[:start]) if start < FAR else start
        self.show_columns(before, before + cells(text[start : min(end, start + FAR)]))
        return f"{number + 1} of {count}{words}"

    def show_columns(self, start: int, end: int) -> None:
        """Bring some cells of a line in sight."""

    def go_to(self, place: int) -> None:
        """Put the cursor on the beginning of a place, unfolded where it is in a fold."""
        self._put_cursor_on(place)
        self.show_columns(0, 0)

    def _put_cursor_on(self, place: int, start: int = 0) -> None:
        """Put the cursor on the row that has a character of a place: a wrapped line has many."""
        if self.document is not None:
            self.unfold(place)
            self.put_cursor(self.document.row_at(place, start), MARGIN, MARGIN)

    def show_from(self, row: int) -> None:
        """Put the cursor on a row, and that at the top; lines show from their beginnings."""
        self.show_columns(0, 0)
        super().show_from(row)
