"""Searching what the reader shows: all hits are marked, the cursor goes from one to the next."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.widgets.reader_motion import MARGIN
from tui.widgets.reader_select import Selecting

if TYPE_CHECKING:
    from tui.diff.search import Search


class Finding(Selecting, inherit_bindings=False):
    """A document that is searched."""

    sought: Search | None = None
    """What is searched for; None is nothing."""
    hits: Sequence[int] = ()
    """The places that have it, in order, as far as they are known."""

    def search(self, search: Search | None) -> None:
        """Mark all places that have it; None marks nothing."""
        self.sought = search
        self.hits = () if search is None else self.find(search)
        self.redraw_all()

    def find(self, search: Search) -> list[int]:
        """Return the places that have it."""
        return []

    @property
    def hit(self) -> int | None:
        """Which of the hits the cursor is on; None where it is on none."""
        number = bisect_left(self.hits, self.cursor)
        return number if number < len(self.hits) and self.hits[number] == self.cursor else None

    def next_hit(self, way: int = 1) -> str:
        """Go so many hits on, back where it is negative, from the cursor's; 0 is from there on.

        Returns ``3 of 17``, or why not.
        """
        if self.sought is None:
            return "Search first: /."
        if not self.hits:
            return f"Nothing has “{self.sought.text}”."
        count = len(self.hits)
        if way > 0:
            number = bisect_right(self.hits, self.cursor) - 1 + way
        else:
            number = bisect_left(self.hits, self.cursor) + way
        words = ", from the top" if number >= count else ", from the end" if number < 0 else ""
        number %= count
        self.go_to(self.hits[number])
        return f"{number + 1} of {count}{words}"

    def go_to(self, place: int) -> None:
        """Put the cursor on a place, unfolded where it is in a fold."""
        if self.document is not None:
            self.put_cursor(self.document.row_at(place), MARGIN, MARGIN)
