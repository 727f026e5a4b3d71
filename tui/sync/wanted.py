"""Patches of series that lack some: fetched in lists, the series that were asked for last first."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from tui.sync.desk import Desk
from tui.sync.patch_lists import SERIES_A_REQUEST, read_apart


class Wanted:
    """Series whose patches are wanted."""

    def __init__(self, desk: Desk, line: asyncio.Lock) -> None:
        """``line`` is for one list of patches at a time, so that none is asked for what is just coming."""
        self._desk = desk
        self._line = line
        self._series: dict[int, None] = {}
        self.owed: tuple[int, ...] = ()
        """Series whose patches were wanted when the line broke."""

    def need(self, series_ids: Sequence[int]) -> None:
        """Fetch the patches of those series that lack some."""
        self.owed = ()
        unknown = self._desk.store.unknown_series(series_ids)
        self._series = dict.fromkeys([*unknown, *self._series])
        if self._series:
            self._desk.tasks.start("patches", self._read, self._desk.complain)

    async def _read(self) -> None:
        try:
            while self._series:
                async with self._line:
                    batch = self._desk.store.unknown_series(self._series)[:SERIES_A_REQUEST]
                    if not batch:
                        return
                    await self._read_batch(batch)
                for series_id in batch:  # each once, whatever came of it
                    self._series.pop(series_id, None)
        finally:
            self.owed = tuple(self._series)
            self._series.clear()

    async def _read_batch(self, batch: Sequence[int]) -> None:
        store = self._desk.store
        _, troubles = await read_apart(self._desk, batch)
        if troubles:
            self._desk.complain(next(iter(troubles.values())))
        # What a series lists and the server does not give is gone: nobody shall wait for it.
        lacking = store.series_rows(store.unknown_series([id_ for id_ in batch if id_ not in troubles]))
        there = [(row.series, tuple(store.patch_ids(row.series.id))) for row in lacking]
        store.put_series(series._replace(patch_ids=ids) for series, ids in there)
