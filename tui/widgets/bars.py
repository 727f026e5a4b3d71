"""The line above and the line below: where I am, what I can do, what is going on."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.core.change import Notice, Tone
from tui.core.colors import Colors
from tui.widgets.columns import Cell, cut
from tui.widgets.palette import colors_of, is_plain, style

NARROWEST = 20
"""In a narrower terminal a notice is cut, not folded."""
MOST_LINES = 4
"""Of a notice."""


class Hint(NamedTuple):
    """What a key does."""

    key: str
    """As it is shown."""
    title: str
    action: str = ""
    """The id of it."""


class Bar(Widget):
    """One line of two ends."""

    DEFAULT_CSS = "Bar { height: 1; }"

    def on_click(self, event: events.Click) -> None:
        """Let what is under the mouse be chosen; on lines above the last one there is nothing to choose."""
        if event.button == 1 and event.y == self.size.height - 1:
            self.choose_at(event.x)

    def choose_at(self, x: int) -> None:
        """Choose what is drawn in a cell, if it can be."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        width = self.size.width
        background = Style(bgcolor=colors_of(self).panel)
        left, right = self.ends(width)
        room = width - sum(cell_len(text) for text, _ in right)
        segments = _fill(left, max(0, room))
        segments += [Segment(text, look) for text, look in right]
        return Strip(segments).apply_style(background).adjust_cell_length(width, background)

    def ends(self, width: int) -> tuple[Cell, Cell]:
        """Return the runs of the left and of the right end; the right one is kept whole."""
        raise NotImplementedError


def _size(hint: Hint) -> int:
    return cell_len(hint.key) + cell_len(hint.title) + 3


def _fill(runs: Cell, room: int) -> list[Segment]:
    segments: list[Segment] = []
    for text, look in runs:
        text = cut(text, room)
        segments.append(Segment(text, look))
        room -= cell_len(text)
        if room <= 0:
            break
    return [*segments, Segment(" " * max(0, room))]


class Tab(NamedTuple):
    """A view in the line at the top."""

    name: str
    """Clean."""
    active: bool
    unread: str = ""


def _tabs(tabs: Iterable[tuple[int, Tab]], colors: Colors, plain: bool) -> list[tuple[int, Cell]]:
    """Return each tab's number, and its runs with its counts; the first run is what parts it from another."""
    cells: list[tuple[int, Cell]] = []
    for number, tab in tabs:
        look = style(colors.text, bold=True, underline=True) if tab.active else style(colors.dim)
        between, name = tab_words(tab.name, active=tab.active, plain=plain)
        cell: Cell = ((between if cells else "   ", style(colors.border)), (name, look))
        cell += ((f" {tab.unread}", style(colors.info, bold=True)),) if tab.unread else ()
        cells.append((number, cell))
    return cells


def _joined(tabs: list[tuple[int, Cell]]) -> Cell:
    return tuple(run for _, cell in tabs for run in cell)


def tab_words(name: str, *, active: bool, plain: bool) -> tuple[str, str]:
    """Return what parts a tab from the one before, and its name: which one is active is heard, too."""
    return (", ", f"[{name}]" if active else name) if plain else (" │ ", name)


def _cells(runs: Cell) -> int:
    return sum(cell_len(text) for text, _ in runs)


class TopBar(Bar):
    """Where I am: project and server, and how much of it is here; a click on a view's name goes there."""

    class Chosen(Message):
        """A view was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number
            """From 1."""

    place: reactive[tuple[str, str]] = reactive(("", ""))
    """Project and server, clean."""
    counts: reactive[str] = reactive("")
    online: reactive[str] = reactive("")
    """A word for the line to the server."""
    detail: reactive[str] = reactive("")
    """What is to be told of the line besides; before the counts where there is no room for both."""

    tabs: reactive[tuple[Tab, ...]] = reactive(())

    def ends(self, width: int) -> tuple[Cell, Cell]:
        """Return where I am with the tabs, and what is said of it."""
        place, tabs, words = self._fitting(width)
        return (*place, *_joined(tabs)), ((words, style(colors_of(self).dim)),)

    def choose_at(self, x: int) -> None:
        """Choose the view whose name is drawn in a cell."""
        place, tabs, _ = self._fitting(self.size.width)
        end = _cells(place)
        for number, cell in tabs:
            start, end = end + _cells(cell[:1]), end + _cells(cell)
            if start <= x < end:
                self.post_message(self.Chosen(number))

    def _fitting(self, width: int) -> tuple[Cell, list[tuple[int, Cell]], str]:
        """Drop the server, then the tabs that are not in sight, then words, where there is no room."""
        colors = colors_of(self)
        project, server = self.place
        dim = style(colors.dim)
        name: Cell = ((" ", dim), (project, style(colors.accent, bold=True)))
        numbered = list(enumerate(self.tabs, 1))
        tabs = _tabs(numbered, colors, is_plain(self))
        active = _tabs([one for one in numbered if one[1].active], colors, is_plain(self))
        rights = self._words()
        ways = [((*name, ("  " + server, dim)), tabs, rights[0]), (name, tabs, rights[0])]
        ways += [(name, active, right) for right in rights]
        for place, some, right in ways:
            if _cells((*place, *_joined(some))) + cell_len(right) + 3 <= width:
                return place, some, f"  {right} " if right else ""
        return name, active, ""

    def _words(self) -> list[str]:
        """What is said on the right, ever shorter."""
        line = " ".join(part for part in (self.online, self.detail) if part)
        both = " · ".join(part for part in (self.counts, line) if part)
        shorter = [line, self.online] if self.detail else [f"{self.counts} · {self.online}", self.counts]
        return [words for words in (both, *shorter) if words] + [""]


class BottomBar(Bar):
    """What I can do here, and what is going on: one line that stays until it is read.

    A click on a hint does what its key does.
    """

    class Chosen(Message):
        """A hint was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    hints: reactive[tuple[Hint, ...]] = reactive(())
    """The most useful first; the last one leads to all others, and stays as long as one fits."""
    notice: reactive[Notice | None] = reactive(None)
    progress: reactive[str] = reactive("")
    retry_key = "R"
    """The key that does again what failed."""

    def ends(self, width: int) -> tuple[Cell, Cell]:
        """A notice takes the room it needs; hints have the rest, whole ones only."""
        colors = colors_of(self)
        right = self._right(width)
        left: Cell = ()
        for key, title, _ in self._fitting(width, right):
            left += ((f" {key}", style(colors.accent)), (f" {title} ", style(colors.dim)))
        return left, right

    def choose_at(self, x: int) -> None:
        """Choose the hint that is drawn in a cell."""
        width, end = self.size.width, 0
        for hint in self._fitting(width, self._right(width)):
            start, end = end, end + _size(hint)
            if hint.action and start < x < end - 1:
                self.post_message(self.Chosen(hint.action))

    def _fitting(self, width: int, right: Cell) -> list[Hint]:
        """Return the hints that the right end leaves room for: the last one before all others."""
        room = width - _cells(right) - 2
        *shown, last = self.hints or (Hint("", ""),)
        while shown and sum(map(_size, (*shown, last))) > room:
            shown.pop()
        return [*shown, last] if _size(last) <= room else []

    def render_line(self, y: int) -> Strip:
        """Draw the lines of a long notice, and below them the line of hints."""
        folded = self._folded(self.size.width)
        if y >= len(folded):
            return super().render_line(y)
        colors = colors_of(self)
        look = style(self._tint(colors), colors.panel)
        return Strip([Segment(" " + folded[y], look)]).adjust_cell_length(self.size.width, look)

    def watch_notice(self) -> None:
        """Take the lines that the notice needs."""
        self.styles.height = 1 + len(self._folded(self.size.width))

    def on_resize(self) -> None:
        """Fold anew."""
        self.watch_notice()

    def _folded(self, width: int) -> list[str]:
        """Return the lines of a notice that is too long for one; none for one that fits."""
        if self.notice is None or width < NARROWEST:
            return []
        text = self._words() + self._tail()
        return wrap(text, width - 2)[:MOST_LINES] if cell_len(text) > width - 2 else []

    def _words(self) -> str:
        if self.notice is None:
            return ""
        return {Tone.GOOD: "✓ ", Tone.TROUBLE: "✗ "}.get(self.notice.tone, "") + self.notice.text

    def _tail(self) -> str:
        return f" · {self.retry_key} tries again" if self.notice and self.notice.retry else ""

    def _tint(self, colors: Colors) -> str:
        tone = self.notice.tone if self.notice else Tone.INFO
        return {Tone.GOOD: colors.good, Tone.TROUBLE: colors.bad}.get(tone, colors.text)

    def _right(self, width: int) -> Cell:
        colors = colors_of(self)
        lead = f"{self.progress} " if self.progress else ""
        if self.notice is None or not self.notice.text or self._folded(width):
            return ((cut(lead, width), style(colors.pending)),)
        tail = self._tail()
        room = width - 2 - cell_len(tail)
        if lead and cell_len(lead) + cell_len(self._words()) + 2 <= room:
            lead, room = f"{lead}· ", room - cell_len(lead) - 2
        else:
            lead = ""  # what went wrong comes first
        return (
            (lead, style(colors.pending)),
            (cut(self._words(), room), style(self._tint(colors))),
            (tail + " ", style(colors.dim)),
        )
