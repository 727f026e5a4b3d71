"""Text becomes a query and text again; what is wrong is pointed at."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tui.core.model import User
from tui.core.query import Both, Either, Field, Node, Not, Query, QueryError, Term, Value, Words, show_query
from tui.core.query_parse import DEEPEST, MOST_VALUES, parse_query

NOW = datetime(2026, 11, 25, 12, 30)
MIRA = User(21, "mira", "Mira", "Halvorsen", "mira@example.org")
WORDS = Words(
    ("new", "under-review", "changes-requested", "rfc"), (MIRA, User(22, "jun")), me="mira", now=NOW
)


def parse(text: str, *, typing: bool = False, words: Words = WORDS) -> Query:
    return parse_query(text, words, typing=typing)


def word(text: str) -> Term:
    return Term(Field.WORD, (Value(text),))


def only(text: str) -> Value:
    """The only value of the only term."""
    (term,) = parse(text).terms()
    (value,) = term.values
    return value


def wrong(text: str, words: Words = WORDS) -> tuple[str, str, int]:
    """What is said, about which part of the text, and where."""
    with pytest.raises(QueryError) as caught:
        parse(text, words=words)
    error = caught.value
    return error.message, text[error.start : error.end], error.start


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", None),
        ("  \t", None),
        ("word", word("word")),
        ('"a phrase"', word("a phrase")),
        ("a b", Both((word("a"), word("b")))),
        ("a AND b", Both((word("a"), word("b")))),
        ("a b OR c", Either((Both((word("a"), word("b"))), word("c")))),
        ("a (b OR c)", Both((word("a"), Either((word("b"), word("c")))))),
        ("((a)) (b c)", Both((word("a"), word("b"), word("c")))),
        ("a OR (b OR c)", Either((word("a"), word("b"), word("c")))),
        ("-a", Not(word("a"))),
        ("-(a b)", Not(Both((word("a"), word("b"))))),
        ("-(-a)", word("a")),
        ('"-a" "OR" or', Both((word("-a"), word("OR"), word("or")))),
        ("foo() (bar(1))", Both((word("foo()"), word("bar(1)")))),
        ("net: phy", Both((word("net:"), word("phy")))),
        ("https://x.org/y std::string", Both((word("https://x.org/y"), word("std::string")))),
        (r'"say \"hi\" \\ \d"', word(r'say "hi" \ \d')),
        ("a,b 'c' 100% ^$.*+", Both(tuple(map(word, ["a,b", "'c'", "100%", "^$.*+"])))),
    ],
)
def test_what_joins_terms(text: str, node: Node | None) -> None:
    assert parse(text).node == node


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("state:NEW,new", "state:new"),
        ('state:"Changes Requested"', "state:changes-requested"),
        ("State:rfc", "state:rfc"),
        ("delegate:Mira", "delegate:mira"),
        ('delegate:"mira halvorsen",nobody', "delegate:mira,nobody"),
        ("delegate:ME", "delegate:me"),
        ("submitter:'x", "submitter:'x"),
        ('submitter:"Ada <ada@x.org>"', "submitter:ada@x.org"),
        ('submitter:"Lovelace, Ada"', 'submitter:"Lovelace, Ada"'),
        ('age:<"7 days"', None),
        ("age:>=07D", "age:>=7d"),
        ("age:3months", "age:3m"),
        ("since:2026-11-1", "since:2026-11-1"),
        ('before:"2026-11-01 10:30"', "before:2026-11-01T10:30"),
        ("since:Yesterday", "since:yesterday"),
        ("version:v2,>4", "version:2,>4"),
        ("has:Cover,newer", "has:cover,newer"),
        ("archived:TRUE", "archived:yes"),
        ("tag:Reviewed-by>1", "tag:reviewed-by>1"),
        ("tag:acked-by:", "tag:acked-by"),
        ('file:"a b",hw/*', 'file:"a b",hw/*'),
    ],
)
def test_values_in_their_plainest_form(text: str, shown: str | None) -> None:
    if shown is None:
        wrong(text)
    else:
        assert show_query(parse(text)) == shown
        assert parse(shown) == parse(text)


def test_what_values_mean() -> None:
    assert only("age:<2w").moment == NOW - timedelta(weeks=2)
    assert only("age:999999y").moment == datetime.min
    assert only("since:today").moment == datetime(2026, 11, 25)
    assert only("since:3d").moment == NOW - timedelta(days=3)
    assert only("before:2026").moment == datetime(2026, 1, 1)
    assert only("has:stale").moment == NOW - timedelta(days=30)
    assert only("tag:reviewed-by>1") == Value("reviewed-by", ">", 1)
    assert only("version:<=3") == Value("3", "<=", 3)
    assert only("delegate:me") == Value("me", ids=(21,))
    assert only("delegate:mira@example.org") == Value("mira", ids=(21,))
    assert only("delegate:somebody") == Value("somebody", name="somebody")


def test_who_is_no_maintainer_can_be_meant_by_me() -> None:
    assert parse("delegate:me", words=WORDS._replace(me="zoe")).node == Term(
        Field.DELEGATE, (Value("me", name="zoe"),)
    )


def test_any_state_will_do_where_none_is_known() -> None:
    assert show_query(parse("state:Odd,new", words=Words())) == "state:odd,new"


@pytest.mark.parametrize(
    ("text", "said", "part", "start"),
    [
        ("a sate:new", "did you mean state?", "sate", 2),
        ("drm:i915", "in quotes", "drm", 0),
        ("state:new,nwe", "did you mean new?", "nwe", 10),
        ("state:zzzz", "there are new, under-review", "zzzz", 6),
        ("state: a", "wants a value", "", 6),
        ("state:new, b", "after the comma", "", 10),
        ("(a", "not closed", "(", 0),
        ("a)", "closes nothing", ")", 1),
        ("a () b", "nothing stands between", "()", 2),
        ('a "bc', "not closed", '"bc', 2),
        ('a "" b', "nothing stands between", '""', 2),
        ('"a"b', "a space is missing", "b", 3),
        ("OR", "before it", "OR", 0),
        ("a OR", "behind it", "OR", 2),
        ("a AND OR b", "behind it", "AND", 2),
        ("- a", "leave out", "-", 0),
        ("age:soon", "write it as 7d", "soon", 4),
        ("since:2026-13", "no date", "2026-13", 6),
        ("since:0000", "no date", "0000", 6),
        ("check:fial", "did you mean fail?", "fial", 6),
        ("has:cvoer", "did you mean cover?", "cvoer", 4),
        ("archived:maybe", "there are yes, no", "maybe", 9),
        ("version:two", "write it as 2", "two", 8),
        ("tag:>1", "acked-by", ">1", 4),
        ('state:"a\nb"', "no state 'a␊b'", '"a\nb"', 6),
        ("state:" + "x" * 9000, "no state", "x" * 9000, 6),
    ],
)
def test_what_is_wrong_is_pointed_at(text: str, said: str, part: str, start: int) -> None:
    message, pointed, at = wrong(text)
    assert said in message
    assert "\n" not in message
    assert len(message) < 150
    assert (pointed, at) == (part, start)


def test_me_is_nobody_where_the_user_is_not_known() -> None:
    assert "not known" in wrong("delegate:me", Words())[0]


def test_limits_are_told_and_not_met_by_a_crash() -> None:
    assert wrong("(" * 200)[2] == DEEPEST
    assert parse("(" * DEEPEST + "a" + ")" * DEEPEST).node == word("a")
    assert wrong("a " * (MOST_VALUES + 1))[2] == 2 * MOST_VALUES
    assert wrong("state:" + ",".join(["new"] * 999))[1] == "new"
    assert parse("a" * 10_000).node == word("a" * 10_000)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("a state:", "a"),
        ("a -state:", "a"),
        ("state:new,", "state:new"),
        ("state:new,un", "state:new"),
        ("state:ne", ""),
        ("delegate:mi", ""),
        ("delegate:mira", "delegate:mira"),
        ("a OR", "a"),
        ("a OR ", "a"),
        ("a AND", "a"),
        ("OR", ""),
        ("a -", "a"),
        ("(", ""),
        ("a (b OR", "a b"),
        ("a (b", "a b"),
        ("a -(b OR c", "a -(b OR c)"),
        ('a "b c', "a"),
        ('file:"b c', ""),
        ("age:<", ""),
        ("age:<7", ""),
        ("since:2026-1", "since:2026-1"),
        ("since:2026-", ""),
        ("since:yest", ""),
        ("version:>", ""),
        ("has:cover,ne", "has:cover"),
        ("tag:reviewed-by>", ""),
        ("archived:y", "archived:yes"),
        ("check:", ""),
    ],
)
def test_what_is_half_typed_is_left_out(text: str, rest: str) -> None:
    assert show_query(parse(text, typing=True)) == rest


@pytest.mark.parametrize(
    "text", ["state: a", "state:nwe", "sate:new", "(OR a", "a )", "state:ne b", "() a", "age:x", '"a"b']
)
def test_what_no_more_typing_can_mend_is_wrong_at_once(text: str) -> None:
    with pytest.raises(QueryError):
        parse(text, typing=True)


def test_a_query_says_what_its_answer_depends_on() -> None:
    for text, reads in (("a has:cover,comments", True), ("a OR -has:unread", True), ("a has:cover", False)):
        assert parse(text).reads_comments is reads
    assert [parse(text).reads_texts for text in ("a", "file:a", "state:new", "")] == [
        True,
        True,
        False,
        False,
    ]
    assert [bool(parse(text)) for text in ("a", " ")] == [True, False]
