"""The hunks of a diff by columns: 60 bytes each instead of 350, and made into one when one is asked for."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import add
from typing import overload

from tui.diff.hunks import Hunk
from tui.diff.lines import Lines

_NUMBERS = 7
"""Of a hunk: its fields from ``start`` to ``new_count``."""


class HunkList(Sequence[Hunk]):
    """The hunks in the order of the diff.  What they are in is read from their headers again."""

    __slots__ = ("_lines", "_numbers", "_odd", "_recent")

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._numbers = array("q")
        self._odd: dict[int, Hunk] = {}
        """Combined and damaged ones, by number."""
        self._recent: tuple[int, Hunk] | None = None
        """Which was asked for last, and it: whoever asks for one asks often.  One value, for two threads."""

    def add(self, numbers: Iterable[int]) -> None:
        """Add sound hunks whose headers are usual ones: the numbers of one after those of the other."""
        self._numbers.extend(numbers)

    def add_odd(self, hunk: Hunk) -> None:
        """Add any hunk."""
        self._odd[len(self)] = hunk
        self.add(hunk.numbers)

    @property
    def starts(self) -> array[int]:
        """The lines of their headers."""
        return self._numbers[::_NUMBERS]

    @property
    def ends(self) -> array[int]:
        """The lines behind them."""
        return self._numbers[1::_NUMBERS]

    @property
    def files(self) -> array[int]:
        """The numbers of the files that they are in; -1 for none."""
        return self._numbers[2::_NUMBERS]

    def sides(self, first: int, end: int, *, new: bool) -> Iterator[tuple[int, int]]:
        """Give of some hunks where one side begins, and how many lines it has, as the headers claim them."""
        field = 5 if new else 3
        starts, counts = (
            self._numbers[first * _NUMBERS + one : end * _NUMBERS : _NUMBERS] for one in (field, field + 1)
        )
        return zip(starts, counts, strict=True)

    def signs_of(self, number: int) -> int:
        """Return how many signs the lines of a hunk have."""
        odd = self._odd.get(number)
        return 1 if odd is None else odd.signs

    def is_odd(self, number: int) -> bool:
        """Say whether a hunk is combined or damaged, so that its header may not say what is in it."""
        return number in self._odd

    @property
    def highest(self) -> int:
        """The highest line number of all, as the headers claim them."""
        _, _, _, *ranges = (self._numbers[field::_NUMBERS] for field in range(_NUMBERS))
        return max(chain(map(add, ranges[0], ranges[1]), map(add, ranges[2], ranges[3])), default=0)

    @property
    def combined(self) -> list[Hunk]:
        """Those of merges, whose lines have more signs than one."""
        return [hunk for hunk in self._odd.values() if hunk.signs > 1]

    @property
    def stray(self) -> list[Hunk]:
        """Those below no file's header."""
        return [hunk for hunk in self._odd.values() if hunk.file < 0]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._numbers) // _NUMBERS

    @overload
    def __getitem__(self, number: int) -> Hunk: ...
    @overload
    def __getitem__(self, number: slice) -> list[Hunk]: ...
    def __getitem__(self, number: int | slice) -> Hunk | list[Hunk]:
        """Return a hunk, or some of them."""
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        if (recent := self._recent) and recent[0] == number:
            return recent[1]
        if number < 0:
            number += len(self)
        if not 0 <= number < len(self):
            raise IndexError(number)
        hunk = self._odd.get(number) or self._make(number)
        self._recent = number, hunk
        return hunk

    def _make(self, number: int) -> Hunk:
        start, *rest = self._numbers[number * _NUMBERS : (number + 1) * _NUMBERS]
        return Hunk._make((start, *rest, self._lines[start].split("@@", 2)[2].strip(), 1, ""))
