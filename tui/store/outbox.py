"""The outbox: what the user wishes and the server has not confirmed, one row a patch and field."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tui.core.change import Kind
from tui.core.intent import OPEN, Field, Intent, Status, Value, Wish
from tui.store.connection import bindable
from tui.store.writing import Touched

Wished = tuple[int, Field, Value, Status]

_SELECT = (
    "SELECT o.id, o.action_id, o.patch_id, o.field, o.seen, o.wished, o.status, o.attempts, o.error,"
    " action.created FROM outbox o JOIN action ON action.id = o.action_id"
)
_OPEN = (
    "SELECT patch_id, field, wished, status FROM outbox"
    " WHERE status IN (SELECT value FROM json_each(?)) ORDER BY id"
)
_BY_STATUS = f"{_SELECT} WHERE o.status IN (SELECT value FROM json_each(?)) ORDER BY o.id"  # noqa: S608
_BY_PATCH = f"{_SELECT} WHERE o.patch_id = ? ORDER BY o.id"


def _intent(row: tuple[Any, ...]) -> Intent:
    return Intent(
        id=row[0],
        action_id=row[1],
        patch_id=row[2],
        field=Field(row[3]),
        seen=json.loads(row[4]),
        wished=json.loads(row[5]),
        status=Status(row[6]),
        attempts=row[7],
        error=row[8],
        created=datetime.fromisoformat(row[9]),
    )


def read_intents(db: sqlite3.Connection, statuses: Iterable[Status]) -> list[Intent]:
    """Return intents with one of these statuses, the oldest first."""
    return [_intent(row) for row in db.execute(_BY_STATUS, (json.dumps(list(statuses)),))]


def read_intents_of(db: sqlite3.Connection, patch_id: int) -> list[Intent]:
    """Return all intents of one patch, the oldest first."""
    return [_intent(row) for row in db.execute(_BY_PATCH, (patch_id,))]


def read_open(db: sqlite3.Connection) -> list[Wished]:
    """Return what lies over patches, the oldest first: patch id, field, value and status."""
    rows = db.execute(_OPEN, (json.dumps(OPEN),))
    return [(row[0], Field(row[1]), json.loads(row[2]), Status(row[3])) for row in rows]


def count(db: sqlite3.Connection) -> dict[Status, int]:
    """Return how many intents have each status."""
    counts = dict.fromkeys(Status, 0)
    for status, number in db.execute("SELECT status, count(*) FROM outbox GROUP BY status"):
        counts[Status(status)] = number
    return counts


def file(db: sqlite3.Connection, touched: Touched, wishes: Iterable[Wish], created: datetime) -> int:
    """File wishes as one action and return its id.

    A newer wish takes the place of an unsent one and keeps what was seen before it; when it
    wishes just that, nothing is left to send.  One in place of a held or failed wish starts
    from what it says was seen: the user was told what the server has.
    """
    action_id = db.execute("INSERT INTO action (created) VALUES (?)", (created.isoformat(),)).lastrowid
    assert action_id is not None  # noqa: S101 - an INSERT into a table with a rowid has one
    for wish in wishes:
        seen, wished = json.dumps(wish.seen), json.dumps(wish.wished)
        unsent = db.execute(
            "DELETE FROM outbox WHERE patch_id = ? AND field = ? AND status != 'sending'"
            " RETURNING id, status, seen, attempts",
            (wish.patch_id, wish.field),
        ).fetchall()
        waiting = sorted(row for row in unsent if row[1] == Status.WAITING)
        if waiting:
            seen = waiting[0][2]
        # A write whose answer was lost may have come true: then look before calling it done.
        if not (unsent and seen == wished and not any(row[3] for row in waiting)):
            db.execute(
                "INSERT INTO outbox (action_id, patch_id, field, seen, wished, status)"
                " VALUES (?, ?, ?, ?, ?, 'waiting')",
                (action_id, wish.patch_id, wish.field, seen, wished),
            )
        _touch(db, touched, wish.patch_id)
    return action_id


def set_status(
    db: sqlite3.Connection, touched: Touched, ids: Iterable[int], status: Status, error: str
) -> None:
    """Say how far some intents have come.  Every outcome, sending excepted, counts as an attempt."""
    for id_ in ids:
        row = db.execute(
            "UPDATE outbox SET status = ?, error = CAST(? AS TEXT), attempts = attempts + ? WHERE id = ?"
            " RETURNING patch_id, field, seen",
            (status, bindable(error), status is not Status.SENDING, id_),
        ).fetchone()
        if row is None:
            continue
        patch_id, field, seen = row
        if status is Status.FAILED:  # a wish on top of it saw what did not come true
            db.execute(
                "UPDATE outbox SET seen = ? WHERE patch_id = ? AND field = ? AND id > ?",
                (seen, patch_id, field, id_),
            )
        _touch(db, touched, patch_id)


def remove(db: sqlite3.Connection, touched: Touched, ids: Iterable[int]) -> None:
    """Take intents out: those that were confirmed, or dropped."""
    for id_ in ids:
        row = db.execute("DELETE FROM outbox WHERE id = ? RETURNING patch_id", (id_,)).fetchone()
        if row:
            _touch(db, touched, row[0])


def requeue(db: sqlite3.Connection) -> None:
    """Let what a killed run left as being sent wait again; delivery looks before it writes."""
    db.execute("UPDATE outbox SET status = 'waiting' WHERE status = 'sending'")


def _touch(db: sqlite3.Connection, touched: Touched, patch_id: int) -> None:
    touched[Kind.PATCHES].add(patch_id)
    row = db.execute("SELECT series_id FROM patch WHERE id = ?", (patch_id,)).fetchone()
    if row:
        touched[Kind.SERIES].add(row[0])
