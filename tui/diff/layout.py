"""The rows of a diff for a shape: which places stand in which row.

Three steps, each of which changes only some ranges: side by side, runs of changes get fewer
rows; wrapped, long lines get more; what is folded gets one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from tui.diff.places import Places
from tui.diff.segments import Segments
from tui.diff.split import Split
from tui.diff.wrap import Wrapping


class Shape(NamedTuple):
    """What rows are laid out for.  Widths are in cells; 0 is without limit."""

    prose: int = 0
    """For the text of a row that has no gutter: message, diffstat, raw lines of the diff."""
    body: int = 0
    """For the text of a line of a hunk; side by side: of one side."""
    split: bool = False
    """Whether old and new stand side by side."""
    wrap: bool = False
    """Whether lines of the diff that are longer than their row go on below it."""


class Spot(NamedTuple):
    """What stands in a row."""

    left: int
    """The place on the left, -1 for none.  Unified, and across both sides: as on the right."""
    right: int
    piece: int = 0
    """Which piece of them, where they are wrapped."""
    fold: int = -1
    """Which of the folded ranges it stands for, from ``left`` on."""


class Layout:
    """The rows of a diff, counted from 0 below whatever stands above it."""

    def __init__(self, places: Places, shape: Shape, folded: Sequence[range], old: Layout | None) -> None:
        """Take the folded places, in order and apart; and the layout before, as some of it may do again."""
        self.shape = shape
        self._places = places
        self._made_split: Split | None = old._made_split if old else None
        if shape.split and self._made_split is None:
            self._made_split = Split(places)
        self.split = self._made_split if shape.split else None
        self._wrapping: Wrapping | None = None
        if shape.wrap:
            made = old._wrapping if old and old.shape == shape else None
            self._wrapping = made or Wrapping(places, self.split, shape.prose, shape.body)
        self._merges = self.split.segments if self.split else Segments()
        self._wraps = self._wrapping.segments if self._wrapping else Segments()
        self._folded = folded
        self._folds = Segments(
            [self._unfolded(places.start) for places in folded],
            [self._unfolded(places.stop) for places in folded],
            [1] * len(folded),
        )
        self.count = places.length + self._merges.growth + self._wraps.growth + self._folds.growth
        """How many rows there are."""

    def _unfolded(self, place: int) -> int:
        """Return the first row of a place, if nothing were folded."""
        item = self.split.item_of(place) if self.split else place
        return self._wraps.row_of(item)[0] if self._wrapping else item

    def spot(self, row: int) -> Spot:
        """Return what stands in a row."""
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
        for place in (spot.left, spot.right):
            starts = self.starts(self._places.line_of(place)) if place >= 0 and spot.piece else (0,)
            if place >= 0 and spot.piece < len(starts):
                return place, starts[spot.piece]
        raise IndexError(row)

    def row_at(self, place: int, start: int = 0) -> int:
        """Return the row in which a place is shown; of what is folded, the row that stands for it."""
        row = self._unfolded(place)
        if start and self._wrapping:
            row += self._wrapping.piece_of(self._places.line_of(place), start)
        return self._folds.row_of(row)[0]

    def hides(self, place: int) -> bool:
        """Say whether a place is folded away."""
        return self._folds.row_of(self._unfolded(place))[1] >= 0

    def starts(self, line: int) -> Sequence[int]:
        """Return where in its text without signs the pieces of a line begin."""
        return self._wrapping.starts(line) if self._wrapping and line >= 0 else (0,)

    @cached_property
    def file_rows(self) -> list[int]:
        """The header row of each file."""
        return [self.row_at(place) for place in self._places.headers]

    @cached_property
    def hunk_rows(self) -> list[int]:
        """The header row of each hunk that is not folded away."""
        rows = (self._folds.row_of(self._unfolded(place)) for place in self._places.hunks)
        return [row for row, fold, _ in rows if fold < 0]
