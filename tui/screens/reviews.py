"""What is known of patches by their content: what was looked at, and what is as it was before.

Texts are taken apart in a thread, those of the series that is shown and of its older versions.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from tui.core.versions import Stack
from tui.store.store import Store

if TYPE_CHECKING:
    from tui.diff.review import Kept, Parts
    from tui.store.texts import Packed

AT_ONCE = 4
"""Texts that are read from the store between two keys, and unpacked and taken apart in one go."""
KEPT = 3_000
"""Patches that are known at a time."""


class Progress(NamedTuple):
    """How much of something was looked at."""

    seen: int
    of: int


class Reviews:
    """Reads texts from the store, and marks; what it makes of them is kept, of marks until any may be new."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._parts: dict[int, Parts] = {}
        self._since: dict[int, str] = {}
        self._seen: dict[int, frozenset[int]] = {}
        """Which parts of patches were looked at, by their numbers, the message's 0."""
        self._edition: object = None
        """That of the marks, of which this is so."""

    def forget(self, keys: Iterable[int]) -> None:
        """Forget texts that are other ones now."""
        for key in keys:
            self._parts.pop(key, None)
            self._seen.pop(key, None)

    def forget_marks(self) -> None:
        """Look marks up again, whatever the store says: it may be another one."""
        self._seen.clear()

    def parts(self, key: int) -> Parts | None:
        """Return a patch, or a cover letter by minus its id, where it was taken apart."""
        return self._parts.get(key)

    async def learn(self, keys: Sequence[int]) -> bool:
        """Take the texts apart that are stored and not known yet; say whether there were any."""
        unknown = [key for key in keys if key not in self._parts]
        lacking = set(self._store.lacking(unknown))
        wanted = [key for key in unknown if key not in lacking]
        for first in range(0, len(wanted), AT_ONCE):
            some = wanted[first : first + AT_ONCE]
            names = {row.patch.id: row.patch.name for row in self._store.patch_rows(k for k in some if k > 0)}
            names |= {key: cover[0].name for key in some if key < 0 and (cover := self._store.cover(-key))}
            packed = {key: text for key in some if (text := self._store.packed(key)) is not None}
            self._parts.update(await asyncio.to_thread(_take_apart, packed, names))
        for old in list(self._parts)[:-KEPT]:
            del self._parts[old]
        return bool(wanted)

    # -- the same as before ------------------------------------------------------------

    def compare(self, series_id: int, stack: Stack) -> None:
        """Find out since which version each patch of a series is the same."""
        from tui.diff.review import unchanged_since

        mine = next((version for version in stack if version.id == series_id), None)
        older = [version for version in stack if mine and version.is_older(mine)]
        known = [self._all_of(version.id) for version in older]
        for key in self._store.patch_ids(series_id):
            parts = self._parts.get(key)
            count = unchanged_since(parts, known) if parts else 0
            self._since[key] = f"v{older[count - 1].version}" if count else ""

    def _all_of(self, series_id: int) -> list[Parts] | None:
        """Return the patches of a version; None where not all of them are known."""
        found = [self._parts.get(key) for key in self._store.patch_ids(series_id)]
        parts = [one for one in found if one is not None]
        return parts if len(parts) == len(found) else None

    def since(self, key: int) -> str:
        """Return since which version a patch is the same; empty where it is not, or nobody knows."""
        return self._since.get(key, "")

    # -- looked at -----------------------------------------------------------------------

    def progress(self, keys: Iterable[int]) -> dict[int, Progress]:
        """Return how much of each patch was looked at, of those that are known."""
        known = {key: parts for key in keys if (parts := self._parts.get(key))}
        if not known:
            return {}  # as at the start, where what takes texts apart would cost 10 ms
        self._look(known)
        return {key: Progress(len(self._seen[key]), len(parts.all)) for key, parts in known.items()}

    def seen_files(self, key: int, count: int) -> frozenset[int]:
        """Return which of a patch's files, of so many, were looked at."""
        parts = self._parts.get(key)
        if parts is None:
            return frozenset()
        self._look({key: parts})
        first = 1 + parts.has_loose
        return frozenset(number - first for number in self._seen[key] if first <= number < first + count)

    def _look(self, known: Mapping[int, Parts]) -> None:
        """Find out which parts of patches were looked at, where that is not known: 0.1 s for 20,000 files."""
        edition = self._store.marks_edition
        if edition != self._edition:
            self._edition = edition
            self._seen.clear()
        unknown = {key: parts for key, parts in known.items() if key not in self._seen}
        if not unknown:
            return
        from tui.diff.review import is_seen

        kept = self._kept(unknown.values())
        for key, parts in unknown.items():
            numbered = enumerate(parts.all) if kept else ()
            self._seen[key] = frozenset(number for number, seal in numbered if is_seen(seal, kept))

    def toggle(self, keys: Sequence[int], file: int = -1) -> bool:
        """Mark patches as looked at, or one file of a patch; where all is, take that back.

        Say whether it is marked now.  With its last file the message of a patch is marked too.
        Raises StoreTrouble.
        """
        from tui.diff.review import content_of, find_seen, is_seen

        parts = [one for key in keys if (one := self._parts.get(key))]
        kept = self._kept(parts)
        seals = [seal for one in parts for seal in one.all]
        if file >= 0 and parts and (seal := parts[0].seal_of_file(file)):
            others = [one for one in parts[0].files if one is not seal]
            seals = [seal]
            if is_seen(seal, kept) or all(is_seen(one, kept) for one in others):
                seals.append(parts[0].words)  # a patch with an unread file is not read
        first = seals[:1] if file >= 0 else seals
        if all(is_seen(one, kept) for one in first):
            self._store.mark_looked_at(find_seen(seals, kept), keys, seen=False)
            return False
        self._store.mark_looked_at(map(content_of, seals), keys)
        return True

    def _kept(self, parts: Iterable[Parts]) -> Kept:
        kept: dict[str, list[str]] = {}
        for digest, places in self._store.looked_at(seal.digest.hex() for one in parts for seal in one.all):
            kept.setdefault(digest, []).append(places)
        return kept


def _take_apart(texts: Mapping[int, Packed], names: Mapping[int, str]) -> dict[int, Parts]:
    """Unpack texts, and take them apart; one that is damaged is left for who wants to read it."""
    from tui.diff.review import take_apart  # not before the first rows
    from tui.diff.sheet import Text

    parts: dict[int, Parts] = {}
    for key, text in texts.items():
        with suppress(ValueError):
            body = text.whole()
            parts[key] = take_apart(Text(names.get(key, ""), body.content, body.diff))
    return parts
