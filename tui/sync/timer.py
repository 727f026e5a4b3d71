"""The timer of the pulse: slower and slower while nothing happens, slowest while nobody looks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tui.sync.delivery import Pause
from tui.sync.desk import Desk

SHORTEST, LONGEST, IDLE = 60.0, 600.0, 1800.0
"""Seconds between two looks: after news, when nothing has happened for long, when nobody looks."""
SLOWER = 1.5
GENTLE = 600.0
"""Seconds after which what is on the screen is read again: archiving makes no event."""


class Timer:
    """Strikes now and then, until its tasks are closed."""

    def __init__(self, desk: Desk, wait: Pause, strike: Callable[[bool], None]) -> None:
        """``strike`` is told whether it is time to read again what is on the screen."""
        self._desk = desk
        self._wait = wait
        self._strike = strike
        self._anew = asyncio.Event()
        self._seconds = SHORTEST
        self._waited = GENTLE
        self._idle = False
        self._last = desk.now()

    @property
    def seconds(self) -> float:
        """The present pause."""
        return min(IDLE, max(LONGEST, self._seconds)) if self._idle else min(LONGEST, self._seconds)

    def start(self) -> None:
        """Begin."""
        self._desk.tasks.start("timer", self._run, self._desk.complain)

    def set(self, news: bool, least: float = 0.0) -> None:
        """Begin a pause anew after a look: a short one after news, else a longer one than before."""
        self._seconds = max(least, SHORTEST if news else min(IDLE, self._seconds * SLOWER))
        self._last = self._desk.now()
        self._anew.set()

    def idle(self, idle: bool) -> bool:
        """Note whether somebody looks; say whether that is a reason to look for news at once."""
        if idle == self._idle:
            return False
        self._idle = idle
        self._anew.set()
        if idle:
            return False
        self._seconds = SHORTEST
        since = (self._desk.now() - self._last).total_seconds()
        return not 0 <= since < SHORTEST  # a clock that was put back says nothing

    async def _run(self) -> None:
        while True:
            self._anew.clear()
            seconds = self.seconds
            await self._desk.tasks.aside(self._wait(seconds, self._anew))
            if self._anew.is_set():
                continue
            self._waited += seconds
            gentle = self._waited >= GENTLE and not self._idle
            if gentle:
                self._waited = 0.0
            self._strike(gentle)
