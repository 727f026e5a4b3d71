"""What CI said of older versions of a series, beside what it says of this one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.core.checks import Turn, compare, make_matrix, pair_by_name
from tui.core.model import Check
from tui.core.versions import Version
from tui.store.store import Store


class Older:
    """The versions before a series, and their checks as far as the store has them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def before(self, series_id: int) -> list[Version]:
        """Return the versions before a series, the newest first."""
        for stack in self._store.stacks([series_id]):
            here = next(one for one in stack if one.id == series_id)
            return [one for one in stack if one.is_older(here)]
        return []

    def compared(self, series_id: int, chosen: int | None) -> Version | None:
        """Return the version to compare with: the one chosen, else the last one if its checks are here."""
        older = self.before(series_id)
        found = next((one for one in older if one.id == chosen), None)
        if found or not older:
            return found
        ids = self._store.patch_ids(older[0].id)
        return older[0] if ids and len(self._store.check_readings(ids)) == len(ids) else None

    def checks(self, version: Version) -> dict[int, list[Check]] | None:
        """Return the checks of a version; None until all of them are here."""
        ids = self._store.patch_ids(version.id)
        found = self._store.checks(ids)
        return found if ids and len(found) == len(ids) else None

    def turns(
        self,
        series_id: int,
        patch_ids: Sequence[int],
        checks: Mapping[int, Sequence[Check]],
        old: Mapping[int, Sequence[Check]],
    ) -> list[Turn] | None:
        """Return what changed for some patches of a series since the older version with these checks.

        None where that version has no patch of the same subject.
        """
        everything = self._store.patch_ids(series_id)
        names = {patch.id: patch.name for patch in self._store.patches([*old, *everything])}
        pairs = pair_by_name(list(old), everything, names)
        whole = len(patch_ids) == len(everything)
        before = list(old) if whole else [pairs[id] for id in patch_ids if id in pairs]
        if not before:
            return None
        return compare(make_matrix(old, before), make_matrix(checks, patch_ids), names, pairs=pairs)
