"""What the terms of a query ask of a series ``s`` and its patch ``p``, as SQL.

All values are bound; only names of ours stand in the statements.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain
from typing import NamedTuple

from tui.core.query import Field, Value
from tui.core.query_values import NOBODY, is_address
from tui.store.connection import bindable
from tui.store.shown import ADDRESSED, ARCHIVED, CLOSED, DELEGATE, STATE, as_shown

_OPERATORS = {operator: operator for operator in ("<", "<=", ">", ">=", "=")}


class Sql(NamedTuple):
    """A part of a statement with what is bound in it."""

    text: str
    values: tuple[object, ...] = ()


def joined(join: str, parts: list[Sql]) -> Sql:
    """Return conditions joined, in parentheses where there are several."""
    if len(parts) == 1:
        return parts[0]
    values = tuple(chain.from_iterable(part.values for part in parts))
    return Sql(f"({join.join(part.text for part in parts)})", values)


def holds(column: str, text: str) -> Sql:
    """Whether a text is part of a column, whatever its case.

    SQLite knows the case of ASCII letters; a word with others is looked for as it is written, in
    small letters, in capitals and with a capital at its beginning.
    """
    spellings = dict.fromkeys((text, text.lower(), text.upper(), text.capitalize()))
    some = list(spellings)[: 1 if text.isascii() else None]
    return joined(" OR ", [_like(column, f"%{_plain(spelling)}%") for spelling in some])


def _is(column: str, text: str) -> Sql:
    """Whether a column is a text, whatever its case."""
    return _like(column, _plain(text))


def _like(column: str, pattern: str) -> Sql:
    return Sql(f"{column} LIKE CAST(? AS TEXT) ESCAPE '\\'", (bindable(pattern),))


def _plain(text: str) -> str:
    """Return a pattern of LIKE that is just the text."""
    return re.sub(r"([%_\\])", r"\\\1", text)


def people(value: Value) -> Sql:
    """Whether a patch, or a series without any, is by somebody who is called so."""
    if is_address(value.text):
        asked = _is("email", value.text)
    else:
        asked = joined(" OR ", [holds("name", value.text), holds("email", value.text)])
    return Sql(
        f"ifnull(p.submitter_id, s.submitter_id) IN (SELECT id FROM person WHERE {asked.text})",  # noqa: S608
        asked.values,
    )


# What a patch is, with open wishes laid over


def _of_patch(asked: Sql) -> Sql:
    """A condition on a patch, unknown where there is none."""
    return Sql(f"CASE WHEN p.id IS NOT NULL THEN {asked.text} END", asked.values)


def _state(value: Value) -> Sql:
    return _of_patch(Sql(f"({STATE}) = CAST(? AS TEXT)", (bindable(value.text),)))


def _delegate(value: Value) -> Sql:
    if value.text == NOBODY:
        return _of_patch(Sql(f"({DELEGATE}) IS NULL"))
    if value.ids:
        places = ", ".join("?" * len(value.ids))
        return _of_patch(Sql(f"ifnull(({DELEGATE}) IN ({places}), 0)", value.ids))
    name = _is("username", value.name)
    id_ = int(value.name) if value.name.isdecimal() and len(value.name) < 18 else None
    return _of_patch(
        Sql(
            f"ifnull(({DELEGATE}) IN (SELECT id FROM account WHERE {name.text} OR id = ?), 0)",  # noqa: S608
            (*name.values, id_),
        )
    )


def _archived(value: Value) -> Sql:
    return _of_patch(Sql(f"({ARCHIVED}) = ?", (value.text == "yes",)))


def _check(value: Value) -> Sql:
    return _of_patch(Sql("p.worst_check = ?", (value.text,)))


def _tag(value: Value) -> Sql:
    """How many people a trailer names, in the message and in comments, also of the cover letter.

    Unknown where neither is here.
    """
    return Sql(
        "CASE WHEN p.id IN (SELECT id FROM indexed)"  # noqa: S608
        " OR EXISTS (SELECT 1 FROM talk WHERE about IN (p.id, -s.cover_id))"
        " THEN (SELECT count(DISTINCT who) FROM trailer WHERE about IN (p.id, -s.cover_id) AND name = ?)"
        f" {_OPERATORS.get(value.op, '>=')} ? END",
        (value.text, value.number),
    )


def _file(value: Value) -> Sql:
    """A changed path that matches from its beginning, or that is below what does."""
    pattern = bindable(value.text.removeprefix("./").strip("/").lower())
    return _of_patch(
        Sql(
            "p.id IN (SELECT patch_id FROM patch_file WHERE lower(path) GLOB CAST(? AS TEXT)"
            " OR lower(path) GLOB CAST(? AS TEXT) || '/*')",
            (pattern, pattern),
        )
    )


# What a series is


def _moment(operator: str) -> Callable[[Value], Sql]:
    def asked(value: Value) -> Sql:
        moment = value.moment.isoformat() if value.moment else ""
        return Sql(f"ifnull(p.date, s.date) {operator} ?", (moment,))

    return asked


def _age(value: Value) -> Sql:
    operator = {"<": ">", "<=": ">=", ">": "<"}.get(value.op, "<=")
    return _moment(operator)(value)


def _version(value: Value) -> Sql:
    return Sql(f"s.version {_OPERATORS.get(value.op, '=')} ?", (value.number,))


def _has(value: Value) -> Sql:
    moment = value.moment.isoformat() if value.moment else ""
    asked = _HAS.get(value.text, "0")
    return Sql(f"({asked})", (moment,) * asked.count("?"))


def _talk(asked: str) -> str:
    """Whether something holds for the comments on a patch, or on the cover letter; unknown without any."""
    return f"SELECT max({asked}) FROM talk t WHERE t.about IN (p.id, -s.cover_id)"  # noqa: S608


_HAS = {
    "cover": "s.cover_id IS NOT NULL",
    "incomplete": "NOT s.received_all",
    "patches": "p.id IS NOT NULL",
    "note": "EXISTS (SELECT 1 FROM note WHERE kind = 'series' AND id = s.id)"
    " OR EXISTS (SELECT 1 FROM note WHERE kind = 'patch' AND id = p.id)",
    # CROSS JOIN: else SQLite begins with all series that are younger, which takes 20 s for 13,000.
    "newer": "EXISTS (SELECT 1 FROM stack a CROSS JOIN stack b CROSS JOIN series t WHERE a.series_id = s.id"
    " AND a.key != '' AND b.key = a.key AND b.submitter_id = a.submitter_id AND t.id = b.series_id"
    " AND t.project_id = s.project_id AND t.version > s.version AND t.date >= s.date)",
    "disagree": f"(SELECT count(DISTINCT ({as_shown('state', 'state', 'q')}) IN ({CLOSED}))"  # noqa: S608
    " FROM patch q WHERE q.series_id = s.id) > 1",
    "stale": f"({STATE}) NOT IN ({CLOSED}) AND s.date < ?"  # noqa: S608
    " AND NOT EXISTS (SELECT 1 FROM patch q WHERE q.series_id = s.id AND q.date >= ?)"
    " AND NOT EXISTS (SELECT 1 FROM touch WHERE series_id = s.id AND date >= ?)",
    "comments": _talk("t.total > 0"),
    "unread": _talk("t.unread > 0"),
    "open": _talk(
        "CASE WHEN t.open OR t.about IN (SELECT patch_id FROM outbox WHERE comment != 0) THEN"  # noqa: S608
        f" EXISTS (SELECT 1 FROM comment c WHERE c.about = t.about AND ({ADDRESSED}) = 0) ELSE 0 END"
    ),
}

CONDITIONS: dict[Field, Callable[[Value], Sql]] = {
    Field.STATE: _state,
    Field.DELEGATE: _delegate,
    Field.SUBMITTER: people,
    Field.AGE: _age,
    Field.SINCE: _moment(">="),
    Field.BEFORE: _moment("<"),
    Field.CHECK: _check,
    Field.VERSION: _version,
    Field.HAS: _has,
    Field.ARCHIVED: _archived,
    Field.TAG: _tag,
    Field.FILE: _file,
}
