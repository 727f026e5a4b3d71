"""Saved views in the config file, a ``[[views]]`` table each::

    [[views]]
    name = "Block layer"
    query = "file:block/* state:new"

They stand behind all other settings, so that a new one is written without touching what is there.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from pathlib import Path

from tui.core.views import View

Complain = Callable[[str, str], None]
"""Told the key and what is wrong with it."""


def read_views(value: object, complain: Complain) -> tuple[View, ...]:
    """Return the views of a parsed file; what is wrong with one is told, and it is left out."""
    if not isinstance(value, list):
        complain("views", "are tables: write [[views]], then name and query below it")
        return ()
    found: dict[str, View] = {}
    for number, table in enumerate(value, 1):
        name, query = (table.get(key) if isinstance(table, dict) else None for key in ("name", "query"))
        if not isinstance(name, str) or not name.strip() or not isinstance(query, str):
            complain("views", f"number {number} lacks a name or a query, two texts in quotes")
        elif name.casefold() in found:
            complain("views", f'number {number}: there is a view "{name}" already; this one is left out')
        else:
            found[name.casefold()] = View(" ".join(name.split()), query, own=True)
    return tuple(found.values())


def save_view(path: Path | None, view: View) -> None:
    """Write a view into the config file, in the place of the one of its name where there is one.

    What else the file holds stays as it is, comments too.  Raises ValueError with a sentence where
    there is no place for one, it cannot be read or written, or holds views in another form; then
    nothing is changed.
    """
    if path is None:
        raise ValueError("There is no home folder to keep settings in: set HOME or XDG_CONFIG_HOME.")
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        meant = _meant(tomllib.loads(text), view)
        new = _with_view(text, view)
        if not _says(new, meant):
            raise ValueError(f"{path} holds its views in another form; write this one there: {_block(view)}")
        write_file(path, new)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise ValueError(f"{path} is no TOML, so nothing can be added to it; mend it first") from None
    except OSError as error:
        raise ValueError(f"{path} cannot be written: {error.strerror}") from error


def _says(text: str, meant: dict[str, object]) -> bool:
    try:
        return tomllib.loads(text) == meant
    except tomllib.TOMLDecodeError:
        return False


def _block(view: View) -> str:
    import json  # 2 ms, as the others below: every start reads settings, and few write any

    # A string of JSON is one of TOML, but for the one control that JSON leaves as it is.
    name, query = (json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f") for text in view[:2])
    return f"[[views]]\nname = {name}\nquery = {query}\n"


def _with_view(text: str, view: View) -> str:
    """Return a file's text with a view in it."""
    lines = text.splitlines(keepends=True)
    heads = [at for at, line in enumerate(lines) if line.split("#")[0].strip() == "[[views]]"]
    for head in heads:
        end = next(
            (at for at in range(head + 1, len(lines)) if lines[at].lstrip().startswith("[")), len(lines)
        )
        table = tomllib.loads("".join(lines[head:end]))["views"][0]
        if str(table.get("name", "")).casefold() == view.name.casefold():
            rest = [line for line in lines[head + 1 : end] if not line.strip() or line.lstrip()[0] == "#"]
            return "".join([*lines[:head], _block(view), *rest, *lines[end:]])
    gap = "" if not text or text.endswith("\n\n") else "\n" if text.endswith("\n") else "\n\n"
    return f"{text}{gap}{_block(view)}"


def _meant(document: dict[str, object], view: View) -> dict[str, object]:
    """Return what a parsed file should say with a view in it."""
    table: object = {"name": view.name, "query": view.query}
    views = document.get("views", [])
    old = list(views) if isinstance(views, list) else []
    for at, one in enumerate(old):
        if isinstance(one, dict) and str(one.get("name", "")).casefold() == view.name.casefold():
            old[at] = table
            break
    else:
        old.append(table)
    return {**document, "views": old}


def write_file(path: Path, text: str) -> None:
    """Put another file in the place of one, as private as that is; a new one only its owner can read."""
    import tempfile

    path = path.resolve()  # a link to it stays one
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o600
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".config-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
