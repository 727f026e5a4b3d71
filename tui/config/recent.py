"""Where projects were found, so that the next start asks nobody; and where one was."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from tui.core.place import server_root

NAME = "found"
"""The file in the data folder: lines of the server set by the user, project, and server it was found on."""
MOST = 100
VISITED = "visited"
"""The file beside it: lines of server and project, the latest last."""
MOST_VISITED = 30
CHOSEN = "theme"
"""The file beside it: the theme that was chosen in the palette."""


def recall(data: Path, own: str, project: str) -> str:
    """Return the server that a project was found on when ``own`` was set; empty where it never was."""
    for line in reversed(_read(data)):
        parts = line.split("\t")
        if len(parts) == 3 and parts[:2] == [own, project]:
            with suppress(ValueError):
                return server_root(parts[2])
    return ""


def remember(data: Path, own: str, project: str, server: str) -> None:
    """Keep where a project was found; where nothing can be kept, the next start looks for it again."""
    line = f"{own}\t{project}\t{server}"
    lines = _read(data)
    if lines[-1:] != [line]:
        kept = [old for old in lines if not old.startswith(f"{own}\t{project}\t")]
        _write(data, NAME, [*kept, line][-MOST:])


def read_visited(data: Path) -> list[tuple[str, str]]:
    """Return the server and the project of all places where one was, the latest last."""
    found: list[tuple[str, str]] = []
    for line in _read(data, VISITED):
        server, tab, project = line.partition("\t")
        if tab and project.isprintable():
            with suppress(ValueError):
                found.append((server_root(server), project))
    return found


def write_visited(data: Path, server: str, project: str) -> None:
    """Keep that one was in a project; where nothing can be kept, it is forgotten."""
    line = f"{server}\t{project}"
    lines = _read(data, VISITED)
    if lines[-1:] != [line]:
        _write(data, VISITED, [*(old for old in lines if old != line), line][-MOST_VISITED:])


def chosen_theme(data: Path) -> str:
    """Return the theme that was chosen in the palette; empty where none was."""
    return next(iter(_read(data, CHOSEN)), "").strip()


def keep_theme(data: Path, name: str) -> bool:
    """Keep a theme for the starts that are told none; say whether it is kept."""
    _write(data, CHOSEN, [name])
    return chosen_theme(data) == name


def _write(data: Path, name: str, lines: list[str]) -> None:
    new = data / f"{name}.new"
    with suppress(OSError):
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        new.write_text("\n".join(lines) + "\n", encoding="utf-8")
        new.replace(data / name)


def _read(data: Path, name: str = NAME) -> list[str]:
    try:
        return (data / name).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
