"""Writes: wishes go into the outbox, and from there to the server when it can be reached."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from typing import NamedTuple

from tui.api.errors import ApiError, Busy
from tui.core.change import Tone
from tui.core.intent import Intent, Status, Wish
from tui.core.journal import Outcome
from tui.store.trouble import StoreTrouble
from tui.sync.answers import Answers
from tui.sync.desk import Desk
from tui.sync.planning import server_value
from tui.sync.tally import Tally, title_of
from tui.sync.tasks import trouble_of

FIRST_PAUSE, LONGEST_PAUSE = 2.0, 300.0
"""Seconds between two tries while the server cannot be reached; it doubles in between."""

Pause = Callable[[float, asyncio.Event], Awaitable[None]]
"""Waits for so many seconds, or until the event is set."""


async def pause(seconds: float, woken: asyncio.Event) -> None:
    """Wait for some seconds, or until woken."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):  # wait_for loses a cancellation that comes as it is woken
            await woken.wait()


class Action(NamedTuple):
    """What was filed for one deed of the user."""

    id: int
    """0 when nothing was."""
    changed: int
    """How many patches or comments it really changes; those already so are left out."""
    refused: str = ""
    """Why nothing was filed, although something was to change; it has been told."""


class Delivery:
    """The outbox: what goes into it, what becomes of it, and rounds of writes until nothing waits."""

    def __init__(self, desk: Desk, answers: Answers, wait: Pause) -> None:
        self._desk = desk
        self._answers = answers
        self._wait = wait
        self.on_missing: Callable[[int], None] = lambda patch_id: None
        """Is told a patch that was to be written and that the server says it does not have."""
        self._missing: set[int] = set()
        self._tally = Tally()

    def file(self, wishes: Sequence[Wish], key: str = "") -> Action:
        """File wishes as one action and begin to deliver them; ``key`` is for the journal.

        Raises StoreTrouble when they cannot be kept: then no row changes.
        """
        if not wishes:
            return Action(0, 0)
        store = self._desk.store
        filed = store.file(wishes, key=key, title=title_of(store, wishes))
        self.deliver()
        return Action(filed, len({wish.target for wish in wishes}))

    def retry(self, intent_ids: Iterable[int]) -> int:
        """Try intents again, held and failed ones too, and return how many of these.  Raises StoreTrouble."""
        retried = self._desk.store.retry(intent_ids)
        self.deliver()
        return retried

    def drop(self, intent_ids: Iterable[int]) -> int:
        """Give intents up, unless they are being sent, and return how many.  Raises StoreTrouble."""
        wanted = set(intent_ids)
        dropped = [
            i.id for i in self._desk.store.intents() if i.id in wanted and i.status is not Status.SENDING
        ]
        self._desk.store.settle(dropped, Outcome.DROPPED)
        self.show()
        return len(dropped)

    def decide(self, intent_id: int, mine: bool) -> bool:
        """Send a held intent over what the server has now, or give it up; say whether it was held.

        What the server has now is what the store has of it: the user was shown it.  Should it
        be another value once more by then, the intent is held again.  Raises StoreTrouble.
        """
        store = self._desk.store
        held = [intent for intent in store.intents(Status.HELD) if intent.id == intent_id]
        for intent in held:
            if mine:
                store.insist(intent_id, server_value(store, intent))
            else:
                store.settle([intent_id], Outcome.DROPPED)
        self.deliver()
        return bool(held)

    def deliver(self) -> None:
        """Send what waits, at once if the next try was still to come; another process's wishes, too."""
        self.show()
        self._desk.tasks.wake()
        if self._desk.leads and self._desk.store.count_intents()[Status.WAITING]:
            self._desk.tasks.start("delivery", self._deliver, self._desk.complain)

    def cancel(self) -> int:
        """Give up what has not gone out; return how many patches and comments are put back."""
        waiting = self._desk.store.intents(Status.WAITING)
        dropped = {intent.target for intent in waiting}
        if dropped:
            self._tally.dropped |= dropped
            self._desk.store.settle((intent.id for intent in waiting), Outcome.DROPPED)
            self.deliver()
        return len(dropped)

    def show(self) -> None:
        """Bring the status up to date."""
        self._desk.count_writes(len(self._tally.done & self._tally.of), len(self._tally.of))

    async def _deliver(self) -> None:
        """Send until nothing waits, then say what became of it."""
        try:
            await self._send_all()
            notice = self._tally.sum_up(self._desk.store)
        finally:
            self._tally = Tally()
            self.show()
        if notice:
            self._desk.say(notice.text, notice.tone)
        while self._missing:  # only now: what was said of them gives their names
            self.on_missing(self._missing.pop())

    async def _send_all(self) -> None:
        from tui.sync.round import Round  # nothing is sent before the first rows

        tries = 0
        while waiting := self._read_waiting():
            self._desk.tasks.stay()
            sending = Round(self._desk, self._answers, self._tally, self._missing, self.show)
            stopped_by = await trouble_of(sending.send(waiting), "a round of writes")
            trouble = sending.trouble or stopped_by
            tries = tries + 1 if trouble else 0
            if trouble:
                await self._put_off(trouble, tries)

    def _read_waiting(self) -> list[Intent]:
        """Return what waits, with what a killed run left as being sent; nothing for who does not lead."""
        if not self._desk.leads:
            return []
        with suppress(StoreTrouble):
            self._desk.store.requeue()
        return self._desk.store.intents(Status.WAITING)

    async def _put_off(self, trouble: ApiError, tries: int) -> None:
        seconds = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(tries - 1, 10))
        if isinstance(trouble, Busy) and trouble.retry_after:
            seconds = min(LONGEST_PAUSE, max(seconds, trouble.retry_after))
        self.show()
        if tries == 1:
            self._desk.say(f"{trouble}; the writes wait and are tried again", Tone.TROUBLE, retry=True)
        await self._desk.tasks.rest(lambda woken: self._wait(seconds, woken))
