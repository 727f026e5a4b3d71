"""Private notes of the user about series and patches.  They are kept here, and sent nowhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime

from tui.core.change import Kind
from tui.store.base import Base
from tui.store.connection import bindable, listed
from tui.store.touched import Touched

SERIES, PATCH = "series", "patch"
"""What a note is about.  A loose patch and its series of one have one note, the patch's."""


class Notes(Base):
    """The notes.  Writes raise StoreTrouble; reads do not.  What a note is about may be gone."""

    def put_note(self, kind: Kind, id: int, text: str) -> None:
        """Keep a note on a series or a patch in place of the one before; an empty one removes it."""
        with self._writing(durable=True) as touched:
            put(self._db, touched, kind, id, text)

    def note(self, kind: Kind, id: int) -> str:
        """Return the note on a series or a patch; empty where there is none."""
        return self._read(read, kind, id)

    def notes_within(self, series_id: int) -> list[tuple[int, str]]:
        """Return the notes on patches of a series, by the patches' ids."""
        return self._read(read_within, series_id)


def _about(kind: Kind, id: int) -> tuple[str, int]:
    return (SERIES, id) if kind is Kind.SERIES and id > 0 else (PATCH, abs(id))


def put(db: sqlite3.Connection, touched: Touched, kind: Kind, id: int, text: str) -> None:
    """Write a note, or take it away where the text is empty."""
    about = _about(kind, id)
    if text:
        now = datetime.now(UTC).replace(tzinfo=None).isoformat()
        db.execute(
            "INSERT OR REPLACE INTO note VALUES (?, ?, CAST(? AS TEXT), ?)", (*about, bindable(text), now)
        )
    else:
        db.execute("DELETE FROM note WHERE kind = ? AND id = ?", about)
    if about[0] == SERIES:
        touched[Kind.SERIES].add(about[1])
        return
    touched[Kind.PATCHES].add(about[1])
    row = db.execute("SELECT series_id FROM patch WHERE id = ?", (about[1],)).fetchone()
    touched[Kind.SERIES].add(row[0] if row else -about[1])


def read(db: sqlite3.Connection, kind: Kind, id: int) -> str:
    """Return a note."""
    row = db.execute("SELECT text FROM note WHERE kind = ? AND id = ?", _about(kind, id)).fetchone()
    return str(row[0]) if row else ""


def read_within(db: sqlite3.Connection, series_id: int) -> list[tuple[int, str]]:
    """Return the notes on patches of a series."""
    return db.execute(
        "SELECT n.id, n.text FROM patch p JOIN note n ON n.kind = ? AND n.id = p.id"
        " WHERE p.series_id = ? ORDER BY n.id",
        (PATCH, series_id),
    ).fetchall()


def read_noted(db: sqlite3.Connection, kind: Kind, ids: Iterable[int]) -> set[int]:
    """Return which of some series or patches have a note; a series, also when one of its patches has."""
    if kind is Kind.PATCHES:
        asked = "SELECT id FROM note WHERE kind = 'patch' AND id IN (SELECT value FROM json_each(?))"
        return {row[0] for row in db.execute(asked, (listed(ids),))}
    # Notes are few: the patches are looked up by them.
    rows = db.execute(
        "SELECT n.id FROM note n WHERE n.kind = 'series' AND n.id IN (SELECT value FROM json_each(?1))"
        " UNION SELECT p.series_id FROM note n JOIN patch p ON p.id = n.id"
        " WHERE n.kind = 'patch' AND p.series_id IN (SELECT value FROM json_each(?1))",
        (listed(ids),),
    )
    return {row[0] for row in rows}
