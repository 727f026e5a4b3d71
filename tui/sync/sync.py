"""The sync: verbs that return at once, and work that goes on behind them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

from tui.core.change import Notice, SyncStatus
from tui.core.me import NOBODY, Me
from tui.core.model import Project
from tui.store.store import Store
from tui.store.trouble import StoreTrouble
from tui.sync.answers import Answers
from tui.sync.delivery import Delivery, Pause, pause
from tui.sync.desk import Clock, Desk, utc_now
from tui.sync.lead import Rest
from tui.sync.lookout import Lookout
from tui.sync.needs import Needs
from tui.sync.prefetch import Prefetch
from tui.sync.pulse import Pulse
from tui.sync.server import Connect


class Sync(Needs):
    """Moves one project between its server and the store.

    What arrives is told by the store's changes, ``Kind.STATUS`` among them; what goes wrong, by
    notices.  Verbs need a running event loop and never raise for what the server does.
    """

    def __init__(
        self,
        store: Store,
        link_name: str,
        connect: Connect,
        *,
        can_write: bool,
        prefetch: bool = True,
        pause: Pause = pause,
        rest: Rest = asyncio.sleep,
        beat: Pause = pause,
        tick: Rest = asyncio.sleep,
        now: Clock = utc_now,
        me: Me = NOBODY,
    ) -> None:
        """``prefetch``: whether texts are fetched before they are looked at.

        ``pause`` waits between two tries of a write; ``rest``, before a look for a lost server;
        ``beat``, between two looks for news; ``tick``, between two at what other processes did.
        ``me``: who the user is, as far as that is known; what is told of the news depends on it.
        """
        desk = Desk(store, link_name, connect, now)
        answers = Answers(desk, me)
        super().__init__(desk, Delivery(desk, answers, pause), answers, can_write, pause)
        self._delivery.on_missing = lambda patch_id: self._check_missing(patch_id, told=True)
        self._tick = tick
        self._prefetch = Prefetch(self._desk, self._texts, self._answers, prefetch)
        self._pulse = Pulse(self._desk, self._listing, self._rereading, self._answers, beat, me)
        self._lookout = Lookout(self._desk, rest, self._catch_up)

    @property
    def project(self) -> Project | None:
        """The project; without its name and maintainers until its detail is here."""
        return self._desk.project

    @property
    def status(self) -> SyncStatus:
        """What is going on."""
        return self._desk.status

    def listen(self, on_notice: Callable[[Notice], None]) -> Callable[[], None]:
        """Have notices told to a function, until the returned one is called."""
        self._desk.listeners.append(on_notice)
        return lambda: self._desk.listeners.remove(on_notice)

    async def settled(self) -> None:
        """Wait until nothing is under way, but writes that wait for their next try."""
        await self._desk.tasks.settled()

    async def close(self) -> None:
        """Cancel what is under way and close the line to the server; verbs do nothing from now on."""
        await self._desk.close()

    # Reading

    def start(self) -> None:
        """Read what happened since the last run, the newest in the first one; send what waits.

        Where another process does both for this store, follow it, and take over when it leaves.
        """
        self._desk.lead.take()
        self._requeue()
        self._desk.count_series()
        self._pulse.start()
        self._deliver()
        if self._desk.store.path is not None:
            self._desk.tasks.start("lead", self._watch, self._desk.complain)

    def refresh(self, series_ids: Sequence[int] = ()) -> None:
        """Read the newest again, with the stored patches of it and of these series, and what happened."""
        self._listing.refresh(series_ids)
        self._refresh_checks()
        self._pulse.look(fresh=True)
        self._deliver()

    def idle(self, idle: bool) -> None:
        """Tell whether nobody looks: then the server is asked less."""
        self._pulse.idle(idle)

    def in_sight(self, series_ids: Sequence[int]) -> None:
        """Tell which series are on the screen: now and then they are read again."""
        self._pulse.show(series_ids)

    def look_at(self, series_id: int, patch_id: int | None = None, near: Sequence[int] = ()) -> None:
        """Tell where the cursor rests: texts of that series, and the first ones of those near, are fetched.

        ``near`` are the series that one is likely to go to, the likeliest first.
        """
        self._prefetch.look_at(series_id, patch_id, near)

    def _requeue(self) -> None:
        """Let what a killed run was sending wait again."""
        if self._desk.leads:
            with suppress(StoreTrouble):
                self._desk.store.requeue()

    def _deliver(self) -> None:
        self._delivery.show()
        if self.can_write:
            self._delivery.deliver()
            self._deliver_checks()

    def _catch_up(self) -> None:
        """Ask for what was missed while the server was out of reach."""
        self._pulse.look()
        self._retry_needs()
        self._deliver()

    async def _watch(self) -> None:
        await self._desk.lead.watch(self._wait_aside, self._take_over, self._note_others)

    async def _wait_aside(self, seconds: float) -> None:
        await self._desk.tasks.aside(self._tick(seconds))

    def _take_over(self) -> None:
        self._requeue()
        self._pulse.take_over()
        self._deliver()

    def _note_others(self) -> None:
        """Note what another process changed: a wish that it filed may be ours to send."""
        self._desk.count_series()
        self._deliver()
