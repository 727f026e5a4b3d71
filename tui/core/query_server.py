"""What of a query a Patchwork server can answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from tui.core.query import Both, Field, Node, Not, Query, Term, Value, Words
from tui.core.query_values import NOBODY, is_address

ServerFilter = tuple[tuple[str, str], ...]
"""Parameters of the server's list of patches, by name; no name stands twice."""

MOST_FILTERS = 12
"""Lists that are asked for one query; where there would be more, less is asked of each."""
MOST_PEOPLE = 6
"""Submitters that a part of their name may mean."""
LONGEST = 400
"""Letters of the words that are sent: an address has its limits."""

_Asked = dict[str, str]


def server_filters(query: Query, words: Words) -> tuple[ServerFilter, ...] | None:
    """Return filters whose answers, taken together, hold all that matches; the rest is done here.

    None where they would be the whole list.  Names: ``state`` (a slug), ``delegate`` (an id or a
    user name), ``submitter`` (an address), ``archived``, ``q``, ``since``, ``before``; each has one
    value, because one that the server does not know would make the whole answer empty.

    Two things only the store can find: people never seen, by a part of their name; and words that
    stand in texts or names of series, or some in a patch's name and some in its submitter's.
    """
    found = _node(query.node, words, True) if query.node else None
    if found is None:
        return None
    return tuple(dict.fromkeys(tuple(sorted(asked.items())) for asked in found))


def _node(node: Node, words: Words, wanted: bool) -> list[_Asked] | None:
    """Return what to ask so that all is there which matches a node, or with not ``wanted`` does not."""
    if isinstance(node, Not):
        return _node(node.node, words, not wanted)
    if isinstance(node, Term):
        return _term(node, words, wanted)
    parts = [_node(one, words, wanted) for one in node.nodes]
    return _all_of(parts) if isinstance(node, Both) is wanted else _any_of(parts)


def _any_of(parts: Iterable[list[_Asked] | None]) -> list[_Asked] | None:
    found: list[_Asked] = []
    for part in parts:
        if part is None:
            return None
        found += (one for one in part if one not in found)
    return found if len(found) <= MOST_FILTERS else None


def _all_of(parts: Iterable[list[_Asked] | None]) -> list[_Asked] | None:
    """Ask all at once, the few first; what would take too many lists is left to the store."""
    found: list[_Asked] | None = None
    for part in sorted((part for part in parts if part is not None), key=len):
        if found is None:
            found = part
        elif len(found) * len(part) <= MOST_FILTERS:
            found = [_joined(one, other) for one in found for other in part]
    return found


def _joined(one: _Asked, other: _Asked) -> _Asked:
    """Ask both; of two values for the same parameter, the first is enough to hold what has both."""
    joined = other | one
    for name, choose in (("since", max), ("before", min)):
        if name in one and name in other:
            joined[name] = choose(one[name], other[name])
    if "q" in one and "q" in other and len(one["q"]) + len(other["q"]) < LONGEST:
        joined["q"] = f"{one['q']} {other['q']}"
    return joined


def _term(term: Term, words: Words, wanted: bool) -> list[_Asked] | None:
    if term.field is Field.ARCHIVED:
        asked = {value.text == "yes" for value in term.values}
        return [{"archived": str(asked == {wanted}).lower()}] if len(asked) == 1 else None
    if term.field in (Field.SINCE, Field.BEFORE, Field.AGE):
        parts = [_moment(term.field, value, wanted) for value in term.values]
        return _any_of(parts) if wanted else _all_of(parts)
    if not wanted:
        return None
    return _any_of(_value(term.field, value, words) for value in term.values)


def _value(field: Field, value: Value, words: Words) -> list[_Asked] | None:
    if field is Field.WORD:
        return _word(value.text, words)
    if field is Field.STATE:
        return [{"state": value.text}] if _can_be_sent(value.text) else None
    if field is Field.SUBMITTER:
        return _submitter(value.text, words)
    if field is Field.DELEGATE and value.text != NOBODY:
        if value.ids:
            return [{"delegate": str(id_)} for id_ in value.ids]
        return [{"delegate": value.name}] if _can_be_sent(value.name) else None
    return None


def _word(text: str, words: Words) -> list[_Asked] | None:
    """Ask for a word in names, and for the people whom it may mean.

    Commas, blanks and quotes divide words on the server, and each part must be there.
    """
    parts = [part for part in re.split(r"[\s,\"']+", text) if part and _can_be_sent(part)]
    if not parts or sum(map(len, parts)) > LONGEST:
        return None
    named = _submitter(text, words)
    return [{"q": " ".join(parts)}, *(named or [])]


def _submitter(text: str, words: Words) -> list[_Asked] | None:
    """Ask for a whole address as it is, else for the people who are known to be called so."""
    if is_address(text):
        return [{"submitter": text}] if _can_be_sent(text) else None
    wanted = text.lower()
    found = [
        address.rstrip(">")
        for name, address in ((p, p.rpartition("<")[2]) for p in words.submitters)
        if wanted in name.lower() and is_address(address.rstrip(">"))
    ]
    return [{"submitter": address} for address in found] if 0 < len(found) <= MOST_PEOPLE else None


def _moment(field: Field, value: Value, wanted: bool) -> list[_Asked] | None:
    """Ask from a moment on or before it; the server counts the moment in for ``since`` alone."""
    if value.moment is None:
        return None
    younger = field is Field.SINCE or (field is Field.AGE and value.op in ("<", "<="))
    if younger is wanted:
        return [{"since": _iso(value.moment)}]
    return [{"before": _iso(value.moment, 1)}]


def _iso(moment: datetime, later: int = 0) -> str:
    """Write a moment in whole seconds, as mails have them."""
    try:
        return (moment.replace(microsecond=0) + timedelta(seconds=later)).isoformat()
    except OverflowError:
        return moment.replace(microsecond=0).isoformat()


def _can_be_sent(text: str) -> bool:
    """Say whether a text can be a parameter: databases refuse some characters."""
    return text.isprintable() and len(text) <= LONGEST
