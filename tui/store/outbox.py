"""The outbox: what the user wishes and the server has not confirmed, one row a patch and field."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tui.core.change import Kind
from tui.core.intent import OPEN, Field, Intent, Status, Value, Wish
from tui.core.journal import Outcome
from tui.store.connection import bindable
from tui.store.touched import Touched

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


def file(
    db: sqlite3.Connection,
    touched: Touched,
    wishes: Iterable[Wish],
    created: datetime,
    key: str = "",
    title: str = "",
    undoes: int | None = None,
) -> int:
    """File wishes as one action and return its id.

    A newer wish takes the place of an unsent one and keeps what was seen before it; when it
    wishes just that, nothing is left to send.  One in place of a held or failed wish starts
    from what it says was seen: the user was told what the server has.
    """
    action_id = db.execute(
        "INSERT INTO action (created, key, title, undoes) VALUES (?, ?, CAST(? AS TEXT), ?)",
        (created.isoformat(), key, bindable(title), undoes),
    ).lastrowid
    assert action_id is not None  # noqa: S101 - an INSERT into a table with a rowid has one
    for wish in wishes:
        seen, wished = json.dumps(wish.seen), json.dumps(wish.wished)
        waiting = _take_unsent(db, wish)
        if waiting:
            seen = waiting[0][0]
        # A write whose answer was lost may have come true: then look before calling it done.
        idle = waiting is not None and seen == wished and not any(attempts for _, attempts in waiting)
        put_item(db, action_id, wish, Outcome.DONE if idle else None)
        if not idle:
            db.execute(
                "INSERT INTO outbox (action_id, patch_id, field, seen, wished, status)"
                " VALUES (?, ?, ?, ?, ?, 'waiting')",
                (action_id, wish.patch_id, wish.field, seen, wished),
            )
        _touch(db, touched, wish.patch_id)
    return action_id


def _take_unsent(db: sqlite3.Connection, wish: Wish) -> list[tuple[str, int]] | None:
    """Take out what a wish takes the place of; return what was seen, and the attempts, of what waited.

    None where there was nothing at all.
    """
    unsent = db.execute(
        "DELETE FROM outbox WHERE patch_id = ? AND field = ? AND status != 'sending'"
        " RETURNING id, action_id, status, seen, attempts",
        (wish.patch_id, wish.field),
    ).fetchall()
    for _, action_id, status, *_ in unsent:
        outcome = Outcome.REPLACED if status == Status.WAITING else Outcome.DROPPED
        _close_item(db, action_id, wish.patch_id, wish.field, outcome)
    waiting = sorted(row for row in unsent if row[2] == Status.WAITING)
    return [(row[3], row[4]) for row in waiting] if unsent else None


def put_item(db: sqlite3.Connection, action_id: int, wish: Wish, outcome: Outcome | None) -> None:
    """Note a wish in the journal; without an outcome, the outbox tells how far it is."""
    db.execute(
        "INSERT INTO item (action_id, patch_id, field, before, after, outcome) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET after = excluded.after, outcome = excluded.outcome",
        (action_id, wish.patch_id, wish.field, json.dumps(wish.seen), json.dumps(wish.wished), outcome or ""),
    )


def _close_item(db: sqlite3.Connection, action_id: int, patch_id: int, field: str, outcome: Outcome) -> None:
    db.execute(
        "UPDATE item SET outcome = ? WHERE action_id = ? AND patch_id = ? AND field = ?",
        (outcome, action_id, patch_id, field),
    )


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
            above = db.execute(
                "UPDATE outbox SET seen = ? WHERE patch_id = ? AND field = ? AND id > ? RETURNING action_id",
                (seen, patch_id, field, id_),
            ).fetchall()
            db.executemany(
                "UPDATE item SET before = ? WHERE action_id = ? AND patch_id = ? AND field = ?",
                [(seen, action_id, patch_id, field) for (action_id,) in above],
            )
        _touch(db, touched, patch_id)


def remove(db: sqlite3.Connection, touched: Touched, ids: Iterable[int], outcome: Outcome) -> None:
    """Take intents out: those that were confirmed, or dropped."""
    for id_ in ids:
        row = db.execute(
            "DELETE FROM outbox WHERE id = ? RETURNING action_id, patch_id, field", (id_,)
        ).fetchone()
        if row:
            action_id, patch_id, field = row
            _close_item(db, action_id, patch_id, field, outcome)
            _touch(db, touched, patch_id)


def drop_of(db: sqlite3.Connection, touched: Touched, action_id: int, patch_id: int, field: Field) -> None:
    """Drop what an action asks of one field of a patch."""
    rows = db.execute(
        "SELECT id FROM outbox WHERE action_id = ? AND patch_id = ? AND field = ?",
        (action_id, patch_id, field),
    ).fetchall()
    remove(db, touched, [row[0] for row in rows], Outcome.DROPPED)


def requeue(db: sqlite3.Connection) -> None:
    """Let what a killed run left as being sent wait again; delivery looks before it writes."""
    db.execute("UPDATE outbox SET status = 'waiting' WHERE status = 'sending'")


def _touch(db: sqlite3.Connection, touched: Touched, patch_id: int) -> None:
    touched[Kind.PATCHES].add(patch_id)
    row = db.execute("SELECT series_id FROM patch WHERE id = ?", (patch_id,)).fetchone()
    if row:
        touched[Kind.SERIES].add(row[0])
