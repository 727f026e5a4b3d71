"""What may follow: fields, then their values."""

from __future__ import annotations

import pytest

from tests.core.test_query_parse import WORDS
from tui.core.query_complete import MOST, Completion, complete
from tui.core.query_parse import parse_query

KNOWN = WORDS._replace(submitters=("Ada Lovelace <ada@x.org>", "bob@x.org", "Carl"))


def at_end(text: str) -> Completion:
    return complete(text, len(text), KNOWN)


def texts(text: str) -> list[str]:
    return [choice.text for choice in at_end(text).choices]


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("st", ["state:"]),
        ("a -(s", ["state:", "submitter:", "since:"]),
        ("state:", ["new", "under-review", "changes-requested", "rfc"]),
        ("state:new,", ["under-review", "changes-requested", "rfc"]),
        ("state:REV", ["under-review"]),
        ("-state:rf", ["rfc"]),
        ("delegate:", ["me", "nobody", "mira", "jun"]),
        ("delegate:halv", ["mira"]),
        ("submitter:lovel", ["ada@x.org"]),
        ('submitter:"Ada L', ["ada@x.org"]),
        ("submitter:c", ["Carl"]),
        ("archived:", ["no", "yes"]),
        ("has:co", ["comments", "cover", "incomplete"]),
        ("check:f", ["fail"]),
        ("age:>", [">7d", ">2w", ">3m", ">1y"]),
        ("tag:rev", ["reviewed-by"]),
        ("file:", []),
        ('"stat', []),
        ("zzz", []),
        ("zzz:", []),
    ],
)
def test_choices(text: str, choices: list[str]) -> None:
    assert texts(text) == choices


def test_nothing_typed_offers_all_fields_with_what_they_mean() -> None:
    choices = at_end("").choices
    assert len(choices) > 10
    assert all(choice.about for choice in choices)


def test_a_choice_takes_the_place_of_the_word_under_the_cursor() -> None:
    text = "a state:unknown,rfc b"
    assert complete(text, text.index("known"), KNOWN)[:2] == (8, 15)
    assert complete(text, 4, KNOWN)[:2] == (2, 15)
    assert complete(text, 99, KNOWN)[:2] == (len(text) - 1, len(text))


@pytest.mark.parametrize(
    "text", ["state:", "delegate:", "submitter:", "age:", "since:", "check:", "has:", "tag:"]
)
def test_every_choice_is_right_where_it_is_put(text: str) -> None:
    found = at_end(text)
    assert found.choices
    for choice in found.choices:
        assert parse_query(text[: found.start] + choice.text, WORDS).node


def test_thousands_of_submitters_are_not_offered_at_once() -> None:
    many = KNOWN._replace(submitters=tuple(f"n{number}@x.org" for number in range(5000)))
    assert len(complete("submitter:n", 11, many).choices) == MOST
