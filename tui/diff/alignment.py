"""Two patches line by line: which lines they have in common, and what telling them apart takes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from tui.diff.matching import Blocks, match
from tui.diff.sheet import Leaf, Sheet

CONTEXT = 3
"""Lines of context in a diff, as git has them."""

Facing = tuple[Leaf | None, Leaf | None, Blocks]
"""A file of the old patch, that of the new one which takes its place, and what they have in common."""


class Alignment:
    """An old patch and a new one."""

    def __init__(self, old: Sheet, new: Sheet) -> None:
        self.old, self.new = old, new

    @cached_property
    def facing(self) -> list[Facing]:
        """The files of both, in the order of the new one; those that are gone before what followed them."""
        partners = _pair_leaves(self.old.leaves, self.new.leaves)
        partner_of = {new: old for old, new in partners.items()}
        rows: list[Facing] = []
        gone = 0
        for number, new in enumerate(self.new.leaves):
            old = partner_of.get(number, -1)
            if old >= 0:
                rows += [(self.old.leaves[n], None, []) for n in range(gone, old) if n not in partners]
                gone = max(gone, old)
            leaf = self.old.leaves[old] if old >= 0 else None
            rows.append((leaf, new, match(leaf.ids, new.ids) if leaf else []))
        rest = range(gone, len(self.old.leaves))
        return rows + [(self.old.leaves[n], None, []) for n in rest if n not in partners]

    @cached_property
    def cost(self) -> int:
        """How many lines a diff of the two diffs has, as ``git range-diff`` counts them."""
        olds = dict(zip(map(id, self.old.leaves), _starts(self.old), strict=True))
        news = dict(zip(map(id, self.new.leaves), _starts(self.new), strict=True))
        blocks: Blocks = []
        done = 0
        for old, new, common in self.facing:
            if old is None or new is None or olds[id(old)] < done:
                continue
            i, j = olds[id(old)], news[id(new)]
            blocks += [(i + x, j + y, size) for x, y, size in common]
            done = i + len(old.ids)
        return count_lines(blocks, len(self.old.ids), len(self.new.ids))


def _starts(sheet: Sheet) -> Iterator[int]:
    start = 0
    for leaf in sheet.leaves:
        yield start
        start += len(leaf.ids)


def _pair_leaves(olds: list[Leaf], news: list[Leaf]) -> dict[int, int]:
    """Return the new file for each old one: that of the same name after, then of the same before."""
    pairs: dict[int, int] = {}
    for side in (1, 0):
        places: dict[str, list[int]] = {}
        taken = set(pairs.values())
        for number, leaf in enumerate(news):
            if number not in taken:
                places.setdefault(leaf.paths[side] or leaf.paths[1 - side], []).append(number)
        for number, leaf in enumerate(olds):
            found = places.get(leaf.paths[side] or leaf.paths[1 - side])
            if number not in pairs and found:
                pairs[number] = found.pop(0)
    return pairs


def count_lines(blocks: Blocks, olds: int, news: int) -> int:
    """Return how many lines a unified diff has, headers of hunks and context with them.

    ``blocks`` is what two sequences of so many items have in common.
    """
    total = i = j = 0
    is_open = False
    for x, y, size in (*blocks, (olds, news, 0)):
        if x > i or y > j:
            total += x - i + y - j
            if not is_open:
                total += 1
            is_open = True
        i, j = x + size, y + size
        is_last = i == olds and j == news
        if not is_open:
            # The context before the next change; at the end there is none.
            total += 0 if is_last else min(size, CONTEXT)
        elif is_last:
            total += min(size, CONTEXT)
        elif size <= 2 * CONTEXT:
            total += size
        else:
            total += 2 * CONTEXT
            is_open = False
    return total
