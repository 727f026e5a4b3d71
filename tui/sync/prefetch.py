"""Texts and comments are fetched before they are looked at: of the series under the cursor, and near it."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import partial

from tui.api.errors import ApiError, NotAllowed, NotFound, NotPatchwork, ServerTrouble, TimedOut, TooOld
from tui.store.trouble import StoreTrouble
from tui.sync.answers import Answers
from tui.sync.desk import Desk
from tui.sync.tasks import Bug
from tui.sync.texts import Texts

LANES = 2
"""Requests at a time: half of what a server gets, so that what is looked at never waits for them."""
MANY = 4
"""From so many texts on that are not here, they are read from the mbox of their series."""
MOST, MOST_CHARACTERS = 30, 2_000_000
"""What is fetched of one series one by one, and in all, at most."""
NEAR = 2
"""So many series after the one under the cursor have their first patch fetched."""
_WHOLE = ("ahead", "whole")


class Prefetch:
    """Fetches texts ahead: one by one, or a series' many in one request.

    What goes wrong is not told: whoever then looks at the text asks again, and hears of it.
    """

    def __init__(self, desk: Desk, texts: Texts, answers: Answers, enabled: bool) -> None:
        self._desk = desk
        self._texts = texts
        self._answers = answers
        self._enabled = enabled
        self._queue: deque[int] = deque()
        self._talks: deque[int] = deque()
        """What is fetched the comments of, after all texts."""
        self._series: int | None = None
        self._of_series: list[int] = []
        self._room = 0
        self._has_mboxes = True
        """Whether the server hands them out, as far as is known: some let no programs at them."""
        self._read: set[int] = set()
        """The series whose mbox was asked for: what it did not have, it will not have next time."""

    def look_at(self, series_id: int, patch_id: int | None, near: Sequence[int]) -> None:
        """Fetch the texts of a series, from a patch on, the first ones of those ``near`` it, then comments.

        What was still to be fetched around another place is given up, but for single texts under way.
        """
        if not self._enabled or self._desk.status.offline:
            self._give_up()
            return
        if series_id != self._series:
            self._desk.tasks.drop(_WHOLE)
            self._series, self._room = series_id, MOST_CHARACTERS
        store = self._desk.store
        self._of_series = self._texts_of(series_id, patch_id)
        lacking = store.lacking(self._of_series)
        self._queue = deque(lacking[:MOST])
        if self._is_many(series_id, lacking, patch_id):
            self._desk.tasks.start(_WHOLE, partial(self._read_whole, series_id), self._fail)
        if self._desk.tasks.running(_WHOLE):
            self._queue = deque(key for key in lacking if key < 0)
        self._queue += store.lacking(first for other in near[:NEAR] for first in store.patch_ids(other)[:1])
        self._talks = deque(self._answers.lacking(self._of_series[:MOST]))
        self._start(LANES - self._desk.tasks.running(_WHOLE))

    def _is_many(self, series_id: int, lacking: Sequence[int], patch_id: int | None) -> bool:
        """Say whether the mbox is worth it: what is under the cursor is asked for by itself."""
        may = series_id > 0 and self._has_mboxes and series_id not in self._read and self._room > 0
        return may and sum(key > 0 and key != patch_id for key in lacking) >= MANY

    def _start(self, lanes: int) -> None:
        for lane in range(min(lanes, len(self._queue) + len(self._talks))):
            self._desk.tasks.start(("ahead", lane), self._work, self._fail)

    def _texts_of(self, series_id: int, patch_id: int | None) -> list[int]:
        """Return the texts of a series in the order of reading: from the cursor on, then those before."""
        store = self._desk.store
        ids = store.patch_ids(series_id)
        covers = [-one.cover_id for one in store.listed_series([series_id]) if one.cover_id]
        ids = covers + ids
        place = ids.index(patch_id) if patch_id in ids else 0
        return ids[place:] + ids[:place]

    async def _read_whole(self, series_id: int) -> None:
        """Read the mbox of the series; what it does not have is then fetched one by one."""
        try:
            length = await self._texts.fetch_series(series_id, self._room)
            self._room -= length
        except (NotPatchwork, NotAllowed):
            self._has_mboxes = False
        except (NotFound, ServerTrouble, TimedOut, StoreTrouble):
            pass  # this one cannot be had, or not be kept: then the last few are read from memory
        self._read.add(series_id)
        self._queue += self._desk.store.lacking(self._of_series)[:MOST]
        self._start(LANES)

    async def _work(self) -> None:
        while True:
            if self._queue and self._room > 0:
                series_id = self._series
                length = await self._texts.fetch_ahead(self._queue.popleft())
                self._room -= length if series_id == self._series else 0
            elif self._talks:
                await self._fetch_talk(self._talks.popleft())
            else:
                return

    async def _fetch_talk(self, key: int) -> None:
        try:
            await self._answers.fetch_ahead(key)
        except TooOld:
            self._talks.clear()

    def _fail(self, error: ApiError) -> None:
        self._queue.clear()
        self._talks.clear()
        if isinstance(error, Bug):
            self._desk.complain(error)

    def _give_up(self) -> None:
        self._desk.tasks.drop(_WHOLE)
        self._queue.clear()
        self._talks.clear()
