"""Two versions of a series as the Changes tab shows them: compared in a thread, told in words."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tui.diff.changes import Comparison, Fate, Row
from tui.diff.interdiff import write_interdiff, write_raw, write_words
from tui.diff.sheet import Text, title_of
from tui.screens.unpacking import read_text
from tui.store.store import Store

KEPT = 6
"""Comparisons that are kept."""
TELL = 0.1
"""Seconds between two looks at how far a comparison is."""
COVER = "Cover letter"
"""What it goes by among the files."""
_STAT = re.compile(r" \S.*\|\s+(?:\d+|Bin)| \d+ files? changed| (?:create|delete|rename|mode|copy) ")


class Side(NamedTuple):
    """One version: its texts by their keys."""

    series_id: int
    label: str
    """Such as ``v3``."""
    cover: int | None
    """Minus the id of the cover letter; None where there is none."""
    patches: tuple[int, ...]

    @property
    def keys(self) -> tuple[int, ...]:
        """All its texts, the cover letter first."""
        return self.patches if self.cover is None else (self.cover, *self.patches)


class Pages(NamedTuple):
    """What the reader shows of a row: a heading, words, and a diff."""

    heading: str
    words: str
    diff: str


class Found:
    """Two versions, compared."""

    def __init__(self, old: Side, new: Side, texts: dict[int, Text]) -> None:
        self.old, self.new = old, new
        self._texts = texts
        self._keys = [[key for key in side.patches if key in texts] for side in (old, new)]
        self.comparison = Comparison(*([texts[key] for key in keys] for keys in self._keys))
        self.missing = sum(key not in texts for side in (old, new) for key in side.keys)
        self.done = 0.0
        """How far it is, from 0 to 1."""
        self.is_given_up = False

    def run(self) -> None:
        """Compare, until it is given up.  For a thread."""
        for done in self.comparison.steps():
            self.done = done
            if self.is_given_up:
                return

    @property
    def rows(self) -> Sequence[Row]:
        """What became of each patch."""
        return self.comparison.rows

    # -- rows ------------------------------------------------------------------

    def key_of(self, row: Row) -> int:
        """Return the patch of a row, the new one where there is one."""
        return self._keys[1][row.new] if row.new >= 0 else self._keys[0][row.old]

    def row_of(self, key: int) -> int:
        """Return the number of the row that has a patch; -1 where none has."""
        for number, row in enumerate(self.rows):
            if row.new >= 0 and self._keys[1][row.new] == key:
                return number
        for number, row in enumerate(self.rows):
            if row.old >= 0 and self._keys[0][row.old] == key:
                return number
        return -1

    def numbers_of(self, row: Row) -> str:
        """Return the place of a row's patch in both versions, ``-`` where it is not there."""
        return f"{_number(self._keys, 0, self.old, row.old)} → {_number(self._keys, 1, self.new, row.new)}"

    def name_of(self, row: Row) -> str:
        """Return the subject of a row's patch, without prefixes; as it came."""
        return title_of(self._texts[self.key_of(row)].name)

    def words_of(self, row: Row) -> str:
        """Return what became of a patch."""
        if row.source >= 0:
            return f"split from {row.source + 1}"
        if row.target >= 0:
            return f"merged into {row.target + 1}"
        words = row.fate.value if row.fate is not Fate.DROPPED or not row.parts else ""
        words += ", moved" if row.is_moved else ""
        words += f", split into {_listed(row.parts)}" if row.parts else ""
        words += f", merged from {_listed(row.sources)}" if row.sources else ""
        return words.removeprefix(", ")

    def summary(self) -> str:
        """Return how many patches became what."""
        counts = Counter(row.fate for row in self.rows)
        told = ", ".join(f"{counts[fate]} {fate.value}" for fate in Fate if counts[fate])
        missing = f"; {_texts(self.missing)} missing" if self.missing else ""
        return f"From {self.old.label} to {self.new.label}: {told or 'no patches'}{missing}"

    # -- what changed ------------------------------------------------------------

    @property
    def cover_fate(self) -> Fate | None:
        """What became of the cover letter; None where neither version has one."""
        old, new = (self._texts.get(side.cover or 0) for side in (self.old, self.new))
        if old is None or new is None:
            return None if old is new else Fate.DROPPED if new is None else Fate.ADDED
        return Fate.SAME if _cover_lines(old) == _cover_lines(new) else Fate.CHANGED

    def cover(self) -> Pages:
        """Return what changed in the cover letter."""
        old, new = (self._texts.get(side.cover or 0) for side in (self.old, self.new))
        diff = write_words(COVER, _cover_lines(old), _cover_lines(new))
        words = "" if diff else "The cover letter says the same, but for its diffstat."
        return Pages(f"{self.old.label} → {self.new.label}: cover letter", words, diff)

    def pages(self, row: Row) -> Pages:
        """Return what changed in a patch; of one that is in one version only, the patch."""
        places = self.numbers_of(row).replace(" → ", f" → {self.new.label} ")
        heading = f"{self.old.label} {places}: {self.name_of(row)}"
        if row.old < 0 or row.new < 0:
            side, words = (self.new, "Not in") if row.old < 0 else (self.old, "No more in")
            other = self.old if row.old < 0 else self.new
            text = self._texts[self.key_of(row)]
            told = f"{words} {other.label}: {self.words_of(row)}.  This is the patch of {side.label}."
            return Pages(heading, f"{told}\n\n{text.content}", text.diff)
        alignment = self.comparison.pairing.alignment(row.old, row.new)
        diff = write_interdiff(alignment)
        words = _said(row, self, bool(diff))
        if not diff and row.fate is Fate.CHANGED:
            diff = write_raw(alignment)
        notes = alignment.new.notes
        return Pages(heading, f"{words}\n---\n{notes}" if notes else words, diff)


def _said(row: Row, found: Found, has_diff: bool) -> str:
    """Return what the reader says above what changed in a patch."""
    words = found.words_of(row).capitalize()
    rest = "what only the new base changed is left out."
    if row.fate is Fate.SAME:
        rest = "trailers were added or taken away." if has_diff else "it is rebased at most."
    elif row.fate is Fate.REWORDED:
        rest = "the diff is the same, rebased at most."
    elif not has_diff:
        rest = "the files are the same after either.  The two diffs compared:"
    return f"{words} since {found.old.label}: {rest}"


def _number(keys: Sequence[Sequence[int]], which: int, side: Side, number: int) -> str:
    return str(side.patches.index(keys[which][number]) + 1) if number >= 0 else "-"


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(str(number + 1) for number in numbers)


def _texts(count: int) -> str:
    return "1 text is" if count == 1 else f"{count} texts are"


def _cover_lines(text: Text | None) -> list[str]:
    """Return a cover letter as it is compared: without its diffstat, which always differs."""
    if text is None:
        return []
    lines = [line.rstrip() for line in text.content.split("\n") if not _STAT.match(line)]
    while lines and not lines[-1]:
        lines.pop()
    return [title_of(text.name), "", *lines]


# -- at work -------------------------------------------------------------------------


def read_side(store: Store, series_id: int) -> Side:
    """Return what the store has of a version."""
    rows = store.series_rows([series_id])
    cover = rows[0].series.cover_id if rows else None
    label = f"v{rows[0].series.version}" if rows else "v?"
    return Side(series_id, label, -cover if cover else None, tuple(store.patch_ids(series_id)))


Key = tuple[Side, Side, int]
"""What is compared: two versions, and how many of their texts are here."""


class Comparisons:
    """The comparisons that were made last, and what is needed for one."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._found: dict[Key, Found] = {}

    def look(self, pair: tuple[Side, Side]) -> tuple[Key, list[int]]:
        """Return what two versions are compared by now, and the keys of their texts that are not here."""
        keys = [key for side in pair for key in side.keys]
        missing = self._store.lacking(keys, own=True)
        return (*pair, len(keys) - len(missing)), missing

    def get(self, key: Key) -> Found | None:
        """Return what was found, or is being looked for; None where nobody has begun."""
        return self._found.get(key)

    def finished(self, pair: tuple[Side, Side]) -> Found | None:
        """Return what was found of two versions with the texts that are here; None until all of it is."""
        found = self.get(self.look(pair)[0])
        return found if found and found.done >= 1 else None

    def begin(self, key: Key) -> Found:
        """Note that two versions are going to be compared."""
        self._found[key] = found = Found(*key[:2], {})
        return found

    async def run(self, key: Key, tell: Callable[[], None]) -> None:
        """Read the texts and compare them, telling now and then until it is done."""
        self._found[key] = found = await find(self._store, *key[:2])
        try:
            await run_aside(found, lambda: None if found.done >= 1 else tell())
        finally:
            if found.done < 1:
                self._found.pop(key, None)
        for old in list(self._found)[:-KEPT]:
            del self._found[old]


async def find(store: Store, old: Side, new: Side) -> Found:
    """Read the texts that are stored of two versions, a few at a time, so that keys are answered."""
    names = {row.patch.id: row.patch.name for row in store.patch_rows([*old.patches, *new.patches])}
    texts: dict[int, Text] = {}
    for key in (*old.keys, *new.keys):
        body = await read_text(store, key)
        if body is not None:
            cover = store.cover(-key) if key < 0 else None
            texts[key] = Text(cover[0].name if cover else names.get(key, ""), body.content, body.diff)
            await asyncio.sleep(0)
    return Found(old, new, texts)


async def run_aside(found: Found, tell: Callable[[], None]) -> None:
    """Compare in a thread; tell now and then, until it is done or the task is cancelled."""
    # Not a task: one that is given up before it began would be told as lost.
    done = asyncio.get_running_loop().run_in_executor(None, found.run)
    try:
        while not done.done():
            await asyncio.wait({done}, timeout=TELL)
            tell()
        await done
    finally:
        found.is_given_up = True
