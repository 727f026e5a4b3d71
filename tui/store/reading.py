"""What is stored, read back as objects."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tui.core.model import CheckState, Cover, Patch, Person, Project, Series, User
from tui.core.states import USUAL_STATES
from tui.store.connection import listed


def read_project(db: sqlite3.Connection, link_name: str) -> Project | None:
    """Return a project with its maintainers, in the server's order."""
    row = db.execute(
        "SELECT id, link_name, name, list_email, web_url FROM project WHERE link_name = ?", (link_name,)
    ).fetchone()
    if row is None:
        return None
    users = db.execute(
        "SELECT a.id, username, first_name, last_name, email FROM maintainer"
        " JOIN account a ON a.id = account_id WHERE project_id = ? ORDER BY position",
        (row[0],),
    )
    maintainers = tuple(User(*user) for user in users)
    return Project(row[0], row[1], row[2], row[3], row[4], maintainers)


def read_projects(db: sqlite3.Connection) -> list[Project]:
    """Return all projects by their link names."""
    names = db.execute("SELECT link_name FROM project ORDER BY link_name").fetchall()
    return [project for (name,) in names if (project := read_project(db, name))]


def read_user(db: sqlite3.Connection, user_id: int) -> User | None:
    """Return somebody who is a maintainer or a delegate."""
    row = db.execute(
        "SELECT id, username, first_name, last_name, email FROM account WHERE id = ?", (user_id,)
    ).fetchone()
    return User(*row) if row else None


def read_series_ids(
    db: sqlite3.Connection,
    project_id: int,
    limit: int | None = None,
    through: int | None = None,
    *,
    from_end: bool = False,
    below: int | None = None,
) -> list[int]:
    """Return the ids of a project's series, the newest first; from the index alone.

    See ``Store.series_ids``.
    """
    way, beyond = ("ASC", "<=") if from_end else ("DESC", ">=")
    under = "" if below is None else " AND (date, id) < (SELECT date, id FROM series WHERE id = ?)"
    rows = db.execute(
        f"SELECT id FROM series WHERE project_id = ?{under} ORDER BY date {way}, id {way} LIMIT ?",  # noqa: S608
        (project_id, *(() if below is None else (below,)), -1 if limit is None else limit),
    )
    ids = [row[0] for row in rows]
    if limit is not None and through is not None and through not in ids:
        reaching = db.execute(
            "SELECT x.id FROM series s"  # noqa: S608
            f" JOIN series x ON x.project_id = s.project_id AND (x.date, x.id) {beyond} (s.date, s.id)"
            f" WHERE s.id = ? AND s.project_id = ? ORDER BY x.date {way}, x.id {way}",
            (through, project_id),
        )
        ids = [row[0] for row in reaching] or ids
    return ids[::-1] if from_end else ids


def read_last_series(db: sqlite3.Connection, project_id: int) -> int | None:
    """Return the oldest series of a project; None where none is stored."""
    row = db.execute(
        "SELECT id FROM series WHERE project_id = ? ORDER BY date, id LIMIT 1", (project_id,)
    ).fetchone()
    return row[0] if row else None


def count_patches(db: sqlite3.Connection, project_id: int) -> int:
    """Return how many patches of a project are stored."""
    row = db.execute("SELECT number FROM patch_count WHERE project_id = ?", (project_id,)).fetchone()
    return int(row[0]) if row else 0


def read_series(db: sqlite3.Connection, ids: Iterable[int]) -> list[Series]:
    """Return series in the order asked for, without those that are not stored."""
    rows = db.execute(
        "SELECT s.id, s.project_id, s.name, s.date, p.id, p.name, p.email, s.version, s.total,"
        " s.received_total, s.received_all, s.cover_id, s.patch_ids, s.web_url"
        " FROM json_each(?) AS asked JOIN series s ON s.id = asked.value"
        " JOIN person p ON p.id = s.submitter_id ORDER BY asked.key",
        (listed(ids),),
    )
    return [_series(row) for row in rows]


def _series(row: tuple[Any, ...]) -> Series:
    return Series(
        id=row[0],
        project_id=row[1],
        name=row[2],
        date=datetime.fromisoformat(row[3]),
        submitter=Person(row[4], row[5], row[6]),
        version=row[7],
        total=row[8],
        received_total=row[9],
        received_all=bool(row[10]),
        cover_id=row[11],
        patch_ids=tuple(map(int, row[12].split())),
        web_url=row[13],
    )


def read_patches(db: sqlite3.Connection, ids: Iterable[int]) -> list[Patch]:
    """Return patches as the server gave them, in the order asked for, without those not stored."""
    rows = db.execute(
        "SELECT x.id, x.project_id, x.msgid, x.name, x.date, p.id, p.name, p.email, x.state, x.archived,"
        " a.id, a.username, a.first_name, a.last_name, a.email, x.worst_check, x.series_id, x.hash,"
        " x.commit_ref, x.pull_url, x.web_url"
        " FROM json_each(?) AS asked JOIN patch x ON x.id = asked.value"
        " JOIN person p ON p.id = x.submitter_id LEFT JOIN account a ON a.id = x.delegate_id"
        " ORDER BY asked.key",
        (listed(ids),),
    )
    return [_patch(row) for row in rows]


def _patch(row: tuple[Any, ...]) -> Patch:
    return Patch(
        id=row[0],
        project_id=row[1],
        msgid=row[2],
        name=row[3],
        date=datetime.fromisoformat(row[4]),
        submitter=Person(row[5], row[6], row[7]),
        state=row[8],
        archived=bool(row[9]),
        delegate=None if row[10] is None else User(*row[10:15]),
        check=CheckState(row[15]),
        series_id=row[16] if row[16] > 0 else None,
        hash=row[17],
        commit_ref=row[18],
        pull_url=row[19],
        web_url=row[20],
    )


def read_patch_ids(db: sqlite3.Connection, series_id: int) -> list[int]:
    """Return the ids of a series' stored patches in its order; late ones that it does not list, last."""
    stored = {
        row[0] for row in db.execute("SELECT id FROM patch WHERE series_id = ? ORDER BY id", (series_id,))
    }
    row = db.execute("SELECT patch_ids FROM series WHERE id = ?", (series_id,)).fetchone()
    told = [int(one) for one in row[0].split()] if row else []
    return [one for one in told if one in stored] + sorted(stored.difference(told))


def read_unknown_series(db: sqlite3.Connection, ids: Iterable[int]) -> list[int]:
    """Return which of these stored series list patches that are not stored."""
    rows = db.execute(
        "SELECT s.id FROM json_each(?) AS asked JOIN series s ON s.id = asked.value"
        " WHERE s.patch_ids != '' AND length(s.patch_ids) - length(replace(s.patch_ids, ' ', '')) + 1"
        " > (SELECT count(*) FROM patch WHERE series_id = s.id) ORDER BY asked.key",
        (listed(ids),),
    )
    return [row[0] for row in rows]


def read_series_of(db: sqlite3.Connection, patch_id: int) -> int | None:
    """Return the series of a patch: negative for a loose one, None for one that is not stored."""
    row = db.execute("SELECT series_id FROM patch WHERE id = ?", (patch_id,)).fetchone()
    return row[0] if row else None


def count_series(db: sqlite3.Connection, project_id: int) -> int:
    """Return how many of the server's series are stored; loose patches do not count."""
    row = db.execute("SELECT number FROM series_count WHERE project_id = ?", (project_id,)).fetchone()
    return int(row[0]) if row else 0


def read_newest_series(db: sqlite3.Connection) -> int:
    """Return the greatest id of the server's series that are stored; 0 where none is."""
    return int(db.execute("SELECT ifnull(max(id), 0) FROM series").fetchone()[0])


def read_cover(db: sqlite3.Connection, cover_id: int) -> Cover | None:
    """Return a cover letter without its text."""
    row = db.execute(
        "SELECT c.id, c.project_id, c.msgid, c.name, c.date, p.id, p.name, p.email, c.series_id, c.web_url"
        " FROM cover c JOIN person p ON p.id = c.submitter_id WHERE c.id = ?",
        (cover_id,),
    ).fetchone()
    if row is None:
        return None
    date = datetime.fromisoformat(row[4])
    return Cover(row[0], row[1], row[2], row[3], date, Person(row[5], row[6], row[7]), row[8], row[9])


def read_states(db: sqlite3.Connection) -> tuple[str, ...]:
    """Return the states to choose from: the server's own list, else the usual ones; then what was seen."""
    rows = db.execute(
        "SELECT slug, position FROM state ORDER BY position IS NULL, position, rowid"
    ).fetchall()
    learnt = tuple(slug for slug, position in rows if position is not None)
    return tuple(dict.fromkeys((*(learnt or USUAL_STATES), *(slug for slug, _ in rows))))


def count_unread(db: sqlite3.Connection, project_id: int) -> int:
    """Return how many lines of the inbox are unread; from the index alone."""
    row = db.execute(
        "SELECT count(DISTINCT line) FROM happening WHERE project_id = ? AND NOT read", (project_id,)
    )
    return int(row.fetchone()[0])
