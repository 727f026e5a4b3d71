"""A diff made ready to find again what is quoted of it.

White space is what mail does most harm to: tabs become blanks, lines are wrapped and filled anew,
signs lose their column.  So lines are compared without any, as one string of letters in which
a line has a place where it ends; what also does not survive (quotation marks, letters beyond
ASCII and what stands for them) is left out too.  Searching it is as quick as ``str.find``.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from tui.diff.index import DiffIndex
from tui.diff.row import unsigned

_LOST = re.compile(r"[^!#-&(->@-_a-~]+")
"""White space, controls, all three quotation marks, the question mark, and what is no ASCII."""
_RANGES = re.compile(r"@@+ ((?:-\d+(?:,\d+)? )+\+\d+(?:,\d+)?) @@")
CANDIDATES = 2_000
"""Places that a text may have before it is held to be everywhere."""


def squeeze(text: str) -> str:
    """Return what of a line survives the mail."""
    return _LOST.sub("", text)


class Stream:
    """All lines of a diff as one string of what survives."""

    def __init__(self, index: DiffIndex, *, has_signs: bool) -> None:
        self.text = ""
        self.ends = array("l")
        """Where in the text each line ends."""
        self.lines = array("l")
        """Its number in the index."""
        pieces: list[str] = []
        position = 0
        for hunk_signs, number in _quotable(index):
            text, kind = index.lines[number], index.kinds[number]
            if hunk_signs:
                sign = kind if has_signs and kind in "+-" else ""
                text = sign + unsigned(text, kind, hunk_signs)
            piece = squeeze(text)
            if piece:
                pieces.append(piece)
                position += len(piece)
                self.ends.append(position)
                self.lines.append(number)
        self.text = "".join(pieces)

    def find(self, key: str) -> list[int]:
        """Return where lines end that end in a text; nothing for one that is everywhere."""
        found: list[int] = []
        start = self.text.find(key)
        while start >= 0:
            end = start + len(key)
            if self.ends_line(end):
                found.append(end)
                if len(found) > CANDIDATES:
                    return []
            start = self.text.find(key, start + 1)
        return found

    def ends_line(self, position: int) -> bool:
        """Say whether a line ends at a position."""
        place = bisect_left(self.ends, position)
        return place < len(self.ends) and self.ends[place] == position

    def end_of(self, line: int) -> int:
        """Return where a line of the index ends."""
        return self.ends[bisect_left(self.lines, line)]

    def line_at(self, end: int) -> int:
        """Return the line of the index that ends there."""
        return self.lines[bisect_left(self.ends, end)]

    def begins_line(self, position: int) -> bool:
        """Say whether a line begins at a position, with its sign or behind it."""
        place = bisect_right(self.ends, position)
        begin = self.ends[place - 1] if place else 0
        return position == begin or (position == begin + 1 and self.text[begin] in "+-")

    def after(self, end: int) -> tuple[int, str]:
        """Return where the line behind a place ends, and its text; ``(-1, "")`` behind the last one."""
        place = bisect_right(self.ends, end)
        if place >= len(self.ends):
            return -1, ""
        return self.ends[place], self.text[end : self.ends[place]]


class Quotable:
    """What is known of a diff to find quotes in it."""

    def __init__(self, index: DiffIndex, message: str = "") -> None:
        """Take the patch's message too: what is quoted of that is not of the diff."""
        self.index = index
        self.message = squeeze(message)
        self._streams: dict[bool, Stream] = {}
        self._hunks: dict[str, list[int]] | None = None

    def stream(self, *, has_signs: bool) -> Stream:
        """Return the lines with their signs or without; made when first asked for."""
        if has_signs not in self._streams:
            self._streams[has_signs] = Stream(self.index, has_signs=has_signs)
        return self._streams[has_signs]

    def file_named(self, header: str) -> int:
        """Return the file that a quoted header names; -1 for none, or where that is not certain."""
        names = [word.removeprefix("a/").removeprefix("b/") for word in header.split()[1:]]
        found = [number for number, file in enumerate(self.index.files) if file.path in names]
        return found[0] if len(found) == 1 else -1

    def hunk_named(self, header: str) -> int:
        """Return the hunk that a quoted ``@@`` line begins; -1 for none, or where that is not certain."""
        if self._hunks is None:
            self._hunks = {}
            for number, start in enumerate(self.index.hunks.starts):
                if named := _RANGES.match(self.index.lines[start]):
                    self._hunks.setdefault(named[1], []).append(number)
        named = _RANGES.match(header)
        found = self._hunks.get(named[1], []) if named else []
        return found[0] if len(found) == 1 else -1

    def hunk_of(self, line: int) -> int:
        """Return the last hunk that begins at a line or above it; -1 for none."""
        return bisect_right(self.index.hunks.starts, line) - 1

    def file_of(self, line: int) -> int:
        """Return the last file that begins at a line or above it; -1 for none."""
        return bisect_right(self.index.files, line, key=lambda file: file.start) - 1


def _quotable(index: DiffIndex) -> Iterator[tuple[int, int]]:
    """Yield the lines that can be quoted, each with how many columns of signs it has."""
    done = 0
    for hunk in index.hunks:
        yield from ((0, number) for number in range(done, hunk.start + 1) if index.kinds[number] in "h@")
        for number in range(hunk.start + 1, hunk.end):
            if index.kinds[number] in " +-\\":
                yield hunk.signs, number
        done = hunk.end
    yield from ((0, number) for number in range(done, len(index.kinds)) if index.kinds[number] == "h")
