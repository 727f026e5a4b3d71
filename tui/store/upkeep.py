"""Small notes: where the user was, and how far the events were followed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime

from tui.core.model import EventCursor
from tui.core.session import Session, Stay


def put_session(db: sqlite3.Connection, project: str, session: Session) -> None:
    """Write where the user was in a project."""
    place = json.dumps(session._asdict())
    db.execute("INSERT OR REPLACE INTO session VALUES (?, ?)", (project, place))


def read_session(db: sqlite3.Connection, project: str) -> Session | None:
    """Return where the user was in a project, as far as it is understood."""
    row = db.execute("SELECT place FROM session WHERE project = ?", (project,)).fetchone()
    if row is None:
        return None
    known = {name: value for name, value in json.loads(row[0]).items() if name in Session._fields}
    return Session(**{**known, "places": tuple(_stays(known.get("places")))})


def _stays(told: object) -> Iterator[Stay]:
    """Read where one has been; what another version wrote otherwise is left out."""
    for stay in told if isinstance(told, list) else ():
        match stay:
            case [int(series_id), int() | None as patch_id]:
                yield series_id, patch_id


def put_event_cursor(db: sqlite3.Connection, project_id: int, cursor: EventCursor) -> None:
    """Write how far the events of a project were followed."""
    db.execute(
        "INSERT OR REPLACE INTO event_cursor VALUES (?, ?, ?)",
        (project_id, cursor.date.isoformat(), cursor.id),
    )


def read_event_cursor(db: sqlite3.Connection, project_id: int) -> EventCursor | None:
    """Return how far the events of a project were followed."""
    row = db.execute("SELECT date, event_id FROM event_cursor WHERE project_id = ?", (project_id,)).fetchone()
    return EventCursor(datetime.fromisoformat(row[0]), row[1]) if row else None
