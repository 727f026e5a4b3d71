"""The verbs about checks: look at them, file one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tui.core.intent import Status
from tui.sync.answers import Answers
from tui.sync.delivery import Action, Delivery, Pause
from tui.sync.desk import Desk
from tui.sync.rereading import Rereading
from tui.sync.writes import Writes

if TYPE_CHECKING:
    from tui.core.check_draft import CheckDraft
    from tui.sync.checks import Checks
    from tui.sync.filings import Filings


class Checking(Writes):
    """Checks of patches.  What works on them is loaded when somebody looks at one, or one is on its way."""

    def __init__(
        self, desk: Desk, delivery: Delivery, answers: Answers, has_token: bool, wait: Pause
    ) -> None:
        super().__init__(desk, delivery, answers, has_token)
        self._wait = wait
        self._rereading = Rereading(desk)
        self._checks_made: Checks | None = None
        self._filings_made: Filings | None = None

    @property
    def _checks(self) -> Checks:
        if self._checks_made is None:
            from tui.sync.checks import Checks

            self._checks_made = Checks(self._desk)
        return self._checks_made

    @property
    def _filings(self) -> Filings:
        if self._filings_made is None:
            from tui.sync.filings import Filings

            self._filings_made = Filings(
                self._desk, self._checks, self._rereading, self._wait, self._delivery.show
            )
        return self._filings_made

    def need_checks(self, patch_ids: Sequence[int], *, quiet: bool = False) -> None:
        """Fetch the checks of the patches that somebody looks at, unless they are here and fresh.

        Call it again when ``Kind.CHECKS`` or ``Kind.PATCHES`` tells of one of them: where nothing
        happened to its checks, that costs no request.  ``quiet``: trouble is not told, since only
        their number shows.
        """
        self._checks.need(patch_ids, quiet=quiet)

    def check_trouble(self, patch_id: int) -> str:
        """Return why the checks of a patch are missing, until a refresh; else ``""``."""
        return self._checks_made.trouble(patch_id) if self._checks_made else ""

    def file_check(self, patch_ids: Iterable[int], draft: CheckDraft, *, key: str = "") -> Action:
        """File a check of some patches: it waits here until the server has it.  It cannot be taken back.

        ``key`` is the key that did it, for the journal.
        """
        action = self._act(lambda: self._filings.file(patch_ids, draft, key))
        self._delivery.show()
        return action

    def retry_checks(self, filing_ids: Iterable[int]) -> int:
        """Try to file some checks again, refused ones too; return how many."""
        return self._keep(lambda: self._filings.retry(filing_ids), 0)

    def drop_checks(self, filing_ids: Iterable[int]) -> int:
        """Give some checks up that the server does not have, and return how many."""
        dropped = self._keep(lambda: self._filings.drop(filing_ids), 0)
        self._delivery.show()
        return dropped

    def cancel_writes(self) -> int:
        """Give up what has not gone out, checks too; return of how many patches."""
        waiting = [one for one in self._desk.store.filings() if one.status is Status.WAITING]
        dropped = self.drop_checks([one.id for one in waiting]) if waiting else 0
        return super().cancel_writes() + dropped

    def _refresh_checks(self) -> None:
        if self._checks_made:
            self._checks_made.refresh()

    def _retry_checks(self) -> None:
        if self._checks_made:
            self._checks_made.retry()

    def _deliver_checks(self) -> None:
        if self._filings_made or self._desk.store.count_filings():
            self._filings.deliver()
