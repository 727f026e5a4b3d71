"""Headers are unfolded, decoded and set apart; what is damaged stays as it came."""

from __future__ import annotations

import random

import pytest

from tui.core.headers import LONGEST, Header, decode, read_headers, split_addresses, unfold
from tui.core.text import is_clean


def one(name: str, value: str) -> Header:
    (header,) = read_headers([(name, value)])
    return header


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain", "plain"),
        ("=?utf-8?q?Z=C3=BCrich?=", "Zürich"),
        ("=?UTF-8?Q?Z=C3=BC?= =?UTF-8?Q?rich?=", "Zürich"),
        ("=?utf-8?b?8J+Y?= =?utf-8?b?gA==?= end", "😀 end"),
        ("[PATCH] =?iso-8859-1?q?caf=E9?= and more", "[PATCH] café and more"),
        ("=?utf-8*en?q?hi?=", "hi"),
        ("=?utf-8?q?with spaces in it?=", "with spaces in it"),
        ("caf\xe9 \u4e2d =?utf-8?q?=C3=BC?=", "café 中 ü"),
        ("=?utf-8?q??=", ""),
    ],
)
def test_encoded_words_are_decoded(raw: str, shown: str) -> None:
    assert decode(raw) == shown


@pytest.mark.parametrize(
    "raw",
    [
        "=?x-nobody-knows?q?abc?=",
        "=?utf-8?q?=FF=FE?=",
        "=?utf-8?b?!!!?=",
        "=?us-ascii?q?=E9?=",
        "=?idna?q?xn--a?=",
        "=?punycode?q?abc-?=",
        "=?unicode_escape?q?=5Cx41?=",
        "=?utf-8?q?no end",
        "=?utf-8?x?what?=",
        "=?" * 3000,
        "=?utf-8?q?" * 2000,
    ],
)
def test_what_cannot_be_decoded_stays_as_it_came(raw: str) -> None:
    assert decode(raw) == raw


def test_one_bad_word_does_not_spoil_the_others() -> None:
    assert decode("=?nope?q?abc?= =?utf-8?q?=C3=BC?= tail") == "=?nope?q?abc?= ü tail"


def test_folds_are_taken_out() -> None:
    assert unfold(" one\r\n\ttwo\n   three\rfour ") == "one two three four"
    assert one("Subject", "[PATCH 1/2]\n =?utf-8?q?=C3=BC?=\n =?utf-8?q?ber?=").lines == ("[PATCH 1/2] über",)


@pytest.mark.parametrize(
    ("value", "apart"),
    [
        ("a@example.org", ["a@example.org"]),
        ("A <a@example.org>, B <b@example.org>", ["A <a@example.org>", "B <b@example.org>"]),
        ('"Doe, Jan" <j@example.org>,k@example.org', ['"Doe, Jan" <j@example.org>', "k@example.org"]),
        ('"a \\" , b" <a@example.org>, c@example.org', ['"a \\" , b" <a@example.org>', "c@example.org"]),
        ("a@example.org (one, two), b@example.org", ["a@example.org (one, two)", "b@example.org"]),
        ("undisclosed-recipients:;", ["undisclosed-recipients:;"]),
        ("team: a@example.org, b@example.org;, c@example.org",
         ["team: a@example.org, b@example.org;", "c@example.org"]),
        (" , ,", []),
        ('"never closed, a@example.org', ['"never closed, a@example.org']),
        ("((((, a@example.org", ["((((, a@example.org"]),
    ],
)  # fmt: skip
def test_addresses_are_told_apart(value: str, apart: list[str]) -> None:
    assert split_addresses(value) == apart


def test_an_encoded_comma_divides_nothing() -> None:
    header = one("Cc", "=?utf-8?q?Doe=2C_J=C3=BCrgen?= <j@example.org>,\n Ada <ada@example.org>")
    assert header.lines == ("Doe, Jürgen <j@example.org>", "Ada <ada@example.org>")
    assert header.text == "Cc: Doe, Jürgen <j@example.org>, Ada <ada@example.org>"


def test_the_sender_s_come_first_and_all_keep_their_order() -> None:
    mail = [
        ("Received", "from a"),
        ("DKIM-Signature", "v=1"),
        ("From", "Ada <ada@example.org>"),
        ("Received", "from b"),
        ("Subject", "x"),
        ("List-Id", "<l.example.org>"),
        ("To", "l@example.org"),
        ("X-Mailer", "y"),
    ]
    found = read_headers(mail)
    names = [header.name for header in found]
    assert names == ["From", "Subject", "To", "Received", "DKIM-Signature", "Received", "List-Id", "X-Mailer"]
    assert [header.is_side for header in found] == [False] * 3 + [True] * 5
    assert [header.lines[0] for header in found if header.name == "Received"] == ["from a", "from b"]


def test_references_are_one_a_line() -> None:
    assert one("References", "<a@example.org>\n <b@example.org>").lines == (
        "<a@example.org>",
        "<b@example.org>",
    )


def test_what_acts_on_a_terminal_is_shown() -> None:
    for value in ("=?utf-8?q?a=0Ab=1B[31m?=", "\x1b]52;c;x\x07", "a\u202eb"):
        header = one("Subject", value)
        assert is_clean(header.lines[0])
    assert is_clean(one("Sub\x1bject", "x").name)


def test_an_endless_header_is_not_looked_into() -> None:
    value = "a@example.org, " * LONGEST
    assert one("To", value).lines == (value.strip(),)
    assert decode("=?utf-8?q?a?=" * LONGEST).startswith("=?utf-8")


def test_a_header_without_a_value_has_an_empty_line() -> None:
    assert one("Cc", "").lines == ("",)
    assert one("Subject", "").text == "Subject: "


def test_no_text_is_too_much() -> None:
    dice = random.Random(7)
    pieces = ["=?", "?=", "utf-8", "?q?", "?b?", "=C3", "\n ", ",", "<", ">", '"', "(", ")", "\\", ":", ";",
              "\ud800", "\x00", "é", " ", "aGk="]  # fmt: skip
    for _ in range(3000):
        value = "".join(dice.choices(pieces, k=dice.randrange(40)))
        for name in ("Subject", "To", "References"):
            assert all(is_clean(line) for line in one(name, value).lines)


def test_a_quoted_name_keeps_its_quotes() -> None:
    first, second = '"Ashdown, Ruth" <ruth@example.org>', "=?utf-8?q?M=C3=BCller=2C_Jo?= <jo@example.org>"
    header = one("To", f"{first},\n {second}, list@example.org")
    assert header.lines == (first, "Müller, Jo <jo@example.org>", "list@example.org")
    assert one("Subject", "one, two").lines == ("one, two",)
