"""Theme files: TOML, one theme a file, one colour for every role."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import NamedTuple

from tui.core.colors import Colors

DEFAULT_THEME = "dark"
_COLOR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_ROLES = Colors._fields


class ThemeError(Exception):
    """A theme file cannot be used; the message says which and why, in one line."""


class Theme(NamedTuple):
    """A theme as its file gives it."""

    name: str
    """The file's name without its ending; what ``--theme`` takes."""
    title: str
    dark: bool
    colors: Colors


def theme_folder() -> Path:
    """Return the folder of the shipped themes: inside the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "themes"
    return installed if installed.is_dir() else package.parent / "themes"


def theme_names() -> list[str]:
    """Return the names of the shipped themes."""
    return sorted(path.stem for path in theme_folder().glob("*.toml"))


def load_theme(name: str) -> Theme:
    """Return a shipped theme.  Raises ThemeError where there is none or it is bad."""
    path = theme_folder() / f"{name}.toml"
    if name not in theme_names():
        raise ThemeError(f"there is no theme {name!r}; there are: {', '.join(theme_names())}")
    return read_theme(path)


def read_theme(path: Path) -> Theme:
    """Return the theme of a file.

    Raises ThemeError for a file that cannot be read, a role that is missing or unknown, or a
    colour that is not ``#rrggbb``: a bad colour would otherwise end the app when it is applied.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ThemeError(f"theme {path.name}: {error}") from error
    colors = table.get("colors")
    if not isinstance(colors, dict):
        raise ThemeError(f"theme {path.name}: there is no table [colors]")
    if missing := [role for role in _ROLES if role not in colors]:
        raise ThemeError(f"theme {path.name}: no colour for {', '.join(missing)}")
    if unknown := [role for role in colors if role not in _ROLES]:
        raise ThemeError(f"theme {path.name}: unknown role {', '.join(unknown)}")
    for role, color in colors.items():
        if not isinstance(color, str) or not _COLOR.match(color):
            raise ThemeError(f"theme {path.name}: {role} = {color!r} is not a colour such as #7fb4f0")
    return Theme(
        path.stem, str(table.get("title", path.stem)), bool(table.get("dark", True)), Colors(**colors)
    )
