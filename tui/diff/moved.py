"""Lines that were removed in one place and added in another.

Lines are the same here when they are but for the white space at their ends.  A block begins at a
line that stands nearly alone among the removed ones, and goes on, both ways, for as long as both
of its ends do; a line that is everywhere (a brace, a blank, `return 0;`) begins none, so that
100,000 equal lines cost no more than others.  100,000 lines take some 40 ms, in slices.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter
from time import perf_counter

from tui.diff.index import DiffIndex

SLICE = 0.004
"""Seconds."""
_CHUNK = 512
"""Lines between two looks at the clock: 0.2 ms."""
OFTEN = 4
"""Removed lines that may be equal for one of them to begin a block."""
LINES = 3
"""Lines with a word in them that make a block, or"""
LETTERS = 20
"""letters and digits of one whose lines are not found elsewhere."""


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
        self._blocks: list[tuple[int, int, int, bool]] = []
        """First line here, first line there, count, whether re-indented; one for each side, in order."""

    def of(self, line: int) -> Move | None:
        """Return the move that a line of the index is part of."""
        number = bisect_right(self._blocks, line, key=itemgetter(0)) - 1
        if number < 0:
            return None
        here, there, count, indented = self._blocks[number]
        return Move(there + line - here, here, count, indented) if line < here + count else None

    def __len__(self) -> int:
        """Count the blocks."""
        return len(self._blocks) // 2

    def clear(self) -> None:
        """Forget all blocks."""
        self._blocks.clear()

    def add(self, old: int, new: int, count: int, indented: bool) -> None:
        """Note a block that was removed at ``old`` and added at ``new``."""
        for here, there in ((old, new), (new, old)):
            insort(self._blocks, (here, there, count, indented))


def steps(index: DiffIndex, moves: Moves) -> Iterator[None]:
    """Find the moved blocks in slices of some 4 ms; ``moves`` is filled as they are found."""
    moves.clear()
    search = _Search(index, moves)
    due = perf_counter() + SLICE
    for work in (search.gather(), search.match()):
        for _ in work:
            if perf_counter() > due:
                yield
                due = perf_counter() + SLICE


class _Search:
    """One search for moved blocks: a pass over all lines, and one over those that are on both sides."""

    def __init__(self, index: DiffIndex, moves: Moves) -> None:
        self.lines, self.kinds, self.moves = index.lines, index.kinds, moves
        for hunk in index.hunks.combined:
            # Lines of a merge have a sign for each parent: they are left alone.
            blanks = " " * (hunk.end - hunk.start)
            self.kinds = self.kinds[: hunk.start] + blanks + self.kinds[hunk.end :]
        self.keys: dict[str, int] = {"": 0}
        """A number for each removed text, without the white space at its ends."""
        self.places: list[list[int]] = [[]]
        """By key: where it was removed, one more than OFTEN at most."""
        self.added = [0]
        """By key: how many added lines have it."""
        self.olds = [-1] * (len(self.lines) + 1)
        """By line: its key if it is removed, and free; else -1."""
        self.news = [-2] * (len(self.lines) + 1)
        """The same of added lines; else -2."""

    def gather(self) -> Iterator[None]:
        """Note the keys of removed lines, then the added ones that are among them."""
        keys, places, olds = self.keys, self.places, self.olds
        for line, text in self._read("-"):
            if line < 0:
                yield
                continue
            key = keys.setdefault(text, len(places))
            olds[line] = key
            if key == len(places):
                places.append([line])
            elif len(places[key]) <= OFTEN:
                places[key].append(line)
        places[0] = []
        self.added = [0] * len(places)
        for line, text in self._read("+"):
            if line < 0:
                yield
            elif (found := keys.get(text)) is not None:
                self.news[line] = found
                self.added[found] += 1

    def _read(self, sign: str) -> Iterator[tuple[int, str]]:
        """Give the lines of a kind without sign and outer white space, and -1 now and then."""
        for first in range(0, len(self.lines), _CHUNK):
            kinds = self.kinds[first : first + _CHUNK]
            if sign in kinds:
                texts = self.lines[first : first + _CHUNK]
                for line, (kind, text) in enumerate(zip(kinds, texts, strict=True), first):
                    if kind == sign:
                        yield line, text[1:].strip()
            yield -1, ""

    def match(self) -> Iterator[None]:
        """Go through the added lines that were removed somewhere, block by block."""
        work = line = 0
        while line < len(self.lines):
            key = self.news[line]
            count = 0
            if key > 0 and 0 < len(self.places[key]) <= OFTEN:
                count, old = max((self._reach(old, line), old) for old in self.places[key])
                if count:
                    self._take(old, line, count)
                    work += 10 + count
            # Also where the block is too small: none that begins inside it is larger.
            line += max(1, count)
            work += 1
            if work > _CHUNK:
                work = 0
                yield

    def _reach(self, old: int, new: int) -> int:
        """Return for how many lines a removed and an added one go on the same."""
        olds, news = self.olds, self.news
        count = 0
        while olds[old + count] == news[new + count]:
            count += 1
            # In strides where the block is long; where the lists end they differ.
            while (
                count >= 64 and olds[old + count : old + count + 64] == news[new + count : new + count + 64]
            ):
                count += 64
        return count

    def _take(self, old: int, new: int, count: int) -> None:
        """Note the block of which these lines are the first that stand nearly alone, if it is one."""
        olds, news, lines = self.olds, self.news, self.lines
        while old and new and olds[old - 1] == news[new - 1]:
            old, new, count = old - 1, new - 1, count + 1
        while count and not news[new]:
            old, new, count = old + 1, new + 1, count - 1
        while count and not news[new + count - 1]:
            count -= 1
        if not self._is_block(new, count):
            return
        indented = any(
            a[1:] != b[1:] for a, b in zip(lines[old : old + count], lines[new : new + count], strict=True)
        )
        if indented and self._is_in_place(old, new, count):
            return
        self.moves.add(old, new, count, indented)
        olds[old : old + count] = [-1] * count
        news[new : new + count] = [-2] * count

    def _is_block(self, new: int, count: int) -> bool:
        """Say whether there is enough to a block to call it moved."""
        letters = wordy = 0
        alone = False
        for line in range(new, new + min(count, 100)):
            size = sum(map(str.isalnum, self.lines[line][:100]))
            letters += size
            wordy += size > 0
            key = self.news[line]
            alone = alone or (len(self.places[key]) == 1 == self.added[key])
            if (letters >= LETTERS // 2 and wordy >= LINES) or (letters >= LETTERS and alone):
                return True
        return False

    def _is_in_place(self, old: int, new: int, count: int) -> bool:
        """Say whether a block was removed and added in one go: then its white space changed, no more."""
        first, end = min(old, new), max(old, new) + count
        return self.kinds.count("+", first, end) + self.kinds.count("-", first, end) == end - first
