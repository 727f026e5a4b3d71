"""The line of tabs above the reader: what there is to read of a patch, and how much of it."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.core.colors import Colors
from tui.widgets.bars import tab_words
from tui.widgets.columns import Cell
from tui.widgets.palette import colors_of, is_plain, style


class ReaderTab(NamedTuple):
    """One tab."""

    id: str
    name: str
    key: str
    """What goes there, in place of the name where there is no room for that."""
    extra: Cell = ()
    """What is in it; clean, in few cells."""


class TabLine(Widget):
    """One line; a click on a tab goes there."""

    DEFAULT_CSS = "TabLine { height: 1; }"

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, tab: str) -> None:
            super().__init__()
            self.tab = tab

    tabs: reactive[tuple[ReaderTab, ...]] = reactive(())
    active: reactive[str] = reactive("")

    def render_line(self, y: int) -> Strip:
        """Draw the tabs: with their names where there is room, else with their keys."""
        colors, width = colors_of(self), self.size.width
        blank = style(colors.text, colors.background)
        runs = [run for _, cell in self._fitting(width, colors) for run in cell]
        segments = [Segment(text, blank + look) for text, look in runs]
        return Strip(segments).adjust_cell_length(width, blank)

    def _fitting(self, width: int, colors: Colors) -> list[tuple[str, Cell]]:
        ways = ((True, True), (False, True), (False, False))
        for names, extras in ways:
            cells = self._cells(colors, names=names, extras=extras)
            if sum(_size(cell) for _, cell in cells) <= width:
                break
        return cells

    def _cells(self, colors: Colors, *, names: bool, extras: bool) -> list[tuple[str, Cell]]:
        """Return each tab's id and runs; the active one keeps its name and what is in it."""
        between = style(colors.border)
        cells: list[tuple[str, Cell]] = []
        for tab in self.tabs:
            is_active = tab.id == self.active
            look = style(colors.text, bold=True, underline=True) if is_active else style(colors.dim)
            words = tab.name if names or is_active else tab.key
            lead, words = tab_words(words, active=is_active, plain=is_plain(self))
            cell: Cell = ((lead if cells else " ", between), (words, look))
            if tab.extra and (extras or is_active):
                cell += ((" ", between), *tab.extra)
            cells.append((tab.id, cell))
        return cells

    def on_click(self, event: events.Click) -> None:
        """Go to the tab under the mouse."""
        end = 0
        for id, cell in self._fitting(self.size.width, colors_of(self)):
            end += _size(cell)
            if event.x < end:
                self.post_message(self.Chosen(id))
                return


def _size(cell: Cell) -> int:
    return sum(cell_len(text) for text, _ in cell)
