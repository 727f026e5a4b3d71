"""The header line of counts, kept true while nobody is at the keys."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events
from textual.timer import Timer

from tui.core.change import Kind
from tui.core.tally import NOTHING
from tui.screens.triage import Triage
from tui.where import Where
from tui.widgets.palette import colors_of
from tui.widgets.tally_line import tally_cell

IDLE = 0.4
"""Seconds without a key or a change after which the list is counted."""
NEXT = 0.01
"""Seconds between two parts of a count: a key that comes is done in between."""
AT_ONCE = 500
"""Series that are counted in one part; with 4 patches each that takes 1 to 2 ms."""
HIGH = 30
"""Lines of a terminal from which on the counts have a line of their own."""


class Tallying(Triage):
    """Counts the whole view, not only what the list goes down to."""

    _tallying: Timer | None = None
    _counted: int | None = None
    """The last series that is counted; None before a count begins."""
    _sum = NOTHING

    def count_soon(self) -> None:
        """Count the view anew, as soon as there is time."""
        self._counted = None
        self._count_in(IDLE)

    @property
    def is_counted(self) -> bool:
        """Whether the counts are those of what is shown."""
        return self._tallying is None

    def _count_in(self, seconds: float) -> None:
        if self._tallying:
            self._tallying.stop()
        self._tallying = self.set_timer(seconds, self._count_some)

    def _count_some(self) -> None:
        self._tallying = None
        if self._counted is None:
            self._sum = NOTHING
        some = self.view_ids(AT_ONCE, self._counted)
        self._sum = self._sum.joined(self.store.tally(some))
        if len(some) == AT_ONCE:
            self._counted = some[-1]
            self._count_in(NEXT)
            return
        self._counted = None
        self._tally_line.now, self._tally_line.tally = self.now(), self._sum
        self._show_tally()

    def _show_tally(self) -> None:
        """Show the counts beside the title where they have no line of their own."""
        pane, tally = self._panes[Where.SERIES], self._tally_line.tally
        words = ""
        if tally and not self._tally_line.display:
            room = max(0, pane.line.room if pane.line.display else pane.size.width - 6)
            words = "".join(text for text, _ in tally_cell(tally, self.now(), room, colors_of(self)))
        pane.spot_as(("", words, words))

    def on_mount(self) -> None:
        """Count what the store has."""
        self.count_soon()

    def on_resize(self, event: events.Resize) -> None:
        """Take a line where there is room for it."""
        self._tally_line.display = event.size.height >= HIGH
        self.call_after_refresh(self._show_tally)

    def key_came(self, event: events.Key) -> bool:
        """Let a count wait while somebody is at the keys."""
        if self._tallying:
            self._count_in(IDLE)
        return super().key_came(event)

    def changed(self, changes: Mapping[Kind, set[int]]) -> None:
        """Count anew what has changed."""
        super().changed(changes)
        if changes.keys() & {Kind.SERIES, Kind.PATCHES, Kind.PROJECT, Kind.ALL}:
            self.count_soon()

    def show_anew(self) -> None:
        """Count what is asked now."""
        super().show_anew()
        self.count_soon()

    def each_minute(self) -> None:
        """Show the age of the oldest row anew."""
        super().each_minute()
        self._tally_line.now = self.now()
