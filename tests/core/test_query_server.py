"""What the server is asked: never less than what matches."""

from __future__ import annotations

import pytest

from tests.core.test_query_parse import WORDS
from tui.core.query_parse import parse_query
from tui.core.query_server import server_filters

KNOWN = WORDS._replace(
    submitters=(
        "Ada Lovelace <ada@x.org>",
        "Zed <zed@x.org>",
        *(f"n{number}@many.org" for number in range(50)),
    )
)


def asked(text: str) -> list[dict[str, str]] | None:
    found = server_filters(parse_query(text, KNOWN), KNOWN)
    return None if found is None else [dict(one) for one in found]


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("state:new", [{"state": "new"}]),
        ("state:new,rfc archived:no", [{"archived": "false", "state": s} for s in ("new", "rfc")]),
        ("-archived:no", [{"archived": "true"}]),
        ("delegate:mira", [{"delegate": "21"}]),
        ("delegate:zoe", [{"delegate": "zoe"}]),
        ("delegate:me state:new", [{"delegate": "21", "state": "new"}]),
        ("submitter:ada@x.org", [{"submitter": "ada@x.org"}]),
        ("submitter:unknown@y.org", [{"submitter": "unknown@y.org"}]),
        ("submitter:lovelace", [{"submitter": "ada@x.org"}]),
        ("since:2026-11-01", [{"since": "2026-11-01T00:00:00"}]),
        ("-since:2026-11-01", [{"before": "2026-11-01T00:00:01"}]),
        ("since:2026-01-01 since:2026-02-01 before:2026-03-01", None),
        ("age:<1d", [{"since": "2026-11-24T12:30:00"}]),
        ("age:>1d", [{"before": "2026-11-24T12:30:01"}]),
        ("net fix", [{"q": "net fix"}]),
        ('"a, b\'c"', [{"q": "a b c"}]),
        ("ada", [{"q": "ada"}, {"submitter": "ada@x.org"}]),
        ("state:new OR net", [{"state": "new"}, {"q": "net"}]),
        ("state:new -(has:cover -archived:yes)", [{"state": "new"}]),
        ("-(archived:yes OR since:2026-11-01)", [{"archived": "false", "before": "2026-11-01T00:00:01"}]),
        ("state:new has:newer version:>1 check:fail file:a -b", [{"state": "new"}]),
    ],
)
def test_what_is_asked(text: str, filters: list[dict[str, str]] | None) -> None:
    if filters is None:
        filters = [{"since": "2026-02-01T00:00:00", "before": "2026-03-01T00:00:01"}]
    assert asked(text) == filters


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-state:new",
        "-word",
        "delegate:nobody",
        "delegate:mira,nobody",
        "archived:yes,no",
        "submitter:nobody-known",
        "submitter:many",
        "state:new OR has:cover",
        "has:newer",
        '","',
        "a" * 1000,
        '"\0"',
        " OR ".join(f"w{number}" for number in range(20)),
    ],
)
def test_what_only_the_whole_list_would_answer(text: str) -> None:
    assert asked(text) is None


def test_what_would_take_too_many_lists_is_left_to_the_store() -> None:
    states = "state:new,under-review,changes-requested,rfc"
    people = "(submitter:a@x.org OR submitter:b@x.org OR submitter:c@x.org OR submitter:d@x.org)"
    found = asked(f"{states} {people} archived:no")
    assert found is not None
    assert len(found) == 4
    assert all(set(one) in ({"archived", "state"}, {"archived", "submitter"}) for one in found)
