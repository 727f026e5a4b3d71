"""The header line of counts: how the list divides by state and delegate, and how old it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.core.colors import Colors
from tui.core.dates import age
from tui.core.states import short_of
from tui.core.tally import Tally
from tui.core.text import clean
from tui.widgets.columns import Cell
from tui.widgets.palette import colors_of, style
from tui.widgets.rows import state_color

STATES, PEOPLE, AGE = range(3)
_ORDER = ((STATES, 5), (PEOPLE, 2), (STATES, 3), (PEOPLE, 0), (AGE, 0), (STATES, 1))
"""Which part gives way where room is short, down to how much, one after the other."""

Run = tuple[str, Style]


def tally_cell(tally: Tally, now: datetime, width: int, colors: Colors) -> Cell:
    """Return the counts in so many cells; ``now`` is naive UTC.

    What there is most of leaves last, of the delegates nobody.
    """
    dim = style(colors.dim)
    states = [
        (f"{clean(short_of(slug))} {number:,}", style(state_color(slug, colors)))
        for slug, number in tally.states.most_common()
    ]
    nobody = tally.delegates.get(None, 0)
    people = [(f"nobody {nobody:,}", dim)] if nobody else []
    people += [
        (f"@{clean(user.username)} {number:,}", style(colors.info))
        for user, number in tally.delegates.most_common()
        if user
    ]
    oldest = [(f"oldest {age(tally.oldest, now)}", dim)] if tally.oldest else []
    whole: tuple[list[Run], ...] = (states, people, oldest)
    shown = [list(part) for part in whole]
    for part, least in _ORDER:
        while _size(cell := _assemble(shown, whole, bool(nobody), dim)) > width and len(shown[part]) > least:
            shown[part].pop()
        if _size(cell) <= width:
            return cell
    return ()


def _size(cell: Cell) -> int:
    return sum(cell_len(text) for text, _ in cell)


def _assemble(shown: Sequence[list[Run]], whole: Sequence[list[Run]], nobody: bool, look: Style) -> Cell:
    """Put the parts side by side: nobody, who leaves last, stands behind all others."""
    states, people, oldest = shown
    people = [*people[1:], *people[:1]] if nobody else people
    parts = [
        _joined(states, " · ", look, len(states) < len(whole[STATES])),
        _joined(people, " ", look, len(people) < len(whole[PEOPLE])),
        tuple(oldest),
    ]
    return _spaced([part for part in parts if part], look)


def _joined(runs: Sequence[Run], between: str, look: Style, more: bool) -> Cell:
    cell: Cell = ()
    for index, run in enumerate(runs):
        cell += (((between, look),) if index else ()) + (run,)
    return (*cell, (" …", look)) if more and cell else cell


def _spaced(parts: Sequence[Cell], look: Style) -> Cell:
    cell: Cell = ()
    for index, part in enumerate(parts):
        cell += ((("   ", look),) if index else ()) + part
    return cell


class TallyLine(Widget):
    """One line above a list."""

    DEFAULT_CSS = "TallyLine { height: 1; }"

    tally: reactive[Tally | None] = reactive(None)
    now: reactive[datetime] = reactive(datetime.min)
    """What ages are counted from, naive UTC."""

    def render_line(self, y: int) -> Strip:
        """Draw the counts; nothing while they are not known."""
        colors, width = colors_of(self), self.size.width
        blank = style(colors.text, colors.background)
        cell = tally_cell(self.tally, self.now, width - 2, colors) if self.tally else ()
        segments = [Segment(" ", blank), *(Segment(text, look) for text, look in cell)]
        return Strip(segments).apply_style(Style(bgcolor=colors.background)).adjust_cell_length(width, blank)
