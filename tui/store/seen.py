"""What the user has looked at, kept by content: so it holds in the next version, if that has the same.

The marks are the user's own, and sent nowhere.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from tui.core.change import Kind
from tui.store.base import Base
from tui.store.connection import connect, transaction

Content = tuple[str, str]
"""A digest of what is changed, and what stands around it (see tui.diff.substance)."""


class Seen(Base):
    """The marks.  Writes raise StoreTrouble; reads do not."""

    _marked = 0
    """How often marks were written here."""

    def mark_looked_at(
        self, contents: Iterable[Content], patch_ids: Iterable[int], *, seen: bool = True
    ) -> None:
        """Keep that the user has looked at some contents, or take that back; the patches are told."""
        with self._writing(durable=True) as touched:
            put(self._db, contents, seen=seen)
            touched[Kind.PATCHES].update(patch_ids)
            self._marked += 1

    @property
    def marks_edition(self) -> tuple[int, int]:
        """What is another one when marks were written, here or by another process; but for a new file."""
        return self._marked, self._read(lambda _: self._data_version())

    def looked_at(self, digests: Iterable[str]) -> list[Content]:
        """Return what was looked at of some digests."""
        return self._read(read, digests)


def put(db: sqlite3.Connection, contents: Iterable[Content], *, seen: bool) -> None:
    """Write marks, or take them away."""
    now = datetime.now(UTC).replace(tzinfo=None).isoformat()
    if seen:
        rows = [(digest, places, now) for digest, places in contents]
        db.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", rows)
    else:
        db.executemany("DELETE FROM seen WHERE digest = ? AND places = ?", list(contents))


def read(db: sqlite3.Connection, digests: Iterable[str]) -> list[Content]:
    """Return the marks of some digests."""
    asked = "SELECT digest, places FROM seen WHERE digest IN (SELECT value FROM json_each(?))"
    return db.execute(asked, (json.dumps(list(digests)),)).fetchall()


# -- out of a file that cannot be used ---------------------------------------------------


def read_marks(path: Path) -> list[Content]:
    """Return the marks that can be read from a damaged file.  Never raises for its state."""
    found: dict[Content, None] = {}
    with suppress(sqlite3.Error), closing(connect(str(path))) as db:
        db.execute("PRAGMA writable_schema = ON")
        for end in ("", " DESC"):
            with suppress(sqlite3.Error, ValueError):
                asked = f"SELECT digest, places FROM seen ORDER BY digest{end}, places{end}"  # noqa: S608
                for digest, places in db.execute(asked):
                    if isinstance(digest, str) and isinstance(places, str):
                        found[digest, places] = None
    return list(found)


def put_marks(db: sqlite3.Connection, marks: Iterable[Content]) -> None:
    """Write rescued marks into a new file.  Raises sqlite3.Error."""
    with transaction(db, durable=True):
        put(db, marks, seen=True)
