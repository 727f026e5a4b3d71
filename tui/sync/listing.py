"""The lists: the newest page first, older ones on demand, patches of the series that are shown."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from typing import Any

from tui.api.errors import ApiError, NotFound
from tui.core.model import Patch
from tui.sync.desk import Desk
from tui.sync.tasks import Work, together

SERIES_A_PAGE = 50
PATCHES_A_PAGE = 250
"""The most that Patchwork gives."""
SERIES_A_REQUEST = 50
"""How many series one request asks patches of: the server looks each up, and the address grows."""
MOST_PAGES_TO_JOIN = 10


class Listing:
    """What of the lists has been read."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._loads = 0
        self._negotiated = False
        self._series_page = self._patches_page = 0
        """The last page read of each list; both lists are ordered newest first."""
        self._reached = False
        """Whether the last page read ends further back than what was stored."""
        self._series_left = self._patches_left = True
        self._older_wanted = False
        self._brought: Counter[int] = Counter()
        """How many patches of each series the last first page of patches brought."""
        self._wanted: dict[int, None] = {}
        self._patches_line = asyncio.Lock()
        """One list of patches at a time, so that none is asked for what is just coming."""

    def start(self) -> None:
        """Read project, newest series, newest patches and the number of series, side by side."""
        self._load("newest", self._read_newest_and_on)

    def refresh(self, series_ids: Sequence[int]) -> None:
        """Read the newest again, and the patches of it and of these series that are stored."""

        async def work() -> None:
            await self._read_newest_and_on()
            await self._read_again(series_ids)

        self._load("newest", work)

    def need_older(self) -> None:
        """Read the next older page; nothing at the end or while one is under way.

        While the newest is being read it waits for that: which page is older is known only then.
        """
        if self._desk.tasks.running("newest"):
            self._older_wanted = True
        elif self._series_left or self._patches_left:
            self._load("older", self._read_older)

    def need_patches(self, series_ids: Sequence[int]) -> None:
        """Fetch the patches of series that lack some, the latest asked for first."""
        unknown = self._desk.store.unknown_series(series_ids)
        self._wanted = dict.fromkeys([*unknown, *self._wanted])
        if self._wanted:
            self._desk.tasks.start("patches", self._read_wanted, self._give_up)

    def _load(self, key: str, work: Work) -> None:
        """Do something behind, shown as loading from now on."""

        async def load() -> None:
            try:
                await work()
            finally:
                self._loads -= 1
                self._desk.status = replace(self._desk.status, loading=self._loads > 0)

        if self._desk.tasks.start(key, load, self._desk.complain):
            self._loads += 1
            self._desk.status = replace(self._desk.status, loading=True)

    def _give_up(self, error: ApiError) -> None:
        self._wanted.clear()
        self._desk.complain(error)

    async def _read_newest_and_on(self) -> None:
        """Read the newest, then what was asked for meanwhile."""
        await self._read_newest()
        if self._older_wanted:
            self._older_wanted = False
            await self._read_older()

    async def _read_newest(self) -> None:
        await together(
            self._read_project(),
            self._read_first_series(),
            self._read_patches(1),
            self._read_count(),
            self._negotiate(),
        )

    async def _negotiate(self) -> None:
        if not self._negotiated:
            await self._desk.ask(lambda server: server.negotiate())
            self._negotiated = True

    async def _read_project(self) -> None:
        name = self._desk.link_name
        try:
            project = await self._desk.ask(lambda server: server.project(name))
        except NotFound:
            self._desk.status = replace(self._desk.status, unknown=True)
            raise
        self._desk.status = replace(self._desk.status, unknown=False)
        self._desk.store.put_project(project)
        self._desk.count_series()

    async def _read_count(self) -> None:
        name = self._desk.link_name
        total = await self._desk.ask(lambda server: server.series_count(name))
        self._desk.status = replace(self._desk.status, total=total)

    async def _read_first_series(self) -> None:
        """Read the first page, and on until it joins what is stored: a weekend may bring several."""
        empty = not self._stored()
        for page in range(1, MOST_PAGES_TO_JOIN + 1):
            if await self._read_series(page) or empty or not self._series_left:
                break

    async def _read_series(self, page: int) -> set[int]:
        """Read a page; return which of its series were stored before."""
        name = self._desk.link_name
        answer = await self._desk.ask(
            lambda server: server.series_page(name, page=page, per_page=SERIES_A_PAGE)
        )
        if page >= self._series_page:
            self._series_page, self._series_left = page, answer.next is not None and bool(answer.items)
        ids = [series.id for series in answer.items]
        known = {row.series.id for row in self._desk.store.series_rows(ids)}
        self._reached = not ids or ids[-1] not in known
        self._desk.take_series(answer.items)
        return known

    async def _read_patches(self, page: int) -> None:
        name, began = self._desk.link_name, self._desk.writes
        async with self._patches_line:
            answer = await self._desk.ask(
                lambda server: server.patches_page(name, page=page, per_page=PATCHES_A_PAGE)
            )
            if page >= self._patches_page:
                self._patches_page, self._patches_left = page, answer.next is not None and bool(answer.items)
            if page == 1:
                self._brought = Counter(patch.series_id or -patch.id for patch in answer.items)
            self._desk.take_patches(answer.items, began)

    async def _read_older(self) -> None:
        """Read on until older ones are there: while we read, new series push known ones back."""
        known = len(self._stored())
        while self._series_left or self._patches_left:
            works: list[Coroutine[Any, Any, object]] = []
            if self._patches_left:
                works.append(self._read_patches(self._patches_page + 1))
            if not self._series_left:
                await together(*works)
                if len(self._stored()) > known:
                    return
                continue
            await together(self._read_series(self._series_page + 1), *works)
            if self._reached:
                return

    async def _read_again(self, series_ids: Sequence[int]) -> None:
        """Read the stored patches again that the first page of patches did not bring."""
        store = self._desk.store
        shown = dict.fromkeys([*self._stored()[:SERIES_A_PAGE], *series_ids])
        stale = [i for i in shown if i > 0 and len(store.patch_ids(i)) > self._brought[i]]
        for start in range(0, len(stale), SERIES_A_REQUEST):
            await read_patches_of(self._desk, stale[start : start + SERIES_A_REQUEST])

    async def _read_wanted(self) -> None:
        store = self._desk.store
        while True:
            async with self._patches_line:
                batch = store.unknown_series(self._wanted)[:SERIES_A_REQUEST]
                if not batch:
                    self._wanted.clear()
                    return
                await read_patches_of(self._desk, batch)
                # What a series lists and the server does not give is gone: nobody shall wait for it.
                lacking = store.series_rows(store.unknown_series(batch))
                there = [(row.series, tuple(store.patch_ids(row.series.id))) for row in lacking]
                store.put_series(replace(series, patch_ids=ids) for series, ids in there)

    def _stored(self) -> list[int]:
        project = self._desk.project
        return self._desk.store.series_ids(project.id) if project else []


async def read_patches_of(desk: Desk, series_ids: Sequence[int]) -> list[Patch]:
    """Read all patches of some series into the store, and return them.  Raises ApiError.

    One series that the server does not know makes its whole answer empty (its filter takes any
    unknown value for "nothing"), so an empty answer for several is asked again by halves.
    Ordered by id: many patches of a series have the same date, and pages must not shift.
    """
    found: list[Patch] = []
    page: int | None = 1
    while page is not None:
        number, began = page, desk.writes
        answer = await desk.ask(
            lambda server, number=number: server.patches_page(  # type: ignore[misc]
                page=number, per_page=PATCHES_A_PAGE, order="id", series=series_ids
            )
        )
        desk.take_patches(answer.items, began)
        found += answer.items
        page = answer.next if answer.items else None
    if not found and len(series_ids) > 1:
        middle = len(series_ids) // 2
        return [
            *await read_patches_of(desk, series_ids[:middle]),
            *await read_patches_of(desk, series_ids[middle:]),
        ]
    return found
