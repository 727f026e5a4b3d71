"""Older versions of a series, which the list may not have come to: looked for by name and submitter."""

from __future__ import annotations

import re

from tui.api.errors import ApiError
from tui.core.model import Series
from tui.core.stacks import stack_key
from tui.sync.desk import Desk

WORDS = 6
"""So many words of a name are asked for, the longest: the server looks for each in all names."""
_WORD = re.compile(r"\w[\w-]+")


class Versions:
    """Asks for each series once, until the server was out of reach."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._asked: set[int] = set()

    def need(self, series_id: int) -> None:
        """Bring all versions of a series into the store."""
        rows = self._desk.store.series_rows([series_id])
        if not rows or series_id < 0 or series_id in self._asked:
            return
        self._asked.add(series_id)

        async def work() -> None:
            await self._bring(rows[0].series)

        def fail(error: ApiError) -> None:
            self._asked.discard(series_id)
            self._desk.complain(error)

        self._desk.tasks.start(("versions", series_id), work, fail)

    def is_looking(self, series_id: int) -> bool:
        """Say whether versions of a series are being looked for."""
        return self._desk.tasks.running(("versions", series_id))

    async def _bring(self, series: Series) -> None:
        desk, key = self._desk, stack_key(series)
        words = sorted(set(_WORD.findall(key)), key=lambda word: (-len(word), word))[:WORDS]
        if not words:
            return
        page = await desk.ask(
            lambda server: server.series_page(
                desk.link_name, per_page=100, submitter=str(series.submitter.id), text=" ".join(words)
            )
        )
        kin = [one for one in page.items if stack_key(one) == key and one.submitter.id == series.submitter.id]
        if kin:
            desk.take_series(kin)
