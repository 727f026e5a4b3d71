"""The sync: verbs that return at once, and work that goes on behind them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.api.errors import ApiError, Invalid, NotAllowed, NotFound
from tui.core.change import Notice, SyncStatus
from tui.core.me import NOBODY, Me
from tui.core.model import Project
from tui.core.place import Place
from tui.store.store import Store
from tui.store.trouble import StoreTrouble
from tui.sync.answers import Answers
from tui.sync.checking import Checking
from tui.sync.delivery import Delivery, Pause, pause
from tui.sync.desk import Clock, Desk, utc_now
from tui.sync.lead import Rest
from tui.sync.listing import Listing
from tui.sync.lookout import Lookout
from tui.sync.places import Found, Places
from tui.sync.prefetch import Prefetch
from tui.sync.pulse import Pulse
from tui.sync.server import Connect
from tui.sync.tasks import Bug
from tui.sync.texts import Texts
from tui.sync.versions import Versions

if TYPE_CHECKING:
    from tui.core.query_server import ServerFilter
    from tui.sync.search import Search


class Sync(Checking):
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
        self._listing = Listing(self._desk, self._rereading)
        self._texts = Texts(self._desk, self._check_missing)
        self._prefetch = Prefetch(self._desk, self._texts, self._answers, prefetch)
        self._places = Places(self._desk)
        self._versions = Versions(self._desk)
        self._search: Search | None = None
        self._pulse = Pulse(self._desk, self._listing, self._rereading, self._answers, beat, me)
        self._lookout = Lookout(self._desk, rest, self._catch_up)
        self._states_asked = False

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
        self._listing.retry()
        self._texts.retry()
        self._answers.retry()
        self._retry_checks()
        if self._search:
            self._search.retry()
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

    def _check_missing(self, patch_id: int, *, told: bool = False) -> None:
        """Let a patch leave that the server does not have any more; with a note unless that was ``told``."""
        self._desk.tasks.start(
            ("missing", patch_id), lambda: self._rereading.check(patch_id, told=told), self._desk.complain
        )

    def need_older(self) -> None:
        """Read the next older page; nothing at the end or while one is under way."""
        self._listing.need_older()

    def need_patches(self, series_ids: Sequence[int]) -> None:
        """Fetch the patches of these series that are not stored, the latest asked for first."""
        self._listing.need_patches(series_ids)

    def need_body(self, patch_id: int) -> None:
        """Fetch the text of a patch unless it is stored or under way."""
        self._texts.need_body(patch_id)

    def need_cover(self, cover_id: int) -> None:
        """Fetch a cover letter unless it is stored or under way."""
        self._texts.need_cover(cover_id)

    def need_texts(self, keys: Iterable[int]) -> None:
        """Fetch many texts unless they are stored, some at a time: patches, and covers by minus their ids."""
        self._texts.need_all(keys)

    def need_versions(self, series_id: int) -> None:
        """Look on the server for the other versions of a series; once."""
        self._versions.need(series_id)

    def looks_for_versions(self, series_id: int) -> bool:
        """Say whether that is going on."""
        return self._versions.is_looking(series_id)

    def trouble(self, key: int) -> str:
        """Return why the text of a patch (of a cover letter by minus its id) is missing; else ``""``."""
        return self._texts.trouble(key)

    def need_comments(self, key: int) -> None:
        """Fetch the comments of a patch (of a cover letter by minus its id), where they are not here or
        may be old; those of what the cursor rests on are fetched without being asked for.
        """
        self._answers.need(key)

    def comments_trouble(self, key: int) -> str:
        """Return why comments are missing; else ``""``.  ``Kind.COMMENTS`` tells when it changes."""
        return self._answers.trouble(key)

    @property
    def why_no_comments(self) -> str:
        """Why this server has no comments at all; empty where it has."""
        return self._answers.why_none

    @property
    def locating(self) -> bool:
        """Whether a place is being looked for."""
        return self._places.looking

    def locate(self, place: Place, found: Found) -> None:
        """Bring a series, patch or cover letter into the store, then call ``found``.

        ``found`` gets the series (negative for a loose patch) and the patch; None for a series,
        minus the cover letter's id for a cover letter.  It is not called when nothing is there.
        """
        self._places.locate(place, found)

    def search(self, filters: Sequence[ServerFilter]) -> None:
        """Search the server's list of patches (see query_server): the newest page of each filter now.

        What is found is stored, so the store's changes tell it; ``status.searching`` says that it
        goes on.  Another search ends the one before; none, with no filters, only ends it.  With no
        line to the server it is quiet, as ``status.offline`` says it all.
        """
        if filters and self._search is None:
            from tui.sync.search import Search  # nothing is searched for before the first rows

            self._search = Search(self._desk)
        if self._search:
            self._search.begin(filters)

    def search_more(self) -> None:
        """Read the search's next page; nothing at its end, and while one is under way."""
        if self._search:
            self._search.need_more()

    @property
    def search_left(self) -> bool:
        """Whether the server may have more of what is searched for."""
        return self._search is not None and self._search.left

    def learn_states(self, patch_id: int) -> None:
        """Ask the server once for its states, where we may write; quiet when it refuses.

        A server that took the write instead has changed the patch: that is told.
        """
        if not self.can_write or self._states_asked:
            return
        self._states_asked = True

        async def work() -> None:
            states = await self._desk.ask(lambda server: server.states(patch_id))
            self._desk.store.put_states(states, learnt=True)

        def fail(error: ApiError) -> None:
            self._states_asked = not error.retryable
            quiet = isinstance(error, (NotAllowed, NotFound, Invalid))
            if isinstance(error, Bug) or not (error.retryable or quiet):
                self._desk.complain(error)

        self._desk.tasks.start("states", work, fail)
