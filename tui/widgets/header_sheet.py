"""Headers of a mail, a name and its value a row, long values folded, those of machines below the others."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.strip import Strip

from tui.core.headers import Header, read_headers
from tui.widgets.folded import fold
from tui.widgets.palette import colors_of, style
from tui.widgets.sheet import Sheet

WIDEST = 16
"""Cells of the names; a longer one stands on a line of its own."""


class HeaderSheet(Sheet):
    """All headers: the sender's in the mail's order, then, quieter, those that were added on the way."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._headers: list[Header] = []
        self._rows: list[tuple[int, str, str]] = []
        """The number of the header, the name on its first row, and a piece of the value; clean.

        The blank row between the two kinds belongs to the last header above it.
        """

    def say(self, words: str) -> None:
        """Say something in place of headers; clean."""
        self._headers, self._rows = [], []
        self.show_rows(0, words)

    def show_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        """Show headers as a mail has them."""
        self._headers = read_headers(headers)
        self._fold()
        self.show_rows(len(self._rows), "The server gave no headers.")

    @property
    def header(self) -> Header | None:
        """The header under the cursor."""
        return self._headers[self._rows[self.line][0]] if self._rows else None

    def _fold(self) -> None:
        names = [cell_len(header.name) for header in self._headers]
        self._column = max((length for length in names if length <= WIDEST), default=0)
        room = max(10, self.room - self._column - 4)
        self._rows = []
        for number, header in enumerate(self._headers):
            name = header.name
            if number and header.is_side and not self._headers[number - 1].is_side:
                self._rows.append((number - 1, "", ""))
            if cell_len(name) > WIDEST:
                self._rows.append((number, name, ""))
                name = ""
            for value in header.lines:
                for piece in fold(value, room):
                    self._rows.append((number, name, piece))
                    name = ""

    def on_resize(self, event: events.Resize) -> None:
        """Fold anew, the cursor on the same header."""
        if self._headers:
            number = self._rows[min(self.line, len(self._rows) - 1)][0]
            self._fold()
            line = next(row for row, (which, _, _) in enumerate(self._rows) if which == number)
            self.show_rows(len(self._rows), self.words, top=min(self.row, line), line=line)

    def draw(self, row: int, width: int) -> Strip:
        """Draw a piece of a header."""
        colors = colors_of(self)
        number, name, text = self._rows[row]
        is_side = self._headers[number].is_side
        label = style(colors.dim if is_side else colors.accent, colors.background)
        value = style(colors.dim if is_side else colors.text, colors.background)
        lead = f" {name}".ljust(self._column + 2)
        return Strip([Segment(lead, label), Segment(f" {text}", value)])
