"""Theme files: what is shipped, and what is said of a bad one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.config.themes import (
    ALL_SHADES,
    ANSI,
    DEFAULT_THEME,
    FEW_COLORS,
    ThemeError,
    default_theme,
    load_theme,
    read_theme,
    theme_folder,
    theme_names,
)
from tui.core.colors import Colors
from tui.shades import PALETTE

DARK = (theme_folder() / "dark.toml").read_text(encoding="utf-8")
SIXTEEN = (theme_folder() / "ansi.toml").read_text(encoding="utf-8")


def test_what_is_shipped() -> None:
    themes = {name: load_theme(name) for name in theme_names()}
    assert len(themes) >= 8
    assert {"dark", "light", "contrast", "harbour", "quay", "ansi", "none"} <= themes.keys()
    assert len({theme.title for theme in themes.values()}) == len(themes)
    assert themes["ansi"].shades == 16
    assert themes["none"].shades == 0
    assert themes[DEFAULT_THEME].colors == Colors()
    assert all(themes[name].shades == ALL_SHADES for name in ("dark", "light", "contrast"))


def test_the_sixteen_are_those_that_are_written() -> None:
    assert tuple(ANSI.values()) == PALETTE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (DARK.replace('"#16181d"', '"red"'), ":7:14: background = 'red' is not a colour such as #7fb4f0"),
        (DARK.replace('"#16181d"', '"#16181"'), ":7:14: background = '#16181' is not a colour"),
        (DARK.replace('"#16181d"', "7"), ":7:14: background = 7 is not a colour"),
        (DARK.replace("background =", "ground ="), "no colour for background"),
        (DARK + 'extra = "#000000"\n', ": unknown role extra"),
        (DARK.replace("[colors]", "[colours]"), "there is no table [colors]"),
        (DARK.replace("[colors]", "[colors"), "(at line 6, column 8)"),
        (DARK.replace("dark = true", "dark = true\nshades = 3"), ":5:10: shades is 16, or 0"),
        (SIXTEEN.replace('"blue"', '"azure"', 1), ":14:10: cursor = 'azure' is not one of the 16"),
        (SIXTEEN.replace('"blue"', '"#0000aa"', 1), ":14:10: cursor = '#0000aa' is not one of the 16"),
    ],
)
def test_a_bad_one_is_named_with_line_and_column(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ThemeError) as caught:
        read_theme(path)
    assert str(caught.value).startswith("theme mine.toml")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_ones_own_stand_beside_the_shipped_or_in_their_place(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(DARK.replace('"Dark"', '"Mine"'))
    (tmp_path / "light.toml").write_text(DARK.replace('"Dark"', '"My light"'))
    assert "mine" in theme_names(tmp_path)
    assert "mine" not in theme_names()
    assert load_theme("mine", tmp_path).title == "Mine"
    assert load_theme("light", tmp_path).title == "My light"
    with pytest.raises(ThemeError, match="there is no theme 'nothing'; there are: ansi, "):
        load_theme("nothing", tmp_path)


@pytest.mark.parametrize(
    ("env", "theme"),
    [
        ({"TERM": "xterm-256color"}, DEFAULT_THEME),
        ({"TERM": "linux", "COLORTERM": "truecolor"}, DEFAULT_THEME),
        ({"TERM": "xterm-kitty"}, DEFAULT_THEME),
        ({"TERM": "foot", "COLORTERM": "24bit"}, DEFAULT_THEME),
        ({"WT_SESSION": "1"}, DEFAULT_THEME),
        ({"TERM": "foot"}, DEFAULT_THEME),
        ({"TERM": "xterm-direct"}, DEFAULT_THEME),
        ({"TERM": "xterm", "XTERM_VERSION": "XTerm(379)"}, DEFAULT_THEME),
        ({"TERM": "xterm", "XTERM_VERSION": "XTerm(330)"}, FEW_COLORS),
        ({"TERM": "screen", "XTERM_VERSION": "XTerm(379)"}, FEW_COLORS),
        ({"TERM": "linux"}, FEW_COLORS),
        ({"TERM": "xterm"}, FEW_COLORS),
        ({"TERM": "screen", "COLORTERM": ""}, FEW_COLORS),
        ({}, FEW_COLORS),
    ],
)
def test_a_terminal_of_16_colours_has_a_theme_of_its_own(env: dict[str, str], theme: str) -> None:
    assert default_theme(env) == theme
