"""What may follow in a query that is being typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from tui.core.model import CheckState
from tui.core.query import Field, Words, quoted
from tui.core.query_parse import FIELDS
from tui.core.query_values import HAS, ME, NOBODY
from tui.core.states import label_of

MOST = 50
"""Choices at a time."""

ABOUT = {
    Field.STATE: "new, under-review, ...",
    Field.DELEGATE: "me, nobody, or a name",
    Field.SUBMITTER: "who sent it",
    Field.AGE: "<7d younger, >7d older, 7d at least",
    Field.SINCE: "from a day on",
    Field.BEFORE: "before a day",
    Field.CHECK: "what CI says",
    Field.VERSION: ">1, 2",
    Field.HAS: "cover, incomplete, newer, ...",
    Field.ARCHIVED: "yes or no",
    Field.TAG: "trailers: reviewed-by>1",
    Field.FILE: "a changed path: hw/block/*",
}

_TAGS = ("reviewed-by", "acked-by", "tested-by", "fixes", "cc", "co-developed-by", "reported-by")


class Choice(NamedTuple):
    """One way to go on."""

    text: str
    """What to put in: ``state:``, ``under-review``, quoted where it must be."""
    about: str = ""
    """What it means, in a few words."""


class Completion(NamedTuple):
    """What may stand in the place of a part of the text (code points from start to end)."""

    start: int
    end: int
    choices: tuple[Choice, ...]
    """The likeliest first; empty where nothing is known."""


class _Spot(NamedTuple):
    """What is being typed at a cursor."""

    field: Field
    start: int
    """Where the word, or the value, begins."""
    others: tuple[str, ...]
    """The values that stand before it in the same term."""


def complete(text: str, cursor: int, words: Words) -> Completion:
    """Return what may stand where the cursor is: fields, then values of the field before it."""
    cursor = max(0, min(cursor, len(text)))
    spot = _find_spot(text, cursor)
    typed = text[spot.start : cursor].lstrip('"').lower()
    end = cursor
    while end < len(text) and not (text[end].isspace() or text[end] in ",()"):
        end += 1
    if spot.field is Field.WORD and text[spot.start : cursor].startswith('"'):
        return Completion(spot.start, end, ())
    known = _VALUES[spot.field](words)
    rest = [(name, choice) for name, choice in known if choice.text not in spot.others]
    first = [choice for name, choice in rest if name.lower().startswith(typed)]
    if len(typed) > 1:
        first += [choice for name, choice in rest if typed in name.lower() and choice not in first]
    return Completion(spot.start, end, tuple(first[:MOST]))


def _find_spot(text: str, cursor: int) -> _Spot:
    """Walk up to the cursor, and say what stands there."""
    start, field, quote, at = 0, Field.WORD, False, 0
    others: tuple[str, ...] = ()
    while at < cursor:
        letter = text[at]
        if quote:
            at += letter == "\\"
            quote = letter != '"'
        elif letter == '"' and at == start:
            quote = True
        elif letter.isspace() or letter in "()":
            start, field, others = at + 1, Field.WORD, ()
        elif letter == "-" and at == start and not field:
            start = at + 1
        elif letter == ":" and not field and (found := FIELDS.get(text[start:at].lower())):
            start, field = at + 1, found
        elif letter == "," and field:
            others += (text[start:at],)
            start = at + 1
        at += 1
    return _Spot(field, min(start, cursor), others)


_Known = Iterable[tuple[str, Choice]]
"""Choices, each with what the user may type of it."""


def _fields(words: Words) -> _Known:
    yield from ((field.value, Choice(f"{field}:", ABOUT[field])) for field in FIELDS.values())
    yield "OR", Choice("OR", "either of two sides")


def _states(words: Words) -> _Known:
    return ((slug, Choice(quoted(slug, Field.STATE), label_of(slug))) for slug in words.states)


def _delegates(words: Words) -> _Known:
    if words.me:
        yield ME, Choice(ME, words.me)
    yield NOBODY, Choice(NOBODY, "not delegated")
    for user in words.maintainers:
        choice = Choice(quoted(user.username, Field.DELEGATE), user.full_name)
        yield f"{user.username} {user.full_name}", choice


def _submitters(words: Words) -> _Known:
    for person in words.submitters:
        name, _, address = person.rpartition("<")
        text = quoted(address.rstrip(">"), Field.SUBMITTER)
        yield person, Choice(text, name.strip())


def _plain(field: Field, *names: str) -> Callable[[Words], _Known]:
    return lambda words: [(name, Choice(name, ABOUT[field])) for name in names]


_DAYS = ("today", "yesterday", "7d", "2w", "3m")

_VALUES: dict[Field, Callable[[Words], _Known]] = {
    Field.WORD: _fields,
    Field.STATE: _states,
    Field.DELEGATE: _delegates,
    Field.SUBMITTER: _submitters,
    Field.AGE: _plain(Field.AGE, "<1d", "<7d", "<3m", ">7d", ">2w", ">3m", ">1y"),
    Field.SINCE: _plain(Field.SINCE, *_DAYS),
    Field.BEFORE: _plain(Field.BEFORE, *_DAYS),
    Field.CHECK: _plain(Field.CHECK, *(state.value for state in reversed(CheckState))),
    Field.VERSION: _plain(Field.VERSION, ">1", "1", "2"),
    Field.HAS: lambda words: [(name, Choice(name, about)) for name, about in HAS.items()],
    Field.ARCHIVED: _plain(Field.ARCHIVED, "no", "yes"),
    Field.TAG: _plain(Field.TAG, *_TAGS),
    Field.FILE: lambda words: (),
}
