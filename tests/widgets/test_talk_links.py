"""Addresses in a talk are links of the terminal (OSC 8): those that are seen whole, and no others."""

from __future__ import annotations

import pytest
from rich.style import Style

from tui.core.colors import Colors
from tui.core.text import clean
from tui.widgets import talk_ink


def links(text: str, room: int = 200) -> list[str]:
    segments = talk_ink._marked(clean(text), Style(), Colors(), None, room)
    return [one.style.link for one in segments if one.style and one.style.link]


@pytest.fixture(autouse=True)
def new_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talk_ink, "HAS_LINKS", True)


def test_an_address_is_a_link_to_itself() -> None:
    assert links("see https://example.org/a?b=c;d, and http://x.org/.") == [
        "https://example.org/a?b=c;d",
        "http://x.org/",
    ]


def test_one_that_may_go_on_in_the_next_row_is_none() -> None:
    text = "see https://example.org/abc"
    assert links(text, len(text) + 1) == ["https://example.org/abc"]
    assert links(text, len(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/\x1b]8;;http://evil.example.org\x1b\\",
        "https://example.org/\x07x",
        "https://ex\u0430mple.org/",
        "https://example.org/\u202egro.live",
        "https://example.org/\u200bx",
    ],
)
def test_nothing_that_is_no_plain_ascii_is_one(text: str) -> None:
    for link in links(text):
        assert link.isascii() and link.isprintable()
        assert "\x1b" not in link


def test_an_old_terminal_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talk_ink, "HAS_LINKS", False)
    assert links("https://example.org/") == []
