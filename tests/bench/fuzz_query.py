"""Queries by the hundred thousand, random and damaged: nothing raises but a QueryError that points.

Run by hand: ``python tests/bench/fuzz_query.py [queries] [seed]``.  The same seed gives the same
queries.  Of each: it is read, also as if it were being typed; what is wrong points at a place inside
the text, in one line; what is right is shown as text that reads as the same query, can be asked of
the server, and is answered by a small store; the choices at a cursor are for a place in the text.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tui.core.model import Body, Patch, Person, Series, User
from tui.core.query import Query, QueryError, Words, show_query
from tui.core.query_complete import complete
from tui.core.query_parse import FIELDS, parse_query
from tui.core.query_server import server_filters
from tui.store.store import Store

SEED = 5
NOW = datetime(2026, 11, 25, 12)
ADA = Person(1, "Ada Lovelace", "ada@example.org")
WORDS = Words(
    ("new", "under-review", "rfc", "needs-ack"),
    (User(1, "mira", "Mira", "Halvorsen", "mira@example.org"), User(2, "o'neil"), User(3, 'a "b", c')),
    ("Ada Lovelace <ada@example.org>", "x@example.org", 'O\'Neil, "Tip" <tip@example.org>', ""),
    "mira",
    NOW,
)
SOUND = (
    "state:new,under-review delegate:me",
    "delegate:nobody OR delegate:mira -archived:yes",
    'submitter:"Ada Lovelace" age:<7d since:2026-11-01 before:today',
    "check:fail,warning version:>1 has:comments,cover,newer,incomplete,note,open,disagree,stale,patches",
    "tag:reviewed-by>1 tag:acked-by file:hw/block/* file:include",
    '"a phrase" -word (a OR -(b c)) -"-x" "OR" AND \\d+[a-z]*',
    "net: phy foo() c++ 100% a_b 'quoted' [PATCH v2] <x@y> ->next",
)
PIECES = (
    *(f"{name}:" for name in FIELDS),
    *("state", "me", "nobody", "new", "7d", "<", ">", ">=", "=", ",", '"', "(", ")", "-", "OR", "AND", " "),
    *("\\", "\\\\", "'", "%", "_", "*", "?", "[", "]", "^$.|", ":", "::", "\0", "\n", "\t", "\x1b[31m"),
    *("\ud800", "\udcff", "é", "ß", "İ", "漢字", "\u202e", "\u00a0", "\u2028", "🙂", "a" * 300, "9" * 30),
    *("2026-11-01", "0000-00-00", "99999y", "v2", "reviewed-by>1", "hw/*", "'; DROP TABLE patch; --", "?1"),
)


@dataclass(slots=True)
class Report:
    """What came of it."""

    queries: int = 0
    right: int = 0
    asked: int = 0
    """Queries that the server can answer a part of."""
    failures: list[str] = field(default_factory=list)


def queries(number: int, seed: int) -> Iterator[str]:
    """Make so many queries."""
    chance = random.Random(seed)
    for _ in range(number):
        kind = chance.random()
        if kind < 0.45:
            yield _damaged(chance, " ".join(chance.sample(SOUND, chance.randint(1, 3))))
        elif kind < 0.9:
            yield "".join(chance.choice(PIECES) for _ in range(chance.randint(0, 12)))
        elif kind < 0.99:
            letters = (
                chr(chance.choice((chance.randrange(128), chance.randrange(0x3000)))) for _ in range(30)
            )
            yield "".join(letters)
        else:
            yield "".join(chance.choice(PIECES) for _ in range(2000))[:10_000]


def _damaged(chance: random.Random, text: str) -> str:
    for _ in range(chance.randint(0, 4)):
        at, end = sorted(chance.randint(0, len(text)) for _ in range(2))
        how = chance.randrange(4)
        if how == 0:
            text = text[:at]
        elif how == 1:
            text = text[:at] + chance.choice(PIECES) + text[at:]
        elif how == 2:
            text = text[:at] + text[min(end, at + 3) :]
        else:
            text = text[:end] + text[at:end] + text[end:]
    return text


def small_store() -> Store:
    """Return a store with one series."""
    store = Store()
    store.put_series([Series(1, 1, "net: phy", NOW, ADA, patch_ids=(1,))])
    store.put_patches([Patch(1, 1, "<1>", "[v2] net: phy word", NOW, ADA, "new", series_id=1)])
    store.put_body(1, Body(1, (), "a phrase\n\nReviewed-by: X <x@y>\n", "+++ b/hw/block/x.c\n+foo()\n"))
    return store


def read(text: str, *, typing: bool) -> Query | None:
    """Read a query; return nothing where it is wrong and says so as it should."""
    try:
        return parse_query(text, WORDS, typing=typing)
    except QueryError as error:
        assert 0 <= error.start <= error.end <= len(text), "the place is outside of the text"
        assert error.start < error.end or error.unfinished or error.start < len(text), "it points at nothing"
        assert error.message, "nothing is said"
        assert error.message.isprintable(), "it is not one line"
        assert len(error.message) < 500, "too much is said"
        return None


def check(text: str, cursor: int, store: Store, report: Report) -> None:
    """Try everything with one text.  Raises AssertionError, or whatever must not be raised."""
    typed, query = read(text, typing=True), read(text, typing=False)
    assert typed is not None or query is None, "what is right is wrong while it is being typed"
    choices = complete(text, cursor, WORDS)
    assert 0 <= choices.start <= cursor <= choices.end <= len(text), "the choices are for no place"
    for one in (query, typed):
        if one is not None:
            shown = show_query(one)
            assert parse_query(shown, WORDS) == one, f"it is shown as {shown!r}"
            report.asked += server_filters(one, WORDS) is not None
            found = store.find_series(1, one)
            assert store.count_found(1, one) == len(found)
            assert store.find_patches(1, one) == found
    report.right += query is not None


def fuzz(number: int, seed: int = SEED) -> Report:
    """Try so many queries."""
    store, report = small_store(), Report()
    chance = random.Random(seed)
    for text in queries(number, seed):
        report.queries += 1
        try:
            check(text, chance.randint(0, len(text)), store, report)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a failure
            report.failures.append(f"{text!r}: {type(error).__name__}: {error}")
    return report


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    outcome = fuzz(*(arguments or [100_000]))
    sys.stdout.write(
        f"{outcome.queries} queries, {outcome.right} right, {outcome.asked} readings for the server,"
        f" {len(outcome.failures)} failures\n"
    )
    sys.stdout.write("\n".join(outcome.failures[:10]) + "\n" if outcome.failures else "")
    sys.exit(bool(outcome.failures))
