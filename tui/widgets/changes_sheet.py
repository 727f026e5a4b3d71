"""Versions of a series and what became of its patches, a row each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.strip import Strip

from tui.widgets.columns import cut
from tui.widgets.palette import colors_of, style
from tui.widgets.sheet import Sheet

LEAST_TEXT = 30
"""Cells that what follows the words has, where there is room for both."""


class Line(NamedTuple):
    """One row.  All of it is clean."""

    lead: str = ""
    """Which version, or which patches; as wide as the widest of its group."""
    sign: str = ""
    words: str = ""
    """What it is about it; as wide as the widest of its group."""
    text: str = ""
    role: str = "text"
    """The colour role of sign and words."""
    group: int = 0
    """Lines of a group have their columns in common; those of group 0 are headings."""
    is_quiet: bool = False


class ChangesSheet(Sheet):
    """The rows of a comparison."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: Sequence[Line] = ()
        self._widths: dict[int, tuple[int, int]] = {}

    def say(self, words: str) -> None:
        """Say something in place of rows; clean."""
        self._lines = ()
        self.show_rows(0, words)

    def show_lines(self, lines: Sequence[Line], cursor: int) -> None:
        """Show rows, the cursor on one of them; what was at the top stays there where it can."""
        if lines == self._lines:
            self.put_cursor(cursor)
            return
        self._lines = lines
        groups = {line.group for line in lines}
        self._widths = {
            group: (
                max(cell_len(line.lead) for line in lines if line.group == group),
                max(cell_len(line.words) for line in lines if line.group == group),
            )
            for group in groups
        }
        top = self.row if self.count else 0
        self.show_rows(len(lines), top=min(top, max(0, len(lines) - 1)), line=cursor)

    def draw(self, row: int, width: int) -> Strip:
        """Draw a row."""
        colors, line = colors_of(self), self._lines[row]
        back = colors.background
        if not line.group:
            return Strip([Segment(f" {cut(line.text, width - 1)}", style(colors.accent, back, bold=True))])
        told = style(getattr(colors, line.role), back)
        text = style(colors.dim if line.is_quiet else colors.text, back)
        lead, words = self._widths[line.group]
        words = max(min(words, width - lead - LEAST_TEXT - 8), min(words, 9))
        pieces = [
            Segment(f"  {' ' * (lead - cell_len(line.lead))}{line.lead} ", style(colors.dim, back)),
            Segment(f"{line.sign or ' '} ", told + style(bold=True)),
            Segment(f"{set_cell_size(cut(line.words, words), words)}  ", told),
        ]
        left = width - sum(piece.cell_length for piece in pieces)
        return Strip([*pieces, Segment(cut(line.text, left), text)])
