"""The line above and the line below: where I am, what I can do, what is going on."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.core.change import Notice, Tone
from tui.widgets.columns import Cell, cut
from tui.widgets.palette import colors_of, style

Hint = tuple[str, str]
"""A key as it is shown, and what it does."""


class Bar(Widget):
    """One line of two ends."""

    DEFAULT_CSS = "Bar { height: 1; }"

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


def _fill(runs: Cell, room: int) -> list[Segment]:
    segments: list[Segment] = []
    for text, look in runs:
        text = cut(text, room)
        segments.append(Segment(text, look))
        room -= cell_len(text)
        if room <= 0:
            break
    return [*segments, Segment(" " * max(0, room))]


class TopBar(Bar):
    """Where I am: project and server, and how much of it is here."""

    place: reactive[tuple[str, str]] = reactive(("", ""))
    """Project and server, clean."""
    counts: reactive[str] = reactive("")
    online: reactive[str] = reactive("")

    def ends(self, width: int) -> tuple[Cell, Cell]:
        """Drop the server, then the word for the line, where there is no room."""
        colors = colors_of(self)
        project, server = self.place
        dim = style(colors.dim)
        words = f"{self.counts} · {self.online} " if self.online else f"{self.counts} "
        if len(words) + len(project) + 4 > width:
            words = f"{self.counts} "
        if len(words) + len(project) + 4 > width:
            words = ""
        return (
            ((" ", dim), (project, style(colors.accent, bold=True)), ("  " + server, dim)),
            ((words, dim),),
        )


class BottomBar(Bar):
    """What I can do here, and what is going on: one line that stays until it is read."""

    hints: reactive[tuple[Hint, ...]] = reactive(())
    notice: reactive[Notice | None] = reactive(None)
    progress: reactive[str] = reactive("")

    def ends(self, width: int) -> tuple[Cell, Cell]:
        """A notice takes the room it needs; hints have the rest, whole ones only."""
        colors = colors_of(self)
        right = self._right(width)
        room = width - sum(cell_len(text) for text, _ in right) - 2
        left: Cell = ()
        for key, title in self.hints:
            size = cell_len(key) + cell_len(title) + 3
            if size > room:
                break
            left += ((f" {key}", style(colors.accent)), (f" {title} ", style(colors.dim)))
            room -= size
        return left, right

    def _right(self, width: int) -> Cell:
        colors = colors_of(self)
        notice = self.notice
        if notice is None or not notice.text:
            return ((cut(self.progress, width - 1) + " ", style(colors.pending)),) if self.progress else ()
        tint = {Tone.GOOD: colors.good, Tone.TROUBLE: colors.bad}.get(notice.tone, colors.text)
        sign = {Tone.GOOD: "✓ ", Tone.TROUBLE: "✗ "}.get(notice.tone, "")
        tail = " · R tries again" if notice.retry else ""
        lead = f"{self.progress} · " if self.progress else ""
        return (
            (lead, style(colors.pending)),
            (cut(sign + notice.text, width - 2 - cell_len(tail) - cell_len(lead)), style(tint)),
            (tail + " ", style(colors.dim)),
        )
