"""What all parts of the store share: the connection, who listens, and what happens in trouble."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from tui.core.change import Change, Kind
from tui.store import changes, connection
from tui.store.connection import open_database, transaction, wait_for_locks
from tui.store.opening import Opened, open_file
from tui.store.touched import Touched
from tui.store.trouble import StoreTrouble, is_damage, is_locked, reason

P = ParamSpec("P")
T = TypeVar("T")

Listener = Callable[[Change], None]


class Base:
    """One SQLite connection of one thread, and what listens to it.

    Reads never raise for the state of the file: a file found damaged is set aside, its open
    wishes are taken into a new one, and ``Kind.ALL`` is told.  Writes raise StoreTrouble.
    """

    def __init__(self, path: Path | None) -> None:
        """Open the file, or keep everything in memory without one."""
        self.path = path
        self._listeners: list[Listener] = []
        self._writer = int.from_bytes(os.urandom(7))  # the module secrets loads all of OpenSSL
        self._passing = ""
        self._take(open_file(path) if path else Opened(open_database(":memory:")))

    def _take(self, opened: Opened) -> None:
        self._opened = opened
        self._db = opened.db
        self._version = self._data_version()
        self._followed = changes.last(self._db)

    def close(self) -> None:
        """Close the connection; nothing can be read afterwards."""
        self._db.close()

    @property
    def remarks(self) -> tuple[str, ...]:
        """What happened to the file when it was opened or found damaged, in lines for the user."""
        return self._opened.remarks

    @property
    def refuses(self) -> str:
        """Why wishes are refused: what is in the way of keeping them; empty while nothing is.

        While it says something, nothing is to be delivered either: outcomes could not be kept.
        A full disk or a lock that is gone shows with the next write that succeeds.
        """
        return self._opened.refuses or self._passing

    @property
    def _shared(self) -> bool:
        """Whether there is a file that other processes may have open too."""
        return self.path is not None and not self._opened.refuses

    # What changed

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Have every change told to a function, until the returned one is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def notify(self, change: Change) -> None:
        """Tell a change to all who listen."""
        for listener in tuple(self._listeners):
            listener(change)

    def poll(self) -> bool:
        """Tell what other processes changed since the last call; say whether there was anything.

        Cheap when there was nothing: one pragma and one look at the folder.
        """
        if not self._shared:
            return False
        if self._moved():
            self._reopen("")
            return True
        version = self._data_version()
        if version == self._version:
            return False
        self._version = version
        found, self._followed = self._read(changes.read, self._followed, self._writer)
        for change in found:
            self.notify(change)
        return bool(found)

    def _data_version(self) -> int:
        return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    # Reading and writing

    def _read(
        self, read: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Read something; where the file fails, from what takes its place."""
        try:
            return read(self._db, *args, **kwargs)
        except (sqlite3.DatabaseError, ValueError, TypeError, OverflowError) as error:
            self._replace(error)
        return read(self._db, *args, **kwargs)

    @contextmanager
    def _writing(self, *, durable: bool = False) -> Iterator[Touched]:
        """Write in one transaction, then tell what it made new or different.  Raises StoreTrouble."""
        if self._opened.refuses and durable:
            raise StoreTrouble(self._opened.refuses)
        touched = Touched()
        try:
            if durable and self._shared and self._moved():
                self._reopen("")
            with transaction(self._db, durable=durable and self._shared):
                yield touched
                if self._shared:
                    changes.write(self._db, touched, self._writer)
        except sqlite3.Error as error:
            raise self._fail(error) from error
        if self._passing:
            self._passing = ""
            wait_for_locks(self._db, connection.PATIENCE)
            self.notify(Change(Kind.STORE))
        for change in touched.changes():
            self.notify(change)

    def _fail(self, error: sqlite3.Error) -> StoreTrouble:
        """Return what to tell of a write that failed; a mistake of ours is raised as it is."""
        if is_damage(error) and self._shared:
            self._replace(error)
            return StoreTrouble(f"{self.remarks[-1]}; do it again")
        why = reason(error)
        if not why:
            raise error
        trouble = f"{self.path or 'The memory'} takes nothing in: {why}"
        if is_locked(error):
            wait_for_locks(self._db, connection.BRIEF)
        if trouble != self._passing:
            self._passing = trouble
            self.notify(Change(Kind.STORE))
        return StoreTrouble(trouble)

    # A file that fails

    def give_up(self, damage: str) -> None:
        """Set the file aside for damage that was found in it (see ``find_damage``), and begin a new one."""
        if self._shared:
            self._reopen(damage)

    def _replace(self, error: Exception) -> None:
        """Put a new file, or else memory, in the place of one that cannot be read.  Raises the error."""
        damaged = is_damage(error)
        if self.path is None or not (damaged or (isinstance(error, sqlite3.Error) and reason(error))):
            raise error
        if self._shared:
            self._reopen(str(error) if damaged else "")
        else:  # the copy of a file that could only be read
            self._take(self._opened._replace(db=open_database(":memory:")))

    def _reopen(self, damage: str) -> None:
        assert self.path is not None  # noqa: S101 - only a shared one is opened again
        with suppress(sqlite3.Error):
            self._db.close()
        remarks = self.remarks
        opened = open_file(self.path, damage if not self._moved() else "")
        self._take(opened._replace(remarks=remarks + opened.remarks))
        self.notify(Change(Kind.STORE))
        self.notify(Change(Kind.ALL))

    def _moved(self) -> bool:
        """Say whether another process has put another file in the place of ours."""
        try:
            return self.path is not None and os.stat(self.path).st_ino != self._opened.inode  # noqa: PTH116
        except OSError:
            return True
