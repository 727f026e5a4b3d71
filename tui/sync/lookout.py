"""What brings a server back that could not be reached: it is asked now and then until it answers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from tui.api.errors import ApiError
from tui.core.change import Change, Kind
from tui.sync.desk import Desk
from tui.sync.lead import Rest

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 60.0
"""Seconds before a try; it doubles in between."""


class Lookout:
    """Looks for the server from the moment that the status says offline.

    Never more than one look, and one catching up, in a pause: a server that comes and goes is
    asked less and less, and at the first pause again only after it has stayed for the longest one.
    """

    def __init__(self, desk: Desk, rest: Rest, catch_up: Callable[[], None]) -> None:
        """``catch_up`` asks for what was missed."""
        self._desk = desk
        self._rest = rest
        self._catch_up = catch_up
        desk.store.listen(self._note)

    def _note(self, change: Change) -> None:
        if change.kind is Kind.STATUS and self._desk.status.offline:
            self._desk.tasks.start("lookout", self._look, self._desk.complain)

    async def _look(self) -> None:
        desk, seconds = self._desk, FIRST_PAUSE
        while desk.status.offline:
            self._tell_next(seconds)
            await desk.tasks.aside(self._rest(seconds))
            seconds = min(LONGEST_PAUSE, 2 * seconds)
            if await self._is_back() and await self._has_settled():
                self._catch_up()
                await desk.tasks.aside(self._rest(LONGEST_PAUSE))

    def _tell_next(self, seconds: float) -> None:
        """Tell when the server is asked again; a clock at the end of all days names no such time."""
        with suppress(OverflowError):
            next_try = self._desk.now() + timedelta(seconds=seconds)
            self._desk.status = self._desk.status._replace(next_try=next_try)

    async def _has_settled(self) -> bool:
        """Wait for what began before, which may fail yet; say whether the server is still there then."""
        await self._desk.tasks.aside(self._desk.tasks.settled())
        return not self._desk.status.offline

    async def _is_back(self) -> bool:
        """Ask one small thing, unless something else has met the server meanwhile."""
        desk = self._desk
        if desk.status.offline:
            try:
                await desk.ask(lambda server: server.project(desk.link_name))
            except ApiError:
                return not desk.status.offline
            desk.say("The server answers again")
        return not desk.status.offline
