"""Two patches of one file laid side by side: what is in the file after the one, and after the other.

The lines of both patches are laid side by side; from their signs follows whether a line is in the
file after the one and after the other.  A line that is in one of them only, and that a patch put
there or took away, is a change; where only the context is another one, that is the new base's.

    old patch   new patch   here
    `` x``      `` x``      `` x``      in both
    ``+x``      ``+x``      `` x``      in both
    ``-x``      ``-x``                  in neither
    ``+x``                  ``-x``      no longer added
                ``+x``      ``+x``
    ``-x``                  ``+x``      no longer removed
                ``-x``      ``-x``
    `` x``                              another base; `` x`` in a hunk that is no more
                `` x``      `` x``
    ``+x``      `` x``      `` x``      the base has it by now
    `` x``      ``-x``      ``-x``
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tui.diff.alignment import CONTEXT
from tui.diff.matching import Blocks, match
from tui.diff.sheet import Leaf
from tui.diff.substance import is_same_place, place_of, runs_of
from tui.diff.words import ALIKE, compare, split_tokens

LONGEST = 400
"""Characters of a removed line that are looked at to tell whether it is another one rebased."""


class Line(NamedTuple):
    """A line of the outcome."""

    sign: str
    text: str
    old: int = 0
    """Its number in the file after the old patch, as far as that is known; 0 where it is not."""
    new: int = 0


def merge(old: Leaf | None, new: Leaf | None, blocks: Blocks) -> Iterator[Line]:
    """Yield the lines that are in a file after either patch; an ``@`` where some are left out.

    ``blocks`` is what the patches of the file have in common.
    """
    left, right = _Side(old), _Side(new)
    if old is not None and new is not None and (moved := _find_moved(old, new, blocks)):
        right.moved = moved
        blocks = _without(blocks, moved)
    left.know(x + n for x, _, size in blocks for n in range(size))
    yield from _merge_all(left, right, blocks)


def _find_moved(old: Leaf, new: Leaf, blocks: Blocks) -> set[int]:
    """Return the lines of the new patch that are in the old one too, in a run that has been moved."""
    partner = {y + n: x + n for x, y, size in blocks for n in range(size)}
    run_of = {line: run for run in runs_of(old.signs) for line in range(*run)}
    moved: set[int] = set()
    for first, end in runs_of(new.signs):
        line = next((partner[n] for n in range(first, end) if n in partner), -1)
        run = run_of.get(line)
        if run and not is_same_place(place_of(old, *run), place_of(new, first, end)):
            moved.update(n for n in range(first, end) if n in partner)
    return moved


def _without(blocks: Blocks, moved: set[int]) -> Blocks:
    return [(x + n, y + n, 1) for x, y, size in blocks for n in range(size) if y + n not in moved]


class _Side:
    """A file of a patch, and where its lines are after that patch."""

    def __init__(self, leaf: Leaf | None) -> None:
        self.lines = leaf.lines if leaf else []
        self.ids = leaf.ids if leaf else []
        self.places = _count_after(leaf) if leaf else []
        self._starts = [place for place, _ in leaf.hunks] if leaf else []
        self._known: set[int] = set()
        self.moved: set[int] = set()
        """Lines that are no partners of the same lines elsewhere."""

    def section(self, number: int) -> str:
        """Return the function that a hunk's line names."""
        return self.lines[number].partition(": ")[2]

    def know(self, lines: Iterable[int]) -> None:
        """Learn which of its lines the other patch has too."""
        self._known = {bisect_right(self._starts, line) for line in lines}

    def is_lone(self, number: int) -> bool:
        """Say whether a line is in a hunk that has nothing in common with the other patch."""
        return bisect_right(self._starts, number) not in self._known


def _count_after(leaf: Leaf) -> list[int]:
    """Return for each line its number after the patch; for what is not there then, that of the next."""
    places = [0] * len(leaf.lines)
    ends = [place for place, _ in (*leaf.hunks, (len(leaf.lines), None))][1:]
    for (start, hunk), end in zip(leaf.hunks, ends, strict=True):
        number = hunk.new_start
        for place in range(start, end):
            places[place] = number
            number += leaf.lines[place][0] in " +"
    return places


def _merge_all(old: _Side, new: _Side, blocks: Blocks) -> Iterator[Line]:
    """Yield the lines of a file that are there after either patch; an ``@`` where some are left out."""
    i = j = 0
    for x, y, size in (*blocks, (len(old.lines), len(new.lines), 0)):
        if x > i or y > j:
            yield from _merge_gap(old, new, range(i, x), range(j, y))
        yield from _both(old, new, x, y, size)
        i, j = x + size, y + size


def _both(old: _Side, new: _Side, x: int, y: int, size: int) -> Iterator[Line]:
    """Yield what both patches have: of a long run no more than the context of its ends."""
    signs = "".join([line[0] for line in new.lines[y : y + size]])
    shown = [n for n, sign in enumerate(signs) if sign in " +@"]
    far = 4 * CONTEXT
    for count, n in enumerate(shown):
        if len(shown) > far and CONTEXT <= count < len(shown) - CONTEXT:
            if count == CONTEXT:
                # The last function that is named among what is left out is where the rest is in.
                last = signs.rfind("@", 0, shown[-CONTEXT] + 1)
                yield Line("@", new.section(y + last) if last >= 0 else "")
            continue
        if signs[n] == "@":
            yield Line("@", new.section(y + n))
        else:
            yield Line(" ", new.lines[y + n][1:], old.places[x + n], new.places[y + n])


def _merge_gap(old: _Side, new: _Side, olds: range, news: range) -> Iterator[Line]:
    """Yield the lines that the patches do not have in common, as they differ between the files after them."""
    left, right = [old.lines[n] for n in olds], [new.lines[n] for n in news]
    aside = {n - news.start for n in new.moved if n in news} if new.moved else set[int]()
    common = _match_texts(left, right, aside) if left and right else []
    i = j = 0
    for x, y, size in (*common, (len(left), len(right), 0)):
        yield from _differing(old, new, olds[i:x], news[j:y])
        for n in range(size):
            was, becomes = left[x + n][0] in " +", right[y + n][0] in " +"
            places = old.places[olds[x + n]], new.places[news[y + n]]
            if right[y + n][0] == "@":
                yield Line("@", new.section(news[y + n]))
            elif was or becomes:
                yield Line(" " if was and becomes else "-" if was else "+", right[y + n][1:], *places)
        i, j = x + size, y + size


def _match_texts(left: list[str], right: list[str], aside: set[int]) -> Blocks:
    """Match lines whatever their signs are, but for headers of hunks, and those of the right set aside."""
    numbers: dict[str, int] = {}
    sides = [
        [numbers.setdefault(line if line[0] in "@\\#" else line[1:], len(numbers)) for line in side]
        for side in (left, right)
    ]
    for n in aside:
        sides[1][n] = -1
    return match(*sides)


def _differing(old: _Side, new: _Side, olds: range, news: range) -> Iterator[Line]:
    """Yield lines of which each is in one of the patches only."""
    rebased = _rebased([old.lines[n] for n in olds], [new.lines[n] for n in news])
    for n in olds:
        line = old.lines[n]
        if line[0] == "@":
            yield Line("@", old.section(n))
        elif line[0] in "+-" and line not in rebased:
            yield Line("-" if line[0] == "+" else "+", line[1:], old.places[n])
        elif line[0] == " " and old.is_lone(n):
            yield Line(" ", line[1:], old.places[n])
    for n in news:
        line = new.lines[n]
        if line[0] == "@":
            yield Line("@", new.section(n))
        elif line[0] == " ":
            yield Line(" ", line[1:], 0, new.places[n])
        elif line[0] in "+-" and line not in rebased:
            yield Line(line[0], line[1:], 0, new.places[n])


def _rebased(left: list[str], right: list[str]) -> set[str]:
    """Return the removed lines that are other ones only since the base has changed them.

    Neither is in the file after its patch, so nothing of what they were is a change.
    """
    olds = [line for line in left if line[0] == "-"]
    news = [line for line in right if line[0] == "-"]
    found: set[str] = set()
    for old in olds[: CONTEXT * 10] if news else ():
        for new in news[: CONTEXT * 10]:
            if new not in found and _is_alike(old, new):
                found |= {old, new}
                break
    return found


def _is_alike(old: str, new: str) -> bool:
    return compare(split_tokens(old[1:LONGEST]), split_tokens(new[1:LONGEST]))[0] >= ALIKE
