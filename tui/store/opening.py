"""Opening a server's file, whatever state it is in."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from tui.core.intent import Status
from tui.store import changes, outbox
from tui.store.connection import NewerVersion, connect, migrate, open_database
from tui.store.trouble import is_locked, reason

COPIED = 200_000_000
"""Bytes of a file that may only be read, up to which it is copied into memory to be read there."""

_HOLD = "it was rescued from a damaged file; look whether it is what you wished"


class Opened(NamedTuple):
    """A connection, and what is to be said of it."""

    db: sqlite3.Connection
    inode: int = 0
    """The file's number; another process may set it aside and put a new one in its place."""
    remarks: tuple[str, ...] = ()
    refuses: str = ""
    """Why nothing can be kept; empty when it can."""


def open_file(path: Path, damage: str = "") -> Opened:
    """Open a file, making it where there is none; with ``damage``, set it aside for that first.

    Never raises for what is wrong with the file: a damaged one, or one of a newer version, is
    set aside, and where nothing can be kept all is in memory and ``refuses`` says why.
    """
    remarks: list[str] = []
    try:
        _make_private(path)
        if damage:
            remarks.append(_replace(path, "damaged", damage, path.stat().st_ino))
        for _ in range(3):  # a new file may be damaged again at once, but not for ever
            inode = path.stat().st_ino
            try:
                return Opened(_open_sound(path), inode, tuple(remarks))
            except NewerVersion as error:
                remarks.append(_replace(path, "newer", str(error), inode))
            except (sqlite3.Error, ValueError, TypeError) as error:
                if isinstance(error, sqlite3.Error) and reason(error):
                    raise  # it is not the file's fault; what we ask of it has always the same words
                remarks.append(_replace(path, "damaged", str(error), inode))
            _make_private(path)
        why = "every new file is damaged at once"
    except OSError as error:
        why = f"{error.strerror or error}; let it be written there"
    except sqlite3.Error as error:
        why = reason(error) or str(error)
    return _in_memory(path, why, tuple(remarks))


def _open_sound(path: Path) -> sqlite3.Connection:
    """Open a file and read what must not be missing.  Raises sqlite3.Error, ValueError and TypeError."""
    db = open_database(str(path))
    try:
        outbox.read_intents(db, Status)
        changes.last(db)
        db.execute("BEGIN IMMEDIATE")  # may we write?
        db.execute("ROLLBACK")
    except BaseException:
        db.close()
        raise
    return db


def _make_private(path: Path) -> None:
    """See that folder and file are there, and that only their owner can look into them.

    A file that is there is not opened: closing it would drop the locks of every other
    connection that this process has to it.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)


def _replace(path: Path, kind: str, why: str, inode: int) -> str:
    """Set a file aside, begin a new one with its open wishes, and say so.  Raises OSError, sqlite3.Error."""
    from tui.store import drafts, rescue, seen

    with rescue.guarded(path):
        if not path.exists() or path.stat().st_ino != inode:
            return f"The store was {kind}; another pwtui has begun a new one ({why})"
        aside = rescue.set_aside(path, kind)
        wishes, notes, filings = (
            rescue.read_wishes(aside),
            rescue.read_notes(aside),
            rescue.read_filings(aside),
        )
        marks, drafted = seen.read_marks(aside), drafts.read_kept(aside)
        _make_private(path)
        with closing(open_database(str(path))) as db:
            hold = _HOLD if kind == "damaged" else ""
            rescue.put_wishes(db, wishes, hold)
            rescue.put_filings(db, filings, hold)
            rescue.put_notes(db, notes)
            seen.put_marks(db, marks)
            drafts.put_kept(db, drafted)
    writes = len(wishes) + len(filings)
    number = f"{writes} open write{'' if writes == 1 else 's'}"
    noted = f", {len(notes)} note{'' if len(notes) == 1 else 's'} too" if notes else ""
    if kind == "newer":
        return (
            f"The store is of a newer pwtui ({why}): kept as {aside.name}, and {number} taken over from it"
            f"{noted}"
        )
    rescued = f"{number} rescued from it, held for you to decide" if writes else "no open write found in it"
    return f"The store was damaged ({why}): kept as {aside.name}, and {rescued}{noted}"


def _in_memory(path: Path, why: str, remarks: tuple[str, ...]) -> Opened:
    """Read on from memory, with what the file has where it can at least be read."""
    db = open_database(":memory:")
    try:
        if 0 < path.stat().st_size <= COPIED:
            db = _copied(path, db)
    except (OSError, sqlite3.Error):
        pass  # then we begin with nothing, which is what refuses says
    refuses = f"Nothing is kept, and nothing can be changed: {path}: {why}, and start again"
    return Opened(db, 0, remarks, refuses)


def _copied(path: Path, empty: sqlite3.Connection) -> sqlite3.Connection:
    """Return a copy in memory.  A log beside the file is read where SQLite can; else without it."""
    for mode in ("mode=ro", "immutable=1"):
        copy = connect(":memory:")
        try:
            with closing(connect(f"{path.absolute().as_uri()}?{mode}", uri=True)) as db:
                db.execute("SELECT count(*) FROM outbox")  # a backup would wait for a lock for ever
                db.backup(copy)
            migrate(copy)
        except sqlite3.Error as error:
            copy.close()
            if is_locked(error):  # to read past a lock is to read half of a transaction
                break
            continue
        empty.close()
        return copy
    return empty
