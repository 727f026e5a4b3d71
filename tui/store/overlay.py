"""Rows for the lists: what the server said, with the open wishes laid over."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime

from tui.core.change import Kind
from tui.core.intent import Field, Status, Value
from tui.core.model import CheckState, Patch, Series, User
from tui.core.rows import NO_TALK, Mark, PatchRow, SeriesRow
from tui.core.states import worst_check
from tui.store import news, notes, outbox, reading, talk
from tui.store.connection import listed

Wishes = list[tuple[Field, Value, Status]]

Laid = dict[int, Wishes]
"""Open wishes by patch id, the oldest first."""

_PARTS = "FROM patch WHERE series_id IN (SELECT value FROM json_each(?)) AND id"


def read_patch_rows(db: sqlite3.Connection, ids: Iterable[int]) -> list[PatchRow]:
    """Return rows in the order asked for, without patches that are not stored."""
    patches = reading.read_patches(db, ids)
    laid = _read_laid(db, [patch.id for patch in patches])
    fresh = news.read(db, Kind.PATCHES, [patch.id for patch in patches])
    noted = notes.read_noted(db, Kind.PATCHES, [patch.id for patch in patches])
    talks = talk.read_talks(db, [patch.id for patch in patches])
    rows = [_patch_row(db, patch, laid.get(patch.id)) for patch in patches]
    return [
        row._replace(
            fresh=row.patch.id in fresh, noted=row.patch.id in noted, talk=talks.get(row.patch.id, NO_TALK)
        )
        for row in rows
    ]


def read_series_rows(db: sqlite3.Connection, ids: Iterable[int]) -> list[SeriesRow]:
    """Return rows in the order asked for, without series that are not stored.

    60 of them take about a millisecond among 50,000 patches: SQLite counts what is alike, and
    only patches with an open wish are looked at one by one.
    """
    series = reading.read_series(db, ids)
    shown = listed(one.id for one in series)
    laid = _read_laid(db)
    wished = listed(laid)
    sums: defaultdict[int, _Sum] = defaultdict(_Sum)
    for series_id, *values in db.execute(
        f"SELECT series_id, max(date), count(*), state, worst_check, delegate_id, archived {_PARTS}"  # noqa: S608
        " NOT IN (SELECT value FROM json_each(?)) GROUP BY 1, 4, 5, 6, 7",
        (shown, wished),
    ):
        sums[series_id].add(*values)
    for series_id, patch_id, *values in db.execute(
        f"SELECT series_id, id, date, 1, state, worst_check, delegate_id, archived {_PARTS}"  # noqa: S608
        " IN (SELECT value FROM json_each(?))",
        (shown, wished),
    ):
        sums[series_id].add_wished(laid[patch_id], *values)
    people = {user: _user(db, user) for user in {user for one in sums.values() for user in one.delegates}}
    fresh = news.read(db, Kind.SERIES, [one.id for one in series])
    noted = notes.read_noted(db, Kind.SERIES, [one.id for one in series])
    asked = "SELECT series_id, date FROM touch WHERE series_id IN (SELECT value FROM json_each(?))"
    touched = dict(db.execute(asked, (shown,)).fetchall())
    rows = [_series_row(one, sums.get(one.id), people, touched.get(one.id, "")) for one in series]
    talks = talk.read_series_talks(db, [one.id for one in series])
    return [
        row._replace(
            fresh=row.series.id in fresh, noted=row.series.id in noted, talk=talks.get(row.series.id, NO_TALK)
        )
        for row in rows
    ]


def _read_laid(db: sqlite3.Connection, ids: Iterable[int] | None = None) -> Laid:
    """Open wishes, all or some.  All are few beside the patches: what one asked for and is not through."""
    laid: Laid = {}
    for patch_id, field_, value, status in outbox.read_open(db, ids):
        laid.setdefault(patch_id, []).append((field_, value, status))
    return laid


class _Sum:
    """What the patches of one series add up to."""

    def __init__(self) -> None:
        self.known = 0
        self.states: Counter[str] = Counter()
        self.checks: set[str] = set()
        self.delegates: dict[int, None] = {}
        self.archived = 0
        self.mark = Mark.NONE
        self.date = ""
        """Of the newest mail."""

    def add(
        self, date: str, number: int, state: str, check: str, delegate: int | None, archived: int
    ) -> None:
        """Count some patches that are alike."""
        self.date = max(self.date, date)
        self.known += number
        self.states[state] += number
        self.checks.add(check)
        self.archived += number if archived else 0
        if delegate is not None:
            self.delegates[delegate] = None

    def add_wished(
        self,
        wishes: Wishes,
        date: str,
        number: int,
        state: str,
        check: str,
        delegate: int | None,
        archived: int,
    ) -> None:
        """Count a patch with wishes on it."""
        for field_, value, _ in wishes:
            if field_ is Field.STATE:
                state = str(value)
            elif field_ is Field.DELEGATE:
                delegate = None if value is None else int(value)
            else:
                archived = bool(value)
        self.add(date, number, state, check, delegate, archived)
        if self.mark is not Mark.HELD:
            self.mark = _mark(wishes)


def _series_row(series: Series, total: _Sum | None, people: dict[int, User], touched: str) -> SeriesRow:
    touched = max(touched, series.date.isoformat(), total.date if total else "")
    when = datetime.fromisoformat(touched)
    if total is None:
        return SeriesRow(series, 0, touched=when)
    return SeriesRow(
        series=series,
        known=total.known,
        states=tuple(total.states.most_common()),
        check=worst_check([CheckState(check) for check in total.checks]),
        delegates=tuple(people[user_id] for user_id in total.delegates),
        archived=total.archived == total.known,
        mark=total.mark,
        touched=when,
    )


def _patch_row(db: sqlite3.Connection, patch: Patch, wishes: Wishes | None) -> PatchRow:
    if not wishes:
        return PatchRow(patch)
    for field_, value, _ in wishes:
        if field_ is Field.STATE:
            patch = patch._replace(state=str(value))
        elif field_ is Field.ARCHIVED:
            patch = patch._replace(archived=bool(value))
        else:
            patch = patch._replace(delegate=None if value is None else _user(db, int(value)))
    return PatchRow(patch, _mark(wishes))


def _mark(wishes: Wishes) -> Mark:
    return Mark.HELD if any(status is Status.HELD for *_, status in wishes) else Mark.WAITING


def _user(db: sqlite3.Connection, user_id: int) -> User:
    """Maintainers are stored with their project; anybody else shows as a number."""
    return reading.read_user(db, user_id) or User(user_id, f"user {user_id}")
