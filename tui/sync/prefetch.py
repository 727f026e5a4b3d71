"""Texts and comments are fetched before they are looked at: of the series under the cursor, and near it."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from tui.api.errors import ApiError
from tui.sync.answers import Answers
from tui.sync.desk import Desk
from tui.sync.tasks import Bug
from tui.sync.texts import Texts

LANES = 2
"""Requests at a time: half of what a server gets, so that what is looked at never waits for them."""
MOST, MOST_CHARACTERS = 30, 2_000_000
"""What is fetched of one series, and near it, at most."""
NEAR = 2
"""So many series after the one under the cursor have their first patch fetched."""


class Prefetch:
    """Fetches texts ahead.  They come from each patch's own address: the mbox of a series folds the
    trailers of comments into the message, so what it gives is not what the patch has.

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
        self._room = 0

    def look_at(self, series_id: int, patch_id: int | None, near: Sequence[int]) -> None:
        """Fetch the texts of a series, from a patch on, the first ones of those ``near`` it, then comments.

        What was still to be fetched around another place is given up, but for requests under way.
        """
        if not self._enabled or self._desk.status.offline:
            self._give_up()
            return
        if series_id != self._series:
            self._series, self._room = series_id, MOST_CHARACTERS
        store = self._desk.store
        of_series = self._texts_of(series_id, patch_id)[:MOST]
        wanted = list(of_series)
        for other in near[:NEAR]:
            wanted += store.patch_ids(other)[:1]
        self._queue = deque(store.lacking(wanted))
        self._talks = deque(self._answers.lacking(of_series))
        for lane in range(min(LANES, len(self._queue) + len(self._talks))):
            self._desk.tasks.start(("ahead", lane), self._work, self._fail)

    def _texts_of(self, series_id: int, patch_id: int | None) -> list[int]:
        """Return the texts of a series in the order of reading: from the cursor on, then those before."""
        store = self._desk.store
        ids = store.patch_ids(series_id)
        covers = [-one.cover_id for one in store.listed_series([series_id]) if one.cover_id]
        ids = covers + ids
        place = ids.index(patch_id) if patch_id in ids else 0
        return ids[place:] + ids[:place]

    async def _work(self) -> None:
        while self._queue and self._room > 0:
            self._room -= await self._texts.fetch_ahead(self._queue.popleft())
        while self._talks:
            await self._answers.fetch_ahead(self._talks.popleft())

    def _fail(self, error: ApiError) -> None:
        self._give_up()
        if isinstance(error, Bug):
            self._desk.complain(error)

    def _give_up(self) -> None:
        self._queue.clear()
        self._talks.clear()
