"""What the rows of a document get late: their colour, and unidiff's word on damaged files."""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Iterable, Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from tui.diff.row import Kind, Row
from tui.diff.warnings import read_warnings, tell_damage

if TYPE_CHECKING:
    from tui.diff.document import Document


PAGE = 60
"""Rows that are asked for at once."""

AT_ONCE = 50_000
"""Characters of a file that are read for warnings before its header is drawn: 5 ms."""


class Ink:
    """The late parts of one document.  unidiff is imported when first needed."""

    def __init__(self, document: Document) -> None:
        from tui.diff.highlight import Painter  # with the first document, not before the first rows

        self._document = document
        self._painter = Painter(document.index)
        self._uncolored: dict[tuple[int, int], int] = {}
        """Hunk and line of what is to be coloured, and its row."""
        self._troubles: dict[int, list[str]] = {}
        self._unjudged: set[int] = set()
        self._unread: dict[int, tuple[Iterator[None], list[str]]] = {}
        """Files that are not yet read to their ends for what is to be warned of."""

    @property
    def is_waiting(self) -> bool:
        """Whether there is something to work on."""
        return bool(self._uncolored or self._unjudged or self._unread)

    def spans(self, number: int, row: Row, until: float) -> bytes | None:
        """Return the colours of a row, waited for until that moment (of ``perf_counter``) at most.

        None when they are still to come.  Nothing is waited for that will not come soon.
        """
        if row.kind is not Kind.BODY or row.sign not in " +-":
            return b""
        spans = self._painter.spans(row.hunk, row.line)
        if spans is None:
            if self._painter.ask(row.hunk, row.line) and until:
                # The rest of the page too, so that they are lexed while this one is drawn.
                self.look_ahead(range(number + 1, min(number + PAGE, self._document.count)))
            wait = until - perf_counter() if self._painter.is_prompt else 0.0
            self._painter.advance(row.hunk, row.line, wait)
            spans = self._painter.spans(row.hunk, row.line)
        if spans is not None:
            self._uncolored.pop((row.hunk, row.line), None)  # it was asked for before it was drawn
            return spans
        self._uncolored[row.hunk, row.line] = number
        return None

    def troubles(self, file: int) -> list[str]:
        """Return what is wrong with a file, as far as it is known."""
        if file not in self._troubles:
            index = self._document.index
            entry = index.files[file]
            trouble = tell_damage(index, entry)
            self._troubles[file] = [trouble] if trouble else []
            warnings: list[str] = []
            reading = read_warnings(index, entry, warnings)
            if index.lines.length(entry.start, entry.end) <= AT_ONCE:
                deque(reading, 0)
                self._troubles[file][:0] = warnings
            else:
                self._unread[file] = reading, warnings
            if entry.trouble:
                self._unjudged.add(file)
        return self._troubles[file]

    def forget_rows(self) -> None:
        """Wait for no row's colour any more, as rows have other numbers now."""
        self._uncolored.clear()

    def lacks(self, rows: range) -> bool:
        """Say whether one of some rows still waits for something."""
        return bool(self._unjudged or self._unread) or any(row in rows for row in self._uncolored.values())

    def look_ahead(self, rows: Iterable[int]) -> None:
        """Ask for the colours of rows that come into sight, all at once and before they do."""
        for number in rows:
            row = self._document.row(number)
            for side in (row.left, row.right) if row.kind is Kind.PAIR else (row,):
                if side is not None:
                    self.spans(number, side, 0.0)

    def work(self, wanted: Container[int], seconds: float) -> list[int]:
        """Take what has come of what the wanted rows lack, for so long; return those to draw again."""
        ends = perf_counter() + seconds
        done: list[int] = []
        self._painter.poll()
        for (hunk, line), number in list(self._uncolored.items()):
            if number not in wanted:
                del self._uncolored[hunk, line]
                continue
            self._painter.ask(hunk, line)
            if self._painter.spans(hunk, line) is not None:
                del self._uncolored[hunk, line]
                done.append(number)
            if perf_counter() > ends:
                break
        done += self._read_on(ends)
        if self._unjudged and perf_counter() < ends:
            from tui.diff.judge import ask_unidiff

            file = self._unjudged.pop()
            if reason := ask_unidiff(self._document.index, file):
                self._troubles[file][-1] += f"; unidiff: {reason[:1].lower()}{reason[1:]}"
                done.append(self._document.file_rows[file])
        return done

    def _read_on(self, ends: float) -> list[int]:
        """Read on in files for what is to be warned of; return the rows of those that are."""
        done: list[int] = []
        for file, (reading, warnings) in list(self._unread.items()):
            for _ in reading:
                if perf_counter() > ends:
                    return done
            del self._unread[file]
            if warnings:
                self._troubles[file][:0] = warnings
                done.append(self._document.file_rows[file])
        return done
