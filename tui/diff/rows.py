"""The rows of a diff, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tui.diff.address import Numbers
from tui.diff.fold import Folds
from tui.diff.forms import Forms, Shape
from tui.diff.layout import Layout
from tui.diff.places import Places
from tui.diff.row import Kind, Row, unsigned

KEPT = 400
WRAPPED = 8
"""Wrapped lines of which the last ones asked for are kept: one of 1 MB is cut out once for all its pieces."""

Notes = Callable[[int], Mapping[int, int]]
"""Returns for a width the lines of the index that have something noted below them, and its rows."""


class Rows:
    """The rows of a diff in a shape that changes, counted from 0 below whatever stands above it."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.numbers = Numbers(places.index)
        self.folds = Folds(places)
        self._folded = self.folds.ranges()
        self.notes: Notes | None = None
        self._made: dict[int, Row] = {}
        """Rows that were asked for last: for their colours, then to be drawn."""
        self._whole: dict[int, Row] = {}
        """The lines whose pieces were, by place."""
        self.forms = Forms(places)
        self.layout = Layout(self.forms, Shape(), [fold.places for fold in self._folded])

    def lay_out(self, shape: Shape) -> None:
        """Make the rows for a shape, rough where its forms are not there, and for what is folded now."""
        self._folded = self.folds.ranges()
        self._made.clear()
        noted = None
        if self.notes is not None:
            noted = {self.places.place_of(line): rows for line, rows in self.notes(shape.prose).items()}
        self.layout = Layout(self.forms, shape, [fold.places for fold in self._folded], noted)

    def row(self, number: int) -> Row:
        """Return one row."""
        row = self._made.get(number)
        if row is None:
            if len(self._made) >= KEPT:
                self._made.clear()
            row = self._made[number] = self._make(number)
        return row

    def _make(self, number: int) -> Row:
        spot = self.layout.spot(number)
        if spot.note >= 0:
            row = self.plain_row(spot.left)
            # A file's header row stands for all its header lines: what is noted there is kept by the first.
            line = self.places.index.files[row.file].start if row.kind is Kind.FILE else row.line
            return row._replace(kind=Kind.NOTE, text="", line=line, start=spot.note, end=0)
        if spot.fold >= 0:
            fold = self._folded[spot.fold]
            line = self.places.line_of(spot.left)
            return Row(Kind.FOLD, self.folds.describe(fold), file=fold.file, hunk=fold.hunk, line=line)
        split = self.layout.split
        if split is None or (spot.left == spot.right and not split.side_of(self.places.line_of(spot.left))):
            return self._piece(spot.left, spot.piece) or Row(Kind.BLANK)
        left = self._piece(spot.left, spot.piece) if spot.left >= 0 else None
        right = self._piece(spot.right, spot.piece) if spot.right >= 0 else None
        return (left or right or Row(Kind.BLANK))._replace(kind=Kind.PAIR, left=left, right=right)

    def _piece(self, place: int, piece: int) -> Row | None:
        """Return one piece of a place; None where it has not so many."""
        starts = self.layout.starts(self.places.line_of(place))
        if piece >= len(starts):
            return None
        if len(starts) == 1:
            return self.plain_row(place)
        row = self._whole.get(place)
        if row is None:
            if len(self._whole) >= WRAPPED:
                self._whole.clear()
            row = self._whole[place] = self.plain_row(place)
        end = starts[piece + 1] if piece + 1 < len(starts) else row.end
        return row._replace(goes_on=piece > 0, start=starts[piece], end=end)

    def plain_row(self, place: int) -> Row:
        """Return what a place is where it is shown unified, and nothing folded or wrapped."""
        line, file = self.places.line_of(place), self.places.file_of(place)
        if line < 0:
            return Row(Kind.FILE if place == self.places.headers[file] else Kind.BLANK, file=file)
        index = self.places.index
        text, kind, number = index.lines[line], index.kinds[line], self.places.hunk_of(line)
        if number < 0:
            return Row(Kind.RAW, text, file=file, line=line, end=len(text))
        hunk = index.hunks[number]
        if line == hunk.start:
            return Row(Kind.HUNK, text, file=file, hunk=number, line=line, end=len(text))
        old, new = self.numbers.of(number, line)
        return Row(
            Kind.BODY,
            text,
            file=file,
            hunk=number,
            line=line,
            sign=kind,
            old=old,
            new=new,
            end=len(unsigned(text, kind, hunk.signs)),
        )
