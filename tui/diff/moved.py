"""Lines that were removed in one place and added in another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tui.diff.index import DiffIndex


@dataclass(frozen=True, slots=True)
class Move:
    """What a line belongs to that is part of a moved block."""

    partner: int
    """The line of the index at the other end."""
    first: int
    """The first line of the block on this side."""
    count: int
    """How many lines the block has."""
    indented: bool
    """Whether white space at the start of some of its lines changed on the way."""


class Moves:
    """The moved blocks of a diff."""

    def __init__(self) -> None:
        self._moves: dict[int, Move] = {}

    def of(self, line: int) -> Move | None:
        """Return the move that a line of the index is part of."""
        return self._moves.get(line)

    def __len__(self) -> int:
        return len(self._moves)


def find_moves(index: DiffIndex) -> Moves:
    """Return the moved blocks, all at once."""
    moves = Moves()
    for _ in steps(index, moves):
        pass
    return moves


def steps(index: DiffIndex, moves: Moves) -> Iterator[None]:
    """Find the moved blocks in slices of some 4 ms; ``moves`` is filled when the last one is done."""
    yield
