"""The one SQLite connection, and transactions on it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


def open_database(path: str) -> sqlite3.Connection:
    """Open the database, making its tables where it is new.  ``:memory:`` keeps it off disk."""
    db = sqlite3.connect(path, isolation_level=None)
    db.text_factory = _decode
    db.execute("PRAGMA journal_mode = WAL")
    if db.execute("PRAGMA user_version").fetchone()[0] == 0:
        schema = Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")
        db.executescript(f"BEGIN; {schema} COMMIT;")
    return db


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Make all that happens inside one transaction; an exception undoes it."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


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
