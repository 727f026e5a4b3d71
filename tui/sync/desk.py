"""What all parts of the sync share: the store, the line to the server, status and notices."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from tui.api.errors import ApiError, TimedOut, Unreachable
from tui.core.change import Change, Kind, Notice, SyncStatus, Tone
from tui.core.intent import OPEN, Status
from tui.core.model import Comment, Patch, Project, Series
from tui.core.text import clean
from tui.store.store import Store
from tui.sync.lead import Lead
from tui.sync.server import Connect, Server
from tui.sync.tasks import Tasks

T = TypeVar("T")

Clock = Callable[[], datetime]
"""Returns the present as naive UTC."""


def utc_now() -> datetime:
    """Return the present as naive UTC."""
    return datetime.now(UTC).replace(tzinfo=None)


class Desk:
    """One project of one server, and one store."""

    def __init__(self, store: Store, link_name: str, connect: Connect, now: Clock = utc_now) -> None:
        self.store = store
        self.link_name = link_name
        self.now = now
        self.tasks = Tasks()
        self.lead = Lead(store, link_name)
        self.listeners: list[Callable[[Notice], None]] = []
        self.writes = 0
        """Counts confirmed writes: a read that began before one may bring what was there before."""
        self.token_trouble = ""
        """Why nothing can be written any more: the server does not take the token.  Empty until then."""
        self.barred: dict[int, str] = {}
        """Patches that the server did not let us change, since it last did, with its reasons."""
        self._written: dict[int, int] = {}
        self._answered: dict[int, int] = {}
        """The same for comments, by their own keys."""
        self._status = SyncStatus()
        self._connect = connect
        self._server: Server | None = None
        self._connecting = asyncio.Lock()
        self._asked = False

    @property
    def status(self) -> SyncStatus:
        """What is going on; setting it tells whoever listens to the store."""
        return self._status

    @status.setter
    def status(self, status: SyncStatus) -> None:
        if status != self._status:
            self._status = status
            self.store.notify(Change(Kind.STATUS))

    @property
    def leads(self) -> bool:
        """Whether this process is the one that syncs and delivers, of all that have the store open."""
        return self.lead.leads

    @property
    def project(self) -> Project | None:
        """The project, once the server has named it."""
        return self.store.project(self.link_name)

    def say(self, text: str, tone: Tone = Tone.INFO, retry: bool = False) -> None:
        """Tell one line to whoever listens."""
        for listener in tuple(self.listeners):
            listener(Notice(clean(text), tone, retry))

    def complain(self, error: ApiError) -> None:
        """Tell a trouble in its own words."""
        self.say(str(error), Tone.TROUBLE, error.retryable)

    async def ask(self, request: Callable[[Server], Awaitable[T]], *, heavy: bool = False) -> T:
        """Ask the server one thing, and note whether it can be reached.  Raises ApiError.

        One that is too ``heavy`` for a server to answer in time says nothing of the line.
        """
        if not self._asked:
            self._asked = True
            self.status = self.status._replace(connecting=True)
        try:
            server = await self._connected()
            answer = await request(server)
        except ApiError as error:
            if not (heavy and isinstance(error, TimedOut)):
                self._note_line(isinstance(error, (Unreachable, TimedOut)))
            raise
        self._note_line(False)
        self._note_token(server.token_trouble)
        return answer

    def _note_line(self, offline: bool) -> None:
        self.status = self.status._replace(connecting=False)
        if offline != self.status.offline:
            since = self.now() if offline else None
            self.status = self.status._replace(offline=offline, offline_since=since, next_try=None)

    def _note_token(self, trouble: str) -> None:
        """Tell once that the server does not take the token; from then on nothing is written."""
        if trouble and not self.token_trouble:
            self.token_trouble = clean(trouble)
            self.store.notify(Change(Kind.STATUS))
            self.say(trouble, Tone.TROUBLE)

    async def close(self) -> None:
        """Cancel everything under way and close the line."""
        await self.tasks.close()
        self.lead.leave()
        if self._server is not None:
            await self._server.aclose()
            self._server = None

    def learn_project(self, listed: Sequence[Series | Patch]) -> None:
        """Take the project's id from its own listing, before its detail is here."""
        if listed and self.project is None:
            self.store.put_project(Project(listed[0].project_id, self.link_name, self.link_name))

    def take_series(self, series: Iterable[Series]) -> None:
        """Store series."""
        self.store.put_series(series)
        self.count_series()

    def take_patches(self, patches: Iterable[Patch], began: int) -> None:
        """Store patches from a read that began when ``writes`` was so; leave out what was written since."""
        self.store.put_patches(p for p in patches if self._written.get(p.id, 0) <= began)

    def take_comments(self, about: int, comments: Sequence[Comment], read: Iterable[int], began: int) -> None:
        """Store all comments of a patch or cover letter from a read that began when ``writes`` was so.

        Those that were written since are left as they are.
        """
        if late := {key for key, wrote in self._answered.items() if wrote > began}:
            has = {row.comment.key: row.comment for row in self.store.comments([about])}
            comments = [has.get(one.key, one) if one.key in late else one for one in comments]
        self.store.put_comments(about, comments, read, self.now())

    def take_written(self, patch: Patch) -> None:
        """Store a patch as the server has it after a write."""
        self.writes += 1
        self._written[patch.id] = self.writes
        self.barred.pop(patch.id, None)
        self.store.put_patches([patch])

    def take_answered(self, comment: Comment) -> None:
        """Store a comment as the server has it after a write."""
        self.writes += 1
        self._answered[comment.key] = self.writes
        self.store.put_comment(comment)

    def count_series(self) -> None:
        """Bring the number of stored series in the status up to date."""
        project = self.project
        loaded = self.store.count_series(project.id) if project else 0
        self.status = self.status._replace(loaded=loaded)

    def count_writes(self, done: int, of: int) -> None:
        """Bring the numbers of writes in the status up to date."""
        counts = self.store.count_intents()
        waiting = sum(counts[status] for status in OPEN)
        held, failed = counts[Status.HELD], counts[Status.FAILED]
        checks = self.store.count_filings()
        waiting += checks.get(Status.WAITING, 0) + checks.get(Status.SENDING, 0)
        failed += checks.get(Status.FAILED, 0)
        self.status = self.status._replace(waiting=waiting, held=held, failed=failed, done=done, of=of)

    async def _connected(self) -> Server:
        async with self._connecting:
            if self._server is None:
                self._server = await self._connect()
        return self._server
