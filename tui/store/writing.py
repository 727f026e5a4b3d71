"""What the server said, written down.  Each function notes what is really new or different."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime

from tui.core.change import Kind
from tui.core.model import Cover, Patch, Person, Project, Series, User
from tui.core.stacks import stack_key
from tui.store import news
from tui.store.connection import bindable
from tui.store.reading import read_states
from tui.store.touched import Touched


def upsert(table: str, numbers: str, texts: str) -> str:
    """An INSERT that updates only a row which differs, so that ``rowcount`` tells."""
    columns = [*numbers.split(), *texts.split()]
    places = ["?"] * len(numbers.split()) + ["CAST(? AS TEXT)"] * len(texts.split())
    rest = columns[1:]
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(places)})"  # noqa: S608 - our own names
        f" ON CONFLICT DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in rest)}"
        f" WHERE ({', '.join(rest)}) IS NOT ({', '.join(f'excluded.{c}' for c in rest)})"
    )


_PERSON = upsert("person", "id", "name email")
_ACCOUNT = upsert("account", "id", "username first_name last_name email")
_PROJECT = upsert("project", "id", "link_name name list_email web_url")
_SERIES = upsert(
    "series",
    "id project_id submitter_id version total received_total received_all cover_id patch_ids date",
    "name web_url",
)
_STACK = upsert("stack", "series_id submitter_id", "key")
_PATCH = upsert(
    "patch",
    "id project_id series_id submitter_id archived delegate_id worst_check date",
    "msgid name state hash commit_ref pull_url web_url",
)
_COVER = upsert("cover", "id project_id series_id submitter_id date", "msgid name web_url")


def _put(db: sqlite3.Connection, sql: str, numbers: tuple[object, ...], *texts: str) -> bool:
    """Write one row; say whether that made a difference."""
    return db.execute(sql, (*numbers, *(bindable(t) for t in texts))).rowcount > 0


def put_person(db: sqlite3.Connection, person: Person) -> bool:
    """Write a person; say whether that made a difference."""
    return _put(db, _PERSON, (person.id,), person.name, person.email)


def put_account(db: sqlite3.Connection, user: User) -> bool:
    """Write an account; say whether that made a difference."""
    return _put(db, _ACCOUNT, (user.id,), user.username, user.first_name, user.last_name, user.email)


def put_project(db: sqlite3.Connection, touched: Touched, project: Project) -> None:
    """Write a project.  One without maintainers, as lists give it, leaves the known ones alone."""
    changed = _put(
        db,
        _PROJECT,
        (project.id,),
        project.link_name,
        project.name,
        project.list_email,
        project.web_url,
    )
    if project.maintainers:
        for user in project.maintainers:
            changed |= put_account(db, user)
        known = db.execute(
            "SELECT account_id FROM maintainer WHERE project_id = ? ORDER BY position", (project.id,)
        ).fetchall()
        if [row[0] for row in known] != [user.id for user in project.maintainers]:
            changed = True
            db.execute("DELETE FROM maintainer WHERE project_id = ?", (project.id,))
            db.executemany(
                "INSERT INTO maintainer VALUES (?, ?, ?)",
                [(project.id, place, user.id) for place, user in enumerate(project.maintainers)],
            )
    if changed:
        touched[Kind.PROJECT].add(project.id)


_NEVER = "9999"
"""No date comes behind it."""


def put_series(db: sqlite3.Connection, touched: Touched, series: Iterable[Series]) -> None:
    """Write series, and mark those that show something else than before, and those that have just come."""
    series = list(series)
    ids = [one.id for one in series]
    before = news.shown_series(db, ids)
    newest = {one.project_id: _newest(db, one.project_id) for one in series}
    _put_series(db, touched, series)
    news.mark(db, Kind.SERIES, before, news.shown_series(db, ids))
    come = [
        one.id for one in series if one.id not in before and one.date.isoformat() > newest[one.project_id]
    ]
    news.put(db, Kind.SERIES, come)


def _newest(db: sqlite3.Connection, project_id: int) -> str:
    """Return the date behind which a series of a project is news: none, before its list was read once."""
    row = db.execute(
        "SELECT max(date) FROM series WHERE project_id = ?1"
        " AND EXISTS (SELECT 1 FROM event_cursor WHERE project_id = ?1)",
        (project_id,),
    ).fetchone()
    return row[0] or _NEVER


def _put_series(db: sqlite3.Connection, touched: Touched, series: Iterable[Series]) -> None:
    renamed: set[int] = set()
    for one in series:
        if put_person(db, one.submitter):
            renamed.add(one.submitter.id)
        numbers = (
            one.id,
            one.project_id,
            one.submitter.id,
            one.version,
            one.total,
            one.received_total,
            one.received_all,
            one.cover_id,
            " ".join(map(str, dict.fromkeys(one.patch_ids))),
            one.date.isoformat(),
        )
        new = _put(db, _SERIES, numbers, one.name, one.web_url)
        if new:
            _put(db, _STACK, (one.id, one.submitter.id), stack_key(one))
        if new or one.submitter.id in renamed:
            touched[Kind.SERIES].add(one.id)


def put_patches(db: sqlite3.Connection, touched: Touched, patches: Iterable[Patch]) -> None:
    """Write patches, mark those that show something else than before, and note the states seen."""
    patches = list(patches)
    ids = [patch.id for patch in patches]
    before = news.shown_patches(db, ids)
    _put_patches(db, touched, patches)
    put_states(db, touched, tuple(dict.fromkeys(patch.state for patch in patches)), learnt=False)
    changed = set(news.mark(db, Kind.PATCHES, before, news.shown_patches(db, ids)))
    news.put(db, Kind.SERIES, {_series_id(patch) for patch in patches if patch.id in changed})
    new = before.keys() & touched.get(Kind.PATCHES, set())
    _touch(db, {_series_id(patch) for patch in patches if patch.id in new})


def _touch(db: sqlite3.Connection, series_ids: Iterable[int]) -> None:
    """Note that something has happened in some series."""
    now = datetime.now(UTC).replace(tzinfo=None).isoformat()
    db.executemany("INSERT OR REPLACE INTO touch VALUES (?, ?)", [(id_, now) for id_ in series_ids])


def _series_id(patch: Patch) -> int:
    return -patch.id if patch.series_id is None else patch.series_id


def _put_patches(db: sqlite3.Connection, touched: Touched, patches: Iterable[Patch]) -> None:
    """Write patches, a loose one with its series of one."""
    renamed: set[int] = set()
    for patch in patches:
        if put_person(db, patch.submitter):
            renamed.add(patch.submitter.id)
        if patch.delegate is not None:
            put_account(db, patch.delegate)
        series_id = _series_id(patch)
        if patch.series_id is None:
            _put_series(db, touched, [_series_of_one(patch)])
        elif db.execute("DELETE FROM series WHERE id = ?", (-patch.id,)).rowcount:
            db.execute("DELETE FROM news WHERE kind = 'series' AND id = ?", (-patch.id,))
            touched[Kind.SERIES].add(-patch.id)
        numbers = (
            patch.id,
            patch.project_id,
            series_id,
            patch.submitter.id,
            patch.archived,
            patch.delegate.id if patch.delegate else None,
            patch.check.value,
            patch.date.isoformat(),
        )
        texts = (
            patch.msgid,
            patch.name,
            patch.state,
            patch.hash,
            patch.commit_ref,
            patch.pull_url,
            patch.web_url,
        )
        if _put(db, _PATCH, numbers, *texts) or patch.submitter.id in renamed:
            touched[Kind.PATCHES].add(patch.id)
            touched[Kind.SERIES].add(series_id)


def _series_of_one(patch: Patch) -> Series:
    return Series(
        id=-patch.id,
        project_id=patch.project_id,
        name=patch.name,
        date=patch.date,
        submitter=patch.submitter,
        patch_ids=(patch.id,),
        web_url=patch.web_url,
    )


def put_cover(db: sqlite3.Connection, cover: Cover) -> None:
    """Write a cover letter without its text."""
    put_person(db, cover.submitter)
    numbers = (cover.id, cover.project_id, cover.series_id, cover.submitter.id, cover.date.isoformat())
    _put(db, _COVER, numbers, cover.msgid, cover.name, cover.web_url)


def put_states(db: sqlite3.Connection, touched: Touched, states: tuple[str, ...], learnt: bool) -> None:
    """Write states: the server's own list in its order (learnt), or some that were seen."""
    before = read_states(db)
    slugs = [(bindable(slug),) for slug in states]
    db.executemany("INSERT INTO state (slug) VALUES (CAST(? AS TEXT)) ON CONFLICT DO NOTHING", slugs)
    if learnt:
        db.execute("UPDATE state SET position = NULL")
        placed = [(place, *slug) for place, slug in enumerate(slugs)]
        db.executemany("UPDATE state SET position = ? WHERE slug = CAST(? AS TEXT)", placed)
    if read_states(db) != before:
        touched[Kind.STATES].add(0)
