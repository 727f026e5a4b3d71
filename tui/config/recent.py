"""Where projects were found, so that the next start asks nobody."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from tui.core.place import server_root

NAME = "found"
"""The file in the data folder: lines of the server set by the user, project, and server it was found on."""
MOST = 100


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
    if lines[-1:] == [line]:
        return
    kept = [old for old in lines if not old.startswith(f"{own}\t{project}\t")]
    new = data / f"{NAME}.new"
    with suppress(OSError):
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        new.write_text("\n".join([*kept, line][-MOST:]) + "\n", encoding="utf-8")
        new.replace(data / NAME)


def _read(data: Path) -> list[str]:
    try:
        return (data / NAME).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
