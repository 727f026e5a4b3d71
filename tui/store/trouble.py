"""What can be wrong with the file, in words."""

from __future__ import annotations

import sqlite3

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_CLOSED = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}
_DISK = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOLFS, sqlite3.SQLITE_TOOBIG}


class StoreTrouble(Exception):
    """Something could not be kept; the message is one line that says what, why, and what to do."""


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says more than we tell


def is_damage(error: Exception) -> bool:
    """Say whether the file is not what we wrote: SQLite finds it damaged, or a row makes no sense."""
    if isinstance(error, sqlite3.Error):
        # Our statements are tested, so a column that is missing was there.
        return _code(error) in _DAMAGED or str(error).startswith("no such ")
    return isinstance(error, (ValueError, TypeError, OverflowError))


def is_locked(error: sqlite3.Error) -> bool:
    """Say whether another program is in the way."""
    return _code(error) in _LOCKED


def reason(error: sqlite3.Error) -> str:
    """Say what hinders us, and what to do; empty for what is a mistake of ours."""
    code = _code(error)
    if code in _LOCKED:
        return "another program keeps it locked; end that one"
    if code in _CLOSED:
        return "it cannot be written; give yourself the right to write there"
    if code in _DISK:
        return "the disk is full or fails; make room"
    return ""
