"""Prose folded to a width: at words, what goes on set in under a list's sign or a trailer's name."""

from __future__ import annotations

import re

from tui.core.text import cells, clean

_BULLET = re.compile(r"(?:[-*+•] +|\d{1,2}[.)] +)")
_COLUMNS = re.compile(r"\S(?:\t| {3,})\S")
_WORD = re.compile(r" *[^ ]+")

LONGEST = 10_000
"""Characters: 3 ms, 36 of Japanese."""

Piece = tuple[int, str]
"""Where it begins in the clean line, and its text, indented."""


def is_prose(line: str) -> bool:
    """Say whether a line may be folded: not code, a quotation, a table or a ruled line."""
    return (
        line[:1] not in (" ", "\t", ">", "|")
        and any(map(str.isalnum, line))
        and _COLUMNS.search(line) is None
    )


def fold(line: str, width: int, hang: int = 0) -> list[Piece]:
    """Return a line, cleaned, in pieces of so many cells at most, and one at least.

    A word that is wider than a whole row is broken where the row ends.  A line that fits, or is
    longer than anybody's prose, comes back as it is, not clean.
    """
    if len(line) > LONGEST or (len(line) <= width and line.isascii() and line.isprintable()):
        return [(0, line)]
    text = clean(line)
    if cells(text) <= width:
        return [(0, line)]
    if hang == 0 and (bullet := _BULLET.match(text)):
        hang = bullet.end()
    indent = " " * min(hang, width // 4)
    return _fold(text, max(1, width), indent)


def _fold(text: str, width: int, indent: str) -> list[Piece]:
    pieces: list[Piece] = []
    start, row, room = 0, "", width
    for match in _WORD.finditer(text):
        word, position = match[0], match.start()
        if cells(word) > room:
            bare = word.lstrip(" ")
            is_broken = cells(bare) > width - len(indent)
            # A word that has to be broken begins where it stands, if there is some room.
            if row and (not is_broken or room < 4):
                pieces.append((start, row))
                position += len(word) - len(bare)
                start, row, room, word = position, indent, width - len(indent), bare
        for part in word if cells(word) > room else [word]:
            if row and cells(part) > room:
                pieces.append((start, row))
                start, row, room = position, indent, width - len(indent)
            row += part
            room -= cells(part)
            position += len(part)
    return [*pieces, (start, row)]
