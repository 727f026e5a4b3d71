"""Work in the background: each piece once at a time, and one place where its troubles end up."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Hashable
from typing import Any

from tui.api.errors import ApiError
from tui.store.trouble import StoreTrouble

Work = Callable[[], Awaitable[None]]
OnTrouble = Callable[[ApiError], None]

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())  # without --debug nothing may reach the terminal


class Bug(ApiError):
    """An exception that nobody foresaw, in words; the log has the rest."""


class NotKept(ApiError):
    """The store took something in no more, in words; it may again when what is wrong there is mended."""

    retryable = True


async def trouble_of(work: Awaitable[None], name: object) -> ApiError | None:
    """Do something and return what went wrong, if anything; what nobody foresaw, as a Bug.

    This is the one boundary for exceptions: nothing but a cancellation passes it.
    """
    try:
        await work
    except ApiError as error:
        return error
    except StoreTrouble as error:
        return NotKept(str(error))
    except Exception as error:  # noqa: BLE001 - a bug in one piece of work must not end in silence
        _log.error("%s failed", name, exc_info=error)
        kind = type(error).__name__
        return Bug(f"Something in pwtui went wrong ({kind}); --debug keeps the details")
    return None


class Tasks:
    """The tasks under way, by key."""

    def __init__(self) -> None:
        self._running: dict[Hashable, asyncio.Task[None]] = {}
        self._closed = False
        self._woken = asyncio.Event()
        self._resting = False
        self._aside = 0
        self._quiet = asyncio.Event()
        self._quiet.set()

    def start(self, key: Hashable, work: Work, on_trouble: OnTrouble) -> bool:
        """Begin a piece of work, unless one of this key is under way; say whether it began.

        What goes wrong is given to ``on_trouble`` (see ``trouble_of``).
        """
        if key in self._running or self._closed:
            return False
        run = self._run(key, work, on_trouble)
        self._running[key] = asyncio.get_running_loop().create_task(run)
        self._count()
        return True

    def running(self, key: Hashable) -> bool:
        """Say whether work of this key is under way."""
        return key in self._running

    def drop(self, key: Hashable) -> None:
        """Cancel the work of this key, if any is under way; another may begin at once."""
        if task := self._running.pop(key, None):
            task.cancel()
            self._count()

    async def settled(self) -> None:
        """Wait until nothing is under way but work that rests."""
        while not self._quiet.is_set():
            await self._quiet.wait()

    def stay(self) -> None:
        """Begin a try: a ``wake`` from now on makes the rest after it a short one."""
        self._woken.clear()

    async def rest(self, wait: Callable[[asyncio.Event], Awaitable[None]]) -> None:
        """Let the one piece of work that may be put off wait for its next try, or until ``wake``.

        Who was woken during the try that failed does not rest.
        """
        if self._woken.is_set():
            return
        self._resting = True
        self._count()
        try:
            await wait(self._woken)
        finally:
            self.wake()

    async def aside(self, wait: Awaitable[None]) -> None:
        """Let a piece of work wait for something that nobody waits for in ``settled``."""
        self._aside += 1
        self._count()
        try:
            await wait
        finally:
            self._aside -= 1
            self._count()

    def wake(self) -> None:
        """End a rest."""
        self._woken.set()
        self._resting = False
        self._count()

    async def close(self) -> None:
        """Cancel everything and wait until it is gone; nothing begins any more."""
        self._closed = True
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._running.clear()  # one that was cancelled before it began never came to its end
        self._count()

    async def _run(self, key: Hashable, work: Work, on_trouble: OnTrouble) -> None:
        try:
            if trouble := await trouble_of(work(), key):
                on_trouble(trouble)
        finally:
            # Not in a done callback: what is started between the end and that would be dropped.
            if self._running.get(key) is asyncio.current_task():
                del self._running[key]
            self._count()

    def _count(self) -> None:
        if len(self._running) > self._resting + self._aside:
            self._quiet.clear()
        else:
            self._quiet.set()


async def together(*works: Coroutine[Any, Any, object], first: OnTrouble | None = None) -> None:
    """Do some things side by side, all to their end; then raise the most telling of their troubles.

    What the server refuses says more than that it cannot be reached.  ``first`` hears of the
    first trouble at once: the others may take a minute to give up.
    """
    told = False

    async def watched(work: Coroutine[Any, Any, object]) -> None:
        nonlocal told
        try:
            await work
        except ApiError as error:
            if first and not told:
                told = True
                first(error)
            raise

    try:
        outcomes = await asyncio.gather(*map(watched, works), return_exceptions=True)
    finally:
        for work in works:  # cancelled at once, some never began
            work.close()
    for outcome in outcomes:
        if isinstance(outcome, BaseException) and not isinstance(outcome, ApiError):
            raise outcome
    troubles = [outcome for outcome in outcomes if isinstance(outcome, ApiError)]
    if troubles:
        raise min(troubles, key=lambda error: error.retryable)
