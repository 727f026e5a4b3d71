"""The one SQLite connection, its schema, and transactions on it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PATIENCE = 1.0
"""Seconds to wait for another process's transaction; ours take tens of milliseconds."""
BRIEF = 0.02
"""The same once that was too short: the file is locked by a stranger, and every wait stops the keys."""

MIGRATIONS = sorted(Path(__file__).with_name("migrations").glob("*.sql"))
"""Number n brings a file from version n - 1 to n, and sets ``user_version``."""

VERSION = len(MIGRATIONS)


class NewerVersion(sqlite3.DatabaseError):
    """The file was made by a version of pwtui that is not yet known here."""


class ForeignFile(sqlite3.DatabaseError):
    """The file is a database, but not one of ours."""


def connect(path: str, *, uri: bool = False) -> sqlite3.Connection:
    """Return a connection that reads our texts.  Raises sqlite3.Error."""
    db = sqlite3.connect(path, isolation_level=None, timeout=PATIENCE, uri=uri, cached_statements=256)
    db.text_factory = _decode
    return db


def wait_for_locks(db: sqlite3.Connection, seconds: float) -> None:
    """Set how long each transaction waits for those of other processes."""
    db.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


def open_database(path: str) -> sqlite3.Connection:
    """Open the database and bring it up to date.  ``:memory:`` keeps it off disk.

    Raises sqlite3.Error; of these NewerVersion and ForeignFile are ours.
    """
    db = connect(path)
    try:
        _check_version(db)  # before anything is written to what may not be ours
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA journal_size_limit = 16000000")
        migrate(db)
    except BaseException:
        db.close()
        raise
    return db


def migrate(db: sqlite3.Connection) -> None:
    """Bring a database to a version, step by step, each step a transaction.  Raises sqlite3.Error."""
    version = _version(db)
    for number, path in enumerate(MIGRATIONS, 1):
        if number > version:
            with transaction(db):
                if _version(db) < number:  # else another process was faster
                    for statement in _statements(path.read_text(encoding="utf-8")):
                        db.execute(statement)


def _check_version(db: sqlite3.Connection) -> None:
    db.execute("BEGIN")  # both as of one moment: another process may be making the tables
    version = _version(db)
    tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    db.execute("COMMIT")
    if version > VERSION:
        raise NewerVersion(f"its schema has number {version}, and {VERSION} is the newest known here")
    if bool(version) != bool(tables) or (tables and "outbox" not in tables):
        raise ForeignFile("it is a database of something else")


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    """Split a script: executescript would commit the transaction around it."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def transaction(db: sqlite3.Connection, *, durable: bool = False) -> Iterator[None]:
    """Make all that happens inside one transaction; an exception undoes it.

    A durable one is on the disk when it ends, even when the power fails; another may then be
    missing, but never in part.
    """
    if durable:
        db.execute("PRAGMA synchronous = FULL")
    try:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # a full disk has ended it already
            with suppress(sqlite3.Error):
                db.execute("ROLLBACK")
        raise
    finally:
        if durable:
            with suppress(sqlite3.Error):
                db.execute("PRAGMA synchronous = NORMAL")


def bindable(text: str) -> str | bytes:
    """Return a text in a form that SQLite takes, for a ``CAST(? AS TEXT)``.

    JSON can carry lone surrogates, which the sqlite3 module refuses in a str.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def listed(ids: Iterable[int]) -> str:
    """Return ids as one parameter for ``json_each``: any number of them, in one cached statement."""
    return json.dumps(list(ids))


def _decode(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogatepass")
