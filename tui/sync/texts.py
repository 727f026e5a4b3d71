"""The texts of patches and cover letters: fetched when they are looked at."""

from __future__ import annotations

from tui.api.errors import ApiError
from tui.core.change import Change, Kind
from tui.sync.desk import Desk

LATEST = 5
"""So many of the texts that failed are fetched when the server is back: where one was, and near it."""


class Texts:
    """Bodies, keyed as in ``Kind.BODIES``: patch ids, and minus the ids of cover letters."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._troubles: dict[int, str] = {}

    def need_body(self, patch_id: int) -> None:
        """Fetch the text of a patch unless it is stored or under way."""
        if self._desk.store.body(patch_id) is None:
            self._fetch(patch_id)

    def need_cover(self, cover_id: int) -> None:
        """Fetch a cover letter unless it is stored or under way."""
        if self._desk.store.cover(cover_id) is None:
            self._fetch(-cover_id)

    def trouble(self, key: int) -> str:
        """Return why a text is missing, until it is asked for again; empty where nothing is wrong."""
        return self._troubles.get(key, "")

    def retry(self) -> None:
        """Fetch the last few texts that failed again; the others, when they are looked at."""
        failed = list(self._troubles)
        self._troubles.clear()
        for key in failed[-LATEST:]:
            self._fetch(key)

    def _fetch(self, key: int) -> None:
        desk = self._desk

        async def work() -> None:
            if key < 0:
                desk.store.put_cover(*await desk.ask(lambda server: server.cover(-key)))
                return
            began = desk.writes
            patch, body = await desk.ask(lambda server: server.patch(key))
            desk.take_patches([patch], began)
            desk.store.put_body(key, body)

        def fail(error: ApiError) -> None:
            self._troubles[key] = str(error)
            desk.store.notify(Change(Kind.BODIES, frozenset({key})))
            desk.complain(error)

        if desk.tasks.start(("text", key), work, fail):
            self._troubles.pop(key, None)
