"""What became of the patches of a series from one version to another: the rows of a range-diff."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from tui.diff.matching import rising
from tui.diff.pairing import Pairing
from tui.diff.sheet import Numbers, Sheet, Text
from tui.diff.substance import has_same_changes

PART = 0.6
"""How much of the lines that a patch changes must be in another one for it to be a part of that."""
_TELLING = re.compile(r"[-+].*\w\W*\w\W*\w")


class Fate(Enum):
    """What happened to a patch."""

    SAME = "unchanged"
    """It changes the same, rebased or not, and says the same but for trailers."""
    REWORDED = "reworded"
    """It changes the same, and says something else."""
    CHANGED = "changed"
    DROPPED = "dropped"
    ADDED = "added"

    @property
    def sign(self) -> str:
        """The sign that ``git range-diff`` has for it."""
        return {Fate.SAME: "=", Fate.DROPPED: "<", Fate.ADDED: ">"}.get(self, "!")


class Row(NamedTuple):
    """An old patch and the new one that it became; patches by their numbers from 0."""

    fate: Fate
    old: int = -1
    """-1 for a patch that was added."""
    new: int = -1
    """-1 for one that was dropped."""
    is_moved: bool = False
    """Whether it changed places with others."""
    parts: tuple[int, ...] = ()
    """Of an old patch that was split: all new ones that it is in now."""
    source: int = -1
    """Of a new patch: the old one that it was split off from."""
    sources: tuple[int, ...] = ()
    """Of a new patch that old ones were merged into: all of these."""
    target: int = -1
    """Of an old patch: the new one that it was merged into."""


class Comparison:
    """Two versions of a series."""

    def __init__(self, olds: Sequence[Text], news: Sequence[Text]) -> None:
        self._texts = olds, news
        self.rows: list[Row] = []
        """In the order of the new version; what was dropped before what followed it.  Empty until done."""
        self.pairing = Pairing((), ())

    def steps(self) -> Iterator[float]:
        """Compare them in steps of some milliseconds; yields how much is done, from 0 to 1.

        45 patches of 2,000 lines on either side take some two seconds.
        """
        numbers = Numbers()
        sheets: tuple[list[Sheet], list[Sheet]] = [], []
        whole = len(self._texts[0]) + len(self._texts[1]) or 1
        for made, texts in zip(sheets, self._texts, strict=True):
            for text in texts:
                made.append(Sheet(text, numbers))
                yield (len(sheets[0]) + len(sheets[1])) / whole / 2
        self.pairing = Pairing(*sheets)
        for number, _ in enumerate(self.pairing.steps()):
            yield 1 - 0.5 / (1 + number / whole)
        self.rows = _rows(self.pairing)
        yield 1.0

    def run(self) -> Comparison:
        """Compare them at once."""
        for _ in self.steps():
            pass
        return self


def _rows(pairing: Pairing) -> list[Row]:
    pairs = pairing.pairs
    old_of = {new: old for old, new in pairs.items()}
    news = sorted(old_of)
    steady = {news[n] for n in rising([old_of[new] for new in news])}
    parts, sources = _find_parts(pairing), _find_sources(pairing)
    rows: list[Row] = []
    for new in range(len(pairing.news)):
        old = old_of.get(new, -1)
        if old < 0:
            source = next((one for one, many in parts.items() if new in many), -1)
            rows.append(Row(Fate.ADDED, new=new, source=source, sources=sources.get(new, ())))
            continue
        fate = _fate(pairing.olds[old], pairing.news[new])
        rows.append(Row(fate, old, new, new not in steady, parts.get(old, ()), -1, sources.get(new, ())))
    target_of = {old: new for new, many in sources.items() for old in many}
    dropped = [
        Row(Fate.DROPPED, old, parts=parts.get(old, ()), target=target_of.get(old, -1))
        for old in range(len(pairing.olds))
        if old not in pairs
    ]
    return list(_merged(rows, dropped))


def _merged(rows: list[Row], dropped: list[Row]) -> Iterator[Row]:
    """Yield rows, each dropped patch behind the last that was before it, moved ones aside."""
    last = -1
    for row in rows:
        if row.old > last and not row.is_moved:
            while dropped and dropped[0].old < row.old:
                yield dropped.pop(0)
            last = row.old
        yield row
    yield from dropped


def _fate(old: Sheet, new: Sheet) -> Fate:
    if not has_same_changes(old, new):
        return Fate.CHANGED
    return Fate.SAME if old.words == new.words else Fate.REWORDED


# -- split and merged --------------------------------------------------------------


def _find_parts(pairing: Pairing) -> dict[int, tuple[int, ...]]:
    """Return the new patches that each split old one is in: its partner, and those that were added."""
    taken = set(pairing.pairs.values())
    added = [new for new in range(len(pairing.news)) if new not in taken]
    found: defaultdict[int, list[int]] = defaultdict(list)
    for new, old in _owners(pairing.news, added, pairing.olds).items():
        found[old].append(new)
    split = {}
    for old, many in found.items():
        partner = pairing.pairs.get(old)
        parts = sorted([*many, *([] if partner is None else [partner])])
        if len(parts) > 1:
            split[old] = tuple(parts)
    return split


def _find_sources(pairing: Pairing) -> dict[int, tuple[int, ...]]:
    """Return the old patches that were merged into each new one, its partner with them."""
    dropped = [old for old in range(len(pairing.olds)) if old not in pairing.pairs]
    found: defaultdict[int, list[int]] = defaultdict(list)
    for old, new in _owners(pairing.olds, dropped, pairing.news).items():
        found[new].append(old)
    old_of = {new: old for old, new in pairing.pairs.items()}
    merged = {}
    for new, many in found.items():
        sources = sorted([*many, *([old_of[new]] if new in old_of else [])])
        if len(sources) > 1:
            merged[new] = tuple(sources)
    return merged


def _owners(sheets: Sequence[Sheet], which: Sequence[int], others: Sequence[Sheet]) -> dict[int, int]:
    """Return for each of some patches the one of the other version that has most of its changes, if any."""
    counts = {number: _changed(sheets[number]) for number in which}
    wanted = {line for count in counts.values() for line in count}
    shared: dict[int, Counter[int]] = {number: Counter() for number in which}
    for other, sheet in enumerate(others) if wanted else ():
        there = Counter(line for line in sheet.ids if line in wanted)
        for number, count in counts.items():
            shared[number][other] = sum(
                min(size, there[line]) for line, size in count.items() if line in there
            )
    owners: dict[int, int] = {}
    for number, by_other in shared.items():
        best = by_other.most_common(1)
        if best and best[0][1] and best[0][1] >= PART * counts[number].total():
            owners[number] = best[0][0]
    return owners


def _changed(sheet: Sheet) -> Counter[int]:
    """Count the lines that a patch adds or removes and that tell something."""
    return Counter(
        number
        for leaf in sheet.leaves
        for number, line in zip(leaf.ids, leaf.lines, strict=True)
        if _TELLING.match(line)
    )
