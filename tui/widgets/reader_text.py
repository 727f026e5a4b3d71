"""Text as it is shown, and where in it each of its own characters is."""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from rich.cells import cell_len

from tui.core.text import cells, clean

TAB = 8
_USUAL = "\r\f\xa0"
"""What is hidden in honest text."""


class Shown(NamedTuple):
    """A piece of a line, clean; what is hidden in it is visible."""

    text: str
    at: list[int] | None
    """Where in the text each character of the line begins, and its end; None where it is all the same."""
    hidden: list[int]
    """Which characters of the line would not show, or would act, in a terminal."""

    def position(self, character: int) -> int:
        """Return where in the text a character of the line begins."""
        return character if self.at is None else self.at[min(character, len(self.at) - 1)]


def show(raw: str, marks: bool = False) -> Shown:
    """Return a piece of a line as it is shown; ``marks`` makes tabs and blanks at its end visible."""
    if raw.isascii() and raw.isprintable():
        return Shown(_mark_end(raw) if marks else raw, None, [])
    rest = raw.lstrip("\t")
    if rest.isascii() and rest.isprintable():
        return _show_indented(len(raw) - len(rest), rest, marks)
    pieces: list[str] = []
    widths: list[int] = []
    hidden: list[int] = []
    column = 0
    for number, part in enumerate(raw.split("\t")):
        if number:
            gap = TAB - column % TAB
            pieces.append("→" + " " * (gap - 1) if marks else " " * gap)
            widths.append(gap)
            column += gap
        if part.isascii() and part.isprintable():
            pieces.append(part)
            widths += [1] * len(part)
            column += len(part)
            continue
        column += cells(part)
        whole = clean(part)
        if len(whole) == len(part):
            odd = enumerate(zip(part, whole, strict=True), len(widths)) if whole != part else ()
            hidden += [n for n, (was, shown) in odd if was != shown and was not in _USUAL]
            pieces.append(whole)
            widths += [1] * len(part)
            continue
        for character in part:
            shown = clean(character)
            if shown != character and character not in _USUAL:
                hidden.append(len(widths))
            pieces.append(shown)
            widths.append(len(shown))
    text = "".join(pieces)
    return Shown(_mark_end(text) if marks else text, [0, *accumulate(widths)], hidden)


def _show_indented(tabs: int, rest: str, marks: bool) -> Shown:
    """Return a line with tabs at its front alone, as most of C have: in a sixth of the time."""
    width = TAB * tabs
    text = ("→       " * tabs if marks else " " * width) + rest
    at = [*range(0, width, TAB), *range(width, width + len(rest) + 1)]
    return Shown(_mark_end(text) if marks else text, at, [])


def _mark_end(text: str) -> str:
    """Make the blanks at the end of a text visible."""
    kept = text.rstrip(" ")
    return kept + "·" * (len(text) - len(kept))


def prefix(text: str, width: int) -> str:
    """Return so much of a line's beginning as fills that many cells and goes on, if it does.

    A line of 1 MB costs no more than one of a hundred characters.
    """
    length = width + 2
    while len(text) > length:
        front = text[:length]
        if cell_len(clean(front)) > width + 1:
            return front
        length *= 2
    return text
