"""``pwtui themes``: the themes there are, the one in force marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tui.config.paths import config_path
from tui.config.themes import ThemeError, default_theme, own_folder, read_theme, theme_files

Tell = Callable[[str], None]


def tell_themes(env: Mapping[str, str], tell: Tell) -> int:
    """Print name, kind and title of every theme; return the exit status, 1 where one of yours is bad."""
    used = set_theme(env) or default_theme(env)
    own = own_folder(env)
    files = theme_files(own)
    width = max(map(len, files))
    bad = []
    for name, path in files.items():
        try:
            dark, title = describe(path, own=path.parent == own)
        except ThemeError as error:
            bad.append(str(error))
            continue
        where = f"  ({path})" if path.parent == own else ""
        tell(
            f"{'*' if name == used else ' '} {name:<{width}}  {'dark ' if dark else 'light'}  {title}{where}"
        )
    if used not in files:
        bad.append(f"there is no theme {used}, which is set; {default_theme(env)} is used")
    for words in bad:
        tell(words)
    return 1 if bad else 0


def describe(path: Path, *, own: bool) -> tuple[bool, str]:
    """Return whether a theme is dark, and its title.  Raises ThemeError for a bad one of the user's own.

    Of a shipped one, which the tests have read, only the lines before its colours are looked at.
    """
    if own:
        theme = read_theme(path)
        return theme.dark, theme.title
    head = path.read_text(encoding="utf-8").partition("\n[")[0]
    said = dict(line.split(" = ", 1) for line in head.splitlines() if " = " in line and line[0] != "#")
    return said["dark"] == "true", said["title"].strip('"')


def set_theme(env: Mapping[str, str]) -> str:
    """Return the theme that is set; empty where none is."""
    if named := env.get("PWTUI_THEME", "").strip():
        return named
    path = config_path(env)
    if path is None or not path.exists():
        return ""
    import tomllib  # all of the settings would take three times as long to load

    try:
        theme = tomllib.loads(path.read_text(encoding="utf-8")).get("theme", "")
    except (OSError, ValueError):  # pwtui config says what is wrong
        return ""
    return theme if isinstance(theme, str) else ""
