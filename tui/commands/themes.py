"""``pwtui themes``: the themes there are, the one in force marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tui.config.paths import config_path
from tui.config.themes import ThemeError, default_theme, own_folder, read_theme, theme_files

Tell = Callable[[str], None]


def tell_themes(env: Mapping[str, str], tell: Tell) -> int:
    """Print name, kind and title of every theme; return the exit status, 1 where one of yours is bad."""
    own, usual = own_folder(env), default_theme(env)
    files = theme_files(own)
    found, bad = {}, []
    for name, path in files.items():
        try:
            found[name] = describe(path, own=path.parent == own)
        except ThemeError as error:
            bad.append(str(error))
    wanted = set_theme(env) or usual
    used = wanted if wanted in found else usual
    width = max(map(len, files))
    for name, (dark, title) in found.items():
        where = f"  ({files[name]})" if files[name].parent == own else ""
        mark, kind = "*" if name == used else " ", "dark " if dark else "light"
        tell(f"{mark} {name:<{width}}  {kind}  {title}{where}")
    if wanted not in files:
        bad.append(f"there is no theme {wanted}, which is set; {used} is used")
    elif wanted not in found:
        bad.append(f"{wanted}, which is set, is that one; {used} is used")
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
        return _chosen(env)
    import tomllib  # all of the settings would take three times as long to load

    try:
        theme = tomllib.loads(path.read_text(encoding="utf-8")).get("theme", "")
    except (OSError, ValueError):  # pwtui config says what is wrong
        return _chosen(env)
    return theme if isinstance(theme, str) and theme else _chosen(env)


def _chosen(env: Mapping[str, str]) -> str:
    """Return the theme that was chosen in the palette."""
    from tui.config.recent import chosen_theme
    from tui.store.place import data_folder

    return chosen_theme(data_folder(env))
