"""Lines of a diff that go on below where they are longer than their row."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from tui.diff.cut import TAB, WIDEST, count_simply, cut, effort
from tui.diff.places import Places
from tui.diff.row import unsigned
from tui.diff.segments import Segments
from tui.diff.split import Split

EFFORT = 250_000
"""Characters beyond ASCII that are measured one by one, a tab counting for four: 20 ms."""
LINE_EFFORT = 20_000
"""The same for one line."""
KEPT = 500
STEP = 500
"""Lines that are looked at in one go."""


class Wrapping:
    """How the lines of a diff are cut for one shape.

    Only what takes more than one row is kept: 50 ms for 100,000 lines of C, of which a tenth does.
    """

    def __init__(self, places: Places, split: Split | None, prose: int, body: int) -> None:
        """Take how many cells raw lines and lines of hunks have; 0 is without limit."""
        self._places = places
        self._index = places.index
        self._split = split
        self._prose, self._body = prose, body
        self._measured_to = len(self._index.lines)
        """Lines from here on are not measured."""
        self._kept: dict[int, Sequence[int]] = {}
        self.segments = Segments()
        """The rows, if nothing were wrapped, that take more than one; there when ``steps`` are done."""

    def steps(self) -> Iterator[None]:
        """Find what takes more than one row, in steps of a millisecond or three."""
        if not (self._prose or self._body):
            return
        heights: dict[int, int] = {}
        item_of = self._split.item_of if self._split is not None else None
        left = EFFORT
        for first in range(0, len(self._index.lines), STEP):
            places, counts, left = self._count(self._long_lines(first), left)
            if item_of is None:
                heights.update(zip(places, counts, strict=True))
            else:
                for item, count in zip(map(item_of, places), counts, strict=True):
                    heights[item] = max(count, heights.get(item, 0))
            yield
        items = sorted(heights)
        yield
        self.segments = Segments(items, [item + 1 for item in items], [heights[item] for item in items])

    def _count(self, lines: list[int], left: int) -> tuple[list[int], list[int], int]:
        """Return which places of some lines take more than one piece, how many, and the effort left."""
        places: list[int] = []
        counts: list[int] = []
        texts, kinds, body = self._index.lines, self._index.kinds, self._body
        done = 0
        while done < len(lines):
            end, hunk, shift = self._places.stretch(lines[done])
            stop = bisect_left(lines, end, done)
            signs = self._index.hunks.signs_of(hunk) if hunk >= 0 else 0
            for line in lines[done:stop]:
                text = texts[line]
                if signs == 1 and body and kinds[line] in " +-" and text.isascii() and "\t" not in text:
                    # Most of what is long, without a call: 100,000 such lines take 80 ms instead of 190.
                    count = -(-(len(text) - 1) // body)
                else:
                    text, width = self._text(line, hunk)
                    count = count_simply(text, width) if width and shift is not None else 1
                    if not count and left >= 0:
                        left -= min(effort(text), LINE_EFFORT)
                        if left < 0:
                            self._measured_to = line
                    count = count or len(cut(text, width, measured=self._is_measured(line, text)))
                if count > 1:
                    places.append(line + (shift or 0))
                    counts.append(count)
            done = stop
        return places, counts, left

    def _is_measured(self, line: int, text: str) -> bool:
        """Say whether the characters of a line are measured one by one."""
        return line < self._measured_to and effort(text) <= LINE_EFFORT

    def _long_lines(self, first: int) -> list[int]:
        """Return which of the next lines may be longer than their row, found without measuring any."""
        width = min(filter(None, (self._prose, self._body)))
        return [
            number
            for number, text in enumerate(self._index.lines[first : first + STEP], first)
            if (len(text) + (TAB - 1) * text.count("\t") if text.isascii() else WIDEST * len(text)) > width
        ]

    def _text(self, line: int, hunk: int) -> tuple[str, int]:
        """Return what is to be cut of a line, and to how many cells; 0 for none."""
        text, kind = self._index.lines[line], self._index.kinds[line]
        if hunk < 0:
            return text, self._prose
        if kind == "@":
            return text, 0
        width = self._body
        if self._split is not None and self._split.is_across(line):
            # Both sides together are less than a row without a second gutter has.
            width *= 2
        return unsigned(text, kind, self._index.hunks[hunk].signs), width

    def starts(self, line: int) -> Sequence[int]:
        """Return where in its text without signs the pieces of a line begin."""
        if line not in self._kept:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            text, width = self._text(line, self._places.hunk_of(line))
            # What was counted without a measure is cut at its tabs, for those two agree.
            measured = bool(width and count_simply(text, width)) or self._is_measured(line, text)
            self._kept[line] = cut(text, width, measured=measured) if width else (0,)
        return self._kept[line]

    def piece_of(self, line: int, start: int) -> int:
        """Return which piece of a line shows the character at ``start``."""
        return max(0, bisect_right(self.starts(line), start) - 1)
