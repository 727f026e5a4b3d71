"""Searching the text of a diff: plain, with smart case, or by a regular expression."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.diff.words import Ranges


class BadSearch(ValueError):
    """A regular expression that is none: one line says why, ``position`` where (or None)."""

    def __init__(self, reason: str, position: int | None = None) -> None:
        super().__init__(reason)
        self.position = position


class Search:
    """What is searched for."""

    def __init__(self, text: str, *, regex: bool) -> None:
        self.text = text
        self.regex = regex
        self.gave_up = False
        """Whether some lines were left out because the expression takes too long on them."""

    def ranges(self, text: str) -> Ranges:
        """Return where a line has it."""
        return ()

    def matches(self, text: str) -> bool:
        """Say whether a line has it."""
        return False


def compile_search(text: str, *, regex: bool = False) -> Search:
    """Return a search: a capital in it makes it tell capitals from small letters.

    Raises BadSearch for a regular expression that is none.
    """
    return Search(text, regex=regex)


class Haystack:
    """Lines to be searched again and again: keep one for a document."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    def find(self, search: Search) -> list[int]:
        """Return the numbers of the lines that have it, in order."""
        return [number for found in self.steps(search) for number in found]

    def steps(self, search: Search) -> Iterator[list[int]]:
        """Do the same in slices of some 4 ms, each giving what it found."""
        yield []
