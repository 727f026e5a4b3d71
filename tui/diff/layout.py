"""The rows of a diff for a shape: which places stand in which row.

Four steps, each of which changes only some ranges: side by side, runs of changes get fewer
rows; wrapped, long lines get more; what is folded gets one; what is noted below a line, its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, overload

from tui.diff.forms import Forms, Shape
from tui.diff.segments import Segments

NOTED = 1 << 40
"""Added to the number of a row of a note, where a place in a line is given: it is behind all of them."""


class Spot(NamedTuple):
    """What stands in a row."""

    left: int
    """The place on the left, -1 for none.  Unified, and across both sides: as on the right."""
    right: int
    piece: int = 0
    """Which piece of them, where they are wrapped."""
    fold: int = -1
    """Which of the folded ranges it stands for, from ``left`` on."""
    note: int = -1
    """Which row of the note below ``left`` it is."""


class Layout:
    """The rows of a diff, counted from 0 below whatever stands above it."""

    def __init__(
        self, forms: Forms, shape: Shape, folded: Sequence[range], notes: Mapping[int, int] | None = None
    ) -> None:
        """Take the folded places, in order and apart, and how many rows are noted below some places."""
        self._places = places = forms.places
        self.split = forms.split(shape)
        self._wrapping = forms.wrapping(shape)
        self._merges = self.split.segments if self.split else Segments()
        self._wraps = self._wrapping.segments if self._wrapping else Segments()
        self._folded = folded
        firsts, ends = [places.start for places in folded], [places.stop for places in folded]
        if self.split or self._wrapping:
            firsts, ends = list(map(self._top, firsts)), list(map(self._unfolded, ends))
        self._folds = Segments(firsts, ends, [1] * len(folded))
        self._noted: list[list[tuple[int, int]]] = []
        """Of each row with notes: their places, and how many rows each has."""
        self._notes = self._insert(notes) if notes else Segments()
        growth = self._merges.growth + self._wraps.growth + self._folds.growth + self._notes.growth
        self.count = places.length + growth
        """How many rows there are."""

    def _insert(self, notes: Mapping[int, int]) -> Segments:
        """Put notes below the last row of each place; below what is folded away there are none."""
        found: dict[int, list[tuple[int, int]]] = {}
        for place, rows in sorted(notes.items()):
            row, fold, _ = self._folds.row_of(self._last(place))
            if fold < 0 and rows:
                found.setdefault(row, []).append((place, rows))
        firsts = sorted(found)
        self._noted = [found[row] for row in firsts]
        counts = [1 + sum(rows for _, rows in below) for below in self._noted]
        return Segments(firsts, [row + 1 for row in firsts], counts)

    def _last(self, place: int) -> int:
        """Return the last row of a place, and of what is beside it, if nothing were folded."""
        item = self.split.item_of(place) if self.split else place
        return self._wraps.row_of(item + 1)[0] - 1

    def _unfolded(self, place: int) -> int:
        """Return the first row of a place, if nothing were folded."""
        item = self.split.item_of(place) if self.split else place
        return self._wraps.row_of(item)[0] if self._wrapping else item

    def _top(self, place: int) -> int:
        """Return the first row of what begins at a place: added lines may stand above a first removed one."""
        item = self._merges.row_of(place)[0]
        return self._wraps.row_of(item)[0] if self._wrapping else item

    def spot(self, row: int) -> Spot:
        """Return what stands in a row."""
        row, noted, below = self._notes.number_of(row)
        if noted >= 0 and below:
            below -= 1
            for place, rows in self._noted[noted]:
                if below < rows:
                    return Spot(place, place, note=below)
                below -= rows
        unfolded, fold, _ = self._folds.number_of(row)
        if fold >= 0:
            first = self._folded[fold].start
            return Spot(first, first, fold=fold)
        item, _, piece = self._wraps.number_of(unfolded)
        left, right = self.split.sides_of(item) if self.split else (item, item)
        return Spot(left, right, piece)

    def where(self, row: int) -> tuple[int, int]:
        """Return the place of a row, and where in that line it begins."""
        spot = self.spot(row)
        if spot.note >= 0:
            return spot.left, NOTED + spot.note
        for place in (spot.left, spot.right):
            starts = self.starts(self._places.line_of(place)) if place >= 0 and spot.piece else (0,)
            if place >= 0 and spot.piece < len(starts):
                return place, starts[spot.piece]
        raise IndexError(row)

    def row_at(self, place: int, start: int = 0) -> int:
        """Return the row in which a place is shown; of what is folded, the row that stands for it."""
        row = self._unfolded(place)
        if start >= NOTED:
            row = self._last(place)
        elif start and self._wrapping:
            row += self._wrapping.piece_of(self._places.line_of(place), start)
        row, noted, _ = self._notes.row_of(self._folds.row_of(row)[0])
        if start < NOTED or noted < 0:
            return row
        for other, rows in self._noted[noted]:
            if other == place:
                return row + 1 + min(start - NOTED, rows - 1)
            row += rows
        return row

    def hides(self, place: int) -> bool:
        """Say whether a place is folded away."""
        return self._folds.row_of(self._unfolded(place))[1] >= 0

    def starts(self, line: int) -> Sequence[int]:
        """Return where in its text without signs the pieces of a line begin."""
        return self._wrapping.starts(line) if self._wrapping and line >= 0 else (0,)

    @cached_property
    def hunks(self) -> Sequence[int]:
        """The place of the header row of each hunk that is not folded away."""
        places = self._places.hunks
        if not self._folded:
            return places
        ends = [folded.stop for folded in self._folded]
        starts = [folded.start for folded in self._folded]
        starts.append(self._places.length)
        # The first fold that ends behind a place is the one that may hide it.
        return [place for place in places if place < starts[bisect_right(ends, place)]]


class Found(Sequence[int]):
    """The rows of some places in order, each found when it is asked for: a leap asks for ten of 2,000."""

    def __init__(self, places: Sequence[int], row_of: Callable[[int], int]) -> None:
        self._places = places
        self._row_of = row_of

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._places)

    @overload
    def __getitem__(self, number: int) -> int: ...
    @overload
    def __getitem__(self, number: slice) -> list[int]: ...
    def __getitem__(self, number: int | slice) -> int | list[int]:
        """Return one row, or some."""
        if isinstance(number, slice):
            return [self._row_of(place) for place in self._places[number]]
        return self._row_of(self._places[number])
