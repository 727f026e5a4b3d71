"""The keymap that the settings ask for."""

from __future__ import annotations

from collections.abc import Sequence

from tui.config.keymap_files import DEFAULT_KEYMAP, keymap_names, read_keymap
from tui.core.bound import Rebound
from tui.keymap.laying import Layers
from tui.keymap.live import Keymap


def make_keymap(name: str, binds: Sequence[Rebound], at: str = "keymap") -> tuple[Keymap, list[str]]:
    """Return a keymap with the user's own keys over it, and a line for each thing that does not fit.

    One that there is not is told with the names of those that there are, and where ``at`` it was asked for.
    """
    problems: list[str] = []
    name = name or DEFAULT_KEYMAP
    if name not in keymap_names():
        problems.append(f"{at}: there is no keymap {name}; there are: {', '.join(keymap_names())}")
        name = DEFAULT_KEYMAP
    layers = Layers()
    layers.lay(read_keymap(name))
    layers.lay(binds)
    return layers.keymap(name), problems + layers.problems
