"""Lines to be searched again and again, in slices that leave time for keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from time import perf_counter

from tui.diff.search import Search, fold

_SLICE = 0.004
_CHUNK = 64
"""Lines that share one timer, which costs 2 us to set."""
_LINES = 1000
"""Lines that are taken and searched at once: 1 ms."""
_CHARACTERS = 100_000
"""With how many characters those are enough that are taken already."""
_LOOK = 50
"""Lines between two looks at how many those are."""


class Haystack:
    """Lines to be searched again and again: keep one for a document.

    They are taken as far as a search gets, and kept as texts of some lines each: as strings of their own
    100,000 take 10 MB.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._coming = iter(lines)
        self._texts: list[str] = []
        self._firsts = [0]
        """The number of the first line of each of them, and of the first that is not taken."""
        self._folded: list[str] = []

    def find(self, search: Search) -> list[int]:
        """Return the numbers of the lines that have it, in order."""
        return [number for found in self.steps(search) for number in found]

    def steps(self, search: Search) -> Iterator[list[int]]:
        """Do the same in slices of some 4 ms, each giving what it found."""
        found: list[int] = []
        due = perf_counter() + _SLICE
        for numbers in self._search(search):
            found += numbers
            if perf_counter() > due:
                yield found
                found = []
                due = perf_counter() + _SLICE
        yield found

    def _search(self, search: Search) -> Iterator[list[int]]:
        """Search text by text, those that are not taken yet too."""
        number = 0
        while number < len(self._texts) or self._take():
            first = self._firsts[number]
            if search.regex:
                lines = self._texts[number].split("\n")
                for start in range(0, len(lines), _CHUNK):
                    for found in search.find_regex(lines, start, min(start + _CHUNK, len(lines))):
                        yield [first + line for line in found]
            else:
                text = self._texts[number] if search.exact else self._fold(number)
                found = [line for lines in search.find_plain(text) for line in lines]
                yield [first + line for line in found]
            number += 1

    def _take(self) -> bool:
        """Take some more lines; False where there are none."""
        lines: list[str] = []
        characters = 0
        while len(lines) < _LINES and characters < _CHARACTERS:
            more = list(islice(self._coming, _LOOK))
            lines += more
            characters += sum(map(len, more))
            if not more:
                break
        text = "\n".join(lines)
        if text.count("\n") >= max(1, len(lines)):
            text = "\n".join(line.replace("\n", " ") for line in lines)
        if "\r" in text:
            text = "\n".join(line.removesuffix("\r") for line in text.split("\n"))
        if lines:
            self._texts.append(text)
            self._firsts.append(self._firsts[-1] + len(lines))
        return bool(lines)

    def _fold(self, number: int) -> str:
        """Return a text in small letters; all before it were asked for."""
        if number == len(self._folded):
            text = self._texts[number]
            folded = fold(text)
            self._folded.append(text if folded == text else folded)
        return self._folded[number]
