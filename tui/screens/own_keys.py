"""Which keys a user may bind: those that a terminal sends, and that the table leaves free."""

from __future__ import annotations

import re

from textual.binding import Binding

from tui.actions import ACTIONS, ANYWHERE

_TAKEN = {key: action for action in ACTIONS if action.where & ANYWHERE for key in action.keys}
_SAME = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+left_square_bracket": "escape"}
"""Keys that a terminal does not tell from others."""
_NAMED = re.compile(
    r"ctrl\+[a-z]|((ctrl|alt|shift)\+)*(f[1-9]|f1[0-2]|insert|delete|backspace|up|down|left|right|home|end"
    r"|pageup|pagedown|tab|enter|escape|space)|alt\+\S"
)


def own_key(written: str) -> str:
    """Return Textual's name of a key.  Raises ValueError where it cannot be bound, with why."""
    if written == ",":
        return "comma"
    if not _NAMED.fullmatch(written) and (len(written) != 1 or not written.isprintable() or written == " "):
        raise ValueError("is no key; write a character, or a name such as ctrl+a, f5 or delete")
    (binding,) = Binding.make_bindings([Binding(written, "bound")])
    taken = _TAKEN.get(_SAME.get(binding.key, binding.key))
    if taken:
        raise ValueError(f"is taken by “{taken.title}”; choose another key")
    return binding.key
