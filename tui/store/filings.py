"""Checks that the user files: kept until the server has them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from tui.core.change import Kind
from tui.core.check_draft import CheckDraft
from tui.core.filing import Filing
from tui.core.intent import Status
from tui.core.journal import Outcome
from tui.core.model import CheckState
from tui.store.connection import bindable, listed
from tui.store.touched import Touched

_SELECT = (
    "SELECT f.id, f.action_id, f.patch_id, f.state, f.context, f.description, f.target_url, f.status,"
    " f.attempts, f.error, f.faults, a.created, f.after FROM filing f JOIN action a ON a.id = f.action_id"
    " WHERE f.status NOT IN ('done', 'dropped')"
)
_WAITS = "status NOT IN ('done', 'dropped', 'sending')"


def file(
    db: sqlite3.Connection,
    touched: Touched,
    patch_ids: Iterable[int],
    draft: CheckDraft,
    created: datetime,
    key: str,
    title: str,
) -> int:
    """File a check of some patches as one action; return the action's id."""
    action_id = db.execute(
        "INSERT INTO action (created, key, title) VALUES (?, ?, CAST(? AS TEXT))",
        (created.isoformat(), key, bindable(title)),
    ).lastrowid
    assert action_id is not None  # noqa: S101 - an INSERT into a table with a rowid has one
    for patch_id in patch_ids:
        texts = (bindable(text) for text in (draft.context, draft.description, draft.target_url))
        db.execute(
            "INSERT INTO filing (action_id, patch_id, state, context, description, target_url, status)"
            " VALUES (?, ?, ?, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), 'waiting')",
            (action_id, patch_id, draft.state.value, *texts),
        )
        touched[Kind.CHECKS].add(patch_id)
    return action_id


def read(db: sqlite3.Connection) -> list[Filing]:
    """Return the checks that the server does not have, the oldest first."""
    return [_filing(row) for row in db.execute(f"{_SELECT} ORDER BY f.id")]


def _filing(row: tuple[Any, ...]) -> Filing:
    return Filing(
        id=row[0],
        action_id=row[1],
        patch_id=row[2],
        draft=CheckDraft(CheckState(row[3]), *row[4:7]),
        status=Status(row[7]),
        attempts=row[8],
        error=row[9],
        faults=json.loads(row[10]),
        created=datetime.fromisoformat(row[11]),
        after=row[12],
    )


def send(db: sqlite3.Connection, touched: Touched, id_: int, after: int) -> None:
    """Note that one goes out, and what the patch's newest check is as it does."""
    _set(db, touched, [id_], "status = 'sending', after = ?", (after,))


def put_off(db: sqlite3.Connection, touched: Touched, ids: Iterable[int], error: str) -> None:
    """Let some wait for another try."""
    values = (bindable(error),)
    _set(db, touched, ids, "status = 'waiting', attempts = attempts + 1, error = CAST(? AS TEXT)", values)


def fail(db: sqlite3.Connection, touched: Touched, id_: int, error: str, faults: Mapping[str, str]) -> None:
    """Note that the server refused one, and what it said of which field."""
    values = (bindable(error), bindable(json.dumps(dict(faults))))
    change = "status = 'failed', attempts = attempts + 1, after = NULL,"
    _set(db, touched, [id_], f"{change} error = CAST(? AS TEXT), faults = CAST(? AS TEXT)", values)


def settle(db: sqlite3.Connection, touched: Touched, ids: Iterable[int], outcome: Outcome) -> None:
    """Take some out of the outbox: the server has them, or they are dropped."""
    _set(db, touched, ids, "status = ?, error = '', faults = '{}'", (outcome.value,))


def retry(db: sqlite3.Connection, touched: Touched, ids: Iterable[int]) -> int:
    """Let failed ones wait again; return how many there were."""
    return _set(db, touched, ids, "status = 'waiting', error = '', faults = '{}'", (), _WAITS)


def drop(db: sqlite3.Connection, touched: Touched, ids: Iterable[int]) -> int:
    """Give some up that are not being sent; return how many."""
    return _set(db, touched, ids, "status = 'dropped'", (), _WAITS)


def requeue(db: sqlite3.Connection, touched: Touched, why: str) -> None:
    """Let what a run that ended was sending wait again: whether it arrived is looked up first."""
    sending = db.execute("SELECT id FROM filing WHERE status = 'sending'").fetchall()
    put_off(db, touched, [row[0] for row in sending], why)


def _set(
    db: sqlite3.Connection,
    touched: Touched,
    ids: Iterable[int],
    change: str,
    values: tuple[object, ...],
    which: str = "1",
) -> int:
    rows = db.execute(
        f"UPDATE filing SET {change} WHERE id IN (SELECT value FROM json_each(?)) AND {which}"  # noqa: S608
        " RETURNING patch_id",
        (*values, listed(ids)),
    ).fetchall()
    if rows:
        touched[Kind.CHECKS].update(row[0] for row in rows)
    return len(rows)


def read_outcomes(db: sqlite3.Connection, action_ids: Iterable[int]) -> list[tuple[int, Outcome, int]]:
    """Return of the actions that filed checks what these came to, and how many."""
    rows = db.execute(
        "SELECT action_id, status, count(*) FROM filing"
        " WHERE action_id IN (SELECT value FROM json_each(?)) GROUP BY 1, 2",
        (listed(action_ids),),
    )
    return [(action_id, Outcome(status), number) for action_id, status, number in rows]
