"""Counting what is stored: how a list divides, and what each delegate has to do."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime

from tui.core.model import User
from tui.core.tally import Load, Tally
from tui.core.versions import Stack
from tui.store import reading, versions
from tui.store.base import Base
from tui.store.connection import listed
from tui.store.shown import ARCHIVED, CLOSED, DELEGATE, STATE


class Counting(Base):
    """What is counted.  Reads never raise."""

    def tally(self, series_ids: Iterable[int]) -> Tally:
        """Return how the stored patches of some series divide by state and delegate."""
        return self._read(read_tally, series_ids)

    def team(self, project_id: int) -> list[Load]:
        """Return what each delegate of a project has to do: who has most, first; nobody, last."""
        return self._read(read_team, project_id)

    def open_patches(self, project_id: int, delegates: Iterable[int | None]) -> dict[int, list[int]]:
        """Return the open patches of some delegates (None: of nobody), by the series that they are in."""
        return self._read(read_open, project_id, delegates)

    def stacks(self, series_ids: Iterable[int]) -> list[Stack]:
        """Return the stacks that some series are in, whole; a series alone is in none."""
        return self._read(versions.read_stacks, series_ids)


def read_tally(db: sqlite3.Connection, series_ids: Iterable[int]) -> Tally:
    """Return how the patches of some series divide."""
    states: Counter[str] = Counter()
    delegates: Counter[User | None] = Counter()
    asked = listed(series_ids)
    users: dict[int | None, User | None] = {None: None}
    for state, delegate, number in db.execute(
        f"SELECT {STATE} AS state, {DELEGATE} AS delegate, count(*)"  # noqa: S608 - our own names
        " FROM patch p WHERE series_id IN (SELECT value FROM json_each(?)) GROUP BY 1, 2",
        (asked,),
    ):
        if delegate not in users:
            users[delegate] = _user(db, delegate)
        states[state] += number
        delegates[users[delegate]] += number
    oldest = "SELECT min(date) FROM series WHERE id IN (SELECT value FROM json_each(?))"
    date = db.execute(oldest, (asked,)).fetchone()[0]
    return Tally(states, delegates, datetime.fromisoformat(date) if date else None)


_TEAM = f"""
SELECT delegate, s.date, max(s.date, newest, ifnull(t.date, '')), number FROM (
    SELECT p.series_id, {DELEGATE} AS delegate, max(p.date) AS newest, count(*) AS number FROM patch p
    WHERE {STATE} NOT IN ({CLOSED}) AND NOT {ARCHIVED} GROUP BY 1, 2
) open JOIN series s ON s.id = open.series_id LEFT JOIN touch t ON t.series_id = s.id
WHERE s.project_id = ? ORDER BY s.date
"""  # noqa: S608 - our own names; grouped before joined, for half of the time


def read_team(db: sqlite3.Connection, project_id: int) -> list[Load]:
    """Return what each delegate has to do; one pass over the patches, open wishes laid over."""
    found: defaultdict[int | None, list[tuple[str, str, int]]] = defaultdict(list)
    for delegate, date, touched, number in db.execute(_TEAM, (project_id,)):
        found[delegate].append((date, touched, number))
    maintainers = [
        row[0]
        for row in db.execute(
            "SELECT account_id FROM maintainer WHERE project_id = ? ORDER BY position", (project_id,)
        )
    ]
    ids = [*maintainers, *sorted({one for one in found if one is not None}.difference(maintainers))]
    loads = [_load(_user(db, one), found[one])._replace(is_maintainer=one in maintainers) for one in ids]
    return [*sorted(loads, key=lambda load: -load.patches), _load(None, found[None])]


def _load(user: User | None, series: list[tuple[str, str, int]]) -> Load:
    """Add up what somebody has, the oldest series first."""
    if not series:
        return Load(user)
    return Load(
        user=user,
        series=len(series),
        patches=sum(number for *_, number in series),
        median=datetime.fromisoformat(series[(len(series) - 1) // 2][0]),
        oldest=datetime.fromisoformat(series[0][0]),
        untouched=datetime.fromisoformat(min(touched for _, touched, _ in series)),
    )


def read_open(
    db: sqlite3.Connection, project_id: int, delegates: Iterable[int | None]
) -> dict[int, list[int]]:
    """Return the open patches of some delegates by series, the newest series first."""
    rows = db.execute(
        f"SELECT s.id, p.id FROM series s JOIN patch p ON p.series_id = s.id WHERE s.project_id = ?"  # noqa: S608
        f" AND {STATE} NOT IN ({CLOSED}) AND NOT {ARCHIVED}"
        f" AND ifnull({DELEGATE}, 0) IN (SELECT value FROM json_each(?))"
        " ORDER BY s.date DESC, s.id DESC, p.id",
        (project_id, listed(one or 0 for one in delegates)),
    )
    found: defaultdict[int, list[int]] = defaultdict(list)
    for series_id, patch_id in rows:
        found[series_id].append(patch_id)
    return dict(found)


def _user(db: sqlite3.Connection, user_id: int) -> User:
    """Return an account; one that nothing was ever told of shows as a number."""
    return reading.read_user(db, user_id) or User(user_id, f"user {user_id}")
