"""What is stored, read again: what changed is stored, and what is gone leaves with a note."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from tui.api.errors import ApiError, NotFound
from tui.sync.desk import Desk
from tui.sync.patch_lists import one_by_one, read_apart

MOST_MISSED = 40
"""So many that a list should have and has not are asked for by one reading."""

Read = Callable[[int], Awaitable[None]]


class Rereading:
    """Reads series with their patches again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def read(self, series_ids: Sequence[int], *, told: bool = False) -> dict[int, ApiError]:
        """Read the patches of at most 50 series in one list; look closer at what it lacks.

        Nothing leaves because a list lacks it: it leaves when it is asked for and is not there, with
        a note unless the user has been ``told``.
        Returns what went wrong by series.  Raises an ApiError that all met.
        """
        if not series_ids:
            return {}
        store = self._desk.store
        before = {id_: store.patch_ids(id_) for id_ in series_ids}
        found, troubles = await read_apart(self._desk, series_ids)
        there = {patch.id for patch in found}
        listed = {patch.series_id for patch in found}
        sound = [id_ for id_ in series_ids if id_ not in troubles]
        empty = [id_ for id_ in sound if id_ not in listed]
        gone = await self._find_gone(empty[:MOST_MISSED], self.read_series)
        names = [f"series {row.series.name}" for row in store.series_rows(gone)]
        store.forget_series(gone)
        self._desk.count_series()
        missed = [id_ for series_id in sound for id_ in before[series_id] if id_ not in there]
        missed = [patch.id for patch in store.patches(missed)]
        gone = await self._find_gone(missed[:MOST_MISSED], self.read_patch)
        names += [patch.name for patch in store.patches(gone)]
        store.forget_patches(gone)
        self._tell([] if told else names)
        return troubles

    async def check(self, patch_id: int, *, told: bool = False) -> None:
        """Let a patch leave that was not found, if that is true.  Raises ApiError."""
        series_id = self._desk.store.series_of(patch_id)
        if series_id is not None and series_id > 0:
            await self.read([series_id], told=told)
        elif series_id is not None and await self._find_gone([patch_id], self.read_patch):
            self._tell([] if told else [patch.name for patch in self._desk.store.patches([patch_id])])
            self._desk.store.forget_patches([patch_id])

    async def read_series(self, series_id: int) -> None:
        """Read one series, without its patches.  Raises ApiError."""
        self._desk.take_series([await self._desk.ask(lambda server: server.series(series_id))])

    async def read_patch(self, patch_id: int) -> None:
        """Read one patch with its text.  Raises ApiError."""
        began = self._desk.writes
        patch, body = await self._desk.ask(lambda server: server.patch(patch_id))
        self._desk.take_patches([patch], began)
        self._desk.store.put_body(patch_id, body)

    async def _find_gone(self, ids: Sequence[int], read: Read) -> list[int]:
        """Ask for things one by one; return those that are not there."""
        troubles = await one_by_one(ids, read)
        return [id_ for id_, trouble in troubles.items() if isinstance(trouble, NotFound)]

    def _tell(self, names: Sequence[str]) -> None:
        if names:
            more = f" and {len(names) - 1} more" if len(names) > 1 else ""
            self._desk.say(f"Gone from the server, and from here: {names[0]}{more}")
