"""Subjects and senders are read as Patchwork reads them."""

from __future__ import annotations

import pytest

from tui.demo.subjects import is_reply, read_sender, read_subject


@pytest.mark.parametrize(
    ("raw", "name", "number", "total", "version"),
    [
        ("[PATCH v4 20/24] iotests/307: Test", "[v4,20/24] iotests/307: Test", 20, 24, 4),
        ("[PATCH] one", "one", None, None, 1),
        ("[RFC PATCH v2 0/3] cover", "[RFC,v2,0/3] cover", 0, 3, 2),
        ("[kiln-devel] [PATCH 1/2] two", "[1/2] two", 1, 2, 1),
        ("[PATCH 3 of 7] mercurial", "[3 of 7] mercurial", 3, 7, 1),
        ("[PATCH100/123] glued", "[PATCH100/123] glued", 100, 123, 1),
        ("[PATCH] late version (v5)", "late version (v5)", None, None, 5),
        ("=?utf-8?q?=5BPATCH=5D_gl=C3=BChen?=", "glühen", None, None, 1),
        ("[PATCH\t1/2]   wide\n space", "[1/2] wide space", 1, 2, 1),
        ("[bar] stays", "[bar] stays", None, None, 1),
    ],
)
def test_names(raw: str, name: str, number: int | None, total: int | None, version: int) -> None:
    subject = read_subject(raw, "kiln-devel")
    assert (subject.name, subject.number, subject.total, subject.version) == (name, number, total, version)
    assert not is_reply(raw)


def test_a_reply_is_one_whatever_its_case() -> None:
    subject = read_subject("RE: [PATCH 1/2] two", "kiln-devel")
    assert is_reply("RE: [PATCH 1/2] two")
    assert subject.name == "[1/2] two"


@pytest.mark.parametrize(
    ("raw", "who"),
    [
        ("Ann Author <ann@example.org>", ("Ann Author", "ann@example.org")),
        ('"Author, Ann" <ann@example.org>', ("Author, Ann", "ann@example.org")),
        ("ann@example.org (Ann)", ("Ann", "ann@example.org")),
        ("ann@example.org", ("", "ann@example.org")),
        ("=?utf-8?q?Zo=C3=AB?= <zoe@example.org>", ("Zoë", "zoe@example.org")),
    ],
)
def test_senders(raw: str, who: tuple[str, str]) -> None:
    assert read_sender(raw) == who
