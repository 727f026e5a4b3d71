"""What happened on the server since we last looked: its events, page by page from a cursor on."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from tui.api.errors import ApiError, NotAllowed, NotFound, TimedOut
from tui.core.model import Event, EventCursor, Page
from tui.sync.desk import Desk
from tui.sync.server import Server

OVERLAP = timedelta(minutes=5)
"""How far before the cursor one looks: an event is dated when it begins and seen when it is committed."""
NEWEST = 50
"""How many of the newest events one look back takes in."""
MOST_PAGES = 4000
"""A million events: a server whose pages never end is not followed."""
START = EventCursor(datetime(1970, 1, 1, 12), 0)
"""Where a project begins that nothing has happened in."""


class NoEvents(ApiError):
    """The server does not tell what happens."""

    def __init__(self, error: ApiError) -> None:
        super().__init__(str(error), status=error.status, reason=error.reason)
        self.for_good = not isinstance(error, TimedOut)
        """Whether it has none or refuses them; else they take it too long this time."""


class Batch(NamedTuple):
    """A page of events."""

    events: tuple[Event, ...]
    """Those that were not told before."""
    done: int
    """How many have been read with it,"""
    of: int
    """of how many as far as the server tells; the same at the end."""
    more: bool = False
    """Whether another page follows."""


class Events:
    """The events of one project.  Cursor and overlap are in the server's own time, never in ours."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._seen: dict[int, datetime] = {}
        """Events near the cursor that were told, by id."""
        self.began = 0
        """The newest event when the project was first followed, in this run: none up to it is news."""

    @property
    def cursor(self) -> EventCursor | None:
        """The last event that was followed; None before the first start."""
        project = self._desk.project
        return self._desk.store.event_cursor(project.id) if project else None

    async def begin(self) -> Sequence[Event]:
        """Put the cursor on the newest event: what comes after it is news.  Raises ApiError.

        Returns the newest events, which are no news.
        """
        if self._desk.project is None:
            return ()
        page = await self._read_newest()
        self.began = max((event.id for event in page.items), default=0)
        self._keep(max(page.items, key=lambda event: event.id, default=None))
        return page.items

    async def newest_id(self) -> int:
        """Return the id of the newest event.  Raises ApiError."""
        return max((event.id for event in (await self._read_newest()).items), default=0)

    async def look_back(self) -> Batch:
        """Return what is new among the newest events, whatever their date.  Raises ApiError.

        A clock that was put back (it is once a year) dates events before the cursor, and one
        that was years ahead for a moment has left the cursor where nothing will come for years.
        """
        cursor, page = self.cursor or START, await self._read_newest()
        new = [event for event in page.items if event.id > cursor.id and event.id not in self._seen]
        return Batch(tuple(reversed(new)), len(new), len(new), len(new) == NEWEST)

    async def follow(self) -> AsyncGenerator[Batch, None]:
        """Give what is new, the oldest first; each page is done with when the next one is asked for.

        Each page begins where the last one ended, by date: numbered pages shift when a patch is
        deleted with its events, and a large number costs the server more.  Raises ApiError.
        """
        cursor = self.cursor or START
        since, number, read = cursor.date - OVERLAP, 1, 0
        newest: list[Event] = []
        """Of a server that gives the newest first, whatever it is asked for: kept to the end."""
        for _ in range(MOST_PAGES):
            page = await self._read(since, number)
            read += len(page.items)
            left = (page.last - number) * len(page.items) if page.counted else 0
            new = tuple(event for event in page.items if event.id not in self._seen)
            yield Batch(new, read, read + left, page.next is not None)
            if page.items and page.items[0].date > page.items[-1].date:
                newest = newest or [max(page.items, key=lambda event: event.id)]
                number += 1
            else:
                self.note(page.items)
                if page.items and page.items[-1].date > since:
                    since, number = page.items[-1].date, 1
                else:
                    number += 1  # more than a page of one moment
            if page.next is None or not page.items:
                break
        self.note(newest)

    def note(self, events: Sequence[Event]) -> None:
        """Note that these events are done with: the cursor goes on to the newest of them."""
        self._seen.update((event.id, event.date) for event in events)
        self._keep(max(events, key=lambda event: event.id, default=None))
        since = (self.cursor or START).date - OVERLAP
        self._seen = {id_: date for id_, date in self._seen.items() if date >= since}

    def _keep(self, event: Event | None) -> None:
        project, cursor = self._desk.project, self.cursor
        at = EventCursor(event.date, event.id) if event else START
        if project is not None and (cursor is None or at.id > cursor.id):
            self._desk.store.put_event_cursor(project.id, at)

    async def _read(self, since: datetime, number: int) -> Page[Event]:
        name = self._desk.link_name
        return await self._ask(lambda server: server.events_page(name, since, page=number))

    async def _read_newest(self) -> Page[Event]:
        name = self._desk.link_name
        return await self._ask(lambda server: server.events_page(name, order="-date", per_page=NEWEST))

    async def _ask(self, request: Callable[[Server], Awaitable[Page[Event]]]) -> Page[Event]:
        try:
            return await self._desk.ask(request, heavy=True)
        except (NotFound, NotAllowed, TimedOut) as error:
            raise NoEvents(error) from error
