"""Addresses of the web in a text."""

from __future__ import annotations

import pytest

from tui.core.links import find_links


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("see https://example.org/a.", ["https://example.org/a"]),
        ("(https://example.org/a)", ["https://example.org/a"]),
        ("<https://example.org/a?b=c&d>", ["https://example.org/a?b=c&d"]),
        ("https://example.org/wiki/A_(b), and", ["https://example.org/wiki/A_(b)"]),
        (
            "[1] http://a.example.org/x [2] HTTP://b.example.org",
            ["http://a.example.org/x", "HTTP://b.example.org"],
        ),
        (
            "https://lists.example.org/r/20260301-1@example.org",
            ["https://lists.example.org/r/20260301-1@example.org"],
        ),
        ("ftp://example.org javascript:alert(1) file:///etc", []),
        ("https://", []),
        ("http://...", []),
    ],
)
def test_links(text: str, urls: list[str]) -> None:
    found = find_links(text)
    assert [link.url for link in found] == urls
    assert all(text[link.start : link.end] == link.url for link in found)
