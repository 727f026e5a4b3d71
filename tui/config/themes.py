"""Theme files: TOML, one theme a file, one colour for every role."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tui.config.paths import config_path
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


def own_folder(env: Mapping[str, str]) -> Path | None:
    """Return the folder of the user's own themes; None without a home folder."""
    path = config_path(env)
    return path.with_name("themes") if path else None


def theme_files(own: Path | None = None) -> dict[str, Path]:
    """Return the files of all themes, by name: the shipped ones, and the user's own in a folder.

    One of the user's own takes the place of a shipped one of its name.
    """
    folders = [theme_folder(), *([own] if own else [])]
    found = {path.stem: path for folder in folders for path in folder.glob("*.toml")}
    return dict(sorted(found.items()))


def theme_names(own: Path | None = None) -> list[str]:
    """Return the names of all themes."""
    return list(theme_files(own))


def load_theme(name: str, own: Path | None = None) -> Theme:
    """Return a theme.  Raises ThemeError where there is none or it is bad."""
    files = theme_files(own)
    if name not in files:
        raise ThemeError(f"there is no theme {name!r}; there are: {', '.join(files)}")
    return read_theme(files[name])


def read_theme(path: Path) -> Theme:
    """Return the theme of a file.

    Raises ThemeError, which names the file and where it can the line, for a file that cannot be
    read, a role that is missing or unknown, or a colour that is not ``#rrggbb``: a bad colour would
    otherwise end the app when it is applied.
    """
    import tomllib  # 3 ms, and listing names does without

    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ThemeError(f"theme {path.name}: {error}") from error
    colors = table.get("colors")
    if not isinstance(colors, dict):
        raise ThemeError(f"theme {path.name}: there is no table [colors]")
    if missing := [role for role in _ROLES if role not in colors]:
        raise ThemeError(f"theme {path.name}: no colour for {', '.join(missing)}")
    if unknown := [role for role in colors if role not in _ROLES]:
        raise ThemeError(f"theme {path.name}{_line(text, unknown[0])}: unknown role {', '.join(unknown)}")
    for role, color in colors.items():
        if not isinstance(color, str) or not _COLOR.match(color):
            where = f"theme {path.name}{_line(text, role)}"
            raise ThemeError(f"{where}: {role} = {color!r} is not a colour such as #7fb4f0")
    return Theme(
        path.stem, str(table.get("title", path.stem)), bool(table.get("dark", True)), Colors(**colors)
    )


def _line(text: str, role: str) -> str:
    """Return where a role stands, as ``:12``; empty where it is not found."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.partition("=")[0].strip().strip("\"'") == role:
            return f":{number}"
    return ""
