"""What comments add up to: numbers for the rows of lists, and who vouches."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from tui.core.change import Kind
from tui.core.intent import OPEN, Status
from tui.core.rows import Counts, Talk
from tui.store.connection import listed
from tui.store.touched import Touched

NOBODY = Counts()
_ASKED = "(SELECT value FROM json_each(?1))"
_VOUCHED = "('acked-by', 'reviewed-by', 'tested-by')"

_TALKS = (
    "SELECT a.value, fetched, ifnull(total, 0), ifnull(unread, 0), ifnull(open, 0) FROM json_each(?1) a"
    " LEFT JOIN talk ON about = a.value"
    " WHERE about IS NOT NULL OR a.value IN (SELECT id FROM indexed)"
)
_COUNTS = (
    "SELECT about, name, count(DISTINCT who) FROM trailer"  # noqa: S608
    f" WHERE about IN {_ASKED} AND name IN {_VOUCHED} GROUP BY 1, 2"
)

_OF_SERIES = (
    "WITH part AS MATERIALIZED (SELECT series_id, id AS about FROM patch"  # noqa: S608
    f" WHERE series_id IN {_ASKED}"
    f" UNION ALL SELECT id, -cover_id FROM series WHERE id IN {_ASKED} AND cover_id IS NOT NULL) "
)
_SERIES_TALKS = (
    f"{_OF_SERIES} SELECT series_id, CASE WHEN count(*) = count(nullif(fetched, '')) THEN min(fetched) END,"  # noqa: S608
    " ifnull(sum(total), 0), ifnull(sum(unread), 0), ifnull(sum(open), 0)"
    " FROM part LEFT JOIN talk USING (about) GROUP BY 1"
    " HAVING count(fetched) OR max(about IN (SELECT id FROM indexed))"
)
_SERIES_COUNTS = (
    f"{_OF_SERIES} SELECT series_id, name, count(DISTINCT who) FROM part JOIN trailer USING (about)"  # noqa: S608
    f" WHERE name IN {_VOUCHED} GROUP BY 1, 2"
)


def read_talks(db: sqlite3.Connection, about: Iterable[int]) -> dict[int, Talk]:
    """Return the talks of patches, and by minus their ids of cover letters, of which anything is known."""
    keys = list(about)
    talks = _joined(db, listed(keys), _TALKS, _COUNTS)
    for key, difference in _read_differences(db, keys).items():
        talks[key] = talks[key]._replace(open=talks[key].open + difference)
    return talks


def read_series_talks(db: sqlite3.Connection, series_ids: Iterable[int]) -> dict[int, Talk]:
    """Return the talks of series: of their patches and cover letters together."""
    asked = listed(series_ids)
    talks = _joined(db, asked, _SERIES_TALKS, _SERIES_COUNTS)
    differences = _read_differences(db)
    if differences:
        for series_id, about in db.execute(f"{_OF_SERIES} SELECT * FROM part", (asked,)):  # noqa: S608
            if about in differences and (talk := talks.get(series_id)):
                talks[series_id] = talk._replace(open=talk.open + differences[about])
    return talks


def _joined(db: sqlite3.Connection, asked: str, numbers: str, vouched: str) -> dict[int, Talk]:
    counts: dict[int, Counts] = {}
    for key, name, number in db.execute(vouched, (asked,)):
        counts[key] = counts.get(key, NOBODY)._replace(**{name.removesuffix("-by"): number})
    return {
        key: Talk(
            datetime.fromisoformat(fetched) if fetched else None,
            total,
            unread,
            open_,
            counts.get(key, NOBODY),
        )
        for key, fetched, total, unread, open_ in db.execute(numbers, (asked,))
    }


def read_wished(
    db: sqlite3.Connection, about: Iterable[int] | None = None
) -> dict[int, tuple[bool | None, Status]]:
    """Return what is wished of comments (on some patches and covers, or all), by key; the newest."""
    which = "" if about is None else "AND patch_id IN (SELECT value FROM json_each(?))"
    rows = db.execute(
        "SELECT comment, wished, status FROM outbox WHERE comment != 0"  # noqa: S608
        f" AND status IN (SELECT value FROM json_each(?)) {which} ORDER BY id",
        (json.dumps(OPEN), *([] if about is None else [listed(about)])),
    )
    return {key: (json.loads(wished), Status(status)) for key, wished, status in rows}


def read_addressed(db: sqlite3.Connection, keys: Iterable[int]) -> dict[int, tuple[int, bool | None]]:
    """Return what comments are about and whether they are addressed, as shown, by their own keys."""
    wished = read_wished(db)
    rows = db.execute(
        f"SELECT key, about, addressed FROM comment WHERE key IN {_ASKED}",  # noqa: S608
        (listed(keys),),
    )
    return {
        key: (about, wished[key][0] if key in wished else None if addressed is None else bool(addressed))
        for key, about, addressed in rows
    }


def _read_differences(db: sqlite3.Connection, about: Iterable[int] | None = None) -> dict[int, int]:
    """Return what open wishes add to the open comments, or take away, by what these are about."""
    wished = read_wished(db, about)
    found: defaultdict[int, int] = defaultdict(int)
    if wished:
        for key, at, addressed in db.execute(
            f"SELECT key, about, addressed FROM comment WHERE key IN {_ASKED}",  # noqa: S608
            (listed(wished),),
        ):
            found[at] += (wished[key][0] is False) - (addressed == 0)
    return dict(found)


def touch(db: sqlite3.Connection, touched: Touched, about: Iterable[int]) -> None:
    """Note that the rows of these patches, and of the series that they or these covers are in, changed."""
    keys = set(about)
    touched[Kind.PATCHES].update(key for key in keys if key > 0)
    rows = db.execute(
        "SELECT series_id FROM patch WHERE id IN (SELECT value FROM json_each(?1))"
        " UNION SELECT s.id FROM json_each(?1) AS asked JOIN series s ON s.cover_id = -asked.value",
        (listed(keys),),
    )
    touched[Kind.SERIES].update(id_ for (id_,) in rows)
