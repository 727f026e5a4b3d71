"""Numbers in a row, of which some ranges take up more or fewer rows than they are long."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable


class Segments:
    """Ranges that change in length; all numbers between them only move.

    Split views, wraps and folds are each such a change, and each is a few ranges in many
    thousand lines: so they are columns, 4 bytes a number, looked up by bisection (0.3 us).
    """

    def __init__(self, ranges: Iterable[tuple[int, int, int]] = ()) -> None:
        """Take first, end and the rows taken up, in order and apart."""
        self._firsts, self._ends = array("i"), array("i")
        self._rows, self._shifts = array("i"), array("i")
        shift = 0
        for first, end, rows in ranges:
            self._firsts.append(first)
            self._ends.append(end)
            self._rows.append(first + shift)
            shift += rows - (end - first)
            self._shifts.append(shift)
        self.growth = shift
        """How many rows more than numbers there are."""

    def row_of(self, number: int) -> tuple[int, int, int]:
        """Return the row of a number.

        In a segment that is its first row, followed by the segment and how far in it the
        number is; elsewhere the segment is -1.
        """
        segment = bisect_right(self._firsts, number) - 1
        if segment < 0:
            return number, -1, 0
        if number < self._ends[segment]:
            return self._rows[segment], segment, number - self._firsts[segment]
        return number + self._shifts[segment], -1, 0

    def end(self, segment: int) -> int:
        """Return the number behind a segment."""
        return self._ends[segment]

    def number_of(self, row: int) -> tuple[int, int, int]:
        """Return the number in a row.

        In a segment that is its first number, followed by the segment and how far in it the
        row is; elsewhere the segment is -1.
        """
        segment = bisect_right(self._rows, row) - 1
        if segment < 0:
            return row, -1, 0
        number = row - self._shifts[segment]
        if number < self._ends[segment]:
            return self._firsts[segment], segment, row - self._rows[segment]
        return number, -1, 0
