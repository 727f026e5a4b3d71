"""The store: all that is shown is read from here, and only from here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tui.core.change import Change, Kind
from tui.core.session import Session
from tui.store import lease, upkeep
from tui.store.checked import Checked
from tui.store.connection import connect
from tui.store.contents import Contents
from tui.store.counting import Counting
from tui.store.finding import Finding
from tui.store.inbox import Inbox
from tui.store.notes import Notes
from tui.store.seen import Seen
from tui.store.talks import Talks
from tui.store.trouble import StoreTrouble
from tui.store.wishes import Wishes

if TYPE_CHECKING:
    from tui.store.limits import Pruned, Sizes

MEMORY = ":memory:"


class Store(Contents, Checked, Counting, Finding, Notes, Seen, Talks, Wishes, Inbox):
    """One server's objects and the outbox, on one SQLite connection of one thread.

    Every write is one transaction; after it, listeners hear which ids are really new or
    different.  A patch that changes also changes the row of its series, so both are told.
    """

    def __init__(self, path: str | Path = MEMORY) -> None:
        """Open a file; never raises for its state (see ``remarks`` and ``refuses``)."""
        super().__init__(None if path == MEMORY else Path(path))

    # Where the user was

    def put_session(self, project: str, session: Session) -> None:
        """Keep where the user is in a project, for the next start."""
        with self._writing():
            upkeep.put_session(self._db, project, session)

    def session(self, project: str) -> Session | None:
        """Return where the user was in a project."""
        return self._read(upkeep.read_session, project)

    # Several processes

    def lease(self, owner: str, seconds: float) -> bool:
        """Take or renew the right to sync and deliver; say whether the owner has it.

        Another takes it over when it was not renewed for so many seconds, at once when the
        owner's process is gone.  In memory everybody has it; where nothing can be kept, nobody.
        """
        if not self._shared:
            return not self.refuses
        try:
            with self._writing():
                return lease.take(self._db, owner, seconds)
        except StoreTrouble:
            return False

    def leader(self) -> str:
        """Return who has the right to sync and deliver, or had it last; empty where nobody did."""
        return self._read(lease.holder)

    def free_lease(self, owner: str) -> None:
        """Give the right up."""
        with self._writing():
            lease.free(self._db, owner)

    # Limits

    def prune(self, now: datetime, days: int, megabytes: int, keep: Iterable[int] = ()) -> Pruned:
        """Let some of what is too old leave (see limits.prune); call again while there is ``more``.

        ``keep`` are series that stay: what is on the screen, and what is marked.
        """
        from tui.store import limits

        with self._writing() as touched:
            return limits.prune(self._db, touched, now, days, megabytes, keep)

    def sizes(self) -> Sizes:
        """Return what is kept."""
        from tui.store import limits

        return self._read(limits.read_sizes)

    def forget(self, wishes: bool = False) -> None:
        """Empty the store and shrink it; wishes, journal, notes, drafts and marks only with ``wishes``."""
        from tui.store import limits

        with self._writing():
            limits.forget_all(self._db, wishes)
        try:
            self._db.execute("VACUUM")
        except sqlite3.Error as error:
            raise self._fail(error) from error
        self.notify(Change(Kind.ALL))


def open_store(path: Path) -> Store:
    """Open a server's store (see ``tui.store.place``); never raises for its state."""
    return Store(path)


def find_damage(path: Path) -> str:
    """Look through a whole file and say what is damaged; empty where nothing is.

    It reads everything, a million patches in a second; ``Store.give_up`` is for what it says.
    """
    try:
        with closing(connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            found = str(db.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if found == "ok" else found
