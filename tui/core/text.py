"""The one cleaning function: what comes from a server is hostile until it went through here.

Controls are shown as pictures (U+2400 and on), everything that is invisible or changes the
order of what is shown (bidi controls, zero-width and other format characters, variation
selectors, unassigned code points, lone surrogates) as ``⟨202E⟩``, its number.  Ordinary
combining marks stay: they belong to people's names.
"""

from __future__ import annotations

import re
import unicodedata

_OPEN, _CLOSE = "\u27e8", "\u27e9"
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})
# Invisible by default although they are letters or marks (Unicode, Default_Ignorable_Code_Point).
_HIDDEN_RANGES = (
    (0x034F, 0x034F),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x2800, 0x2800),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFFA0, 0xFFA0),
    (0xE0000, 0xE0FFF),
)


def _shown(code: int) -> str:
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    character = chr(code)
    if unicodedata.category(character) in _HIDDEN_CATEGORIES or any(
        low <= code <= high for low, high in _HIDDEN_RANGES
    ):
        return f"{_OPEN}{code:02X}{_CLOSE}"
    return " " if unicodedata.category(character) == "Zs" else character


class _Table(dict[int, str]):
    """A table for ``str.translate`` that works out each code point when it first meets it."""

    def __missing__(self, code: int) -> str:
        shown = self[code] = _shown(code)
        return shown


_TABLE = _Table()


def clean(text: str, tab: int = 8) -> str:
    """Return one line of text in a form that is safe to measure and to show.

    ``tab`` is the distance of tab stops in cells.  A line feed inside is shown as a picture,
    so that one line stays one line.  Text that is already clean comes back as it is.
    """
    if text.isascii() and text.isprintable():
        return text
    if "\t" in text:
        text = _expand(text, tab)
    return text.translate(_TABLE)


_ACTING = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\r(?!\n|\Z)"
)
"""What acts on a terminal or a shell instead of being text; tabs, form feeds, ends of lines do not."""
_RETURN = re.compile(r"\r(?!\n|\Z)")


def defuse(text: str) -> str:
    """Return text of many lines, for other programs, with what would act in a terminal made visible.

    All else stays as it is, for this is no longer ours to lay out: tabs, CRLF, other spaces.
    """
    place = 0
    # Each character in one go: where a text is made of such, a call for each takes ten times as long.
    while found := _ACTING.search(text, place):
        place, character = found.start(), found[0]
        shown = _shown(ord(character))
        text = _RETURN.sub(shown, text) if character == "\r" else text.replace(character, shown)
    return text


def is_clean(text: str) -> bool:
    """Say whether nothing in the text had to be made visible (tabs count as clean)."""
    return (text.isascii() and text.isprintable()) or text.replace("\t", " ").translate(_TABLE) == (
        text.replace("\t", " ")
    )


def _expand(text: str, tab: int) -> str:
    """Expand tabs by the cells that the text before them takes."""
    pieces: list[str] = []
    column = 0
    for index, piece in enumerate(text.split("\t")):
        if index:
            gap = tab - column % tab
            pieces.append(" " * gap)
            column += gap
        pieces.append(piece)
        column += cells(piece)
    return "".join(pieces)


def cells(text: str) -> int:
    """Return how many cells a text takes once it is clean (approximate for rare scripts)."""
    if text.isascii() and text.isprintable():
        return len(text)
    shown = text.translate(_TABLE)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in shown
    )
