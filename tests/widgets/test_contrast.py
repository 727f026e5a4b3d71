"""Every text of the diff can be read on every ground that it stands on, in every theme."""

from __future__ import annotations

from itertools import product

import pytest

from tui.config.themes import load_theme
from tui.core.colors import Colors

LINES = ("background", "added_line", "removed_line", "moved_line", "cursor_line", "file_line")
SYNTAX = ("text", "keyword", "name", "type", "string", "number", "preproc", "builtin")
QUIET = ("comment", "dim")
STRONG = ("added_word", "removed_word", "hit", "selected", "space_error")
THEMES = ("dark", "light")


def luminance(color: str) -> float:
    """As WCAG 2 defines it."""
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def poor(colors: Colors, texts: tuple[str, ...], grounds: tuple[str, ...], least: float) -> list[str]:
    role = colors._asdict()
    return [
        f"{text} on {ground}: {found:.2f}"
        for text, ground in product(texts, grounds)
        if (found := contrast(role[text], role[ground])) < least
    ]


@pytest.mark.parametrize("name", THEMES)
def test_text_stands_out(name: str) -> None:
    colors = load_theme(name).colors
    assert poor(colors, (*SYNTAX, *QUIET), LINES, 4.5) == []
    # What is quiet stands in the text's colour on these, see tui.widgets.reader_body.
    assert poor(colors, SYNTAX, STRONG, 4.5) == []
    assert poor(colors, ("added", "removed", "warning"), LINES, 4.5) == []
    assert poor(colors, ("moved", "hunk", "accent"), ("background", "moved_line", "cursor_line"), 4.5) == []
    assert poor(colors, ("background",), ("hit_now",), 4.5) == []
    assert poor(colors, ("line_number",), LINES, 2.8) == []


@pytest.mark.parametrize("name", THEMES)
def test_grounds_differ(name: str) -> None:
    grounds = [getattr(load_theme(name).colors, ground) for ground in (*LINES, *STRONG, "hit_now")]
    assert len(set(grounds)) == len(grounds)
