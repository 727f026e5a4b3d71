"""Work in the background: each piece once at a time, and one place where its troubles end up."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Hashable
from typing import Any

from tui.api.errors import ApiError

Work = Callable[[], Awaitable[None]]
OnTrouble = Callable[[ApiError], None]


class Tasks:
    """The tasks under way, by key."""

    def __init__(self) -> None:
        self._running: dict[Hashable, asyncio.Task[None]] = {}
        self._closed = False
        self._woken = asyncio.Event()
        self._woken.set()
        self._quiet = asyncio.Event()
        self._quiet.set()

    def start(self, key: Hashable, work: Work, on_trouble: OnTrouble) -> bool:
        """Begin a piece of work, unless one of this key is under way; say whether it began.

        What it meets of ApiError goes to ``on_trouble``; any other exception is a bug and goes
        to the event loop's handler.
        """
        if key in self._running or self._closed:
            return False
        task = asyncio.get_running_loop().create_task(self._run(work, on_trouble))
        self._running[key] = task
        task.add_done_callback(lambda _: self._finish(key, task))
        self._count()
        return True

    def running(self, key: Hashable) -> bool:
        """Say whether work of this key is under way."""
        return key in self._running

    async def settled(self) -> None:
        """Wait until nothing is under way but work that rests."""
        while not self._quiet.is_set():
            await self._quiet.wait()

    async def rest(self, wait: Callable[[asyncio.Event], Awaitable[None]]) -> None:
        """Let the one piece of work that may be put off wait for its next try, or until ``wake``."""
        self._woken.clear()
        self._count()
        try:
            await wait(self._woken)
        finally:
            self.wake()

    def wake(self) -> None:
        """End a rest."""
        self._woken.set()
        self._count()

    async def close(self) -> None:
        """Cancel everything and wait until it is gone; nothing begins any more."""
        self._closed = True
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, work: Work, on_trouble: OnTrouble) -> None:
        try:
            await work()
        except ApiError as error:
            on_trouble(error)

    def _finish(self, key: Hashable, task: asyncio.Task[None]) -> None:
        del self._running[key]
        self._count()
        if not task.cancelled() and (error := task.exception()):
            context = {"message": f"work {key!r} of the sync failed", "exception": error, "task": task}
            task.get_loop().call_exception_handler(context)

    def _count(self) -> None:
        resting = not self._woken.is_set()
        if len(self._running) > resting:
            self._quiet.clear()
        else:
            self._quiet.set()


async def together(*works: Coroutine[Any, Any, object]) -> None:
    """Do some things side by side, all to their end; then raise the most telling of their troubles.

    What the server refuses says more than that it cannot be reached.
    """
    outcomes = await asyncio.gather(*works, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException) and not isinstance(outcome, ApiError):
            raise outcome
    troubles = [outcome for outcome in outcomes if isinstance(outcome, ApiError)]
    if troubles:
        raise min(troubles, key=lambda error: error.retryable)
