"""What the reader shows of one patch, as rows: message, diffstat, diff.

The rows above the diff are few, and made anew for every width, as prose is folded.  Those of
the diff are lines of its index: a block of rows for each file, found by bisection over where
the blocks begin, and a row is made when it is asked for.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from tui.diff.address import Address
from tui.diff.hunks import Hunk
from tui.diff.index import DiffIndex, index_diff
from tui.diff.layout import Shape
from tui.diff.lead import DEFECT, EMPTY_COVER, NO_DIFF, TORN, Lead, heading, pull_request
from tui.diff.mailstat import cut_stat
from tui.diff.message import read_message
from tui.diff.row import Kind, Row, unsigned
from tui.diff.search import Search
from tui.diff.torn import mend


class _Block(NamedTuple):
    """Rows that are lines of the diff one by one, below a blank and a header row for a file."""

    row: int
    """Counted from the first one of the diff."""
    file: int
    """-1 for lines that belong to no file, which have no header row."""
    first: int
    end: int


_HEADER_ROWS = 2


class Document:
    """The rows of one patch.

    ``place`` is a row as it would be numbered if nothing were folded: it means the same text
    at every width.
    """

    def __init__(self, lead: Lead, index: DiffIndex) -> None:
        self.index = index
        self._lead = lead
        self._blocks: list[_Block] = []
        self._length = 0
        """The rows of the diff."""
        self._add_blocks()
        self._starts = [block.row for block in self._blocks]

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._lead.rows) + self._length

    def lay_out(self, shape: Shape | int) -> None:
        """Make the rows for a shape; a number stands for one that only limits prose."""
        self._lead.lay_out(shape if isinstance(shape, int) else shape.prose)

    def where(self, row: int) -> tuple[int, int]:
        """Return the place of a row, and where in that line it begins."""
        below = row - len(self._lead.rows)
        return (self._lead.places + below, 0) if below >= 0 else self._lead.where(row)

    def row_at(self, place: int, start: int = 0) -> int:
        """Return the row in which a place is shown."""
        below = place - self._lead.places
        return len(self._lead.rows) + below if below >= 0 else self._lead.row_at(place, start)

    # -- places ------------------------------------------------------------

    def line_of(self, place: int) -> int:
        """Return the line of the index that a place shows; -1 where it shows none."""
        return max(-1, self._plain(place).line)

    def place_of(self, line: int) -> int:
        """Return the place of a line of the index; of a header line: its file's header row."""
        block = self._blocks[max(0, bisect_right(self._firsts, line) - 1)]
        top = self._lead.places + block.row + (_HEADER_ROWS if block.file >= 0 else 0)
        return top + line - block.first if line < block.end else top - 1

    def text_at(self, place: int) -> str:
        """Return the raw text of a place without signs, as it is searched and copied."""
        row = self._plain(place)
        if row.kind is Kind.FILE:
            return self.index.files[row.file].path
        return unsigned(row.text, row.sign, self.index.hunks[row.hunk].signs) if row.hunk >= 0 else row.text

    def _plain(self, place: int) -> Row:
        return self.row(self.row_at(place))

    def address(self, place: int) -> Address | None:
        """Return the line of a file that a place shows; None where it shows none."""
        row = self._plain(place)
        if not (row.old or row.new):
            return None
        return Address(self.index.files[row.file].path, "new" if row.new else "old", row.new or row.old)

    def place_at(self, address: Address) -> int | None:
        """Return the place of a line of a file; None where the diff does not show it."""
        return None

    def find(self, search: Search) -> list[int]:
        """Return the places whose text has what is searched for, folded ones too."""
        return []

    # -- folds -------------------------------------------------------------

    @property
    def folds(self) -> frozenset[int]:
        """What is folded, each by the place of its header row, to be given to ``set_folds`` again."""
        return frozenset()

    def set_folds(self, folds: frozenset[int]) -> None:
        """Fold these files and hunks and no others."""

    def is_folded(self, *, file: int = -1, hunk: int = -1) -> bool:
        """Say whether a file or a hunk is folded."""
        return False

    def fold(self, place: int) -> bool:
        """Fold or unfold what is around a place: its hunk, on a file's header the file.

        False where there is nothing to fold.
        """
        return False

    def fold_all(self, folded: bool) -> None:
        """Fold all files, or unfold all files and hunks."""

    def unfold(self, place: int) -> bool:
        """Open what hides a place; False where nothing does."""
        return False

    # -- rows --------------------------------------------------------------

    def _add_blocks(self) -> None:
        """Give each file its block, and what lies between files one of its own."""
        lines = self.index.lines
        last = len(lines) - (lines[-1] == "")
        line = 0
        for number, file in enumerate(self.index.files):
            self._add(-1, line, file.start)
            self._add(number, file.start if file.raw else file.body, min(file.end, last))
            line = file.end
        self._add(-1, line, last)

    def _add(self, file: int, first: int, end: int) -> None:
        if file >= 0 or first < end:
            self._blocks.append(_Block(self._length, file, first, end))
            self._length += (_HEADER_ROWS if file >= 0 else 0) + max(0, end - first)

    def row(self, number: int) -> Row:
        """Return one row.  Raises IndexError where there is none."""
        if not 0 <= number < self.count:
            raise IndexError(number)
        if number < len(self._lead.rows):
            return self._lead.rows[number]
        number -= len(self._lead.rows)
        block = self._blocks[bisect_right(self._starts, number) - 1]
        offset = number - block.row
        if block.file >= 0:
            if offset < _HEADER_ROWS:
                return Row(Kind.FILE if offset else Kind.BLANK, file=block.file)
            offset -= _HEADER_ROWS
        return self._line_row(block.file, block.first + offset)

    def _line_row(self, file: int, line: int) -> Row:
        text, kind = self.index.lines[line], self.index.kinds[line]
        number = bisect_right(self._hunk_starts, line) - 1
        if number < 0 or line >= self.index.hunks[number].end:
            return Row(Kind.RAW, text, file=file, line=line)
        hunk = self.index.hunks[number]
        if line == hunk.start:
            return Row(Kind.HUNK, text, file=file, hunk=number, line=line)
        old, new = self._numbers(hunk, line) if kind in " +-" else (0, 0)
        return Row(Kind.BODY, text, file=file, hunk=number, line=line, sign=kind, old=old, new=new)

    def _numbers(self, hunk: Hunk, line: int) -> tuple[int, int]:
        """Count the lines above in the hunk: 10 us in one of 66,000 lines, and no table is kept."""
        kinds, first = self.index.kinds, hunk.start + 1
        both = kinds.count(" ", first, line)
        # What a line of a combined diff is in its first parent, its kind does not tell.
        old = (
            0
            if kinds[line] == "+" or hunk.signs > 1
            else hunk.old_start + both + kinds.count("-", first, line)
        )
        new = 0 if kinds[line] == "-" else hunk.new_start + both + kinds.count("+", first, line)
        return old, new

    @cached_property
    def _hunk_starts(self) -> list[int]:
        return [hunk.start for hunk in self.index.hunks]

    @property
    def file_rows(self) -> list[int]:
        """The header row of each file."""
        lead = len(self._lead.rows)
        return [lead + block.row + 1 for block in self._blocks if block.file >= 0]

    @property
    def hunk_rows(self) -> list[int]:
        """The header row of each hunk."""
        lead = len(self._lead.rows)
        return [lead + row for row in self._hunk_offsets]

    @cached_property
    def _hunk_offsets(self) -> list[int]:
        rows: list[int] = []
        for hunk in self.index.hunks:
            block = self._blocks[bisect_right(self._firsts, hunk.start) - 1]
            rows.append(block.row + (_HEADER_ROWS if block.file >= 0 else 0) + hunk.start - block.first)
        return rows

    @cached_property
    def _firsts(self) -> list[int]:
        return [block.first for block in self._blocks]

    @cached_property
    def digits(self) -> int:
        """How many digits the line numbers need."""
        highest = max(
            (max(h.old_start + h.old_count, h.new_start + h.new_count) for h in self.index.hunks), default=0
        )
        return min(7, max(3, len(str(highest))))


def build_document(
    content: str,
    diff: str,
    pull_url: str = "",
    *,
    cover: bool = False,
    subject: str = "",
    author: str = "",
    date: str = "",
) -> Document:
    """Return the rows of a patch, a cover letter or a pull request.

    ``content`` and ``diff`` are as Patchwork gives them; the other words are for the rows above
    the message, and what is empty has none.  20 ms for 50,000 lines.
    """
    message, diff, whole = mend(content, diff)
    index = index_diff(diff if diff.strip() else "")
    if index.files and whole:
        message = cut_stat(message, index)
    parts = [
        heading(subject, author, date),
        pull_request(pull_url, bool(diff.strip())),
        [Row(Kind.MESSAGE, line.text, line.part) for line in read_message(message)],
    ]
    if diff.strip() and not whole:
        parts.append([Row(Kind.WARNING, TORN)])
    if not (diff.strip() or pull_url) and (not cover or not message.strip()):
        parts.append([Row(Kind.REMARK, EMPTY_COVER if cover else NO_DIFF)])
    words: list[Row] = []
    for rows in filter(None, parts):
        words += [Row(Kind.BLANK), *rows] if words else rows
    if words and not index.files and diff.strip():
        words.append(Row(Kind.BLANK))
    return Document(Lead(words, index), index)


def build_plain(content: str, diff: str) -> Document:
    """Return both texts line by line as they came, below a warning: nothing is made of them."""
    words = [Row(Kind.WARNING, DEFECT), Row(Kind.BLANK)]
    for text in filter(None, (content, diff)):
        words += [Row(Kind.RAW, line) for line in text.split("\n")]
    return Document(Lead(words, index_diff("")), index_diff(""))
