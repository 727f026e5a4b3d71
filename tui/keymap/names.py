"""What keys are called: as Textual has it, and as a person writes it; see written.py for the way back."""

from __future__ import annotations

from collections.abc import Iterable

_SHOWN = {
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "shift+Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "ctrl+@": "ctrl+space",
}
NAMES = {
    **dict.fromkeys("\\", "backslash"),
    "-": "minus",
    "+": "plus",
    "/": "slash",
    "_": "underscore",
    "<": "less_than_sign",
    ">": "greater_than_sign",
}
"""Characters that Textual calls other than Unicode does, or that are looked for often."""
_ARRIVED = {"space": "ctrl+@", "at": "ctrl+@", "slash": "ctrl+underscore", "i": "tab", "m": "enter"}
_ARRIVED |= {"h": "backspace", "left_square_bracket": "escape", "enter": "enter"}
FAR = frozenset(["insert", "delete", "home", "end", "pageup", "pagedown", "up", "down", "left", "right"])
FAR |= frozenset(f"f{number}" for number in range(1, 25))
"""Keys that terminals tell from the same with ctrl, alt or shift."""
EDITING = frozenset(("space", "backspace", "delete", "home", "end", "left", "right"))
EDITING |= frozenset(("ctrl+a", "ctrl+e", "ctrl+u", "ctrl+w"))
"""Keys that edit what is typed, wherever one types."""
ALONE = FAR | frozenset(("backspace", "tab", "enter", "escape", "space"))
"""Keys that have a name of their own."""


def arrived(key: str) -> str:
    """Return the one name of a key that came, by Textual's name for it.

    A terminal that tells more keys from each other than others do sends some by names of their own.
    """
    if "+" not in key:
        return key
    modifier, _, last = key.rpartition("+")
    if modifier == "ctrl":
        return _ARRIVED.get(last, key)
    if modifier in ("alt", "alt+shift") and len(last) > 1 and last not in ALONE:
        return last
    return key


def show_key(key: str) -> str:
    """Return a key, by Textual's name, as a person writes it."""
    if key in _SHOWN:
        return _SHOWN[key]
    *modifiers, last = key.split("+")
    if len(last) > 1 and last not in _SHOWN and last not in ALONE:
        last = character_named(last) or last
    if modifiers == ["alt", "shift"]:
        modifiers, last = ["alt"], last.upper()
    return "+".join([*modifiers, _SHOWN.get(last, last)])


def show_sequence(sequence: str) -> str:
    """Return a sequence as a person writes it: characters without blanks between them."""
    shown = [show_key(key) for key in sequence.split()]
    return ("" if all(len(key) == 1 for key in shown) else " ").join(shown)


def types(sequence: str) -> bool:
    """Say whether keys mean nothing else where one types: a character, what edits, or what begins so."""
    sequence = sequence.partition(" ")[0]
    if len(sequence) == 1 or sequence in EDITING:
        return True
    return "+" not in sequence and sequence not in ALONE and bool(character_named(sequence))


def list_sequences(sequences: Iterable[str]) -> str:
    """Return what of several a reader can tell apart, as show_sequence() has each: with commas between."""
    shown = [show_sequence(sequence) for sequence in sequences]
    return ", ".join("comma" if one == "," and len(shown) > 1 else one for one in shown)


def character_named(name: str) -> str:
    """Return the character that Textual, or Unicode, calls so; empty for none."""
    for character, one in NAMES.items():
        if one == name:
            return character
    import unicodedata  # most keys are letters

    special = {"hyphen_minus": "-", "plus_sign": "+", "reverse_solidus": "\\", "circumflex_accent": "^"}
    try:
        return special.get(name) or unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return ""
