"""The rows above a diff: who wrote it, what they say, the diffstat; folded to a width."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, repeat

from tui.core.text import clean
from tui.diff.index import DiffIndex
from tui.diff.prose import LONGEST, fold, is_prose, join
from tui.diff.row import Kind, Part, Row
from tui.diff.stat import WIDTH, stat_rows, summary

TORN = (
    "This diff may be incomplete: the server tore it apart at a binary file; "
    "what is missing stands in the message above."
)
NO_DIFF = "No diff: this mail is text only."
EMPTY_COVER = "This cover letter is empty."
DEFECT = "This mail is shown as it came, as pwtui failed to lay it out: please report this with --debug."

FOLDED_LINES, FOLDED_CHARACTERS = 2_000, 100_000
"""Of a message, that are folded: 80 ms.  What stands below scrolls sideways."""


class Lead:
    """These rows as they are for one width, and the places that stay the same at every width."""

    def __init__(self, words: list[Row], index: DiffIndex) -> None:
        """Take the rows above the diffstat, not folded."""
        self.rows: list[Row] = []
        self.plain: list[Row] = []
        """The rows if nothing were folded: the places."""
        self._words = words
        self._index = index
        sizes = accumulate(_effort(row.text) for row in words[:FOLDED_LINES])
        self._foldable = bisect_right(list(sizes), FOLDED_CHARACTERS)
        """How many of the words, from the first on, may be folded."""
        self._starts: list[tuple[int, int]] = []
        """Of each row: its place, and where in that line it begins."""
        self.lay_out(0)

    def lay_out(self, width: int) -> None:
        """Fold what is prose to so many cells; 0 folds nothing."""
        self.rows, self._starts = [], []
        words, stat = self._words, self._stat(width or WIDTH)
        self.plain = [*words, *stat]
        count = self._foldable if width else 0
        self._fold(0, words[:count], width)
        self.rows += words[count:]
        self._starts += zip(range(count, len(words)), repeat(0))
        self._fold(len(words), stat, width)

    def _fold(self, place: int, rows: list[Row], width: int) -> None:
        """Add rows, of which the first has that place."""
        for first, end in join([row.text.rstrip() if _is_text(row) else "" for row in rows], width):
            row = rows[first]
            # Where each of the lines that are folded as one begins.
            begins = [0]
            if end > first + 1:
                texts = [clean(row.text.rstrip()) for row in rows[first:end]]
                begins = [0, *accumulate(len(text) + 1 for text in texts[:-1])]
                row = row._replace(text=" ".join(texts))
            hang = _hang(row) if width else None
            for start, text in [(0, row.text)] if hang is None else fold(row.text, width, hang):
                line = bisect_right(begins, start) - 1
                self.rows.append(row._replace(text=text, goes_on=start > 0))
                self._starts.append((place + first + line, start - begins[line]))

    def _stat(self, width: int) -> list[Row]:
        files = self._index.files
        if not files:
            return []
        stats = stat_rows(self._index, width)
        rows = [Row(Kind.BLANK)] if self._words else []
        rows += [Row(Kind.STAT, stat=stat, file=stat.file) for stat in stats]
        if more := len(files) - len(stats):
            rows.append(Row(Kind.REMARK, f"… and {more} more"))
        return [*rows, Row(Kind.SUMMARY, summary(self._index))]

    def where(self, row: int) -> tuple[int, int]:
        """Return the place of a row, and where in that line it begins."""
        return self._starts[row]

    def row_at(self, place: int, start: int) -> int:
        """Return the row that shows a place."""
        return max(0, bisect_right(self._starts, (place, start)) - 1)


def _effort(text: str) -> int:
    """How many characters a line counts for: beyond ASCII each is measured on its own."""
    if len(text) > LONGEST:
        return 0
    return len(text) if text.isascii() else 4 * len(text)


def _is_text(row: Row) -> bool:
    return row.kind is Kind.MESSAGE and row.part in (Part.TEXT, Part.NOTE) and is_prose(row.text)


def _hang(row: Row) -> int | None:
    """Return how far the rest of a row is set in when it is folded; None where it is not."""
    is_code = row.part is Part.RULE or row.part >= Part.ADDED
    if row.kind is Kind.RAW or (row.kind is Kind.MESSAGE and (is_code or not is_prose(row.text))):
        return None
    return 4 if row.kind is Kind.HEADER or row.part is Part.TRAILER else 0


def heading(subject: str, author: str, date: str) -> list[Row]:
    """Return the rows that say who sent a mail, when and about what; none for what is empty."""
    named = (("From", author), ("Date", date))
    rows = [Row(Kind.HEADER, f"{name}: {value}") for name, value in named if value]
    return rows + ([Row(Kind.SUBJECT, subject)] if subject else [])


def pull_request(url: str, has_diff: bool) -> list[Row]:
    """Return the rows that say where to pull from; none where the URL is empty."""
    if not url:
        return []
    rows = [Row(Kind.SUMMARY, f"Pull request: {url}")]
    if not has_diff:
        rows.append(Row(Kind.REMARK, "It has no diff of its own; fetch that branch to read it."))
    return rows
