"""Searching the text of a diff: plain, with smart case, or by a regular expression.

An expression can take longer than the world is old on a line that was written for it, such as
`(a+)+$` on many an `a`.  Python's matcher looks for signals as it goes, so a timer of processor
time stops it: no further package, no thread (it would hold the interpreter), no process.  So
expressions are for the main thread, and for systems that have such a timer, all but Windows.
"""

from __future__ import annotations

import re
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from tui.diff.words import Ranges

T = TypeVar("T")

PATIENCE = 0.01
"""Seconds of processor time that an expression may take on a line."""
COMPILING = 0.03
"""The same for making it ready."""
OVERRUNS = 5
"""Lines on which it may take longer; then it is given up, and finds nothing more."""
LONGEST = 10_000
"""Characters of a line in which an expression is searched."""
_BLOCK = 16_384
"""Characters, from the line of a hit on, that are searched line by line."""


class BadSearch(ValueError):
    """A regular expression that is none: one line says why, ``position`` where (or None)."""

    def __init__(self, reason: str, position: int | None = None) -> None:
        super().__init__(reason)
        self.position = position


class Search:
    """What is searched for; made by ``compile_search``."""

    def __init__(self, text: str, exact: bool, pattern: re.Pattern[str] | None) -> None:
        self.text = text
        self.exact = exact
        """Whether it tells capitals from small letters."""
        self._pattern = pattern
        self._needle = text if exact else fold(text)
        self._overruns = 0

    @property
    def regex(self) -> bool:
        """Whether it is a regular expression."""
        return self._pattern is not None

    def first(self, text: str) -> tuple[int, int] | None:
        """Return where a line has it first; None where it has it nowhere (1 MB may have it often)."""
        if self._pattern is not None:
            return next(iter(self.ranges(text)), None)
        place = (text if self.exact else fold(text)).find(self._needle) if self._needle else -1
        return (place, place + len(self._needle)) if place >= 0 else None

    def ranges(self, text: str) -> Ranges:
        """Return where a line has it, in order and apart; the ends are exclusive, none is empty."""
        if self._pattern is None:
            return self._find_plain(text)
        text = text.removesuffix("\r")
        return tuple(self.bound(partial(self._spans, text), []))

    def matches(self, text: str) -> bool:
        """Say whether a line has it.  For many lines a Haystack is faster."""
        if self._pattern is None:
            return bool(self._needle) and self._needle in (text if self.exact else fold(text))
        return bool(self.ranges(text))

    def find_plain(self, text: str) -> Iterator[list[int]]:
        """Give the numbers of the lines that have it, block by block; ``text`` is folded unless it is exact.

        What is between two blocks is leapt over at some 3 GB/s; in a block all lines are looked at.
        """
        needle = self._needle
        number = place = 0
        hit = text.find(needle) if needle and "\n" not in needle else -1
        while hit >= 0:
            start = max(place, text.rfind("\n", place, hit) + 1)
            number += text.count("\n", place, start)
            end = text.find("\n", start + _BLOCK)
            lines = text[start : end if end >= 0 else len(text)].split("\n")
            yield [n for n, line in enumerate(lines, number) if needle in line]
            number += len(lines)
            place = end + 1
            hit = text.find(needle, place) if end >= 0 else -1

    def find_regex(self, lines: Sequence[str], first: int, end: int) -> Iterator[list[int]]:
        """Give which of some lines have it, all under one timer; one by one where it runs out."""
        if self._pattern is None or self._overruns >= OVERRUNS:
            return
        look, spans = self._pattern.search, self._spans
        found = bound(
            lambda: [
                n
                for n in range(first, end)
                if (match := look(lines[n], 0, LONGEST)) and (match[0] or spans(lines[n]))
            ],
            PATIENCE,
        )
        if found is not None:
            yield found
            return
        nothing: list[tuple[int, int]] = []
        for n in range(first, end):
            # Each may take nearly as long as it may: 64 of those are half a second.
            yield [n] if self.bound(partial(spans, lines[n]), nothing) else []

    def bound(self, call: Callable[[], T], otherwise: T) -> T:
        """Return what a call does if it does it in time; once too many did not, none is made."""
        result = bound(call, PATIENCE) if self._overruns < OVERRUNS else None
        if result is None:
            self._overruns += 1
            return otherwise
        return result

    def _spans(self, text: str) -> list[tuple[int, int]]:
        if self._pattern is None:
            return []
        spans = [match.span() for match in self._pattern.finditer(text, 0, LONGEST)]
        return [(first, end) for first, end in spans if first < end]

    def _find_plain(self, text: str) -> Ranges:
        needle, size = self._needle, len(self._needle)
        text = text if self.exact else fold(text)
        found: list[tuple[int, int]] = []
        place = text.find(needle) if needle else -1
        while place >= 0:
            found.append((place, place + size))
            place = text.find(needle, place + size)
        return tuple(found)


def compile_search(text: str, *, regex: bool = False) -> Search:
    """Return a search: a capital in it makes it tell capitals from small letters.

    Raises BadSearch for a regular expression that is none, or where none can be stopped.
    """
    letters = re.sub(r"\\.", "", text) if regex else text
    exact = any(map(str.isupper, letters))
    return Search(text, exact, _compile(text, 0 if exact else re.IGNORECASE) if regex else None)


def fold(text: str) -> str:
    """Return a text in small letters and of the same length (only one letter has two small ones)."""
    return text.replace("\u0130", "i").lower()


def _compile(text: str, flags: int) -> re.Pattern[str]:
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        raise BadSearch("regular expressions cannot be searched here: nothing could stop a slow one")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pattern = bound(lambda: re.compile(text, flags), COMPILING)
    except re.error as error:
        raise BadSearch(error.msg, error.pos) from None
    except (RecursionError, OverflowError):
        pattern = None
    if pattern is None:
        raise BadSearch("the regular expression is too large")
    return pattern


# -- the timer ---------------------------------------------------------------


class _RanOut(BaseException):
    """A call took longer than it may."""


_armed = False


def _ring(number: int, frame: object) -> None:
    """Stop the call that is under way, if one is."""
    global _armed
    if _armed:
        _armed = False
        raise _RanOut


def bound(call: Callable[[], T], seconds: float) -> T | None:
    """Return what a call returns, or None when it takes more processor time than it may.

    For the main thread only, where the signal arrives.
    """
    global _armed
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("a call is bounded on the main thread only")
    if signal.getsignal(signal.SIGVTALRM) is not _ring:
        signal.signal(signal.SIGVTALRM, _ring)
    try:
        _armed = True
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        try:
            return call()
        finally:
            # The timer rings once at most: wherever that is in here, nothing is left behind.
            _armed = False
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    except _RanOut:
        return None
