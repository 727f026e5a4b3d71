"""One round of writes: what the server has of everything that waits, then what is still wished of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence

from tui.api.errors import ApiError, NotFound, NotPermitted
from tui.core.intent import Field, Intent, Status, Target, Value, value_of
from tui.core.model import Comment, Patch
from tui.sync.answers import Answers
from tui.sync.desk import Desk
from tui.sync.patch_lists import is_final, is_of_one
from tui.sync.present import read_present
from tui.sync.tally import Tally, clash
from tui.sync.tasks import NotKept, together, trouble_of

AT_ONCE = 4


class Round:
    """Sends patches and comments side by side, all wishes of one in one request, in order."""

    def __init__(
        self, desk: Desk, answers: Answers, tally: Tally, missing: set[int], show: Callable[[], None]
    ) -> None:
        """``missing`` is given the patches that the server does not have; ``show`` tells how far it is."""
        self._desk = desk
        self._answers = answers
        self._tally = tally
        self._missing = missing
        self._show = show
        self.trouble: ApiError | None = None
        """What put a write off."""
        self._stopped = False
        """Whether the rest would only meet the same."""

    async def send(self, waiting: Sequence[Intent]) -> None:
        """Look at what the server has, then send what is still wished."""
        targets = list(dict.fromkeys(intent.target for intent in waiting))
        self._tally.of.update(targets)
        self._tally.wish(waiting)
        self._show()
        try:
            present = await read_present(self._desk, self._answers, targets)
        except ApiError as error:
            if not is_final(error):
                self.trouble = error
                self._postpone(self._desk.store.intents(Status.WAITING), error)
                return
            present = dict.fromkeys(targets, error)
        slots = asyncio.Semaphore(AT_ONCE)

        async def send(target: Target) -> None:
            async with slots:
                if self._desk.leads and not self._stopped:
                    trouble = await trouble_of(self._send(target, present[target]), f"write {target}")
                    self.trouble = self.trouble or trouble
                    self._stopped = self._stopped or isinstance(trouble, NotKept)
                    self._show()

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
        self.trouble = self.trouble or error
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
