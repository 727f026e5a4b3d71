"""The places of a diff: its rows as if shown unified, unfolded and unwrapped.

Nearly each is a line of the index; only above the lines of a file stand a blank row and its
header row, in place of the lines of its header.  So places are runs of lines, found by
bisection.  They are counted from 0, below whatever stands above the diff.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from tui.diff.index import DiffIndex

HEADER_ROWS = 2


class Block(NamedTuple):
    """Lines that have one place each, one after the other."""

    top: int
    """The place of the first one."""
    file: int
    """-1 for lines that belong to no file, which have no header row above them."""
    first: int
    end: int


class Places:
    """Which line stands at which place."""

    def __init__(self, index: DiffIndex) -> None:
        self.index = index
        self.length = 0
        self.blocks: list[Block] = []
        self.headers: list[int] = []
        """The place of each file's header row."""
        self._add_blocks()
        self._tops = [block.top for block in self.blocks]
        self._firsts = [block.first for block in self.blocks]

    def _add_blocks(self) -> None:
        """Give each file its block, and what lies between files one of its own."""
        lines = self.index.lines
        last = len(lines) - (lines[-1] == "")
        line = 0
        for number, file in enumerate(self.index.files):
            self._add(-1, line, file.start)
            self.headers.append(self.length + 1)
            self.length += HEADER_ROWS
            self._add(number, file.start if file.raw else file.body, min(file.end, last))
            line = file.end
        self._add(-1, line, last)

    def _add(self, file: int, first: int, end: int) -> None:
        if file >= 0 or first < end:
            self.blocks.append(Block(self.length, file, first, max(first, end)))
            self.length += max(0, end - first)

    def line_of(self, place: int) -> int:
        """Return the line at a place; -1 for the rows above a file."""
        number = bisect_right(self._tops, place) - 1
        if number < 0:
            return -1
        block = self.blocks[number]
        line = block.first + place - block.top
        return line if line < block.end else -1

    def place_of(self, line: int) -> int:
        """Return the place of a line; for one of a file's header that of its header row."""
        number = bisect_right(self._firsts, line) - 1
        if number >= 0 and line < self.blocks[number].end:
            return self.blocks[number].top + line - self.blocks[number].first
        file = bisect_right(self._starts, line) - 1
        return self.headers[file] if file >= 0 else 0

    @cached_property
    def _starts(self) -> list[int]:
        return [file.start for file in self.index.files]

    def file_of(self, place: int) -> int:
        """Return the file in which a place is, the rows above it included; -1 for none."""
        file = bisect_right(self.headers, place + 1) - 1
        return file if file >= 0 and place < self.rows_of_file(file).stop else -1

    def rows_of_file(self, file: int) -> range:
        """Return the places below a file's header row."""
        block = self._file_blocks[file]
        return range(block.top, block.top + block.end - block.first)

    @cached_property
    def _file_blocks(self) -> list[Block]:
        return [block for block in self.blocks if block.file >= 0]

    def hunk_of(self, line: int) -> int:
        """Return the hunk that a line is in, its header included; -1 for none."""
        number = bisect_right(self._hunk_starts, line) - 1
        return number if number >= 0 and line < self._hunk_ends[number] else -1

    @cached_property
    def _hunk_starts(self) -> array[int]:
        return self.index.hunks.starts

    @cached_property
    def _hunk_ends(self) -> array[int]:
        return self.index.hunks.ends

    @cached_property
    def hunks(self) -> array[int]:
        """The place of each hunk's header row."""
        return array("i", map(self.place_of, self._hunk_starts))

    def rows_of_hunk(self, hunk: int) -> range:
        """Return the places below a hunk's header row."""
        top = self.hunks[hunk]
        return range(top + 1, top + self._hunk_ends[hunk] - self._hunk_starts[hunk])

    def stretch(self, line: int) -> tuple[int, int, int | None]:
        """Return up to which line all is as at a line.

        That is: in which hunk (-1 for none), and how far places are from lines (None where
        lines have no place of their own).
        """
        after = bisect_right(self._firsts, line)
        block = self.blocks[after - 1] if after else None
        if block is None or line >= block.end:
            return self._firsts[after] if after < len(self._firsts) else len(self.index.lines), -1, None
        number = bisect_right(self._hunk_starts, line) - 1
        shift = block.top - block.first
        if number >= 0 and line < self._hunk_ends[number]:
            return self._hunk_ends[number], number, shift
        end = self._hunk_starts[number + 1] if number + 1 < len(self._hunk_starts) else block.end
        return min(end, block.end), -1, shift
