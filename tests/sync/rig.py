"""A sync on the embedded server, in process."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.sync.road import Road
from tui.api.client import Client
from tui.api.wire import Limits
from tui.core import model as core
from tui.core.change import Change, Notice
from tui.core.credentials import Credentials
from tui.core.intent import Field, Value
from tui.core.me import NOBODY, Me
from tui.core.model import Page
from tui.core.rows import PatchRow
from tui.demo.app import make_app
from tui.demo.model import Cover, Event, Patch, Series
from tui.demo.registry import MIRA, STATES, State, User
from tui.demo.world import CORPUS
from tui.store.store import MEMORY, Store
from tui.sync.sync import Sync

SERVER = "http://patchwork.invalid"
PROJECT = "kiln-devel"
NOON = datetime(2026, 3, 1, 12)


class Buggy(Client):
    """A client with bugs: ``bugs`` counts by method how many calls from now on raise RuntimeError.

    ``set_patch answered`` is one after the server has acted.
    """

    def __init__(self, bugs: Counter[str], *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self._bugs = bugs
        self.trouble = ""

    @property
    def token_trouble(self) -> str:
        return self.trouble

    def _stumble(self, where: str) -> None:
        if self._bugs[where]:
            self._bugs[where] -= 1
            raise RuntimeError(where)

    async def series_page(self, *args: Any, **kw: Any) -> Page[core.Series]:
        self._stumble("series_page")
        return await super().series_page(*args, **kw)

    async def patches_page(self, *args: Any, **kw: Any) -> Page[core.Patch]:
        self._stumble("patches_page")
        return await super().patches_page(*args, **kw)

    async def patch(self, patch_id: int) -> tuple[core.Patch, core.Body]:
        self._stumble("patch")
        return await super().patch(patch_id)

    async def set_patch(self, patch_id: int, changes: Mapping[Field, Value]) -> core.Patch:
        self._stumble("set_patch")
        answer = await super().set_patch(patch_id, changes)
        self._stumble("set_patch answered")
        return answer


class Rig:
    """Everything a test of the sync looks at."""

    def __init__(self, user: User | None = MIRA, path: str | Path = MEMORY, me: Me = NOBODY) -> None:
        self.time, self.off = NOON, timedelta()
        """The present on the server, and how far our clock is ahead of it."""
        self.app = make_app(min(CORPUS.glob("*.mbox")), lambda: self.time)
        self._pattern = next(iter(self.app.world.patches.values()))
        self.app.world.patches.clear()
        self.app.world.series.clear()
        self.app.world.events.clear()
        self.tell("patch-created")
        self.road = Road(self.app)
        self.path = path
        self.user = user
        self.me = me
        self.connected = 0
        self.bugs: Counter[str] = Counter()
        self.notices: list[Notice] = []
        self.changes: list[Change] = []
        self.pauses: list[float] = []
        self.rests: list[float] = []
        self.rested = asyncio.Event()
        """Set it, and the next look for a lost server begins."""
        self.beats: list[float] = []
        """Pauses between two looks for news, as they begin."""
        self._struck = asyncio.Event()
        self.ticked = asyncio.Event()
        """Set it, and the next look at what other processes did begins."""
        self.store, self.sync = self.open()

    def open(self) -> tuple[Store, Sync]:
        """Open the store, and a sync on it, as a process of its own would."""
        store = Store(self.path)
        store.listen(self.changes.append)
        writes = self.user is not None
        sync = Sync(
            store,
            PROJECT,
            self.connect,
            can_write=writes,
            pause=self._pause,
            rest=self._rest,
            beat=self._beat,
            tick=self._tick,
            now=lambda: self.time + self.off,
            me=self.me,
        )
        sync.listen(self.notices.append)
        return store, sync

    async def kill(self) -> None:
        """Begin another run on what a kill would leave of the file now."""
        path = Path(f"{self.path}+")
        for end in ("", "-wal"):
            shutil.copy(f"{self.path}{end}", f"{path}{end}")
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("DELETE FROM lease")  # it goes with its process
        self.road.release()
        await self.sync.close()
        self.store.close()
        self.path = path
        self.notices.clear()
        self.store, self.sync = self.open()

    async def restart(self) -> None:
        """End the run and begin another one on the same file, which asks for nothing yet."""
        await self.sync.close()
        self.store.close()
        self.notices.clear()
        self.store, self.sync = self.open()

    async def connect(self) -> Buggy:
        self.connected += 1
        if self.bugs["connect"]:
            self.bugs["connect"] -= 1
            raise RuntimeError("connect")
        credentials = Credentials(SERVER, self.user.token) if self.user else None
        self.client = Buggy(
            self.bugs, SERVER, credentials, transport=self.road, verify=False, limits=Limits(tries=1)
        )
        return self.client

    async def _pause(self, seconds: float, woken: asyncio.Event) -> None:
        self.pauses.append(seconds)
        await woken.wait()

    async def _rest(self, seconds: float) -> None:
        self.rests.append(seconds)
        await self.rested.wait()
        self.rested.clear()

    async def _beat(self, seconds: float, anew: asyncio.Event) -> None:
        self.beats.append(seconds)
        waits = [asyncio.ensure_future(event.wait()) for event in (self._struck, anew)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        self._struck.clear()

    async def _tick(self, seconds: float) -> None:
        await self.ticked.wait()
        self.ticked.clear()

    async def beat(self) -> None:
        """Let the pause between two looks for news end, and all that comes of it."""
        for _ in range(10):  # a pause that begins anew must have begun
            await asyncio.sleep(0)
        begun = len(self.beats)
        self._struck.set()
        while len(self.beats) == begun:
            await asyncio.sleep(0)
        await self.sync.settled()
        for _ in range(10):
            await asyncio.sleep(0)

    def tell(self, category: str, **about: Any) -> Event:
        """Add an event to the server's, at the present."""
        events = self.app.world.events
        id_ = max((event.id for event in events), default=50000) + 1
        event = Event(category, self._pattern.project, self.time, id=id_, **about)
        events.append(event)
        return event

    def tell_series(self, series: Series) -> None:
        """Add the events of a series that has come."""
        self.tell("series-created", series=series)
        for patch in series.patches:
            self.tell("patch-created", patch=patch)
            self.tell("patch-completed", patch=patch, series=series)
        self.tell("series-completed", series=series)

    async def look(self) -> None:
        """Let the look for a lost server begin, and all that comes of it end."""
        self.rested.set()
        await asyncio.sleep(0)
        await self.sync.settled()

    def add_series(self, patches: int = 1, **what: object) -> Series:
        """Add a series to the server, newer than those before."""
        world = self.app.world
        id_ = max(world.series, default=0) + 1
        date = NOON + timedelta(minutes=id_)
        series = Series(
            id_, self._pattern.project, self._pattern.submitter, date, 1, patches, f"series {id_}"
        )
        world.series[id_] = series
        for number in range(1, patches + 1):
            series.patches.append(self.add_patch(f"[{number}/{patches}] of {id_}", series, number))
        return series

    def add_patch(self, name: str, series: Series | None = None, number: int = 1) -> Patch:
        """Add a patch to the server, a loose one without a series."""
        world, like = self.app.world, self._pattern
        id_ = max(world.patches, default=1000) + 1
        date = series.date if series else NOON + timedelta(minutes=id_)
        patch = Patch(
            id_,
            like.project,
            like.mail,
            f"<{id_}@example.org>",
            like.submitter,
            date,
            name=name,
            state=STATES[0],
            number=number,
            series=series,
        )
        world.patches[id_] = patch
        return patch

    def add_cover(self, series: Series | None) -> Cover:
        """Add a cover letter to the server."""
        like = self._pattern
        cover = Cover(
            900, like.project, like.mail, "<900@example.org>", like.submitter, NOON, name="[0/2] cover"
        )
        cover.series = series
        if series:
            series.cover = cover
        self.app.world.covers[cover.id] = cover
        return cover

    async def start_with(self, count: int = 1, of: int = 1) -> list[Patch]:
        """Start with some series of patches, all of them known."""
        made = [patch for _ in range(count) for patch in self.add_series(of).patches]
        await self.start()
        return made

    def only_notice(self) -> Notice:
        """The one notice that there was."""
        (notice,) = self.notices
        return notice

    def row(self, patch_id: int) -> PatchRow:
        """The row of a patch as it is shown."""
        return self.store.patch_rows([patch_id])[0]

    def series_ids(self) -> list[int]:
        """The list as it is shown."""
        project = self.sync.project
        return self.store.series_ids(project.id) if project else []

    async def store_changed(self) -> None:
        """Wait for the next change of the store."""
        changed = asyncio.Event()
        leave = self.store.listen(lambda _: changed.set())
        await changed.wait()
        leave()

    async def start(self) -> None:
        """Start and wait until all is there; forget the requests."""
        self.sync.start()
        await self.sync.settled()
        self.road.log.clear()


def ids(patches: list[Patch]) -> list[int]:
    """Their ids."""
    return [patch.id for patch in patches]


def state(slug: str) -> State:
    """The server's own object for a state."""
    return next(one for one in STATES if one.slug == slug)
