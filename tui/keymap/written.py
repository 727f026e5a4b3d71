"""What a person writes for keys, and which keys a terminal sends at all.

A person writes ``g g``, ``ctrl+x o``, ``]``, ``f5``, ``alt+v``, or as the programs they come from do:
``C-x``, ``M-v``, ``^X``.  Of characters Textual takes the Unicode name.
"""

from __future__ import annotations

import re
import unicodedata

from tui.keymap.names import ALONE, FAR, NAMES, character_named, show_key

_ALSO = {
    "esc": "escape",
    "return": "enter",
    "cr": "enter",
    "pgdn": "pagedown",
    "pgdown": "pagedown",
    "page_down": "pagedown",
    "pgup": "pageup",
    "page_up": "pageup",
    "del": "delete",
    "ins": "insert",
    "bs": "backspace",
    "spc": "space",
    "backtab": "shift+tab",
    "↓": "down",
    "↑": "up",
    "←": "left",
    "→": "right",
}
_CONTROLS = {"@": "@", "\\": "backslash", "]": "right_square_bracket", "^": "circumflex_accent"}
_CONTROLS |= {"_": "underscore", "/": "underscore", "space": "@"}
_ALIKE = {"i": "tab", "m": "enter", "[": "escape", "h": "backspace"}
"""What a terminal sends for ctrl with these is the byte of another key."""


def read_sequence(written: str) -> str:
    """Return Textual's names of the keys of a sequence, with blanks between them.

    Raises ValueError with why it cannot be typed, as the end of a sentence.
    """
    keys = written.split()
    if not keys:
        raise ValueError("is no key; write a character, or a name such as ctrl+a, f5, space or g g")
    return " ".join(map(read_key, keys))


def read_key(written: str) -> str:
    """Return Textual's name of one key.  Raises ValueError with why a terminal does not send it."""
    modifiers, key = _parts(written)
    if len(key) == 1:
        return _character(written, modifiers, key)
    if key not in ALONE:
        if len(written) == 2 and written.isalpha():
            raise ValueError(f"has {written}, which is no key; a sequence has blanks: {' '.join(written)}")
        raise ValueError(
            f"has {written}, which is no key; write a character, or a name such as ctrl+a, f5 or space"
        )
    if key == "tab" and modifiers == {"shift"}:
        return "shift+tab"
    if key == "space" and modifiers == {"ctrl"}:
        return "ctrl+@"
    if modifiers and key not in FAR:
        raise ValueError(f"has {written}, which terminals do not tell from {show_key(key)}")
    return "+".join([*(name for name in ("alt", "ctrl", "shift") if name in modifiers), key])


def _parts(written: str) -> tuple[set[str], str]:
    """Return the modifiers of a key, and its name or character."""
    modifiers: set[str] = set()
    rest = written
    while match := re.match(
        r"(?i:(ctrl|control|alt|meta|shift)\+)|([CMS])-(?=.)|(\^)(?=[A-Za-z@\\\]^_]$)", rest
    ):
        word = (match[1] or {"C": "ctrl", "M": "alt", "S": "shift", None: "ctrl"}[match[2]]).lower()
        modifiers.add({"control": "ctrl", "meta": "alt"}.get(word, word))
        rest = rest[match.end() :]
    if len(rest) == 1:
        return modifiers, _ALSO.get(rest, rest)
    name = _ALSO.get(rest.lower(), rest.lower())
    if name == "shift+tab":
        return modifiers | {"shift"}, "tab"
    return modifiers, name if name in ALONE else character_named(rest) or name


def _character(written: str, modifiers: set[str], key: str) -> str:
    if not key.isprintable():
        raise ValueError("is no key that can be typed")
    if not modifiers:
        return _name_of(key)
    if modifiers == {"ctrl"}:
        low = key.lower()
        if low in _ALIKE:
            raise ValueError(f"has {written}, which a terminal sends as {show_key(_ALIKE[low])}; write that")
        if re.fullmatch("[a-z]", low):
            return f"ctrl+{low}"
        if key in _CONTROLS:
            return f"ctrl+{_CONTROLS[key]}"
    elif modifiers == {"alt"} and key.isalnum():
        return f"alt+shift+{key.lower()}" if key.isupper() else f"alt+{key}"
    elif modifiers == {"alt", "shift"} and key.isalpha():
        return f"alt+shift+{key.lower()}"
    elif modifiers == {"shift"} and key.isalpha():
        return key.upper()
    raise ValueError(f"has {written}, which no terminal sends")


def _name_of(character: str) -> str:
    if character.isalnum():
        return character
    if character in NAMES:
        return NAMES[character]
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return name or character
