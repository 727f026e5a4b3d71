r"""A query of a list, as a tree: which patches and series are asked for.

``parse_query`` (query_parse) makes one of what the user types, ``show_query`` here writes it down
again, ``complete`` (query_complete) helps to type it, ``server_filters`` (query_server) says what of
it a server can answer, and ``Store.find_series`` what of the store does.

The language
------------
Words and ``field:value``, all of which must hold; ``OR`` between two sides binds weaker than that
(``a b OR c`` is ``(a b) OR c``), ``AND`` may be written and means nothing, ``-`` before a term or a
parenthesis leaves out.  Commas separate alternatives: ``state:new,rfc``.  Text in double quotes
holds anything, ``\"`` and ``\\`` among it.  Case never matters.

A word is looked for in names of patches and series and in names and addresses of submitters, where
it may stand inside another word; and, from the beginning of words, in the messages and changed
lines of what has been fetched.

``state:`` a slug or its label.  ``delegate:`` ``me``, ``nobody``, a user name, full name or address.
``submitter:`` a part of name or address; a whole address is only that one.
``since:`` from a day (or moment) on, ``before:`` before it: ``2026-11-01``, ``today``, ``yesterday``,
or an age.  ``age:<7d`` younger, ``age:>7d`` older, and ``age:7d`` at least that old, as ``larger:`` and
``size:`` take a bare number in Gmail: what has waited is looked for.  Units: h d w m (30 days) y.
``check:`` pending success warning fail.  ``version:2``, ``version:>1``.  ``archived:yes|no``.
``tag:reviewed-by>1`` such trailers by more than one, in the message or in answers; ``tag:acked-by`` by any.
``file:hw/block/*`` a changed path: ``*`` crosses slashes, a bare folder is all below it, and a
pattern holds from the beginning of the path.
``has:`` cover, incomplete (patches missing), patches (some are stored), note, newer (a higher version
of the same name and submitter), disagree (some patches closed, some not), stale (a patch is open, and
nothing happened for ``Words.stale_days``), comments, unread (comments that the user has not read), open
(comments that ask for something and are not addressed); of these three, what is known is what was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from tui.core.model import User


class Words(NamedTuple):
    """What a query may speak of: the vocabulary for reading and completing one."""

    states: tuple[str, ...] = ()
    """Slugs; where there are none, any state is accepted."""
    maintainers: tuple[User, ...] = ()
    submitters: tuple[str, ...] = ()
    """As mails have them, ``Name <address>``, or one of both, for completion and for asking the server."""
    me: str = ""
    """The user's own user name on the server; empty where it is not known."""
    now: datetime = datetime(1970, 1, 1)
    """Naive UTC; ages count from here."""
    stale_days: int = 30
    """Without anything new for so long, what is open is ``has:stale``; 0 for never."""


class Field(StrEnum):
    """What a term speaks of; its value is how it is written."""

    WORD = ""
    STATE = "state"
    DELEGATE = "delegate"
    SUBMITTER = "submitter"
    AGE = "age"
    SINCE = "since"
    BEFORE = "before"
    CHECK = "check"
    VERSION = "version"
    HAS = "has"
    ARCHIVED = "archived"
    TAG = "tag"
    FILE = "file"


class Value(NamedTuple):
    """One of the alternatives of a term."""

    text: str
    """As it is written, without quotes and without what ``op`` and ``number`` say: a word, a slug, a
    user name, ``me``, ``nobody``, a date, an age such as ``7d``, a version, the name of a tag."""
    op: str = ""
    """``<``, ``<=``, ``>``, ``>=`` or ``=``, where one is written."""
    number: int = 1
    """A version, or how many tags."""
    moment: datetime | None = None
    """Naive UTC: where an age or a date lies; of ``has:stale``, what is older is stale."""
    ids: tuple[int, ...] = ()
    """Of a delegate: the accounts that are meant, where they are known."""
    name: str = ""
    """Of a delegate who is in no list: the user name."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked: any of the values will do."""

    field: Field
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    node: Node


@dataclass(frozen=True, slots=True)
class Both:
    """Two or more that must all hold; none of them is a ``Both`` itself."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Two or more of which one must hold; none of them is an ``Either`` itself."""

    nodes: tuple[Node, ...]


Node = Term | Not | Both | Either


class QueryError(ValueError):
    """A query that is none: one line that says why, and the place in its text (code points)."""

    def __init__(self, message: str, start: int, end: int, *, unfinished: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        """Behind the last code point; the same as ``start`` where something is missing."""
        self.unfinished = unfinished
        """Whether it may become right when more is typed at the end of this place."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked; without a node, everything."""

    node: Node | None = None

    def __bool__(self) -> bool:
        """Say whether anything is asked."""
        return self.node is not None

    def terms(self) -> Iterator[Term]:
        """Return all terms, whatever joins them."""
        return _terms(self.node) if self.node else iter(())

    @property
    def reads_comments(self) -> bool:
        """Whether the answer depends on which comments have been fetched (see ``Store.commented``)."""
        asked = {value.text for term in self.terms() if term.field is Field.HAS for value in term.values}
        return bool(asked & {"comments", "open", "unread"})

    @property
    def reads_texts(self) -> bool:
        """Whether the answer depends on which texts have been fetched (see ``Store.indexed``)."""
        return any(term.field in (Field.WORD, Field.FILE, Field.TAG) for term in self.terms())


def _terms(node: Node) -> Iterator[Term]:
    if isinstance(node, Term):
        yield node
    elif isinstance(node, Not):
        yield from _terms(node.node)
    else:
        for one in node.nodes:
            yield from _terms(one)


def show_query(query: Query) -> str:
    """Return a query as text; with the same words, it reads as the same query."""
    return _show(query.node) if query.node else ""


def _show(node: Node) -> str:
    if isinstance(node, Term):
        values = ",".join(_show_value(node.field, value) for value in node.values)
        return f"{node.field}:{values}" if node.field else values
    if isinstance(node, Not):
        return f"-{_within(node.node, Both, Either)}"
    if isinstance(node, Both):
        return " ".join(_within(one, Either) for one in node.nodes)
    return " OR ".join(map(_show, node.nodes))


def _within(node: Node, *kinds: type) -> str:
    return f"({_show(node)})" if isinstance(node, kinds) else _show(node)


def _show_value(field: Field, value: Value) -> str:
    if field is Field.TAG:
        return f"{value.text}{value.op}{value.number}" if value.op else value.text
    return value.op + quoted(value.text, field)


_PLAIN_WORD = re.compile(r"(?!-|(?:OR|AND)\Z|[A-Za-z]+:)[^\s\"()]+\Z")
_PLAIN_VALUE = re.compile(r"[^\s\"(),]+\Z")


def quoted(text: str, field: Field = Field.WORD) -> str:
    """Return a word, or a field's value, as it is written in a query: quoted where it must be."""
    if (_PLAIN_VALUE if field else _PLAIN_WORD).match(text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
