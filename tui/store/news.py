"""Which rows news changed since they were last under the cursor."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from tui.core.change import Kind
from tui.core.intent import Field
from tui.store import outbox
from tui.store.connection import listed
from tui.store.touched import Touched

Shown = dict[int, tuple[object, ...]]
"""What a row tells, by id, of those that are stored."""

_PATCHES = (
    "SELECT id, state, delegate_id, archived, name, worst_check, commit_ref FROM patch"
    " WHERE id IN (SELECT value FROM json_each(?))"
)
_SERIES = (
    "SELECT id, name, version, received_total, patch_ids FROM series"
    " WHERE id IN (SELECT value FROM json_each(?))"
)
_PLACE = {Field.STATE: 0, Field.DELEGATE: 1, Field.ARCHIVED: 2}


def shown_patches(db: sqlite3.Connection, ids: Iterable[int]) -> Shown:
    """Return what patches show, wishes laid over: a wish of ours that came true is no news."""
    shown = {row[0]: list(row[1:]) for row in db.execute(_PATCHES, (listed(ids),))}
    for patch_id, field, value, _ in outbox.read_open(db, shown):
        if patch_id in shown:
            shown[patch_id][_PLACE[field]] = value
    return {patch_id: tuple(values) for patch_id, values in shown.items()}


def shown_series(db: sqlite3.Connection, ids: Iterable[int]) -> Shown:
    """Return what series show."""
    return {row[0]: row[1:] for row in db.execute(_SERIES, (listed(ids),))}


def mark(db: sqlite3.Connection, kind: Kind, before: Shown, now: Shown) -> list[int]:
    """Mark the rows that show something else now, and return them; what has just come is not marked."""
    changed = [id_ for id_, values in before.items() if now.get(id_, values) != values]
    put(db, kind, changed)
    return changed


def put(db: sqlite3.Connection, kind: Kind, ids: Iterable[int]) -> None:
    """Mark rows."""
    db.executemany("INSERT OR IGNORE INTO news VALUES (?, ?)", [(kind, id_) for id_ in ids])


def read(db: sqlite3.Connection, kind: Kind, ids: Iterable[int]) -> set[int]:
    """Return which of these rows are marked."""
    rows = db.execute(
        "SELECT id FROM news WHERE kind = ? AND id IN (SELECT value FROM json_each(?))", (kind, listed(ids))
    )
    return {row[0] for row in rows}


def has_any(db: sqlite3.Connection, kind: Kind) -> bool:
    """Say whether any row is marked."""
    return bool(db.execute("SELECT EXISTS (SELECT 1 FROM news WHERE kind = ?)", (kind,)).fetchone()[0])


def remove(db: sqlite3.Connection, touched: Touched, kind: Kind, ids: Iterable[int]) -> None:
    """Take the marks off some rows."""
    for id_ in ids:
        if db.execute("DELETE FROM news WHERE kind = ? AND id = ?", (kind, id_)).rowcount:
            touched[kind].add(id_)
