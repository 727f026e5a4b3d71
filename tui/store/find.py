"""Finding series and patches: from a query to SQL."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from itertools import chain
from operator import ge, le

from tui.core.model import Person
from tui.core.query import Both, Either, Field, Node, Not, Query, Term, Value
from tui.store.connection import listed
from tui.store.find_terms import CONDITIONS, Sql, holds, joined, people
from tui.store.reading import read_patch_ids

SHORTEST = 3
"""Letters that a word must have to be looked for in texts: shorter ones are in nearly all of them."""


def read_found(
    db: sqlite3.Connection,
    project_id: int,
    query: Query,
    limit: int | None,
    through: int | None,
    *,
    from_end: bool = False,
    below: int | None = None,
) -> list[int]:
    """Return the series that a query finds, the newest first (see ``Store.find_series``)."""
    last = _place(db, through)
    passed = ge if from_end else le
    found: list[int] = []
    for place in db.execute(*select_series(project_id, query, from_end=from_end, below=below)):
        found.append(place[1])
        if limit is not None and len(found) >= limit and (last is None or passed(place, last)):
            break
    if last is not None and limit is not None and through not in found[limit:]:
        del found[limit:]
    return found[::-1] if from_end else found


def select_series(project_id: int, query: Query, *, from_end: bool = False, below: int | None = None) -> Sql:
    """Return the statement that finds series, with their dates, the newest or the oldest first."""
    tables, where = _where(query)
    way = "ASC" if from_end else "DESC"
    under = "" if below is None else " AND (s.date, s.id) < (SELECT date, id FROM series WHERE id = ?)"
    return Sql(
        f"{tables.text} SELECT s.date, s.id FROM series s WHERE s.project_id = ?{under} AND {where.text}"  # noqa: S608
        f" ORDER BY s.date {way}, s.id {way}",
        (*tables.values, project_id, *(() if below is None else (below,)), *where.values),
    )


def read_found_among(
    db: sqlite3.Connection, project_id: int, query: Query, series_ids: Iterable[int]
) -> set[int]:
    """Return which of these series a query finds."""
    tables, where = _where(query)
    rows = db.execute(
        f"{tables.text} SELECT s.id FROM json_each(?) AS asked JOIN series s ON s.id = asked.value"  # noqa: S608
        f" WHERE s.project_id = ? AND {where.text}",
        (*tables.values, listed(series_ids), project_id, *where.values),
    )
    return {row[0] for row in rows}


def _place(db: sqlite3.Connection, series_id: int | None) -> tuple[str, int] | None:
    row = db.execute("SELECT date, id FROM series WHERE id = ?", (series_id,)).fetchone()
    return (row[0], row[1]) if row else None


def count_found(db: sqlite3.Connection, project_id: int, query: Query) -> int:
    """Return how many series a query finds."""
    tables, where = _where(query)
    row = db.execute(
        f"{tables.text} SELECT count(*) FROM series s WHERE s.project_id = ? AND {where.text}",  # noqa: S608
        (*tables.values, project_id, *where.values),
    ).fetchone()
    return int(row[0])


def count_fresh(db: sqlite3.Connection, project_id: int, query: Query) -> int:
    """Return how many of the series that a query finds are marked as news; only these are looked at."""
    tables, where = _where(query)
    row = db.execute(
        f"{tables.text} SELECT count(*) FROM news n JOIN series s ON s.id = n.id"  # noqa: S608
        f" WHERE n.kind = 'series' AND s.project_id = ? AND {where.text}",
        (*tables.values, project_id, *where.values),
    ).fetchone()
    return int(row[0])


def read_found_patches(db: sqlite3.Connection, series_id: int, query: Query) -> list[int]:
    """Return which stored patches of a series are all that a query asks, in its order."""
    condition = _Condition()
    asked = condition.of(query.node) if query.node else Sql("1")
    rows = db.execute(
        f"{condition.tables.text} SELECT p.id FROM series s JOIN patch p ON p.series_id = s.id"  # noqa: S608
        f" WHERE s.id = ? AND {asked.text}",
        (*condition.tables.values, series_id, *asked.values),
    )
    found = {row[0] for row in rows}
    return [patch_id for patch_id in read_patch_ids(db, series_id) if patch_id in found]


def count_commented(db: sqlite3.Connection, project_id: int) -> int:
    """Return of how many patches of a project comments were read."""
    row = db.execute(
        "SELECT count(*) FROM talk t JOIN patch p ON p.id = t.about WHERE p.project_id = ?", (project_id,)
    ).fetchone()
    return int(row[0])


def read_submitters(db: sqlite3.Connection, project_id: int) -> tuple[str, ...]:
    """Return names and addresses of those who sent what is stored, the last one first."""
    rows = db.execute(
        "SELECT p.id, p.name, p.email FROM (SELECT submitter_id, max(date) AS newest FROM series"
        " WHERE project_id = ? GROUP BY 1) JOIN person p ON p.id = submitter_id ORDER BY newest DESC",
        (project_id,),
    )
    return tuple(Person(*row).address for row in rows)


def _where(query: Query) -> tuple[Sql, Sql]:
    """Return the tables before a statement about series ``s``, and its condition.

    A series without stored patches has one row of NULLs in their place: what is asked of a patch
    is then unknown, and neither it nor its contrary holds.
    """
    if query.node is None:
        return Sql(""), Sql("1")
    condition = _Condition()
    asked = condition.of(query.node)
    return condition.tables, Sql(
        "EXISTS (SELECT 1 FROM (SELECT 1) LEFT JOIN patch p ON p.series_id = s.id"  # noqa: S608
        f" WHERE {asked.text})",
        asked.values,
    )


class _Condition:
    """Writes conditions on a series ``s`` and its patch ``p``, and collects the tables they need."""

    def __init__(self) -> None:
        self._tables: list[Sql] = []

    @property
    def tables(self) -> Sql:
        """What stands before the statement."""
        if not self._tables:
            return Sql("")
        texts = ", ".join(table.text for table in self._tables)
        return Sql(f"WITH {texts}", tuple(chain.from_iterable(table.values for table in self._tables)))

    def of(self, node: Node) -> Sql:
        """Return the condition of a node."""
        if isinstance(node, Not):
            inner = self.of(node.node)
            return Sql(f"NOT {inner.text}", inner.values)
        if isinstance(node, Term):
            return joined(" OR ", [self._of_value(node.field, value) for value in node.values])
        join = " AND " if isinstance(node, Both) else " OR "
        return joined(join, [self.of(one) for one in _cheap_first(node)])

    def _of_value(self, field: Field, value: Value) -> Sql:
        return self._word(value) if field is Field.WORD else CONDITIONS[field](value)

    def _word(self, value: Value) -> Sql:
        """A word in names, in people, and in texts that are here."""
        names = joined(" OR ", [holds("s.name", value.text), holds("ifnull(p.name, '')", value.text)])
        parts = [names, people(value)]
        phrase = " ".join(re.findall(r"\w+", value.text))
        if len(phrase) >= SHORTEST:
            name = f"t{len(self._tables)}"
            table = (
                f"{name} (id) AS MATERIALIZED (SELECT i.id FROM text_index JOIN indexed i"  # noqa: S608
                " ON i.doc = text_index.rowid WHERE text_index MATCH ?)"
            )
            phrase = phrase.encode("utf-8", "replace").decode()
            self._tables.append(Sql(table, (f'"{phrase}"*',)))
            parts.append(Sql(f"(ifnull(p.id IN {name}, 0) OR ifnull(-s.cover_id IN {name}, 0))"))
        return joined(" OR ", parts)


def _cheap_first(node: Both | Either) -> list[Node]:
    """SQLite looks at conditions as they stand: what compares numbers goes before what reads names."""
    return sorted(node.nodes, key=lambda one: not isinstance(one, Term) or one.field is Field.WORD)
