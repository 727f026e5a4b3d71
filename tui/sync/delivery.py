"""Writes: wishes go into the outbox, and from there to the server when it can be reached."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from tui.api.errors import ApiError, Busy, NotFound, NotPermitted
from tui.core.change import Tone
from tui.core.intent import Field, Intent, Status, Target, Value, Wish, value_of
from tui.core.journal import Outcome
from tui.core.model import Comment, Patch
from tui.store.trouble import StoreTrouble
from tui.sync.answers import Answers
from tui.sync.desk import Desk
from tui.sync.patch_lists import is_final, is_of_one
from tui.sync.planning import server_value
from tui.sync.present import read_present
from tui.sync.tally import Tally, clash, title_of
from tui.sync.tasks import NotKept, together, trouble_of

AT_ONCE = 4
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
    """Sends the outbox: patches and comments side by side, all wishes of one in one request, in order."""

    def __init__(self, desk: Desk, answers: Answers, wait: Pause) -> None:
        self._desk = desk
        self._answers = answers
        self._wait = wait
        self.on_missing: Callable[[int], None] = lambda patch_id: None
        """Is told a patch that was to be written and that the server says it does not have."""
        self._missing: set[int] = set()
        self._tally = Tally()
        self._trouble: ApiError | None = None
        """What put a write off in this round."""
        self._stopped = False
        """Whether the rest of this round would only meet the same."""

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
        tries = 0
        while waiting := self._read_waiting():
            self._desk.tasks.stay()
            self._trouble, self._stopped = None, False
            trouble = await trouble_of(self._send_round(waiting), "a round of writes")
            self._trouble = self._trouble or trouble
            tries = tries + 1 if self._trouble else 0
            if self._trouble:
                await self._put_off(self._trouble, tries)

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

    async def _send_round(self, waiting: Sequence[Intent]) -> None:
        """Look at what the server has, then send what is still wished."""
        targets = list(dict.fromkeys(intent.target for intent in waiting))
        self._tally.of.update(targets)
        self._tally.wish(waiting)
        self.show()
        try:
            present = await read_present(self._desk, self._answers, targets)
        except ApiError as error:
            if not is_final(error):
                self._trouble = error
                self._postpone(self._desk.store.intents(Status.WAITING), error)
                return
            present = dict.fromkeys(targets, error)
        slots = asyncio.Semaphore(AT_ONCE)

        async def send(target: Target) -> None:
            async with slots:
                if self._desk.leads and not self._stopped:
                    trouble = await trouble_of(self._send(target, present[target]), f"write {target}")
                    self._trouble = self._trouble or trouble
                    self._stopped = self._stopped or isinstance(trouble, NotKept)
                    self.show()

        await together(*map(send, targets))

    async def _send(self, target: Target, present: Patch | Comment | ApiError) -> None:
        """Send what is wished of something now: it may be another wish than when the round began."""
        intents = self._next_of(target)
        if not intents:
            self._tally.of.discard(target)
            return
        if isinstance(present, ApiError):
            self._meet(intents, present)
            return
        store = self._desk.store
        has = {intent.field: value_of(present, intent.field) for intent in intents}
        store.settle(intent.id for intent in intents if has[intent.field] == intent.wished)
        sending = [i for i in intents if has[i.field] in i.ours and has[i.field] != i.wished]
        for intent in intents:
            if has[intent.field] not in (*intent.ours, intent.wished):
                self._tally.held[target] = why = clash(store, intent, has[intent.field])
                store.set_status([intent.id], Status.HELD, why)
        if not sending or await self._write(target, sending):
            self._tally.done.add(target)

    def _next_of(self, target: Target) -> list[Intent]:
        """The oldest waiting intent of each field; one on top of another waits for the next round."""
        first: dict[Field, Intent] = {}
        for intent in self._desk.store.intents_of(*target):
            if intent.status is Status.WAITING:
                first.setdefault(intent.field, intent)
        return list(first.values())

    async def _write(self, target: Target, intents: Sequence[Intent]) -> bool:
        """Send some wishes of one thing; say whether the server answered for good."""
        store = self._desk.store
        store.set_status((intent.id for intent in intents), Status.SENDING)
        try:
            answer = await self._set(target, {intent.field: intent.wished for intent in intents})
            ignored = [intent for intent in intents if value_of(answer, intent.field) != intent.wished]
            store.settle(intent.id for intent in intents if intent not in ignored)
            if ignored:
                self._refuse(
                    ignored, ApiError("the server took the write and changed nothing; look at it there")
                )
        except ApiError as error:
            return self._meet(intents, error)
        finally:
            # Cancelled, or a bug: what is known of no outcome waits, and is looked at before it is sent.
            left = [i.id for i in store.intents_of(*target) if i.status is Status.SENDING]
            store.set_status(left, Status.WAITING, "it was broken off before the answer was here")
        return True

    async def _set(self, target: Target, changes: Mapping[Field, Value]) -> Patch | Comment:
        """Write to a patch or comment, and store what the server has then.  Raises ApiError."""
        desk, (about, comment) = self._desk, target
        if comment:
            wished = changes[Field.ADDRESSED]
            addressed = None if wished is None else bool(wished)
            answer = await desk.ask(lambda server: server.set_addressed(about, abs(comment), addressed))
            desk.take_answered(answer)
            return answer
        patch = await desk.ask(lambda server: server.set_patch(about, changes))
        desk.take_written(patch)
        return patch

    def _meet(self, intents: Sequence[Intent], error: ApiError) -> bool:
        """Refuse or put off what met a trouble; say whether the server answered for good."""
        if is_final(error):
            self._refuse(intents, error)
            return True
        self._trouble = self._trouble or error
        self._stopped = self._stopped or not is_of_one(error)
        self._postpone(intents, error)
        return False

    def _refuse(self, intents: Sequence[Intent], error: ApiError) -> None:
        self._desk.store.set_status((intent.id for intent in intents), Status.FAILED, str(error))
        for intent in intents:
            self._tally.done.add(intent.target)
            if isinstance(error, NotPermitted) and not intent.comment:
                self._desk.barred[intent.patch_id] = error.reason or str(error)
            if isinstance(error, NotFound) and not intent.comment:
                self._missing.add(intent.patch_id)
            self._tally.refused[intent.target] = error.reason or str(error)

    def _postpone(self, intents: Iterable[Intent], error: ApiError) -> None:
        self._desk.store.set_status((intent.id for intent in intents), Status.WAITING, str(error))
