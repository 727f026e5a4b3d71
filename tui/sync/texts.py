"""The texts of patches and cover letters: fetched when they are looked at, or ahead of it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable

from tui.api.errors import ApiError, NotFound
from tui.core.change import Change, Kind
from tui.core.model import Body
from tui.sync.desk import Desk
from tui.sync.fetching import Fetching

LANES = 2
"""Requests at a time for texts of which many are asked for: whoever looks at another one has room."""


class Texts(Fetching):
    """Bodies, keyed as in ``Kind.BODIES``: patch ids, and minus the ids of cover letters."""

    def __init__(self, desk: Desk, on_missing: Callable[[int], None]) -> None:
        """``on_missing`` is told a patch that the server says it does not have."""
        super().__init__(desk)
        self._on_missing = on_missing
        self._ahead: dict[int, bool] = {}
        """What is being fetched ahead, and whether somebody waits for it by now."""
        self._many: deque[int] = deque()
        """What is still to be fetched of what ``need_all`` was asked for last."""

    def need_body(self, patch_id: int) -> None:
        """Fetch the patch's own text unless it is stored or under way; offline only if there is none."""
        if not self._desk.store.has_body(patch_id, own=not self._desk.status.offline):
            self._fetch(patch_id)

    def need_cover(self, cover_id: int) -> None:
        """Fetch a cover letter unless it is stored or under way."""
        if self._desk.store.cover(cover_id) is None:
            self._fetch(-cover_id)

    def need_all(self, keys: Iterable[int]) -> None:
        """Fetch many texts unless the patches' own are stored, some at a time, in this order.

        What was still to be fetched for the call before is given up.
        """
        self._many = deque(self._desk.store.lacking(dict.fromkeys(keys), own=True))
        for key in self._many:
            self._troubles.pop(key, None)
        for lane in range(min(LANES, len(self._many))):
            self._desk.tasks.start(("texts", lane), self._work_off, self._desk.complain)

    async def _work_off(self) -> None:
        while self._many:
            key = self._many.popleft()
            try:
                await self.fetch_ahead(key, own=True)
            except ApiError as error:
                self._note_trouble(key, error)
                if error.retryable:  # the server is out of reach, and so it is for the others
                    self._many.clear()
                    raise

    async def fetch_series(self, series_id: int, most: int) -> int:
        """Fetch the texts of a series that are not here from its mbox, up to ``most`` bytes of it.

        Returns their length.  Raises ApiError.
        """
        store = self._desk.store
        bodies = await self._desk.ask(lambda server: server.series_bodies(series_id, most), heavy=True)
        lacking = set(store.lacking(store.patch_ids(series_id)))
        length = 0
        for body in bodies:
            length += len(body.content) + len(body.diff)
            if body.id in lacking:
                store.put_ahead(body)
                await asyncio.sleep(0)  # each takes some milliseconds
        return length

    async def fetch_ahead(self, key: int, *, own: bool = False) -> int:
        """Fetch a text that nobody waits for; return its length, 0 if it is here or under way.

        Should somebody wait for it by the time it fails, it is fetched again.  Raises ApiError.
        """
        has = self._desk.store.has_body(key, own=own)
        if has or self._desk.tasks.running(("text", key)) or key in self._ahead:
            return 0
        self._ahead[key] = False
        try:
            body = await self._bring(key)
            return len(body.content) + len(body.diff)
        except ApiError:
            if self._ahead[key]:
                del self._ahead[key]
                self._fetch(key)
            raise
        finally:
            self._ahead.pop(key, None)

    async def _bring(self, key: int) -> Body:
        desk = self._desk
        if key < 0:
            cover, body = await desk.ask(lambda server: server.cover(-key))
            desk.store.put_cover(cover, body)
            return body
        began = desk.writes
        patch, body = await desk.ask(lambda server: server.patch(key))
        desk.store.put_body(key, body)  # first: on a full disk it can at least be read
        desk.take_patches([patch], began)
        return body

    def _fetch(self, key: int) -> None:
        if key in self._ahead:
            self._ahead[key] = True
            return

        async def work() -> None:
            await self._bring(key)

        def fail(error: ApiError) -> None:
            self._note_trouble(key, error)
            if not self._desk.store.has_body(key):
                self._desk.complain(error)

        if self._desk.tasks.start(("text", key), work, fail):
            self._troubles.pop(key, None)

    def _note_trouble(self, key: int, error: ApiError) -> None:
        self._troubles[key] = str(error)
        self._desk.store.notify(Change(Kind.BODIES, frozenset({key})))
        if isinstance(error, NotFound) and key > 0:
            self._on_missing(key)
