"""Colour for the lines of a hunk, each side for itself, only when it is shown.

A side is lexed in stretches of some hundred lines, each with a lexer of its own that starts a
little above: so a jump into a huge hunk costs no more than one into a small one, and no text
can make a lexer look further than that.  All lexing is another process' (tui.diff.tinter):
whatever a text does to a lexer, the app goes on.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import OrderedDict
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from tui.diff.lexers import lexer_name, lexer_of_program
from tui.diff.tinter import Job, Tinter, shared
from tui.diff.wire import CLASSES, LONGEST, Spans

if TYPE_CHECKING:
    from tui.diff.hunks import Hunk
    from tui.diff.index import DiffIndex

__all__ = ["CLASSES", "Painter", "Spans"]

STRETCH = 250
LEAD = 100
KEPT = 4_000_000
"""Bytes of colours that are kept, about; those asked for first go first."""
LINE_BYTES, STRETCH_BYTES = 40, 600
"""What the colours of a line of C take, and all that holds those of a stretch."""
PATIENCE = 5
"""Stretches of one diff at which lexers may get stuck before all the rest of it stays plain."""
_PLAIN = Job(0)
"""The job of lines that nothing is to be asked about."""
_PLAIN.done = True


class Stretch(NamedTuple):
    """The lines of one side that are lexed in one go."""

    lines: array[int]
    """Their numbers in the diff; of the old side the removed ones alone."""
    job: Job

    def spans(self, line: int) -> Spans | None:
        """Return the colours of a line; None while they are to come."""
        row = bisect_left(self.lines, line)
        return self.job.spans(row) if row < len(self.lines) and self.lines[row] == line else b""


class Painter:
    """The colours of one diff."""

    def __init__(self, index: DiffIndex, tinter: Tinter | None = None) -> None:
        self._index = index
        self._tinter = tinter or shared()
        self._stretches: OrderedDict[tuple[int, str, int], Stretch] = OrderedDict()
        self._kept = 0
        self.asked = 0
        """Stretches that were lexed, or are."""
        self._stuck: set[tuple[int, str, int]] = set()

    @property
    def is_prompt(self) -> bool:
        """Whether it is worth to wait a moment for colours."""
        return self._tinter.is_prompt

    def spans(self, hunk: int, line: int) -> Spans | None:
        """Return the colours of a line of a hunk; None while they are not known."""
        key = self._key(hunk, line)
        stretch = self._stretches.get(key)
        if stretch is None:
            return None
        if stretch.job.failed:
            self._stuck.add(key)
        return stretch.spans(line)

    def ask(self, hunk: int, line: int) -> bool:
        """Ask for the colours of a line, unless too much is under way; return whether it was asked now."""
        key = self._key(hunk, line)
        if key in self._stretches:
            return False
        self._open(key)
        return key in self._stretches

    def poll(self, seconds: float = 0.0) -> None:
        """Take what colours have come, and wait so long for some at most."""
        self._tinter.poll(seconds)

    def advance(self, hunk: int, line: int, seconds: float) -> None:
        """Ask for the colours of a line, and wait for them so long at most."""
        ends = perf_counter() + seconds
        self.ask(hunk, line)
        while self.spans(hunk, line) is None and (left := ends - perf_counter()) > 0:
            self.poll(left)
            self.ask(hunk, line)

    def _key(self, hunk: int, line: int) -> tuple[int, str, int]:
        entry = self._index.hunks[hunk]
        side = "-" if self._index.kinds[line] == "-" else "+"
        return hunk, side, (line - entry.start - 1) // STRETCH

    def _open(self, key: tuple[int, str, int]) -> None:
        """Ask for the stretch that begins so many ``STRETCH`` lines into a hunk."""
        hunk, side, number = key
        entry = self._index.hunks[hunk]
        name = self._lexer(entry, side)
        if not name or len(self._stuck) >= PATIENCE:
            stretch = Stretch(array("I"), _PLAIN)
        else:
            first = entry.start + 1 + number * STRETCH
            start, end = max(entry.start + 1, first - LEAD), min(entry.end, first + STRETCH)
            lines, marked = self._marked(entry, side, range(start, end), first)
            opens = number == 0 and (entry.old_start if side == "-" else entry.new_start) <= 1
            job = self._tinter.ask(name, marked, guess=not opens)
            if job is None:
                return
            self.asked += 1
            stretch = Stretch(lines, job)
        self._stretches[key] = stretch
        self._kept += _size(stretch)
        while self._kept > KEPT and len(self._stretches) > 1:
            self._kept -= _size(self._stretches.popitem(last=False)[1])

    def _marked(self, entry: Hunk, side: str, lines: range, first: int) -> tuple[array[int], list[str]]:
        """Return the lines of a side, ``+`` before those whose colours it gives, and their numbers."""
        kinds, texts = self._index.kinds, self._index.lines
        given = "-" if side == "-" else " +"
        numbers = array("I")
        marked: list[str] = []
        for line in lines:
            kind = kinds[line]
            if kind != " " and kind != side:
                continue
            text = texts[line]
            text = text[entry.signs :] if len(text) <= LONGEST + entry.signs else ""
            if line >= first and kind in given:
                numbers.append(line)
                marked.append(f"+{text}")
            else:
                marked.append(f" {text}")
        return numbers, marked

    def _lexer(self, entry: Hunk, side: str) -> str:
        """Return the name of the lexer for a side of a hunk; empty where none is known."""
        if entry.file < 0:
            return ""
        file = self._index.files[entry.file]
        path = file.old_path or file.new_path if side == "-" else file.path
        return lexer_name(path) or lexer_of_program(self._first_line(file.first_hunk, side))

    def _first_line(self, number: int, side: str) -> str:
        """Return the first line of a file's side, where its first hunk begins with it."""
        hunk = self._index.hunks[number]
        if (hunk.old_start if side == "-" else hunk.new_start) > 1:
            return ""
        for line in range(hunk.start + 1, min(hunk.start + 4, hunk.end)):
            if self._index.kinds[line] in " " + side:
                return self._index.lines[line][hunk.signs :]
        return ""


def _size(stretch: Stretch) -> int:
    return STRETCH_BYTES + LINE_BYTES * len(stretch.lines)
