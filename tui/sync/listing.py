"""The lists: the newest page first, older ones on demand, patches of the series that are shown."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine, Iterable, Sequence
from typing import Any

from tui.api.errors import ApiError, NotFound
from tui.sync.desk import Desk
from tui.sync.patch_lists import PATCHES_A_PAGE, SERIES_A_REQUEST
from tui.sync.rereading import Rereading
from tui.sync.tasks import Work, together
from tui.sync.wanted import Wanted

SERIES_A_PAGE = 50
MOST_PAGES_TO_JOIN = 10
MOST_PAGES_BACK = 40
"""How far one wish for older ones leads through what is known already, 50 series a page."""


class Cursor:
    """How far back a list has been read, the newest first."""

    def __init__(self) -> None:
        self.page = 0
        """The last page read."""
        self.left = True
        """Whether there is more behind it."""
        self._seen: set[int] = set()

    def begin(self) -> None:
        """Begin a run of pages."""
        self._seen.clear()

    def note(self, page: int, ids: Iterable[int], more: bool) -> None:
        """Note a page.  One that brings only what this run has brought is the end, whatever it names."""
        new = not self._seen.issuperset(ids := tuple(ids))
        self._seen.update(ids)
        if page >= self.page:
            self.page, self.left = page, more and new


class Pages:
    """The lists of series and patches, page by page, and what of them has been read."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._series, self._patches = Cursor(), Cursor()
        self._reached = False
        """Whether the last page read ends further back than what was stored."""
        self._brought: Counter[int] = Counter()
        """How many patches of each series the last first page of patches brought."""
        self.patches_line = asyncio.Lock()
        """One list of patches at a time, so that none is asked for what is just coming."""

    @property
    def left(self) -> bool:
        """Whether there is more behind what was read."""
        return self._series.left or self._patches.left

    def begin(self) -> None:
        """Begin a run of pages."""
        self._series.begin()
        self._patches.begin()

    def last_row(self) -> int:
        """Return the last stored series; 0 for none."""
        project = self._desk.project
        return (self._desk.store.last_series(project.id) if project else None) or 0

    async def read_first_series(self) -> None:
        """Read the first page, and on until it joins what is stored: a weekend may bring several."""
        empty = not self._stored(1)
        for page in range(1, MOST_PAGES_TO_JOIN + 1):
            if await self._read_series(page) or empty or not self._series.left:
                break

    async def _read_series(self, page: int) -> set[int]:
        """Read a page; return which of its series were stored before."""
        name = self._desk.link_name
        answer = await self._desk.ask(
            lambda server: server.series_page(name, page=page, per_page=SERIES_A_PAGE)
        )
        ids = [series.id for series in answer.items]
        self._series.note(page, ids, answer.next is not None)
        known = {row.series.id for row in self._desk.store.series_rows(ids)}
        self._reached = not ids or ids[-1] not in known
        self._desk.learn_project(answer.items)
        self._desk.take_series(answer.items)
        return known

    async def read_patches(self, page: int) -> None:
        """Read a page of patches.  Raises ApiError."""
        name, began = self._desk.link_name, self._desk.writes
        async with self.patches_line:
            answer = await self._desk.ask(
                lambda server: server.patches_page(name, page=page, per_page=PATCHES_A_PAGE)
            )
            self._patches.note(page, (patch.id for patch in answer.items), answer.next is not None)
            if page == 1:
                self._brought = Counter(patch.series_id or -patch.id for patch in answer.items)
            self._desk.learn_project(answer.items)
            self._desk.take_patches(answer.items, began)

    async def read_older(self) -> None:
        """Read on until older ones are there: while we read, new series push known ones back."""
        last = self.last_row()
        self._skip_stored()
        self.begin()
        for _ in range(MOST_PAGES_BACK):
            works: list[Coroutine[Any, Any, object]] = []
            by_series = self._series.left
            if by_series:
                works.append(self._read_series(self._series.page + 1))
            if self._patches.left:
                works.append(self.read_patches(self._patches.page + 1))
            await together(*works)
            if not works or (self._reached if by_series else self.last_row() != last):
                return

    def _skip_stored(self) -> None:
        """Begin where what earlier runs stored ends, unless this run has read a page."""
        project = self._desk.project
        if project is None or self._series.page or self._patches.page:
            return
        self._series.page = self._desk.store.count_series(project.id) // SERIES_A_PAGE
        self._patches.page = self._desk.store.count_patches(project.id) // PATCHES_A_PAGE

    def stale(self, series_ids: Sequence[int]) -> list[int]:
        """Return which of the newest and of these have stored patches that the first page did not bring."""
        shown = dict.fromkeys([*self._stored(SERIES_A_PAGE), *series_ids])
        return [i for i in shown if i > 0 and len(self._desk.store.patch_ids(i)) > self._brought[i]]

    def _stored(self, limit: int) -> list[int]:
        project = self._desk.project
        return self._desk.store.series_ids(project.id, limit) if project else []


class Listing:
    """What is read of the lists, and when."""

    def __init__(self, desk: Desk, rereading: Rereading) -> None:
        self._desk = desk
        self._rereading = rereading
        self._told: set[str] = set()
        self._loads = 0
        self._negotiated = False
        self._pages = Pages(desk)
        self._joining = False
        """Whether the newest is being read: which page is older is known only then."""
        self._quiet = asyncio.Event()
        self._quiet.set()
        self.complete = False
        """Whether the newest was read in this run with no trouble."""
        self.counted = False
        """Whether the server was asked in this run how many series there are; old ones do not tell."""
        self._wanted_past: int | None = None
        """The last row when older ones were asked for meanwhile (0: none); None when they were not."""
        self._wanted = Wanted(desk, self._pages.patches_line)

    def start(self) -> None:
        """Read project, newest series, newest patches and the number of series, side by side."""
        self._join(self._read_newest_and_on)

    def refresh(self, series_ids: Sequence[int]) -> None:
        """Read the newest again, the stored patches of it and of these series, and those still lacking."""

        async def work() -> None:
            await self._read_newest_and_on()
            await self._read_again(series_ids)
            self._wanted.need([*series_ids, *self._wanted.owed])

        self._join(work)

    async def joined(self) -> None:
        """Wait until the newest is not being read."""
        await self._quiet.wait()

    async def read_about(self) -> None:
        """Read the project and the number of its series.  Raises ApiError."""
        await together(self._read_project(), self.read_count())

    def retry(self) -> None:
        """Fetch the patches that were wanted when the line broke."""
        self._wanted.need(self._wanted.owed)

    def need_older(self) -> None:
        """Read the next older page; nothing at the end.

        While something is being read the wish is kept, and followed unless that brought older ones.
        """
        if self._joining or self._desk.tasks.running("older"):
            self._wanted_past = self._pages.last_row()
        elif self._pages.left:
            self._load("older", self._read_on)

    def need_patches(self, series_ids: Sequence[int]) -> None:
        """Fetch the patches of series that lack some, the latest asked for first."""
        self._wanted.need(series_ids)

    def _join(self, work: Work) -> None:
        if self._load("newest", work):
            self._joining = True
            self._quiet.clear()

    def _complain(self, error: ApiError) -> None:
        """Tell a trouble at once, and not again when all of the load has ended."""
        if str(error) not in self._told:
            self._told.add(str(error))
            self._desk.complain(error)

    def _load(self, key: str, work: Work) -> bool:
        """Do something behind, shown as loading from now on; say whether it began."""

        async def load() -> None:
            try:
                await work()
            finally:
                self._loads -= 1
                self._desk.status = self._desk.status._replace(loading=self._loads > 0)

        began = self._desk.tasks.start(key, load, self._complain)
        if began:
            self._told.clear()
            self._loads += 1
            self._desk.status = self._desk.status._replace(loading=True)
        return began

    async def _read_newest_and_on(self) -> None:
        """Read the newest, then begin what was asked for meanwhile."""
        try:
            await self._read_newest()
            self.complete = True
            if self._wanted_past is not None:
                self._load("older", self._read_on)
        finally:
            self._joining = False
            self._quiet.set()
            if not self._desk.tasks.running("older"):
                self._wanted_past = None

    async def _read_on(self) -> None:
        """Read older ones, and on while the last row is still where more was asked for."""
        try:
            again = True
            while again:
                self._wanted_past = None
                await self._pages.read_older()
                again = self._wanted_past is not None and self._wanted_past == self._pages.last_row()
        finally:
            self._wanted_past = None

    async def _read_newest(self) -> None:
        self._pages.begin()
        await together(
            self._read_project(),
            self._pages.read_first_series(),
            self._pages.read_patches(1),
            self.read_count(),
            self.negotiate(),
            first=self._complain,
        )

    async def negotiate(self) -> None:
        """Find out once what the server speaks.  Raises ApiError."""
        if not self._negotiated:
            await self._desk.ask(lambda server: server.negotiate())
            self._negotiated = True

    async def _read_project(self) -> None:
        name = self._desk.link_name
        try:
            project = await self._desk.ask(lambda server: server.project(name))
        except NotFound:
            self._desk.status = self._desk.status._replace(unknown=True)
            raise
        self._desk.status = self._desk.status._replace(unknown=False)
        self._desk.store.put_project(project)
        self._desk.count_series()

    async def read_count(self) -> None:
        """Read how many series the project has.  Raises ApiError."""
        name = self._desk.link_name
        total = await self._desk.ask(lambda server: server.series_count(name))
        self.counted = True
        self._desk.status = self._desk.status._replace(total=total)

    async def _read_again(self, series_ids: Sequence[int]) -> None:
        """Read the stored patches again that the first page of patches did not bring."""
        stale = self._pages.stale(series_ids)
        for start in range(0, len(stale), SERIES_A_REQUEST):
            troubles = await self._rereading.read(stale[start : start + SERIES_A_REQUEST])
            if troubles:
                self._complain(next(iter(troubles.values())))
