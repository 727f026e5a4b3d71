"""Going on after an action: to the next row that still needs one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tui.screens.targets import Targeting
from tui.where import Where

LOOKED_AT = 60
"""Rows that are read at a time to find one that needs an action."""


class Advancing(Targeting):
    """Moves the cursor for whoever works down a list."""

    advance = True
    """Whether the cursor goes on after every action."""

    def go_on(self, done: Collection[int]) -> None:
        """Put the cursor on the next row that needs an action, and is neither ``done`` nor marked.

        The row that it is on counts as next when it is such a one: marks may be far from the cursor.
        """
        listing = self.chosen_from
        at = listing.cursor
        while True:
            passed = listing.marked.union(done)
            found = self._first_open([id for id in listing.ids[at:] if id not in passed])
            if found is not None:
                listing.jump(found)
                return
            at = len(listing.ids)
            if listing is self.patches or not self._grow():
                self.say("No row below needs an action any more.")
                return

    def _first_open(self, ids: Sequence[int]) -> int | None:
        """Return the first row of which a patch is neither in a closed state nor archived."""
        for start in range(0, len(ids), LOOKED_AT):
            some = ids[start : start + LOOKED_AT]
            if self.level is Where.SERIES:
                open_ = [row.series.id for row in self.store.series_rows(some) if not row.is_closed]
                found = next(filter(self._has_open_patch, open_), None)
            else:
                found = next((r.patch.id for r in self.store.patch_rows(some) if not r.is_closed), None)
            if found is not None:
                return found
        return None

    def _has_open_patch(self, series_id: int) -> bool:
        """Say whether a patch of a series needs an action; one that is not here yet may well."""
        rows = self.store.patch_rows(self.store.patch_ids(series_id))
        return any(not row.is_closed for row in rows) or bool(self.store.unknown_series([series_id]))
