"""What is drawn before it is in sight, when there is time: then a key only has it written."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from time import perf_counter
from typing import TYPE_CHECKING

from tui.diff.forms import Shape

if TYPE_CHECKING:
    from tui.widgets.reader_page import Page


class Ahead:
    """The rows to be drawn: the pages below and above, where a key leaps to, those in sight with ``|``."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._sight = range(0)
        self.leap = range(0)
        """The page at the end of a leap that is looked at now."""
        self._unasked: deque[int] = deque()
        """Rows whose colours are still to be asked for: of one page all, before any is drawn."""
        self._asks = False
        self._undrawn: deque[int] = deque()
        self._otherwise: deque[int] = deque()
        """Rows whose lines are still to be drawn as they would be with ``|``."""
        self._leaps: list[int] = []
        """Rows that a key may put at the top, and whose pages were not looked at yet."""

    @property
    def is_waiting(self) -> bool:
        """Whether there is something to draw."""
        return bool(self._undrawn or self._otherwise or self._leaps)

    def look(self, rows: range, split: bool) -> None:
        """Begin with what is around some rows, in sight unified or side by side."""
        if rows == self._sight:
            return
        self.clear()
        self._sight = rows
        document = self._page.document
        below = range(rows.stop, min(rows.stop + len(rows), document.count))
        self._add((*below, *range(max(0, rows.start - len(rows)), rows.start)))
        if document.is_prepared(Shape(split=not split)):
            # Where pairs stand side by side, there is room for more of them.
            more = len(rows) // 2
            self._otherwise.extend(range(max(0, rows.start - more), min(rows.stop + more, document.count)))
        # The next file and the last two, and the first and the last page.
        files = document.file_rows
        number = bisect_right(files, rows.start + 1)
        last = max(0, document.count - len(rows))
        self._leaps = [0, last, *files[max(0, number - 2) : number + 1]]

    def _add(self, rows: tuple[int, ...] | range) -> None:
        self._unasked.extend(rows)
        self._undrawn.extend(rows)

    def clear(self) -> None:
        """Draw nothing ahead."""
        self._sight = self.leap = range(0)
        self._asks = False
        self._leaps.clear()
        for rows in (self._unasked, self._undrawn, self._otherwise):
            rows.clear()

    def work(self, ends: float) -> None:
        """Draw until a moment of ``perf_counter``, or until there are colours to be waited for."""
        page = self._page
        while perf_counter() < ends:
            if self._unasked and (self._asks or not page.ink.is_waiting):
                self._asks = True
                page.ink.look_ahead((self._unasked.popleft(),))
                continue
            self._asks = False
            if page.ink.is_waiting:
                return
            if self._undrawn:
                page.draw_ahead(self._undrawn.popleft())
            elif self._leaps and not page.marker.is_waiting:
                first = self._leaps.pop()
                self.leap = range(first, min(first + len(self._sight), page.document.count))
                self._add(self.leap)
            elif self._otherwise:
                page.draw_otherwise(self._otherwise.popleft())
            else:
                return
