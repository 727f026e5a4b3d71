"""When the server is asked for news: now and then, less and less while nothing happens."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing

from tui.api.errors import ApiError, Busy, Unreachable
from tui.core.change import Change, Kind
from tui.core.me import Me
from tui.core.model import Event
from tui.sync.answers import Answers
from tui.sync.delivery import Pause
from tui.sync.desk import Desk
from tui.sync.events import Batch, Events, NoEvents
from tui.sync.listing import Listing
from tui.sync.news import News
from tui.sync.patch_lists import SERIES_A_REQUEST
from tui.sync.rereading import Rereading
from tui.sync.tasks import together
from tui.sync.timer import Timer

BACK_EACH = 20
"""Of so many looks one is at the newest events, whatever their date."""
PATIENCE = 3
"""So often events may be too much for a server before it is taken for one that has none."""
SHOWN = 30
"""So many of the newest series are taken to be on the screen until that is told."""


class Pulse:
    """Looks for news: by events where the server has them, else at the newest page.

    What goes wrong is told once, until something goes well.  While the server is lost nothing is
    asked (see Lookout), and neither is it while another process reads the news.
    """

    def __init__(
        self, desk: Desk, listing: Listing, rereading: Rereading, answers: Answers, wait: Pause, me: Me
    ) -> None:
        """``wait`` waits for so many seconds, or until the timer is set anew; ``me`` is told the news."""
        self._desk = desk
        self._listing = listing
        self._rereading = rereading
        self._answers = answers
        self._events = Events(desk)
        self._news = News(desk, rereading)
        self._me = me
        self._timer = Timer(desk, wait, self._strike)
        self._fresh = False
        """Whether the newest has just been asked for."""
        self._without = False
        """Whether the server has no events."""
        self._heavy = 0
        self._looks = 0
        self._told = ""
        self._shown: tuple[int, ...] = ()

    def start(self) -> None:
        """Read the newest where nothing was followed yet, else what happened since; then go on."""
        self.take_over()
        self._timer.start()

    def take_over(self) -> None:
        """Read the news from now on, unless another process does."""
        if self._desk.lead.follows:
            return
        if self._events.cursor is None:
            self._listing.start()
        self.look(fresh=self._events.cursor is None)

    def look(self, *, fresh: bool = False) -> None:
        """Look for news now, unless a look is under way.  ``fresh``: the newest is being read already."""
        self._fresh = fresh
        self._begin(gentle=False)

    def idle(self, idle: bool) -> None:
        """Ask less while nobody looks; when somebody does again, at once, but not twice a minute."""
        if self._timer.idle(idle) and not self._desk.status.offline:
            self.look()

    def show(self, series_ids: Sequence[int]) -> None:
        """Tell which series are on the screen."""
        self._shown = tuple(series_ids)

    def _strike(self, gentle: bool) -> None:
        if not self._desk.status.offline:
            self._begin(gentle)

    def _begin(self, gentle: bool) -> None:
        async def work() -> None:
            news = False
            try:
                news = await self._look(gentle)
                self._told = ""
            finally:
                self._timer.set(news)

        if not self._desk.lead.follows:
            self._desk.tasks.start("pulse", work, self._fail)

    def _fail(self, error: ApiError) -> None:
        if isinstance(error, Busy) and error.retry_after:
            self._timer.set(False, error.retry_after)
        if str(error) != self._told:
            self._told = str(error)
            self._desk.complain(error)

    async def _look(self, gentle: bool) -> bool:
        """Ask for news; say whether there was any.  Raises ApiError."""
        fresh, self._fresh = self._fresh, False
        await self._listing.joined()
        if self._desk.status.offline:
            return False
        if self._events.cursor is None and not self._listing.complete:
            if not fresh:  # else its trouble was told just now
                await self._look_at_newest()
            if not self._listing.complete:
                return False
            fresh = True
        if not self._without:
            news = await self._ask_for_events(fresh)
        else:
            news = not fresh and await self._look_at_newest()
        if gentle:
            await together(self._listing.read_about(), self._read_shown())
        elif not self._listing.counted:
            await self._listing.read_count()
        return news

    async def _ask_for_events(self, fresh: bool) -> bool:
        """Follow the events, or look at the newest where there are none; that is ``fresh`` already."""
        try:
            if self._events.cursor is None:
                await self._tell_news(await self._events.begin(), read=True)
                return False
            await self._listing.negotiate()
            return await self._follow()
        except NoEvents as error:
            self._heavy += 1
            self._without = error.for_good or self._heavy >= PATIENCE
        except (Unreachable, Busy):
            raise
        except ApiError:
            if not fresh:
                await self._look_at_newest()
            raise
        return not fresh and await self._look_at_newest()

    async def _follow(self) -> bool:
        self._looks += 1
        self._news.begin()
        if self._looks % BACK_EACH == 0:
            batch = await self._events.look_back()
            await self._take(batch.events)
            self._events.note(batch.events)
            if not batch.more:
                return bool(batch.events)
        found, pages = False, 0
        try:
            async with aclosing(self._events.follow()) as batches:
                async for batch in batches:
                    if batch.more and not pages:
                        await self._prepare()
                    pages += 1
                    self._tell(batch, pages)
                    await self._take(batch.events)
                    found = found or bool(batch.events)
                    if self._desk.lead.follows:
                        break
        finally:
            self._desk.status = self._desk.status._replace(syncing="")
        return found

    async def _take(self, events: Sequence[Event]) -> None:
        await self._news.take(events)
        self._answers.expect(events)
        old = [event for event in events if event.id <= self._events.began]
        await self._tell_news(old, read=True)
        await self._tell_news([event for event in events if event.id > self._events.began])
        self._answers.fetch_told()

    async def _tell_news(self, events: Sequence[Event], *, read: bool = False) -> None:
        if events:
            from tui.sync.telling import Telling  # with the first event, not before the first paint

            await Telling(self._desk, self._me, self._answers).tell(events, read=read)

    async def _prepare(self) -> None:
        """Before much is caught up with, read the newest: it is what one looks at first."""
        self._news.begin(await self._events.newest_id())
        self._listing.start()
        await self._listing.joined()

    def _tell(self, batch: Batch, pages: int) -> None:
        if batch.more or pages > 1:
            of = f" of {batch.of:,}" if batch.of > batch.done else ""
            words = f"catching up {batch.done:,}{of}"
            self._desk.status = self._desk.status._replace(syncing=words)

    async def _look_at_newest(self) -> bool:
        """Read the newest page and what is on the screen; say whether that made a difference."""
        changes: list[Change] = []
        leave = self._desk.store.listen(changes.append)
        try:
            self._listing.refresh(self._on_screen())
            await self._listing.joined()
        finally:
            leave()
        return any(change.kind in (Kind.SERIES, Kind.PATCHES) for change in changes)

    async def _read_shown(self) -> None:
        await self._rereading.read([id_ for id_ in self._on_screen() if id_ > 0][:SERIES_A_REQUEST])

    def _on_screen(self) -> Sequence[int]:
        project = self._desk.project
        if self._shown or project is None:
            return self._shown
        return self._desk.store.series_ids(project.id, limit=SHOWN)
