"""What happened that is worth telling, written down and read back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from tui.core.change import Kind
from tui.core.inbox import Happening, Told, Topic
from tui.core.model import CheckState
from tui.store.connection import bindable, listed
from tui.store.touched import Touched

MOST = 2000
"""Happenings of a project that are kept."""

_INSERT = (
    "INSERT OR IGNORE INTO happening (event_id, project_id, topic, date, series_id, patch_id, cover_id,"
    " comment_id, mailed, read, who, before, after, context, line)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
    " CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT))"
)


def put(db: sqlite3.Connection, touched: Touched, project_id: int, happenings: Iterable[Happening]) -> None:
    """Write happenings in the order of their events; those that are known stay as they are.

    A check that does not fail is none: it takes away what was told of the same one when it failed.
    """
    changed: list[int] = []
    for one in happenings:
        if one.topic is Topic.CHECK and one.after != CheckState.FAIL:
            changed += _forget_check(db, one)
        elif _insert(db, project_id, one):
            changed.append(one.event_id)
    if changed:
        db.execute(
            "DELETE FROM happening WHERE project_id = ? AND event_id <= (SELECT event_id FROM happening"
            " WHERE project_id = ? ORDER BY event_id DESC LIMIT 1 OFFSET ?)",
            (project_id, project_id, MOST),
        )
        touched[Kind.INBOX].update(changed)


def _forget_check(db: sqlite3.Connection, check: Happening) -> list[int]:
    rows = db.execute(
        "DELETE FROM happening WHERE topic = 'check' AND patch_id = ? AND context = CAST(? AS TEXT)"
        " AND event_id < ? RETURNING event_id",
        (check.patch_id, bindable(check.context), check.event_id),
    )
    return [row[0] for row in rows.fetchall()]


def _insert(db: sqlite3.Connection, project_id: int, one: Happening) -> bool:
    numbers = (
        one.event_id,
        project_id,
        one.topic,
        one.date.isoformat(),
        one.series_id,
        one.patch_id,
        one.cover_id,
        one.comment_id,
        one.mailed.isoformat() if one.mailed else None,
        one.read,
    )
    texts = (bindable(text) for text in (one.who, one.before, one.after, one.context, one.line))
    return db.execute(_INSERT, (*numbers, *texts)).rowcount > 0


def read(db: sqlite3.Connection, project_id: int) -> list[Told]:
    """Return what is to be told of a project, the newest first."""
    rows = db.execute(
        "SELECT h.event_id, h.topic, h.date, h.series_id, h.patch_id, h.cover_id, h.comment_id, h.mailed,"
        " coalesce(nullif(h.who, ''), nullif(a.name, ''), a.email, ''), h.before, h.after, h.context, h.read,"
        " h.line, s.name, s.version, s.total, coalesce(p.name, '')"
        " FROM happening h JOIN series s ON s.id = h.series_id LEFT JOIN patch p ON p.id = h.patch_id"
        " LEFT JOIN comment c ON c.key = h.comment_id LEFT JOIN person a ON a.id = c.submitter_id"
        " WHERE h.project_id = ? AND h.topic != 'asked' ORDER BY h.event_id DESC",
        (project_id,),
    )
    return [Told(_happening(row), *row[13:]) for row in rows]


def _happening(row: tuple[Any, ...]) -> Happening:
    return Happening(
        event_id=row[0],
        topic=Topic(row[1]),
        date=datetime.fromisoformat(row[2]),
        series_id=row[3],
        patch_id=row[4],
        cover_id=row[5],
        comment_id=row[6],
        mailed=datetime.fromisoformat(row[7]) if row[7] else None,
        who=row[8],
        before=row[9],
        after=row[10],
        context=row[11],
        read=bool(row[12]),
    )


def read_gaps(db: sqlite3.Connection, project_id: int) -> list[timedelta]:
    """Return how much later than their mails the newest events are dated, in the server's own time."""
    rows = db.execute(
        "SELECT date, mailed FROM happening WHERE project_id = ? AND mailed IS NOT NULL"
        " ORDER BY event_id DESC LIMIT 200",
        (project_id,),
    )
    return [datetime.fromisoformat(date) - datetime.fromisoformat(mailed) for date, mailed in rows]


def mark_read(db: sqlite3.Connection, touched: Touched, event_ids: Iterable[int]) -> None:
    """Note that these were read."""
    rows = db.execute(
        "UPDATE happening SET read = 1 WHERE event_id IN (SELECT value FROM json_each(?)) AND NOT read"
        " RETURNING event_id",
        (listed(event_ids),),
    )
    if changed := [row[0] for row in rows.fetchall()]:
        touched[Kind.INBOX].update(changed)


def read_asked(db: sqlite3.Connection, project_id: int) -> list[tuple[str, int, int]]:
    """Return name, submitter's id and version of the series that the user last sent back for changes."""
    rows = db.execute(
        "WITH mine AS (SELECT patch_id, after, max(action_id) FROM item"
        " WHERE field = 'state' AND outcome != 'dropped' GROUP BY patch_id),"
        " asked AS (SELECT patch_id FROM mine WHERE after = '\"changes-requested\"'"
        " UNION SELECT patch_id FROM happening WHERE topic = 'asked')"
        " SELECT DISTINCT s.name, s.submitter_id, s.version FROM asked JOIN patch p ON p.id = asked.patch_id"
        " JOIN series s ON s.id = p.series_id WHERE s.project_id = ?",
        (project_id,),
    )
    return rows.fetchall()


def read_set_states(db: sqlite3.Connection, patch_ids: Iterable[int]) -> dict[int, str]:
    """Return the state that the user gave each of these patches last, of those that got one from here."""
    rows = db.execute(
        "SELECT patch_id, after, max(action_id) FROM item"
        " WHERE field = 'state' AND outcome != 'dropped' AND patch_id IN (SELECT value FROM json_each(?))"
        " GROUP BY patch_id",
        (listed(patch_ids),),
    )
    return {row[0]: json.loads(row[1]) for row in rows}


def read_series_of_covers(db: sqlite3.Connection, cover_ids: Iterable[int]) -> dict[int, int]:
    """Return the series of cover letters, of those that are stored."""
    rows = db.execute(
        "SELECT cover_id, id FROM series WHERE cover_id IN (SELECT value FROM json_each(?))",
        (listed(cover_ids),),
    )
    return dict(rows.fetchall())


def read_emails(db: sqlite3.Connection, username: str) -> set[str]:
    """Return the addresses of an account, as far as it was seen."""
    rows = db.execute(
        "SELECT email FROM account WHERE username = CAST(? AS TEXT) COLLATE NOCASE AND email != ''",
        (bindable(username),),
    )
    return {row[0] for row in rows}
