"""The log of changes, from which other processes on the same file follow."""

from __future__ import annotations

import json
import sqlite3

from tui.core.change import Change, Kind
from tui.store.touched import Touched

KEPT = 1000
"""Entries; who has missed more reads everything again."""


def write(db: sqlite3.Connection, touched: Touched, writer: int) -> None:
    """Log what a transaction changed, inside it."""
    for kind, ids in touched.changes():
        seq = db.execute(
            "INSERT INTO change (writer, kind, ids) VALUES (?, ?, ?)", (writer, kind, json.dumps(list(ids)))
        ).lastrowid
        if seq and seq % 100 == 0:
            db.execute("DELETE FROM change WHERE seq <= ?", (seq - KEPT,))


def last(db: sqlite3.Connection) -> int:
    """Return the number of the newest entry."""
    return int(db.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()[0])


def read(db: sqlite3.Connection, after: int, writer: int) -> tuple[list[Change], int]:
    """Return what others changed after an entry, each kind once, and the number of the newest."""
    entries = db.execute("SELECT seq, writer, kind, ids FROM change WHERE seq > ? ORDER BY seq", (after,))
    touched = Touched()
    first = newest = after
    for seq, by, kind, ids in entries:
        first = first if first > after else seq
        newest = seq
        if by != writer:
            touched[Kind(kind)].update(json.loads(ids))
    if first > after + 1:
        return [Change(Kind.ALL)], newest
    return touched.changes(), newest
