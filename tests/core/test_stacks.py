"""Versions of one series have one key, other series have others."""

from __future__ import annotations

from datetime import datetime

import pytest

from tui.core.model import Person, Series
from tui.core.stacks import name_key, stack_key

ADA = Person(1, "Ada", "ada@example.org")


@pytest.mark.parametrize(
    "name",
    [
        "net: add a thing",
        "[PATCH] net: add a thing",
        "[PATCH v3 0/4] net: add a thing",
        "[RFC,v2,0/9] [net-next] Net:  add a\tthing ",
        "Re: [PATCH] net: add a thing",
        "net: add a thing v2",
        "net: add a thing (v3)",
        "net: add a thing, v12",
        "net: add a thing - version 2",
    ],
)
def test_versions_have_one_key(name: str) -> None:
    assert name_key(name) == "net: add a thing"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("add ipv6 to v4l2", "add ipv6 to v4l2"),
        ("support ipv4", "support ipv4"),
        ("drop usb 2.0", "drop usb 2.0"),
        ("v2", "v2"),
        ("[PATCH]", ""),
        ("", ""),
        ("[net] fix [a] b", "fix [a] b"),
        ("[unclosed fix", "[unclosed fix"),
    ],
)
def test_what_is_no_version_stays(name: str, key: str) -> None:
    assert name_key(name) == key


def test_the_key_of_a_series_is_that_of_its_name() -> None:
    series = Series(1, 1, "[v2] Fix it", datetime(2026, 1, 1), ADA, version=2)
    assert stack_key(series) == "fix it"


def test_a_cover_letter_without_its_subject_is_no_version_of_another() -> None:
    series = Series(1, 1, "[PATCH 0/3] *** SUBJECT HERE ***", datetime(2026, 3, 31), ADA)
    assert stack_key(series) == ""
