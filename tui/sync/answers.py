"""Comments of patches and cover letters: fetched when looked at, ahead of it, and when one has come."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from datetime import timedelta

from tui.api.errors import ApiError, NotAllowed, NotFound, TooOld
from tui.core.change import Change, Kind
from tui.core.me import Me
from tui.core.model import Comment, Event
from tui.core.rows import NO_TALK, Talk
from tui.store.store import Store
from tui.sync.desk import Desk
from tui.sync.fetching import Fetching
from tui.sync.tasks import Bug

STALE = timedelta(minutes=10)
"""What is looked at is asked for again after so long: servers before 3.1 have no events of comments."""
OLD = timedelta(days=1)
"""The same for what is near."""
MOST_TOLD = 50
"""Of so many patches and covers at most are comments fetched that events tell; others when looked at."""
LANES = 2


class Answers(Fetching):
    """Comments, keyed as in ``Kind.COMMENTS``: by patch ids, and minus the ids of cover letters.

    What goes wrong is not told in a notice: ``trouble`` says it where they would be shown.
    """

    def __init__(self, desk: Desk, me: Me) -> None:
        super().__init__(desk)
        self._me = me
        self._told: deque[int] = deque()
        self.version = ""
        """Of the server's API; empty until it is known."""

    def need(self, key: int) -> None:
        """Fetch comments that are not here, or were read a while ago, unless they are under way."""
        if self._lacks(key, STALE):
            self._fetch(key)

    def retry(self) -> None:
        """Fetch the last few that failed again, and go on with what was told."""
        super().retry()
        self._work_off()

    def lacking(self, keys: Sequence[int]) -> list[int]:
        """Return of which of these no comments were read, or none for long."""
        talks = self._desk.store.talks(keys)
        return [key for key in keys if self._is_old(talks.get(key, NO_TALK), OLD)]

    async def fetch_ahead(self, key: int) -> None:
        """Fetch comments that nobody waits for, unless they are here.  Raises ApiError."""
        if self._lacks(key, OLD) and not self._desk.tasks.running(("comments", key)):
            await self.bring(key)

    def expect(self, events: Iterable[Event]) -> None:
        """Note of which patches and covers, of those that are stored, events tell new comments."""
        store = self._desk.store
        keys = [e.patch_id or -(e.cover_id or 0) for e in events if e.category.endswith("-comment-created")]
        if not keys:
            return
        stored = {patch.id for patch in store.patches(key for key in keys if key > 0)}
        stored |= {-cover for cover in store.series_of_covers(-key for key in keys if key < 0)}
        due = [key for key in dict.fromkeys(reversed(keys)) if key in stored]
        store.expect_comments(due)
        self._told.extendleft(reversed(due))
        self._told = deque(dict.fromkeys(self._told))

    def fetch_told(self) -> None:
        """Fetch what was told and has not been read since, the newest first, behind all else."""
        talks = self._desk.store.talks(self._told)
        left = [key for key in self._told if talks.get(key, NO_TALK).fetched is None]
        self._told = deque(left[:MOST_TOLD])
        self._work_off()

    async def bring(self, key: int) -> Sequence[Comment]:
        """Fetch all comments of a patch or cover letter into the store.  Raises ApiError."""
        desk = self._desk
        if not self.version:
            self.version = await desk.ask(lambda server: server.negotiate())
        if self.version == "1.0":
            raise TooOld("API 1.0 has no comments to read")
        began = desk.writes
        if key > 0:
            comments = await desk.ask(lambda server: server.patch_comments(key))
        else:
            comments = await desk.ask(lambda server: server.cover_comments(-key))
        comments = tuple(one._replace(about=key) for one in comments)
        desk.take_comments(key, comments, self._read(key, comments), began)
        self._troubles.pop(key, None)
        return comments

    @property
    def why_none(self) -> str:
        """Why there are no comments at all: the server is too old; empty while that is not known."""
        return (
            "This server has no comments: its API is 1.0, they came with 1.1" if self.version == "1.0" else ""
        )

    @property
    def why_not_addressed(self) -> str:
        """Why no comment can be marked as addressed: the server is too old; empty while that is not known."""
        if not self.version or self.version >= "1.3":
            return ""
        return f"This server cannot mark comments as addressed: its API is {self.version}, that came with 1.3"

    def _lacks(self, key: int, patience: timedelta) -> bool:
        return self._is_old(self._desk.store.talks([key]).get(key, NO_TALK), patience)

    def _is_old(self, talk: Talk, patience: timedelta) -> bool:
        fetched = talk.fetched
        return fetched is None or not timedelta() <= self._desk.now() - fetched < patience

    def _read(self, key: int, comments: Iterable[Comment]) -> list[int]:
        """Return which comments need not be read, by their own keys: the user's own, and what was said
        about something closed before it was first looked at.
        """
        known = self._desk.store.talks([key]).get(key, NO_TALK)
        past = known.fetched is None and not known.total and key not in self._told and self._is_closed(key)
        mine = own_addresses(self._desk.store, self._me)
        return [one.key for one in comments if past or one.submitter.email.casefold() in mine]

    def _is_closed(self, key: int) -> bool:
        store = self._desk.store
        if key > 0:
            return all(row.is_closed for row in store.patch_rows([key]))
        series = store.series_of_covers([-key]).values()
        return all(row.is_closed for row in store.series_rows(series))

    def _fetch(self, key: int) -> None:
        async def work() -> None:
            await self.bring(key)

        def fail(error: ApiError) -> None:
            self._troubles[key] = str(error)
            self._desk.store.notify(Change(Kind.COMMENTS, frozenset({key})))
            if isinstance(error, Bug):
                self._desk.complain(error)

        if self._desk.tasks.start(("comments", key), work, fail):
            self._troubles.pop(key, None)

    def _work_off(self) -> None:
        for lane in range(min(LANES, len(self._told))):
            self._desk.tasks.start(("told", lane), self._read_told, self._fail)

    async def _read_told(self) -> None:
        while self._told:
            key = self._told[0]
            self._told.popleft()
            try:
                await self.bring(key)
            except (NotFound, NotAllowed):
                continue
            except ApiError:
                self._told.append(key)
                raise

    def _fail(self, error: ApiError) -> None:
        """What is left waits for the next news, or until the server is back."""
        if isinstance(error, TooOld):
            self._told.clear()
        if isinstance(error, Bug):
            self._desk.complain(error)


def own_addresses(store: Store, me: Me) -> set[str]:
    """Return the addresses that the user's mails come from, in small letters."""
    emails = {me.email, *(store.emails_of(me.username) if me.username else ())}
    return {email.casefold() for email in emails if email}
