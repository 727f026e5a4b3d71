"""Checks that the user files: kept until the server has them, and never filed twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence

from tui.api.errors import ApiError, Busy, Invalid, NotPermitted
from tui.core.change import Tone
from tui.core.check_draft import CheckDraft
from tui.core.filing import Filing
from tui.core.intent import Status, Target
from tui.core.model import Check
from tui.sync.checks import Checks
from tui.sync.delivery import FIRST_PAUSE, LONGEST_PAUSE, Action, Pause
from tui.sync.desk import Desk
from tui.sync.patch_lists import is_final, is_of_one
from tui.sync.rereading import Rereading
from tui.sync.tally import name_of
from tui.sync.tasks import trouble_of


class Filings:
    """Sends checks, one after the other.

    A check is no value that could be compared and set again: each write adds one.  So what the
    patch has is read first, and after a lost answer a check that has come since and says the
    same is taken for ours.
    """

    def __init__(
        self, desk: Desk, checks: Checks, rereading: Rereading, wait: Pause, show: Callable[[], None]
    ) -> None:
        """``wait`` waits between two tries; ``show`` brings the numbers of the status up to date."""
        self._desk = desk
        self._checks = checks
        self._rereading = rereading
        self._wait = wait
        self._show = show
        self._woken = asyncio.Event()
        self._tries = 0
        self._done: list[Filing] = []
        self._refused: list[tuple[Filing, str]] = []

    def file(self, patch_ids: Iterable[int], draft: CheckDraft, key: str = "") -> Action:
        """File a check of some patches, and begin to send it.  Raises StoreTrouble when it cannot be kept."""
        ids = list(dict.fromkeys(patch_ids))
        if not ids:
            return Action(0, 0)
        store = self._desk.store
        about = name_of(store, Target(ids[0])) if len(ids) == 1 else f"{len(ids)} patches"
        filed = store.file_check(ids, draft, key=key, title=f"check {draft.title} for {about}")
        self.deliver()
        return Action(filed, len(ids))

    def retry(self, ids: Iterable[int]) -> int:
        """Try some again, failed ones too; return how many.  Raises StoreTrouble."""
        retried = self._desk.store.retry_filings(ids)
        self.deliver()
        return retried

    def drop(self, ids: Iterable[int]) -> int:
        """Give some up, unless they are being sent; return how many.  Raises StoreTrouble."""
        return self._desk.store.drop_filings(ids)

    def deliver(self) -> None:
        """Send what waits, at once if the next try was still to come."""
        self._woken.set()
        counts = self._desk.store.count_filings()
        if self._desk.leads and (counts.get(Status.WAITING) or counts.get(Status.SENDING)):
            self._desk.tasks.start("filings", self._deliver, self._desk.complain)

    async def _deliver(self) -> None:
        trouble: ApiError | None = None
        try:
            while trouble is None and (waiting := self._read_waiting()):
                trouble = await self._send_round(waiting)
            self._tries = self._tries + 1 if trouble else 0
        finally:
            self._show()
            self._sum_up()
        if trouble:
            self._put_off(trouble)

    def _read_waiting(self) -> list[Filing]:
        if not self._desk.leads:
            return []
        self._desk.store.requeue_filings()
        return [one for one in self._desk.store.filings() if one.status is Status.WAITING]

    async def _send_round(self, waiting: Sequence[Filing]) -> ApiError | None:
        """Send what waits; return what put any of it off."""
        put_off: ApiError | None = None
        for one in waiting:
            trouble = await trouble_of(self._send(one), f"file a check of patch {one.patch_id}")
            if trouble is None:
                continue
            if is_final(trouble):
                self._refuse(one, trouble)
                continue
            put_off = put_off or trouble
            self._desk.store.put_off_filings([one.id], str(trouble))
            if not is_of_one(trouble):
                break
        return put_off

    async def _send(self, one: Filing) -> None:
        """Send one, unless the server has it.  Raises ApiError."""
        store = self._desk.store
        await self._checks.read(one.patch_id)
        known = store.checks([one.patch_id]).get(one.patch_id, [])
        if one.after is None or not any(_is(check, one) for check in known):
            if not any(now.id == one.id and now.status is Status.WAITING for now in store.filings()):
                return  # it was dropped meanwhile
            store.send_filing(one.id, max((check.id for check in known), default=0))
            check = await self._desk.ask(lambda server: server.file_check(one.patch_id, one.draft))
            store.add_check(check)
        store.settle_filings([one.id])
        self._done.append(one)
        await trouble_of(self._reread(one.patch_id), "read a patch whose check was filed")

    async def _reread(self, patch_id: int) -> None:
        """Read what the check made of its patch; what the user did is no news to them."""
        store = self._desk.store
        series = [id_ for id_ in [store.series_of(patch_id)] if id_ is not None]
        old = [row for row in store.patch_rows([patch_id]) if not row.fresh]
        quiet = [row for row in store.series_rows(series) if not row.fresh]
        await self._rereading.read_patch(patch_id)
        store.mark_seen([row.series.id for row in quiet], [row.patch.id for row in old])

    def _refuse(self, one: Filing, error: ApiError) -> None:
        reason = error.reason or str(error)
        fields = error.fields if isinstance(error, Invalid) else {}
        self._desk.store.fail_filing(one.id, str(error), fields)
        self._refused.append((one, reason))
        if isinstance(error, NotPermitted):
            self._desk.barred[one.patch_id] = reason

    def _put_off(self, trouble: ApiError) -> None:
        """Try again later."""
        seconds = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(self._tries - 1, 10))
        if isinstance(trouble, Busy) and trouble.retry_after:
            seconds = min(LONGEST_PAUSE, max(seconds, trouble.retry_after))
        if self._tries == 1:
            self._desk.say(f"{trouble}; the check waits and is filed later", Tone.TROUBLE, retry=True)
        self._woken = woken = asyncio.Event()

        async def later() -> None:
            await self._desk.tasks.aside(self._wait(seconds, woken))
            if not woken.is_set():
                self.deliver()

        self._desk.tasks.start(("filings later", id(woken)), later, self._desk.complain)

    def _sum_up(self) -> None:
        """Say what became of those that came to an end."""
        done, refused = self._done, self._refused
        self._done, self._refused = [], []
        if refused:
            one, reason = refused[0]
            more = f" and {len(refused) - 1} more" if len(refused) > 1 else ""
            self._desk.say(
                f"{one.draft.title} not filed: {reason.rstrip('.')}{more}; the outbox has it, to be mended",
                Tone.TROUBLE,
            )
        elif done:
            about = (
                name_of(self._desk.store, Target(done[0].patch_id))
                if len(done) == 1
                else f"{len(done)} patches"
            )
            self._desk.say(f"{done[0].draft.title} filed for {about}", Tone.GOOD)


def _is(check: Check, one: Filing) -> bool:
    """Say whether a check is one that was sent without an answer."""
    same = CheckDraft(check.state, check.context, check.description, check.target_url) == one.draft
    return same and one.after is not None and check.id > one.after
