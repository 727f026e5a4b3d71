"""Colour for the lines of a hunk, each side for itself, only when it is shown.

A side is lexed in stretches of some hundred lines, each with a lexer of its own that starts a
little above: so a jump into a huge hunk costs no more than one into a small one, and no text
can make a lexer look further than that.  All lexing is another process' (tui.diff.tinter):
whatever a text does to a lexer, the app goes on.
"""

from __future__ import annotations

from collections import OrderedDict
from time import perf_counter
from typing import TYPE_CHECKING

from tui.diff.lexers import lexer_name, lexer_of_program
from tui.diff.tinter import Job, Tinter, shared
from tui.diff.wire import CLASSES, LONGEST, Spans

if TYPE_CHECKING:
    from tui.diff.hunks import Hunk
    from tui.diff.index import DiffIndex

__all__ = ["CLASSES", "Painter", "Spans"]

STRETCH = 250
LEAD = 100
KEPT = 1_000_000
"""Bytes of colours that are kept, about; those asked for first go first."""
LINE_BYTES, STRETCH_BYTES = 35, 500
"""What the colours of a line of C take, and all that holds those of a stretch."""
PATIENCE = 5
"""Stretches of one diff at which lexers may get stuck before all the rest of it stays plain."""
_PLAIN = Job(0)
"""The job of lines that nothing is to be asked about."""
_PLAIN.done = True
_GIVEN = {"-": "-", "+": " +"}
"""The kinds of lines whose colours a side gives: its context is the new side's."""

_Key = tuple[int, str, int]
"""The lines of one side that are lexed in one go: hunk, side, how many ``STRETCH`` lines into it."""


class Painter:
    """The colours of one diff."""

    def __init__(self, index: DiffIndex, tinter: Tinter | None = None) -> None:
        self._index = index
        self._tinter = tinter or shared()
        self._jobs: OrderedDict[_Key, Job] = OrderedDict()
        self._kept = 0
        self.asked = 0
        """Stretches that were lexed, or are."""
        self._stuck: set[_Key] = set()

    @property
    def is_prompt(self) -> bool:
        """Whether it is worth to wait a moment for colours."""
        return self._tinter.is_prompt

    def spans(self, hunk: int, line: int) -> Spans | None:
        """Return the colours of a line of a hunk; None while they are not known."""
        key = self._key(hunk, line)
        job = self._jobs.get(key)
        if job is None:
            return None
        if job.failed:
            self._stuck.add(key)
        first = self._first(key)
        # Before it come the lines of its stretch whose colours are given: of the old side the removed ones.
        return job.spans(sum(self._index.kinds.count(kind, first, line) for kind in _GIVEN[key[1]]))

    def ask(self, hunk: int, line: int) -> bool:
        """Ask for the colours of a line, unless too much is under way; return whether it was asked now."""
        key = self._key(hunk, line)
        if key in self._jobs:
            return False
        self._open(key)
        return key in self._jobs

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

    def _key(self, hunk: int, line: int) -> _Key:
        entry = self._index.hunks[hunk]
        side = "-" if self._index.kinds[line] == "-" else "+"
        return hunk, side, (line - entry.start - 1) // STRETCH

    def _first(self, key: _Key) -> int:
        """Return the first line of a stretch."""
        return self._index.hunks[key[0]].start + 1 + key[2] * STRETCH

    def _open(self, key: _Key) -> None:
        """Ask for the colours of a stretch."""
        hunk, side, number = key
        entry = self._index.hunks[hunk]
        name = self._lexer(entry, side)
        if not name or len(self._stuck) >= PATIENCE:
            job = _PLAIN
        else:
            first = self._first(key)
            start, end = max(entry.start + 1, first - LEAD), min(entry.end, first + STRETCH)
            marked = self._marked(entry, side, range(start, end), first)
            opens = number == 0 and (entry.old_start if side == "-" else entry.new_start) <= 1
            asked = self._tinter.ask(name, marked, guess=not opens)
            if asked is None:
                return
            self.asked += 1
            job = asked
        self._jobs[key] = job
        self._kept += _size(job)
        while self._kept > KEPT and len(self._jobs) > 1:
            self._kept -= _size(self._jobs.popitem(last=False)[1])

    def _marked(self, entry: Hunk, side: str, lines: range, first: int) -> list[str]:
        """Return the lines of a side, ``+`` before those whose colours it gives."""
        kinds = self._index.kinds[lines.start : lines.stop]
        given = _GIVEN[side]
        marked: list[str] = []
        for line, (kind, text) in enumerate(
            zip(kinds, self._index.lines[lines.start : lines.stop], strict=True), lines.start
        ):
            if kind == " " or kind == side:
                mark = "+" if line >= first and kind in given else " "
                marked.append(mark + text[entry.signs :] if len(text) <= LONGEST + entry.signs else mark)
        return marked

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


def _size(job: Job) -> int:
    return STRETCH_BYTES + LINE_BYTES * job.wanted
