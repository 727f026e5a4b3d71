"""What it takes to lay the rows of a diff out, for each shape that they have had or may get.

In a diff of 100,000 lines partners and long lines take 50 to 300 ms to find: so that is done in slices,
kept, and until it is done there is something rough.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tui.diff.places import Places
from tui.diff.split import Pairs, Split, find_pairs
from tui.diff.wrap import Wrapping

KEPT = 4
"""Wrapped shapes that are kept."""


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


class Forms:
    """The split and the wrapped lines of a diff."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self._split: Split | None = None
        self._rough: Split | None = None
        self._wrappings: dict[Shape, Wrapping] = {}

    def has(self, shape: Shape) -> bool:
        """Say whether all is there that a shape takes."""
        return (self._split is not None or not shape.split) and (shape in self._wrappings or not shape.wrap)

    def steps(self, shape: Shape) -> Iterator[None]:
        """Find what a shape takes and is not there, in steps of some milliseconds at most."""
        if shape.split and self._split is None:
            pairs: dict[int, Pairs] = {}
            yield from find_pairs(self.places, pairs)
            split = Split(self.places)
            yield from split.steps(pairs)
            self._split, self._rough = split, None
            yield
        if shape.wrap and shape not in self._wrappings:
            wrapping = Wrapping(self.places, self._split if shape.split else None, shape.prose, shape.body)
            yield from wrapping.steps()
            if len(self._wrappings) >= KEPT:
                del self._wrappings[next(iter(self._wrappings))]
            self._wrappings[shape] = wrapping

    def split(self, shape: Shape) -> Split | None:
        """Return what stands side by side; as long as partners are not known, line by line."""
        if not shape.split:
            return None
        if self._split is None and self._rough is None:
            self._rough = Split(self.places)
            for _ in self._rough.steps({}):
                pass
        return self._split or self._rough

    def wrapping(self, shape: Shape) -> Wrapping | None:
        """Return what is wrapped; nothing as long as that is not known."""
        return self._wrappings.get(shape) if shape.wrap else None
