"""Which two versions of a series are compared."""

from __future__ import annotations

from tui.core.versions import Stack, Version


class Choice:
    """Two of a stack of versions: those that were chosen, else one with the one before."""

    def __init__(self) -> None:
        self.stack: Stack = ()
        """All versions that are here, the newest first."""
        self._chosen: tuple[int, int] | None = None
        """Their ids, the old one first."""

    def pair(self, series_id: int | None) -> tuple[Version, Version] | None:
        """Return the versions to compare where a series is read, the old one first; None for too few."""
        by_id = {version.id: version for version in self.stack}
        if self._chosen and self._chosen[0] in by_id and self._chosen[1] in by_id:
            return by_id[self._chosen[0]], by_id[self._chosen[1]]
        new = by_id.get(series_id or 0)
        if new is None:
            return None
        older = [one for one in self.stack if one.is_older(new)]
        others = older or [one for one in self.stack if one != new]
        return (others[0], new) if older else (new, others[-1])

    def take(self, version: Version, series_id: int | None) -> bool:
        """Compare a version with the newer one of the pair; a newer one with the older one.

        False where it is in the pair already.
        """
        pair = self.pair(series_id)
        if pair is None or version.id in (pair[0].id, pair[1].id):
            return False
        old, new = pair
        self._chosen = (version.id, new.id) if version.is_older(new) else (old.id, version.id)
        return True

    def step(self, way: int, series_id: int | None) -> bool:
        """Take an older version to compare with, or a newer one; False where there is none."""
        pair = self.pair(series_id)
        if pair is None:
            return False
        ids = [version.id for version in self.stack]
        old, new = (ids.index(version.id) for version in pair)
        if not new < old + way < len(ids):
            return False
        self._chosen = ids[old + way], ids[new]
        return True
