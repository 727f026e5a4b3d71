"""The outbox: what the user wishes and the server has not confirmed, a row a field of a patch or comment."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tui.core.change import Kind
from tui.core.intent import OPEN, Field, Intent, Status, Target, Value, Wish
from tui.core.journal import Outcome
from tui.store.connection import bindable, listed
from tui.store.talk import touch
from tui.store.touched import Touched

Wished = tuple[int, Field, Value, Status]

Slot = tuple[int, str, int]
"""What no two wishes are of that are not on top of each other: patch_id, field and comment."""
_SLOT = "(patch_id, field, comment) = (?, ?, ?)"

_SELECT = (
    "SELECT o.id, o.action_id, o.patch_id, o.field, o.seen, o.wished, o.status, o.attempts, o.error,"
    " action.created, o.tried, o.comment FROM outbox o JOIN action ON action.id = o.action_id"
)
_ALL_OPEN = (
    "SELECT patch_id, field, wished, status FROM outbox"
    " WHERE comment = 0 AND status IN (SELECT value FROM json_each(?))"
)
_OPEN_OF = f"{_ALL_OPEN} AND patch_id IN (SELECT value FROM json_each(?)) ORDER BY id"  # noqa: S608
_OPEN = f"{_ALL_OPEN} ORDER BY id"
_BY_STATUS = f"{_SELECT} WHERE o.status IN (SELECT value FROM json_each(?)) ORDER BY o.id"  # noqa: S608
_BY_TARGET = f"{_SELECT} WHERE (o.patch_id, o.comment) = (?, ?) ORDER BY o.id"


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
        tried=tuple(json.loads(row[10])),
        comment=row[11],
    )


def read_intents(db: sqlite3.Connection, statuses: Iterable[Status]) -> list[Intent]:
    """Return intents with one of these statuses, the oldest first."""
    return [_intent(row) for row in db.execute(_BY_STATUS, (json.dumps(list(statuses)),))]


def read_intents_of(db: sqlite3.Connection, target: Target) -> list[Intent]:
    """Return all intents of one patch or comment, the oldest first."""
    return [_intent(row) for row in db.execute(_BY_TARGET, target)]


def read_open(db: sqlite3.Connection, ids: Iterable[int] | None = None) -> list[Wished]:
    """Return what lies over some patches, or over all: patch id, field, value, status; the oldest first."""
    if ids is None:
        rows = db.execute(_OPEN, (json.dumps(OPEN),))
    else:  # in a bulk write of 500, all of them twice for each would be half of the work
        rows = db.execute(_OPEN_OF, (json.dumps(OPEN), listed(ids)))
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
        waiting = _take_unsent(db, _slot_of(wish))
        if waiting:
            seen = waiting[0][0]
        # A write whose answer was lost may have come true: then look before calling it done.
        tried = _united(tried for _, tried in waiting or ())
        idle = waiting is not None and seen == wished and tried == "[]"
        put_item(db, action_id, wish, Outcome.DONE if idle else None)
        if not idle:
            db.execute(
                "INSERT INTO outbox (action_id, patch_id, field, comment, seen, wished, tried, status)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting')",
                (action_id, *_slot_of(wish), seen, wished, tried),
            )
        _touch(db, touched, _slot_of(wish))
    return action_id


def _slot_of(wish: Wish) -> Slot:
    return wish.patch_id, wish.field, wish.comment


def _united(tried: Iterable[str]) -> str:
    """Join lists of values that may have been set."""
    return json.dumps(list(dict.fromkeys(value for some in tried for value in json.loads(some))))


def _take_unsent(db: sqlite3.Connection, slot: Slot) -> list[tuple[str, str]] | None:
    """Take out what a wish takes the place of; return what was seen, and tried, of what waited.

    None where there was nothing at all.
    """
    unsent = db.execute(
        f"DELETE FROM outbox WHERE {_SLOT} AND status != 'sending'"  # noqa: S608 - our own names
        " RETURNING id, action_id, status, seen, tried",
        slot,
    ).fetchall()
    for _, action_id, status, *_ in unsent:
        outcome = Outcome.REPLACED if status == Status.WAITING else Outcome.DROPPED
        _close_item(db, action_id, slot, outcome)
    waiting = sorted(row for row in unsent if row[2] == Status.WAITING)
    return [(row[3], row[4]) for row in waiting] if unsent else None


def put_item(db: sqlite3.Connection, action_id: int, wish: Wish, outcome: Outcome | None) -> None:
    """Note a wish in the journal; without an outcome, the outbox tells how far it is."""
    db.execute(
        "INSERT INTO item (action_id, patch_id, field, comment, before, after, outcome)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET after = excluded.after, outcome = excluded.outcome",
        (action_id, *_slot_of(wish), json.dumps(wish.seen), json.dumps(wish.wished), outcome or ""),
    )


def _close_item(db: sqlite3.Connection, action_id: int, slot: Slot, outcome: Outcome) -> None:
    db.execute(
        f"UPDATE item SET outcome = ? WHERE action_id = ? AND {_SLOT}",  # noqa: S608
        (outcome, action_id, *slot),
    )


def set_status(
    db: sqlite3.Connection, touched: Touched, ids: Iterable[int], status: Status, error: str
) -> None:
    """Say how far some intents have come.  Every outcome, sending excepted, counts as an attempt."""
    sends = status is Status.SENDING
    for id_ in ids:
        row = db.execute(
            "UPDATE outbox SET status = ?, error = CAST(? AS TEXT), attempts = attempts + ?,"
            " tried = CASE WHEN ? THEN json_insert(tried, '$[#]', json(wished)) ELSE tried END"
            " WHERE id = ? RETURNING action_id, seen, tried, patch_id, field, comment",
            (status, bindable(error), not sends, sends, id_),
        ).fetchone()
        if row is None:
            continue
        action_id, seen, tried, *rest = row
        slot: Slot = (rest[0], rest[1], rest[2])
        if status in (Status.FAILED, Status.HELD):
            above = _ground(db, id_, slot, seen, tried)
            if above and status is Status.HELD:  # what the user wishes now is the one to decide on
                db.execute("DELETE FROM outbox WHERE id = ?", (id_,))
                _close_item(db, action_id, slot, Outcome.REPLACED)
        _touch(db, touched, slot)


def _ground(db: sqlite3.Connection, id_: int, slot: Slot, seen: str, tried: str) -> bool:
    """Let a wish on top of one that did not come true start from what that one saw; say if there is one."""
    above = db.execute(
        f"SELECT id, action_id, tried FROM outbox WHERE {_SLOT} AND id > ? ORDER BY id",  # noqa: S608
        (*slot, id_),
    ).fetchone()
    if above:
        db.execute(
            "UPDATE outbox SET seen = ?, tried = ? WHERE id = ?", (seen, _united((tried, above[2])), above[0])
        )
        _set_before(db, above[1], slot, seen)
    return above is not None


def _set_before(db: sqlite3.Connection, action_id: int, slot: Slot, before: str) -> None:
    db.execute(
        f"UPDATE item SET before = ? WHERE action_id = ? AND {_SLOT}",  # noqa: S608
        (before, action_id, *slot),
    )


def remove(db: sqlite3.Connection, touched: Touched, ids: Iterable[int], outcome: Outcome) -> None:
    """Take intents out: those that were confirmed, or dropped."""
    for id_ in ids:
        row = db.execute(
            "DELETE FROM outbox WHERE id = ? RETURNING action_id, seen, tried, patch_id, field, comment",
            (id_,),
        ).fetchone()
        if row:
            action_id, seen, tried, *rest = row
            slot: Slot = (rest[0], rest[1], rest[2])
            if outcome is Outcome.DROPPED:
                _ground(db, id_, slot, seen, tried)
            _close_item(db, action_id, slot, outcome)
            _touch(db, touched, slot)


def retry(db: sqlite3.Connection, touched: Touched, ids: Iterable[int]) -> int:
    """Let held and failed intents wait again; return how many.  One with a newer on top of it leaves."""
    retried = 0
    for id_ in ids:
        row = db.execute(
            "UPDATE outbox SET status = 'waiting', error = '' WHERE id = ? AND status IN ('held', 'failed')"
            " RETURNING patch_id, field, comment",
            (id_,),
        ).fetchone()
        if row is None:
            continue
        newer = db.execute(f"SELECT 1 FROM outbox WHERE {_SLOT} AND id > ?", (*row, id_))  # noqa: S608
        if newer.fetchone():
            remove(db, touched, [id_], Outcome.REPLACED)
        else:
            _touch(db, touched, row)
            retried += 1
    return retried


def insist(db: sqlite3.Connection, touched: Touched, id_: int, seen: Value) -> bool:
    """Let a held intent wait again, to be sent over what the user now knows that the server has."""
    row = db.execute(
        "UPDATE outbox SET status = 'waiting', error = '', seen = ?, tried = '[]'"
        " WHERE id = ? AND status = 'held' RETURNING action_id, patch_id, field, comment",
        (json.dumps(seen), id_),
    ).fetchone()
    if row is None:
        return False
    _set_before(db, row[0], row[1:], json.dumps(seen))
    _touch(db, touched, row[1:])
    return True


def drop_of(db: sqlite3.Connection, touched: Touched, action_id: int, wish: Wish) -> None:
    """Drop what an action asks of one field of a patch or comment, whatever value that is."""
    rows = db.execute(
        f"SELECT id FROM outbox WHERE action_id = ? AND {_SLOT}",  # noqa: S608
        (action_id, *_slot_of(wish)),
    ).fetchall()
    remove(db, touched, [row[0] for row in rows], Outcome.DROPPED)


def requeue(db: sqlite3.Connection, touched: Touched, why: str) -> None:
    """Let what a run that ended was sending wait again; delivery looks before it writes."""
    sending = db.execute("SELECT id FROM outbox WHERE status = 'sending'").fetchall()
    set_status(db, touched, [row[0] for row in sending], Status.WAITING, why)


def _touch(db: sqlite3.Connection, touched: Touched, slot: Slot) -> None:
    patch_id, _, comment = slot
    if comment:
        touched[Kind.COMMENTS].add(patch_id)
        touch(db, touched, [patch_id])
        return
    touched[Kind.PATCHES].add(patch_id)
    row = db.execute("SELECT series_id FROM patch WHERE id = ?", (patch_id,)).fetchone()
    if row:
        touched[Kind.SERIES].add(row[0])
