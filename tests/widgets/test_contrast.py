"""Every text can be read on every ground that it stands on, in every theme; and what must differ does.

Also for readers who see fewer colours: those are simulated for protanopia, deuteranopia and
tritanopia after Machado, Oliveira and Fernandes (2009), at full severity.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import product

import pytest

from tui.config.themes import load_theme, theme_names
from tui.core.colors import Colors

LINES = ("background", "added_line", "removed_line", "moved_line", "cursor_line", "file_line")
SYNTAX = ("text", "keyword", "name", "type", "string", "number", "preproc", "builtin")
QUIET = ("comment", "dim", "line_number")
STRONG = ("added_word", "removed_word", "hit", "selected", "space_error")
PATCH = ("added", "removed", "warning", "file", "trailer", "hunk", "moved", "accent")
LISTED = ("text", "dim", "good", "warning", "bad", "info", "pending", "accent")
LIST_GROUNDS = ("background", "panel", "cursor", "cursor_off")

COLOURED = [name for name in theme_names() if load_theme(name).shades]
"""The themes but for the one without colours."""
LEAST = {"contrast": 7.0}
"""The contrast that a theme has at least, where it is not 4.5."""
SAFE = ("harbour", "quay")
"""The themes for readers who see fewer colours."""

TEXT_PAIRS = [
    *(("good", "bad"), ("good", "warning"), ("warning", "bad"), ("pending", "good"), ("pending", "bad")),
    *(("info", "bad"), ("info", "warning"), ("added", "removed"), ("moved", "removed"), ("moved", "added")),
]
GROUND_PAIRS = [
    *(("added_line", "removed_line"), ("added_word", "removed_word"), ("moved_line", "added_line")),
    *(("moved_line", "removed_line"), ("added_line", "background"), ("removed_line", "background")),
    *(("moved_line", "background"), ("added_line", "added_word"), ("removed_line", "removed_word")),
    *(("hit", "selected"), ("added_word", "hit"), ("removed_word", "hit"), ("cursor", "background")),
]
APART_TEXTS, APART_GROUNDS = 15.0, 6.0
"""Distances in CIELAB (CIE 1976) at which one text, and a ground of whole lines, is plainly another; of
2.3 it is just noticed.
"""

Rgb = tuple[float, float, float]
Matrix = tuple[Rgb, Rgb, Rgb]
SIGHTS: dict[str, Matrix] = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(color: str) -> Rgb:
    """Return the light of a colour, as sRGB defines it."""
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def times(matrix: Matrix, light: Rgb) -> Rgb:
    one, two, three = (sum(a * b for a, b in zip(row, light, strict=True)) for row in matrix)
    return one, two, three


def luminance(color: str) -> float:
    """As WCAG 2 defines it."""
    red, green, blue = linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(light: Rgb) -> Rgb:
    """Return light in CIELAB, white being D65."""
    to_xyz: Matrix = (
        (0.4124564, 0.3575761, 0.1804375),
        (0.2126729, 0.7151522, 0.0721750),
        (0.0193339, 0.1191920, 0.9503041),
    )
    x, y, z = times(to_xyz, light)

    def bent(t: float) -> float:
        return t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116

    x, y, z = bent(x / 0.95047), bent(y), bent(z / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str, sight: Matrix) -> float:
    """Return how far apart somebody sees two colours."""
    seen: Callable[[str], Rgb] = lambda color: times(sight, linear(color))  # noqa: E731
    shown = [[min(1.0, max(0.0, part)) for part in seen(color)] for color in (one, other)]
    return math.dist(*(lab((r, g, b)) for r, g, b in shown))


def poor(colors: Colors, texts: tuple[str, ...], grounds: tuple[str, ...], least: float) -> list[str]:
    role = colors._asdict()
    return [
        f"{text} on {ground}: {found:.2f}"
        for text, ground in product(texts, grounds)
        if (found := contrast(role[text], role[ground])) < least
    ]


@pytest.mark.parametrize("name", COLOURED)
def test_text_stands_out(name: str) -> None:
    colors, least = load_theme(name).colors, LEAST.get(name, 4.5)
    assert poor(colors, (*SYNTAX, *QUIET, *PATCH), LINES, least) == []
    # What is quiet stands in the text's colour on these, see tui.widgets.reader_body.
    assert poor(colors, SYNTAX, STRONG, least) == []
    assert poor(colors, LISTED, LIST_GROUNDS, least) == []
    assert poor(colors, ("background",), ("hit_now",), least) == []


@pytest.mark.parametrize("name", COLOURED)
def test_grounds_differ(name: str) -> None:
    theme = load_theme(name)
    if theme.shades == 16:
        pytest.skip("16 colours are too few: there, signs tell lines apart")
    grounds = [getattr(theme.colors, ground) for ground in (*LINES, *STRONG, "hit_now")]
    assert len(set(grounds)) == len(grounds)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("name", SAFE)
def test_what_must_differ_does_for_readers_who_see_fewer_colours(name: str, sight: str) -> None:
    role = load_theme(name).colors._asdict()
    alike = [
        f"{one} and {other}: {found:.1f}"
        for pairs, least in ((TEXT_PAIRS, APART_TEXTS), (GROUND_PAIRS, APART_GROUNDS))
        for one, other in pairs
        if (found := distance(role[one], role[other], SIGHTS[sight])) < least
    ]
    assert alike == []


def test_of_those_who_see_all_nobody_takes_good_for_bad() -> None:
    for name in COLOURED:
        role = load_theme(name).colors._asdict()
        for one, other in (("good", "bad"), ("added", "removed"), ("good", "warning")):
            assert distance(role[one], role[other], SIGHTS["all"]) >= APART_TEXTS


def test_the_simulation_takes_red_for_green() -> None:
    red, green = "#d04040", "#6f8f30"
    assert distance(red, green, SIGHTS["all"]) > 60
    assert distance(red, green, SIGHTS["deuteranopia"]) < 25
    assert distance("#ffffff", "#fefefe", SIGHTS["tritanopia"]) < 2
