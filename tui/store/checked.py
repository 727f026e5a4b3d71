"""Checks in the store: what CI says, and what the user has it say."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tui.core.intent import Status
from tui.core.journal import Outcome
from tui.store.base import Base

if TYPE_CHECKING:
    from tui.core.check_draft import CheckDraft
    from tui.core.check_reading import CheckReading
    from tui.core.filing import Filing
    from tui.core.model import Check


class Checked(Base):
    """Checks of patches.  Writes raise StoreTrouble; reads do not.

    The start asks for none, so what works on them is loaded when it is needed.
    """

    def put_checks(self, patch_id: int, checks: Iterable[Check], known_news: int = 0) -> None:
        """Store all checks of a patch in place of those before; from now on they are fresh.

        ``known_news`` is the ``news`` of its reading when they were asked for: what came since stays.
        """
        from tui.store import checks as table

        with self._writing() as touched:
            table.put(self._db, touched, patch_id, checks, known_news)

    def add_check(self, check: Check) -> None:
        """Store a check that was just filed, beside the others where those were read."""
        from tui.store import checks as table

        with self._writing() as touched:
            table.add(self._db, touched, check)

    def checks(self, patch_ids: Iterable[int]) -> dict[int, list[Check]]:
        """Return all checks, old ones too, the oldest first, of those patches whose checks were read."""
        from tui.store import checks as table

        return self._read(table.read, list(patch_ids))

    def check_readings(self, patch_ids: Iterable[int]) -> dict[int, CheckReading]:
        """Return when the checks of these patches were read, of those that were."""
        from tui.store import checks as table

        return self._read(table.read_readings, list(patch_ids))

    def note_check_news(self, patch_ids: Iterable[int]) -> None:
        """Note that something has happened to the checks of patches; of those never read, nothing."""
        from tui.store import checks as table

        ids = list(patch_ids)
        if self._read(table.read_readings, ids):
            with self._writing() as touched:
                table.note_news(self._db, touched, ids)

    def server_ahead(self, project_id: int) -> timedelta:
        """Return how far the server's own time, which checks are dated in, is ahead of UTC."""
        from tui.core.inbox import clock_of_gaps
        from tui.store import happenings

        return clock_of_gaps(self._read(happenings.read_gaps, project_id))

    # Those that the user files

    def put_check_draft(self, patch_ids: Iterable[int], draft: CheckDraft | None) -> None:
        """Keep what is written of a check of some patches and not filed; None removes it."""
        from tui.store import drafts

        with self._writing():
            drafts.put(self._db, patch_ids, draft)

    def check_draft(self, patch_ids: Iterable[int]) -> CheckDraft | None:
        """Return what was written of a check of these patches and not filed."""
        from tui.store import drafts

        return self._read(drafts.read, list(patch_ids))

    def file_check(self, patch_ids: Iterable[int], draft: CheckDraft, *, key: str, title: str) -> int:
        """File a check of some patches, to be sent, as one action, and return the action's id.

        It is on the disk when this returns.
        """
        from tui.store import filings

        now = datetime.now(UTC).replace(tzinfo=None)
        with self._writing(durable=True) as touched:
            return filings.file(self._db, touched, patch_ids, draft, now, key, title)

    def filings(self) -> list[Filing]:
        """Return the checks that the server does not have yet, the oldest first."""
        from tui.store import filings

        return self._read(filings.read)

    def count_filings(self) -> dict[Status, int]:
        """Return how many of these have each status, where any has."""
        return self._read(_count)

    def send_filing(self, id: int, after: int) -> None:
        """Note that one goes out now; ``after`` is the newest check that the patch has."""
        from tui.store import filings

        with self._writing() as touched:
            filings.send(self._db, touched, id, after)

    def put_off_filings(self, ids: Iterable[int], error: str) -> None:
        """Let some wait for another try."""
        from tui.store import filings

        with self._writing() as touched:
            filings.put_off(self._db, touched, ids, error)

    def fail_filing(self, id: int, error: str, faults: Mapping[str, str]) -> None:
        """Note that the server refused one for good, and what it said of which field."""
        from tui.store import filings

        with self._writing() as touched:
            filings.fail(self._db, touched, id, error, faults)

    def settle_filings(self, ids: Iterable[int], outcome: Outcome = Outcome.DONE) -> None:
        """Take some out of the outbox: the server has them."""
        from tui.store import filings

        with self._writing() as touched:
            filings.settle(self._db, touched, ids, outcome)

    def retry_filings(self, ids: Iterable[int]) -> int:
        """Let failed ones wait again, and return how many."""
        from tui.store import filings

        with self._writing(durable=True) as touched:
            return filings.retry(self._db, touched, ids)

    def drop_filings(self, ids: Iterable[int]) -> int:
        """Give up those that are not being sent, and return how many."""
        from tui.store import filings

        with self._writing(durable=True) as touched:
            return filings.drop(self._db, touched, ids)

    def requeue_filings(self) -> None:
        """Let those that a killed run was sending wait again; for who has the lease."""
        from tui.store import filings

        if self.count_filings().get(Status.SENDING):
            with self._writing() as touched:
                filings.requeue(self._db, touched, "it was broken off before the answer was here")


def _count(db: sqlite3.Connection) -> dict[Status, int]:
    """Count; here, since the status line asks at every start."""
    rows = db.execute(
        "SELECT status, count(*) FROM filing WHERE status NOT IN ('done', 'dropped') GROUP BY status"
    )
    return {Status(status): number for status, number in rows}
