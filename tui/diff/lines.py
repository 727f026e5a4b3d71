"""The lines of a text, kept as the text and the place of each line.

As a list of strings 100,000 lines take 10 MB; so they take 3.  A line is cut out when it is asked
for, in 0.4 us.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate
from time import thread_time
from typing import overload

_CHUNK = 1 << 16
"""Characters that are split at once: their lines are gone before the next ones are made."""


class Lines(Sequence[str]):
    r"""What ``text.split("\n")`` gives."""

    __slots__ = ("_before", "text")

    def __init__(self, text: str, before: array[int]) -> None:
        """Take how many characters, line feeds not counted, are before each line; see ``split_lines``."""
        self.text = text
        self._before = before

    def __len__(self) -> int:
        """Return how many there are; there is always one."""
        return len(self._before) - 1

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> list[str]: ...
    def __getitem__(self, number: int | slice) -> str | list[str]:
        """Return a line, or some that follow one another."""
        before = self._before
        if isinstance(number, slice):
            first, end, step = number.indices(len(before) - 1)
            if step != 1:
                return [self[one] for one in range(first, end, step)]
            return self.between(first, end).split("\n") if first < end else []
        if number < 0:
            number += len(before) - 1
            if number < 0:
                raise IndexError(number)
        return self.text[before[number] + number : before[number + 1] + number]

    def __iter__(self) -> Iterator[str]:
        """Yield all lines."""
        for lines in _split(self.text):
            yield from lines

    def __eq__(self, other: object) -> bool:
        """Say whether these are the lines of the same text."""
        return isinstance(other, Lines) and self.text == other.text

    __hash__ = None  # type: ignore[assignment]

    def between(self, first: int, end: int) -> str:
        """Return some lines that follow one another, joined by line feeds."""
        if first >= end:
            return ""
        return self.text[self._before[first] + first : self._before[end] + end - 1]

    def length(self, first: int, end: int) -> int:
        """Return how many characters some lines have together."""
        return self._before[end] - self._before[first]


class TakesLong(Exception):
    """A text is worse to index than it looks, and time is up."""


def split_lines(text: str, ends: float = 0.0) -> tuple[Lines, str]:
    """Return the lines of a text, and the first character of each: a line feed for an empty one.

    An empty line of a CRLF mail is an empty line.  100,000 lines take 9 ms.  Raises TakesLong where
    the thread's processor time is past ``ends`` before all are found; 0 is no limit.
    """
    before = array("I", (0,))
    heads: list[str] = []
    for lines in _split(text):
        if ends and thread_time() > ends:
            raise TakesLong
        before.extend(accumulate(map(len, lines), initial=before.pop()))
        try:
            chunk = "".join([line[0] for line in lines])
        except IndexError:
            chunk = "".join([line[:1] or "\n" for line in lines])
        if "\r" in chunk:
            chunk = "".join([line.rstrip("\r")[:1] or "\n" for line in lines])
        heads.append(chunk)
    return Lines(text, before), "".join(heads)


def _split(text: str) -> Iterator[list[str]]:
    """Yield the lines of a text, some at a time."""
    start = 0
    while (end := text.find("\n", start + _CHUNK)) >= 0:
        yield text[start:end].split("\n")
        start = end + 1
    yield text[start:].split("\n")
