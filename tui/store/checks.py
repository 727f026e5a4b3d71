"""What CI says of patches: every check that was read, and how fresh that is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from tui.core.change import Kind
from tui.core.check_reading import CheckReading
from tui.core.model import Check, CheckState, User
from tui.store.connection import bindable, listed
from tui.store.touched import Touched
from tui.store.writing import put_account

_PUT = (
    "INSERT INTO patch_check (patch_id, id, date, account_id, state, context, description, target_url)"
    " VALUES (?, ?, ?, ?, ?, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT))"
    " ON CONFLICT DO UPDATE SET date = excluded.date, account_id = excluded.account_id,"
    " state = excluded.state, context = excluded.context, description = excluded.description,"
    " target_url = excluded.target_url WHERE (date, account_id, state, context, description, target_url)"
    " IS NOT (excluded.date, excluded.account_id, excluded.state, excluded.context, excluded.description,"
    " excluded.target_url)"
)
_READ = (
    "SELECT c.patch_id, c.id, c.date, c.state, c.context, c.description, c.target_url,"
    " a.id, a.username, a.first_name, a.last_name, a.email"
    " FROM patch_check c LEFT JOIN account a ON a.id = c.account_id"
    " WHERE c.patch_id IN (SELECT value FROM json_each(?)) ORDER BY c.date, c.id"
)


def put(
    db: sqlite3.Connection, touched: Touched, patch_id: int, checks: Iterable[Check], known_news: int
) -> None:
    """Write all checks of a patch in place of those before, and that they are fresh.

    ``known_news`` is what had happened when they were asked for: what came meanwhile stays news.
    Nothing is written of a patch that is not stored.
    """
    if not db.execute("SELECT 1 FROM patch WHERE id = ?", (patch_id,)).fetchone():
        return  # it has left meanwhile
    checks = list(checks)
    read = db.execute("SELECT news FROM checks_read WHERE patch_id = ?", (patch_id,)).fetchone()
    changed = sum([_put(db, check) for check in checks])
    changed += db.execute(
        "DELETE FROM patch_check WHERE patch_id = ? AND id NOT IN (SELECT value FROM json_each(?))",
        (patch_id, listed(check.id for check in checks)),
    ).rowcount
    news = max(0, read[0] - known_news) if read else 0
    now = datetime.now(UTC).replace(tzinfo=None).isoformat()
    db.execute("INSERT OR REPLACE INTO checks_read VALUES (?, ?, ?)", (patch_id, now, news))
    if changed or read is None or read[0]:
        touched[Kind.CHECKS].add(patch_id)


def add(db: sqlite3.Connection, touched: Touched, check: Check) -> None:
    """Write one check beside the others, where those were read."""
    if read_readings(db, [check.patch_id]) and _put(db, check):
        touched[Kind.CHECKS].add(check.patch_id)


def _put(db: sqlite3.Connection, check: Check) -> bool:
    if check.user is not None:
        put_account(db, check.user)
    numbers = (check.patch_id, check.id, check.date.isoformat(), check.user.id if check.user else None)
    texts = (bindable(text) for text in (check.context, check.description, check.target_url))
    return db.execute(_PUT, (*numbers, check.state.value, *texts)).rowcount > 0


def read(db: sqlite3.Connection, patch_ids: Iterable[int]) -> dict[int, list[Check]]:
    """Return the checks of those patches whose checks were read, the oldest first."""
    asked = listed(patch_ids)
    found: dict[int, list[Check]] = {patch_id: [] for patch_id in _read_readings(db, asked)}
    for row in db.execute(_READ, (asked,)):
        found.setdefault(row[0], []).append(_check(row))
    return found


def _check(row: tuple[Any, ...]) -> Check:
    return Check(
        id=row[1],
        patch_id=row[0],
        date=datetime.fromisoformat(row[2]),
        state=CheckState(row[3]),
        context=row[4],
        description=row[5],
        target_url=row[6],
        user=User(*row[7:]) if row[7] is not None else None,
    )


def read_readings(db: sqlite3.Connection, patch_ids: Iterable[int]) -> dict[int, CheckReading]:
    """Return when the checks of patches were read, of those that were."""
    return _read_readings(db, listed(patch_ids))


def _read_readings(db: sqlite3.Connection, asked: str) -> dict[int, CheckReading]:
    rows = db.execute(
        "SELECT patch_id, date, news FROM checks_read WHERE patch_id IN (SELECT value FROM json_each(?))",
        (asked,),
    )
    return {id_: CheckReading(datetime.fromisoformat(date), news) for id_, date, news in rows}


def note_news(db: sqlite3.Connection, touched: Touched, patch_ids: Iterable[int]) -> None:
    """Note that something has happened to the checks of patches, of those that were read."""
    rows = db.execute(
        "UPDATE checks_read SET news = news + 1 WHERE patch_id IN (SELECT value FROM json_each(?))"
        " RETURNING patch_id",
        (listed(patch_ids),),
    ).fetchall()
    if rows:
        touched[Kind.CHECKS].update(row[0] for row in rows)
