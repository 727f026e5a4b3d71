"""Theme files: TOML, one theme a file, one colour for every role."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tui.config.paths import config_path
from tui.core.colors import Colors

DEFAULT_THEME = "dark"
ALL_SHADES = 1 << 24
MANY_SHADES = 256
ANSI = {
    "black": "#000000",
    "red": "#aa0000",
    "green": "#00aa00",
    "yellow": "#aa5500",
    "blue": "#0000aa",
    "magenta": "#aa00aa",
    "cyan": "#00aaaa",
    "white": "#aaaaaa",
    "bright_black": "#555555",
    "bright_red": "#ff5555",
    "bright_green": "#55ff55",
    "bright_yellow": "#ffff55",
    "bright_blue": "#5555ff",
    "bright_magenta": "#ff55ff",
    "bright_cyan": "#55ffff",
    "bright_white": "#ffffff",
}
"""The 16 colours in the order of their numbers, as the Linux console has them."""
_COLOR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_ROLES = Colors._fields


ALL_COLORED = ("foot", "alacritty", "xterm-kitty", "xterm-ghostty", "wezterm", "contour")
"""How the TERM of terminals begins that show all colours."""
DIRECT_XTERM = 331
FEW_COLORS = "ansi"
"""The theme for terminals of 16 colours."""


class ThemeError(Exception):
    """A theme file cannot be used; the message says which and why, in one line."""


class Theme(NamedTuple):
    """A theme as its file gives it."""

    name: str
    """The file's name without its ending; what ``--theme`` takes."""
    title: str
    dark: bool
    colors: Colors
    shades: int = ALL_SHADES
    """How many colours reach the terminal: all, its own 16, or 0 for none; then ``colors`` only
    tell the roles apart, and tui.shades writes something else in their place.
    """


def default_theme(env: Mapping[str, str]) -> str:
    """Return the theme of a terminal for which none is set.

    Where it has 16 colours, or does not say that it has more, ours would be reduced to those, and
    the accent to white.  Who says so: COLORTERM, and TERM.
    """
    if has_all_colors(env):
        return DEFAULT_THEME
    kind = env.get("TERM", "").strip().lower().rpartition("-")[2]
    return DEFAULT_THEME if kind in ("kitty", "256color") else FEW_COLORS


def has_all_colors(env: Mapping[str, str]) -> bool:
    """Say whether a terminal is known to show all colours.

    Rich asks only COLORTERM, which ssh does not pass on, and which xterm, that has them since version
    331, does not set.
    """
    if env.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit") or "WT_SESSION" in env:
        return True
    term = env.get("TERM", "").strip().lower()
    version = re.fullmatch(r"XTerm\((\d+)\)", env.get("XTERM_VERSION", ""))
    is_new_xterm = version is not None and int(version[1]) >= DIRECT_XTERM
    return (
        term.startswith(ALL_COLORED)
        or term.endswith("-direct")
        or (is_new_xterm and term.startswith("xterm"))
    )


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

    Raises ThemeError, which names the file and where it can line and column, for a file that cannot be
    read, a role that is missing or unknown, or a colour that is not ``#rrggbb`` (with 16 shades, not
    one of ANSI): a bad colour would otherwise end the app when it is applied.
    """
    import tomllib  # 3 ms, and listing names does without

    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ThemeError(f"theme {path.name}: {error}") from error
    shades = table.get("shades", ALL_SHADES)
    if shades not in (0, 16, ALL_SHADES):
        raise ThemeError(f"theme {path.name}{_spot(text, 'shades')}: shades is 16, or 0 for no colour at all")
    colors = Colors() if shades == 0 else _read_colors(path.name, text, table.get("colors"), shades)
    title = str(table.get("title", path.stem))
    return Theme(path.stem, title, bool(table.get("dark", True)), colors, int(shades))


def _read_colors(name: str, text: str, colors: object, shades: int) -> Colors:
    """Return the colours of a file's table.  Raises ThemeError."""
    if not isinstance(colors, dict):
        raise ThemeError(f"theme {name}: there is no table [colors]")
    if missing := [role for role in _ROLES if role not in colors]:
        raise ThemeError(f"theme {name}: no colour for {', '.join(missing)}")
    if unknown := [role for role in colors if role not in _ROLES]:
        raise ThemeError(f"theme {name}{_spot(text, unknown[0])}: unknown role {', '.join(unknown)}")
    for role, color in colors.items():
        known = color in ANSI if shades == 16 else isinstance(color, str) and _COLOR.match(color)
        if not known:
            like = "one of the 16, such as bright_blue" if shades == 16 else "a colour such as #7fb4f0"
            raise ThemeError(f"theme {name}{_spot(text, role)}: {role} = {color!r} is not {like}")
    return Colors(**{role: str(ANSI.get(color, color)) for role, color in colors.items()})


def _spot(text: str, role: str) -> str:
    """Return line and column of a role's value, as ``:12:8``; empty where it is not found."""
    for number, line in enumerate(text.splitlines(), 1):
        name, equals, value = line.partition("=")
        if name.strip().strip("\"'") == role:
            return f":{number}:{len(line) - len(value.lstrip()) + 1 if equals else 1}"
    return ""
