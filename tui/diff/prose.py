"""Prose folded to a width: at words, what goes on set in under a list's sign or a trailer's name.

A paragraph that its author filled to 72 columns would end every other row after a word or two
in a pane of 60; so lines that an editor broke are joined before they are folded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from tui.core.text import cells, clean

_BULLET = re.compile(r"(?:[-*+•] +|\d{1,2}[.)] +)")
_COLUMNS = re.compile(r"\S(?:\t| {3,})\S")
_WORD = re.compile(r" *[^ ]+")

_RUNS_ON = r"""(?![^\s:]+:\s|\d+[.)]\s)[("'`]*[^\W_\u2e80-\uffff]"""
"""How a line begins that may continue the one above: no list, no name with a colon.

Japanese and the like have no blanks to join lines with.  Compiled when first used: 7 ms.
"""

LONGEST = 10_000
"""Characters that are folded as one: 3 ms, 36 of Japanese."""

Piece = tuple[int, str]
"""Where it begins in the clean line, and its text, indented."""


def is_prose(line: str) -> bool:
    """Say whether a line may be folded: not code, a quotation, a table or a ruled line."""
    return (
        len(line) <= LONGEST
        and line[:1] not in (" ", "\t", ">", "|")
        and any(map(str.isalnum, line))
        and _COLUMNS.search(line) is None
    )


def join(lines: Sequence[str], width: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of lines that are to be folded as one; what is no prose is given empty.

    A line runs on where the next one's first word would have made it the widest of its paragraph.
    """
    for _, group in groupby(range(len(lines)), key=lambda number: bool(lines[number])):
        numbers = list(group)
        first, fill, size = numbers[0], max(len(lines[number]) for number in numbers), 0
        for number in numbers[1:]:
            word = lines[number].partition(" ")[0]
            size += len(lines[number - 1]) + 1
            runs_on = re.match(_RUNS_ON, word + " ") and len(lines[number - 1]) + 1 + len(word) > fill
            if fill <= width or not runs_on or size + len(lines[number]) > LONGEST:
                yield first, number
                first, size = number, 0
        yield first, numbers[-1] + 1


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
    # Blanks at the end would each be tried as the beginning of a word.
    return _fold(text.rstrip(" "), max(1, width), indent)


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
            taken = cells(part)
            if row and taken > room:
                pieces.append((start, row))
                start, row, room = position, indent, width - len(indent)
            row += part
            room -= taken
            position += len(part)
    return [*pieces, (start, row)]
