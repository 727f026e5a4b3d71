"""Side by side: which removed line stands beside which added one."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence

from tui.diff.index import DiffIndex
from tui.diff.places import Places
from tui.diff.segments import Segments
from tui.diff.words import Words

ALIGNED = 2_000_000
"""Characters of runs whose partners are looked for; behind them the k-th stands beside the k-th."""

RUNS = 1_000
"""Runs, and hunks, that are gone through in one go, where there is little to each: 2 ms."""

_CHANGE = re.compile(r"(-[-\\]*)(\+[+\\]*)")
_SIDED = " +-\\"
_NONE = "t"
"""The kind of lines that stand across both sides."""

Pairs = Sequence[tuple[int, int]]
"""Lines of a run that stand side by side: how far from its first removed, and from its first added one."""


class Split:
    """The runs of removed lines that added ones follow.

    Partners stand side by side, and between two of them the k-th beside the k-th.  Everything else has
    a row of its own.  4 ms for 100,000 lines, and only the runs are kept.
    """

    def __init__(self, places: Places) -> None:
        """Begin with no runs: they are there when ``steps`` are done."""
        self._places = places
        self._kinds = _sided_kinds(places.index)
        self._middles = array("i")
        """Of each run: the place of its first added line."""
        self._runs: dict[int, array[int]] = {}
        """Those that are not simply line by line, see ``_face``."""
        self.segments = Segments()

    def steps(self, pairs: Mapping[int, Pairs]) -> Iterator[None]:
        """Find the runs, some at a time; partners are by the first line of their run, from ``find_pairs``."""
        firsts, ends, rows = array("i"), array("i"), array("i")
        for block in self._places.blocks:
            shift = block.top - block.first
            for match in _CHANGE.finditer(self._kinds, block.first, block.end):
                first, middle, end = match.start(), match.end(1), match.end()
                height = max(middle - first, end - middle)
                if first in pairs:
                    run = self._runs[len(firsts)] = _face(middle - first, end - middle, pairs[first])
                    height = (len(run) - (end - first)) // 2
                firsts.append(first + shift)
                ends.append(end + shift)
                rows.append(height)
                self._middles.append(middle + shift)
                if len(firsts) % RUNS == 0:
                    yield
        self.segments = Segments(firsts, ends, rows)

    def item_of(self, place: int) -> int:
        """Return the row, if nothing were folded or wrapped, of a place."""
        item, run, offset = self.segments.row_of(place)
        if run < 0:
            return item
        if run in self._runs:
            return item + self._runs[run][offset]
        removed = self._middles[run] - (place - offset)
        return item + (offset if offset < removed else offset - removed)

    def sides_of(self, item: int) -> tuple[int, int]:
        """Return the places on the left and on the right of a row; -1 where there is none.

        What stands across both sides has twice the same, as a context line has.
        """
        place, run, offset = self.segments.number_of(item)
        if run >= 0:
            middle = self._middles[run]
            end = self.segments.end(run)
            if run in self._runs:
                sides = self._runs[run][end - place :]
                old, new = sides[offset], sides[len(sides) // 2 + offset]
                return place + old if old >= 0 else -1, middle + new if new >= 0 else -1
            left, right = place + offset, middle + offset
            return left if left < middle else -1, right if right < end else -1
        side = self.side_of(self._places.line_of(place))
        return (place if side != "+" else -1), (place if side != "-" else -1)

    def is_across(self, line: int) -> bool:
        """Say whether a line stands across both sides."""
        return self._kinds[line] not in _SIDED

    def side_of(self, line: int) -> str:
        """Return ``-`` or ``+`` for a line of one side, a blank for one of both, else nothing."""
        kind = self._kinds[line] if line >= 0 else ""
        if kind == "\\":
            # It is said of the line above it.
            start = self._places.index.hunks[self._places.hunk_of(line)].start
            kind = self._kinds[start:line].rstrip("\\")[-1:]
            kind = kind if kind in "-+" else " "
        return kind if kind in " +-" else ""


def find_pairs(places: Places, pairs: dict[int, Pairs]) -> Iterator[None]:
    """Find the partners in each run that has some other than line by line, run by run: 5 us a line."""
    index = places.index
    kinds, words, left, alone = _sided_kinds(index), Words(index), ALIGNED, 0
    for number, (start, stop) in enumerate(zip(index.hunks.starts, index.hunks.ends, strict=True)):
        if number % RUNS == 0:
            yield
        for match in _CHANGE.finditer(kinds, start, stop):
            first, middle, end = match.start(), match.end(1), match.end()
            left -= index.lines.length(first, end)
            if left < 0:
                return
            if end - first == 2:
                alone += 1
                if alone % RUNS == 0:
                    yield
                continue
            found: list[tuple[int, int]] = []
            for line in range(first, middle):
                partner = words.partner(number, line)
                if partner >= 0:
                    found.append((line - first, partner - middle))
                yield
            if any(old != new for old, new in found):
                pairs[first] = found


def _face(olds: int, news: int, pairs: Pairs) -> array[int]:
    """Return the rows of a run of so many removed and added lines, in one array.

    By line: in which row of the run it is.  Then by row: which of the removed lines, -1 for none.
    Then by row: which of the added ones.
    """
    rows = [0] * (olds + news)
    lefts: list[int] = []
    rights: list[int] = []
    old = new = 0
    for next_old, next_new in (*pairs, (olds, news)):
        for row in range(max(next_old - old, next_new - new)):
            lefts.append(old + row if old + row < next_old else -1)
            rights.append(new + row if new + row < next_new else -1)
        if next_old < olds and next_new < news:
            lefts.append(next_old)
            rights.append(next_new)
        old, new = next_old + 1, next_new + 1
    for row, (left, right) in enumerate(zip(lefts, rights, strict=True)):
        if left >= 0:
            rows[left] = row
        if right >= 0:
            rows[olds + right] = row
    return array("i", [*rows, *lefts, *rights])


def _sided_kinds(index: DiffIndex) -> str:
    """Return the kinds of all lines; those of combined diffs, which have no two sides, are none's."""
    combined = index.hunks.combined
    pieces: list[str] = []
    done = 0
    for hunk in combined:
        pieces += [index.kinds[done : hunk.start], _NONE * (hunk.end - hunk.start)]
        done = hunk.end
    return "".join([*pieces, index.kinds[done:]]) if combined else index.kinds
