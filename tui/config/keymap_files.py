"""Keymaps: TOML, one a file, the keys of each action that differ from the table's.

The user's own are laid over them by the table ``[bind]`` of the config file::

    keymap = "vim"

    [bind]                   # an action of pwtui keys, and its keys in place of the keymap's
    archive = "alt+a"
    top = ["g g", "home"]    # a sequence has blanks between its keys
    supersede = []           # without a key it is found in the palette only
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from tui.config.complaints import Complaints
from tui.core.bound import Rebound

DEFAULT_KEYMAP = "default"
EXAMPLE = 'archive = "alt+a" or top = ["g g", "home"]'
_FOLDER = Path(__file__).resolve().parent / "keymaps"


def keymap_names() -> list[str]:
    """Return the names of the keymaps there are, the default first."""
    return [DEFAULT_KEYMAP, *sorted(path.stem for path in _FOLDER.glob("*.toml"))]


def read_keymap(name: str) -> tuple[Rebound, ...]:
    """Return what a keymap binds.  Raises KeyError where there is none of that name."""
    if name == DEFAULT_KEYMAP:
        return ()
    if name not in keymap_names():
        raise KeyError(name)
    path = _FOLDER / f"{name}.toml"
    text = path.read_text(encoding="utf-8")
    lines = [line.partition(" =")[0] for line in text.splitlines()]
    return tuple(
        Rebound(action, tuple(keys), f"{path.name}:{lines.index(action) + 1}")
        for action, keys in tomllib.loads(text).items()
    )


def read_binds(table: object, notes: Complaints) -> Iterator[Rebound]:
    """Read the table ``[bind]``; what is wrong with it is told, and left out."""
    if not isinstance(table, dict):
        notes.complain("bind", f"holds the keys of actions, such as {EXAMPLE}")
        return
    for action, keys in table.items():
        said = [keys] if isinstance(keys, str) else keys
        if isinstance(said, list) and all(isinstance(one, str) for one in said):
            yield Rebound(action, tuple(said), notes.at(action, "bind"))
        else:
            notes.complain(action, f"is the keys of the action, such as {EXAMPLE}", "bind")
