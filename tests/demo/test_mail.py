"""Mails are split, decoded and dated."""

from __future__ import annotations

import base64
from datetime import datetime

import pytest

from tui.demo.mail import Mail, format_date, parse_date, split_mbox


def read(head: str, body: bytes = b"") -> Mail:
    return Mail(head.encode() + b"\n\n" + body)


def test_an_mbox_is_split_at_its_from_lines_alone() -> None:
    data = b"From a\nSubject: 1\n\nSee >From below\n>From here\n>>From there\nFrom b\nSubject: 2\n\nx\n"
    mails = list(split_mbox(data))
    assert [mail.first("subject") for mail in mails] == ["1", "2"]
    assert mails[0].parts == [("plain", "See >From below\nFrom here\n>From there")]


@pytest.mark.parametrize(
    ("coding", "charset", "body"),
    [
        ("8bit", "utf-8", "grüße\n".encode()),
        ("quoted-printable", "utf-8", b"gr=C3=BC=C3=\n=9Fe\n"),
        ("base64", "utf-8", base64.encodebytes("grüße\n".encode())),
        ("8bit", "iso-8859-1", "grüße\n".encode("latin-1")),
        ("8bit", "no-such-charset", "grüße\n".encode("latin-1")),
    ],
)
def test_bodies_are_decoded(coding: str, charset: str, body: bytes) -> None:
    head = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {coding}"
    assert read(head, body).parts == [("plain", "grüße\n")]


def test_multipart_mails_give_their_text_parts() -> None:
    body = b"--b\nContent-Type: text/plain\n\nhello\n--b\nContent-Type: text/x-diff\n\n--- a\n--b--\n"
    mail = read("Content-Type: multipart/mixed; boundary=b", body)
    assert mail.parts == [("plain", "hello"), ("x-diff", "--- a")]


def test_headers_are_unfolded_shifted_ascii_and_keep_no_secrets_of_the_demo() -> None:
    mail = read("Subject: one\n\ttwo\nX-Demo-State: accepted\nDate: x\nCc: Zoë Müller <z@example.org>")
    mail.date = datetime(2026, 3, 1, 8, 5)
    assert mail.headers == [
        ("Subject", "one two"),
        ("Date", "Sun, 1 Mar 2026 08:05:00 +0000"),
        ("Cc", "=?utf-8?b?Wm/DqyBNw7xsbGVy?= <z@example.org>"),
    ]
    assert mail.demo("state") == ["accepted"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Mon, 5 Feb 2024 10:30:15 +0000", datetime(2024, 2, 5, 10, 30, 15)),
        ("5 Feb 2024 10:30 -0730", datetime(2024, 2, 5, 18, 0)),
        ("Mon, 31 Feb 2024 10:30:15 +0000", None),
        ("Mon, 5 Xyz 2024 10:30:15 +0000", None),
        ("yesterday", None),
    ],
)
def test_dates(text: str, date: datetime | None) -> None:
    assert parse_date(text) == date


def test_a_date_goes_there_and_back() -> None:
    assert parse_date(format_date(datetime(2026, 12, 31, 23, 59, 59))) == datetime(2026, 12, 31, 23, 59, 59)
