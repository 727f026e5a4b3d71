"""Mails as clients send them, through the embedded server's intake, to the text that is read."""

from __future__ import annotations

import base64
import quopri

import pytest

from tui.core.letter import read_letter
from tui.core.undone import undo
from tui.demo.bodies import read_comment
from tui.demo.mail import Mail

TEXT = "Grüße,\n\n> +int a;\n\nWhy?"


def received(headers: str, body: bytes) -> list[tuple[int, str]]:
    mail = Mail(f"From: A <a@example.org>\nSubject: Re: x\n{headers}".rstrip("\n").encode() + b"\n\n" + body)
    return [(line.depth, line.text) for line in read_letter(read_comment(mail))]


EXPECTED = [(0, "Grüße,"), (0, ""), (1, "+int a;"), (0, ""), (0, "Why?")]


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Content-Type: text/plain; charset=utf-8", TEXT.encode()),
        ("", TEXT.encode()),
        ("Content-Type: text/plain; charset=iso-8859-1", TEXT.encode("latin-1")),
        ("Content-Type: text/plain", TEXT.encode("latin-1")),
        ("Content-Type: text/plain; charset=utf-8", TEXT.encode("latin-1")),
        ("Content-Type: text/plain; charset=nonsense", TEXT.encode("latin-1")),
        (
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64",
            base64.encodebytes(TEXT.encode()),
        ),
        (
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable",
            quopri.encodestring(TEXT.encode()),
        ),
        ("Content-Type: text/plain; charset=utf-8", TEXT.replace("\n", "\r\n").encode()),
    ],
)
def test_a_mail_of_text_whatever_its_charset_and_encoding(headers: str, body: bytes) -> None:
    assert received(headers, body) == EXPECTED


def test_attachments_and_markup_beside_the_text_do_not_matter() -> None:
    body = (
        "--b\nContent-Type: text/plain; charset=utf-8\n\n" + TEXT + "\n"
        "--b\nContent-Type: text/html\n\n<p>Other</p>\n"
        "--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n"
    )
    assert received('Content-Type: multipart/mixed; boundary="b"', body.encode()) == EXPECTED


def test_markup_that_calls_itself_text_is_read() -> None:
    html = (
        "<html><head><style>p {}</style></head><body><p>Hello &amp; goodbye</p>"
        "<blockquote><div>older<br>words</div><blockquote>oldest</blockquote></blockquote>"
        "<pre>  kept\n  so</pre></body></html>"
    )
    lines = [(line.depth, line.text) for line in read_letter(undo(html)) if line.text]
    assert lines == [
        (0, "Hello & goodbye"),
        (1, "older"),
        (1, "words"),
        (2, "oldest"),
        (0, "  kept"),
        (0, "  so"),
    ]


def test_base64_that_nobody_declared_is_read() -> None:
    text = "This is long enough to be taken for what it is, in more lines than one.\n> quoted\nWhy?\n" * 2
    assert undo(base64.encodebytes(text.encode()).decode()) == text


def test_quoted_printable_that_nobody_declared_is_read() -> None:
    text = "A line that is long enough to be broken softly, =\nsee x =3D 1.=20\nEnd"
    assert undo(text) == "A line that is long enough to be broken softly, see x = 1. \nEnd"


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "<p> is a tag of HTML.",
        "if (a == b) c =3D 1;",
        "x=\n",
        "AAAA",
        "commit 0123456789abcdef0123456789abcdef01234567",
        "deadbeef" * 12,
    ],
)
def test_text_that_only_looks_like_it_stays_as_it_is(text: str) -> None:
    assert undo(text) == text
