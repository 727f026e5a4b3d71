"""Which patch of an old version became which one of a new version.

As ``git range-diff`` does it: patches with the same diff belong together; of the others, those
pairs are taken that together cost the least lines of diff between their diffs, where a patch of
its own costs 60 % of its lines.  What is left is paired by subject.  Git compares each with each;
here the lines that two patches share tell first which pairs can come into question at all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from tui.diff.alignment import Alignment
from tui.diff.assignment import assign
from tui.diff.sheet import Sheet

ALONE = 60
"""Percent of its lines that a patch without a partner costs: git's creation factor."""
_FAR = 1 << 40
_FINE = 16
"""What costs are multiplied with, so that a subject can decide between two that are equal."""


class Pairing:
    """Pairs the patches of two versions."""

    def __init__(self, olds: Sequence[Sheet], news: Sequence[Sheet]) -> None:
        self.olds, self.news = olds, news
        self.pairs: dict[int, int] = {}
        """The new patch for each old one that has any."""
        self._alignments: dict[tuple[int, int], Alignment] = {}

    def alignment(self, old: int, new: int) -> Alignment:
        """Return two patches line by line; worked out when first asked for."""
        found = self._alignments.get((old, new))
        if found is None:
            found = self._alignments[old, new] = Alignment(self.olds[old], self.news[new])
        return found

    def steps(self) -> Iterator[None]:
        """Pair them, one comparison at a step: some milliseconds for 2,000 lines."""
        self._take_equal()
        yield
        near: list[tuple[int, int]] = []
        for old, new in self._candidates():
            if self.alignment(old, new).cost < self._alone(self.olds[old]) + self._alone(self.news[new]):
                near.append((old, new))
            yield
        for olds, news in _groups(near):
            self._take_cheapest(olds, news, set(near))
            yield
        self._take_named()

    # -- one way after the other -------------------------------------------------

    def _take_equal(self) -> None:
        """Pair what has the same diff; of several such, those of the same subject first."""
        for by_name in (True, False):
            places: dict[tuple[object, ...], list[int]] = {}
            for number, sheet in self._left(self.news, set(self.pairs.values())):
                places.setdefault(_key(sheet, by_name), []).append(number)
            for number, sheet in self._left(self.olds, set(self.pairs)):
                if sheet.ids and (found := places.get(_key(sheet, by_name))):
                    self.pairs[number] = found.pop(0)

    def _candidates(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs that share so many lines that they may cost less than two of their own."""
        olds = dict(self._left(self.olds, set(self.pairs)))
        news = dict(self._left(self.news, set(self.pairs.values())))
        where: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for old, sheet in olds.items():
            for line, count in Counter(sheet.ids).items():
                where[line].append((old, count))
        for new, sheet in news.items():
            shared: Counter[int] = Counter()
            for line, count in Counter(sheet.ids).items():
                for old, there in where.get(line, ()):
                    shared[old] += min(count, there)
            for old, common in shared.items():
                other = olds[old]
                least = len(other.ids) + len(sheet.ids) - 2 * common
                if least < self._alone(other) + self._alone(sheet):
                    yield old, new

    def _take_cheapest(self, olds: list[int], news: list[int], near: set[tuple[int, int]]) -> None:
        """Pair some patches so that it costs the least; each may stay alone."""
        size = len(olds) + len(news)
        costs = [[0] * size for _ in range(size)]
        for i, old in enumerate(olds):
            for j, new in enumerate(news):
                costs[i][j] = self._cost(old, new) if (old, new) in near else _FAR
            costs[i][len(news) :] = [_FINE * self._alone(self.olds[old])] * len(olds)
        for j, new in enumerate(news):
            for i in range(len(olds), size):
                costs[i][j] = _FINE * self._alone(self.news[new])
        for i, j in enumerate(assign(costs)[: len(olds)]):
            if j < len(news):
                self.pairs[olds[i]] = news[j]

    def _cost(self, old: int, new: int) -> int:
        same_name = self.olds[old].subject == self.news[new].subject
        return _FINE * self.alignment(old, new).cost - 2 * same_name - (old == new)

    def _take_named(self) -> None:
        """Pair what is left by subject, where only one on either side has it."""
        olds, news = self._left(self.olds, set(self.pairs)), self._left(self.news, set(self.pairs.values()))
        left = Counter(sheet.subject for _, sheet in olds)
        right = {sheet.subject: number for number, sheet in news}
        counts = Counter(sheet.subject for _, sheet in news)
        for number, sheet in olds:
            if sheet.subject and left[sheet.subject] == 1 == counts[sheet.subject]:
                self.pairs[number] = right[sheet.subject]

    # -- what they are paired by ---------------------------------------------------

    @staticmethod
    def _left(sheets: Sequence[Sheet], taken: set[int]) -> list[tuple[int, Sheet]]:
        return [(number, sheet) for number, sheet in enumerate(sheets) if number not in taken]

    @staticmethod
    def _alone(sheet: Sheet) -> int:
        return len(sheet.ids) * ALONE // 100


def _key(sheet: Sheet, by_name: bool) -> tuple[object, ...]:
    return (sheet.subject if by_name else "", tuple(sheet.ids))


def _groups(pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the old and the new patches that hang together by pairs that may be."""
    of_old: defaultdict[int, list[int]] = defaultdict(list)
    of_new: defaultdict[int, list[int]] = defaultdict(list)
    for old, new in pairs:
        of_old[old].append(new)
        of_new[new].append(old)
    seen: set[int] = set()
    for first in of_old:
        if first in seen:
            continue
        olds, news, todo = {first}, set[int](), [first]
        while todo:
            for new in set(of_old[todo.pop()]) - news:
                news.add(new)
                more = set(of_new[new]) - olds
                olds |= more
                todo += more
        seen |= olds
        yield sorted(olds), sorted(news)
