"""Keeping the file within limits: what is gone or old leaves, wishes never do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from tui.core.change import Kind
from tui.store import journal, text_index
from tui.store.connection import listed
from tui.store.touched import Touched

AT_ONCE = 200
"""Series, or texts, that leave in one transaction; it takes a few milliseconds."""


_PROJECTS = "SELECT project_id AS id FROM series_count UNION SELECT id FROM project"
_NEWEST = f"SELECT (SELECT max(date) FROM series WHERE project_id = p.id) AS newest FROM ({_PROJECTS}) AS p"  # noqa: S608


class Pruned(NamedTuple):
    """What left in one go."""

    series: int = 0
    patches: int = 0
    texts: int = 0
    actions: int = 0
    more: bool = False
    """Whether there is more to leave: ask again when there is time."""


class Sizes(NamedTuple):
    """What is kept."""

    series: int
    patches: int
    texts: int
    text_bytes: int
    file_bytes: int
    """Of the file without its log; 0 in memory."""
    open_wishes: int
    notes: int
    comments: int
    actions: int
    oldest: str
    """Dates of the oldest and newest series; empty where there is none."""
    newest: str


def forget_patches(db: sqlite3.Connection, touched: Touched, ids: Iterable[int]) -> int:
    """Forget patches and their texts; their wishes stay.  Return how many were stored."""
    gone = _delete_patches(db, touched, "id", listed(ids))
    for id_, series_id in gone:
        row = db.execute("SELECT patch_ids FROM series WHERE id = ?", (series_id,)).fetchone()
        left = " ".join(one for one in row[0].split() if int(one) != id_) if row else ""
        if series_id < 0:
            db.execute("DELETE FROM series WHERE id = ?", (series_id,))
        elif row:
            db.execute("UPDATE series SET patch_ids = ? WHERE id = ?", (left, series_id))
        touched[Kind.SERIES].add(series_id)
    return len(gone)


def _delete_patches(
    db: sqlite3.Connection, touched: Touched, column: str, asked: str
) -> list[tuple[int, int]]:
    """Delete patches with their texts; return each with its series."""
    gone = db.execute(
        f"DELETE FROM patch WHERE {column} IN (SELECT value FROM json_each(?)) RETURNING id, series_id",  # noqa: S608
        (asked,),
    ).fetchall()
    ids = [id_ for id_, _ in gone]
    _delete_texts(db, Kind.PATCHES, ids, ids)
    touched[Kind.PATCHES].update(ids)
    return gone


def _delete_texts(db: sqlite3.Connection, kind: Kind, ids: Iterable[int], texts: Iterable[int]) -> None:
    """Delete texts and comments, and the marks of news of what they belong to."""
    for table in ("comment", "talk", "trailer"):
        db.execute(
            f"DELETE FROM {table} WHERE about IN (SELECT value FROM json_each(?))",  # noqa: S608
            (listed(texts),),
        )
    db.execute("DELETE FROM body WHERE id IN (SELECT value FROM json_each(?))", (listed(texts),))
    db.execute(
        "DELETE FROM news WHERE kind = ? AND id IN (SELECT value FROM json_each(?))", (kind, listed(ids))
    )


def forget_series(db: sqlite3.Connection, touched: Touched, ids: Iterable[int]) -> tuple[int, int]:
    """Forget series with their patches, covers and texts; return how many series and patches."""
    asked = listed(ids)
    patches = _delete_patches(db, touched, "series_id", asked)
    gone = db.execute(
        "DELETE FROM series WHERE id IN (SELECT value FROM json_each(?)) RETURNING id, cover_id", (asked,)
    ).fetchall()
    covers = [cover_id for _, cover_id in gone if cover_id is not None]
    db.execute("DELETE FROM cover WHERE id IN (SELECT value FROM json_each(?))", (listed(covers),))
    series = [id_ for id_, _ in gone]
    _delete_texts(db, Kind.SERIES, series, [-cover_id for cover_id in covers])
    touched[Kind.SERIES].update(series)
    _forget_happenings(db, touched, "series_id IN (SELECT value FROM json_each(?))", asked)
    return len(gone), len(patches)


def _forget_happenings(db: sqlite3.Connection, touched: Touched, which: str, value: str) -> None:
    rows = db.execute(f"DELETE FROM happening WHERE {which} RETURNING event_id", (value,)).fetchall()  # noqa: S608
    if rows:
        touched[Kind.INBOX].update(row[0] for row in rows)


def prune(
    db: sqlite3.Connection,
    touched: Touched,
    now: datetime,
    days: int,
    megabytes: int,
    keep: Iterable[int],
) -> Pruned:
    """Let some of what is too old leave: series by the date of their mail, then the oldest texts.

    ``days`` and ``megabytes`` (of texts, as they are stored) of 0 are no limit.  Series in
    ``keep``, and those with patches or comments in the outbox, stay whole.  Comments are no texts here: they
    are small, and stay as long as what they are about, for what the lists show is counted from them.
    """
    newest = db.execute(f"SELECT max(newest) FROM ({_NEWEST})").fetchone()[0]  # noqa: S608 - our own names
    busy = db.execute(
        "SELECT series_id FROM patch WHERE id IN (SELECT patch_id FROM outbox UNION ALL"
        " SELECT patch_id FROM filing WHERE status NOT IN ('done', 'dropped'))"
        " UNION SELECT s.id FROM outbox o JOIN series s ON s.cover_id = -o.patch_id"
    ).fetchall()
    kept = listed({*keep, *(row[0] for row in busy)})
    series = patches = actions = 0
    if days and newest:
        # A clock that is years ahead must not empty the store.
        before = min(now, datetime.fromisoformat(newest) + timedelta(days=1)) - timedelta(days=days)
        old = _old_series(db, before, kept)
        series, patches = forget_series(db, touched, old)
        actions = journal.prune(db, before)
        _forget_happenings(db, touched, "date < ?", before.isoformat())
    texts = _prune_texts(db, touched, megabytes * 1_000_000, kept) if megabytes else 0
    return Pruned(series, patches, texts, actions, AT_ONCE in (series, texts))


def _old_series(db: sqlite3.Connection, before: datetime, kept: str) -> list[int]:
    rows = db.execute(
        f"SELECT s.id FROM ({_PROJECTS}) AS project JOIN series s ON s.project_id = project.id"  # noqa: S608
        " WHERE s.date < ? AND s.id NOT IN (SELECT value FROM json_each(?)) LIMIT ?",
        (before.isoformat(), kept, AT_ONCE),
    )
    return [row[0] for row in rows]


def _prune_texts(db: sqlite3.Connection, touched: Touched, limit: int, kept: str) -> int:
    surplus = db.execute("SELECT coalesce(sum(size), 0) FROM body").fetchone()[0] - limit
    if surplus <= 0:
        return 0
    leaving: list[tuple[int]] = []
    for id_, size in db.execute(
        "WITH kept AS (SELECT value AS series_id FROM json_each(?)) SELECT id, size FROM body WHERE id NOT IN"
        " (SELECT id FROM patch WHERE series_id IN kept UNION ALL SELECT -cover_id FROM series"
        " WHERE id IN kept AND cover_id IS NOT NULL) ORDER BY stored, id LIMIT ?",
        (kept, AT_ONCE),
    ):
        if surplus <= 0:
            break
        surplus -= size
        leaving.append((id_,))
    db.executemany("DELETE FROM body WHERE id = ?", leaving)
    touched[Kind.BODIES].update(id_ for (id_,) in leaving)
    return len(leaving)


def forget_all(db: sqlite3.Connection, wishes: bool) -> None:
    """Empty the tables; with ``wishes``, outbox, journal, notes, drafts and marks too."""
    text_index.empty(db)
    tables = ["patch", "series", "cover", "body", "news", "session", "event_cursor", "happening", "person"]
    tables += ["account", "maintainer", "project", "state", "comment", "talk", "trailer"]
    tables += ["patch_check", "checks_read"]
    tables += ["outbox", "filing", "action", "item", "note", "seen", "check_draft"] if wishes else []
    for table in tables:
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    if not wishes:
        journal.prune(db, datetime.max)


def read_sizes(db: sqlite3.Connection) -> Sizes:
    """Return what is kept; counting a million patches takes a fraction of a second."""

    def one(sql: str) -> int:
        return int(db.execute(sql).fetchone()[0] or 0)

    oldest, newest = db.execute(
        "SELECT coalesce(min(date), ''), coalesce(max(date), '') FROM series"
    ).fetchone()
    texts, text_bytes = db.execute("SELECT count(*), coalesce(sum(size), 0) FROM body").fetchone()
    return Sizes(
        series=one("SELECT count(*) FROM series"),
        patches=one("SELECT count(*) FROM patch"),
        texts=texts,
        text_bytes=text_bytes,
        file_bytes=one("PRAGMA page_count") * one("PRAGMA page_size"),
        open_wishes=one(
            "SELECT (SELECT count(*) FROM outbox WHERE status != 'failed')"
            " + (SELECT count(*) FROM filing WHERE status IN ('waiting', 'sending'))"
        ),
        notes=one("SELECT count(*) FROM note"),
        comments=one("SELECT coalesce(sum(total), 0) FROM talk"),
        actions=one("SELECT count(*) FROM action"),
        oldest=oldest,
        newest=newest,
    )
