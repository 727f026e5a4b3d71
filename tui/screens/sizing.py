"""How much room each pane has: borders that are dragged, or moved by keys, and stay where they are."""

from __future__ import annotations

from tui.screens.layout import WHOLE
from tui.screens.pane import Pane
from tui.screens.triage import Triage
from tui.where import Where

STEP = 40
"""So many thousandths a key moves a border, at least one cell."""


class Sizing(Triage):
    """The actions that move the borders between panes."""

    def on_mount(self) -> None:
        """Take the sizes as they were left."""
        if left := self.store.session(self.project):
            self.lists_share = held(left.lists) if left.lists else 0
            self.series_share = held(left.series) if left.series else 0
            self.share_height()

    def on_pane_dragged(self, event: Pane.Dragged) -> None:
        """Follow the mouse with a border."""
        event.stop()
        if event.upright:
            self._move_upright(round(WHOLE * event.at / max(1, self.size.width)))
        else:
            above = self._lists.region
            self._move_level(round(WHOLE * (event.at - above.y) / max(1, above.height)))

    def action_border_left(self) -> None:
        """Move the border between lists and reader to the left."""
        self._move_upright(self._upright - self._step(self.size.width))

    def action_border_right(self) -> None:
        """Move it to the right."""
        self._move_upright(self._upright + self._step(self.size.width))

    def action_border_up(self) -> None:
        """Move the border between series and patches up."""
        self._move_level(self._level_border - self._step(self._lists.size.height))

    def action_border_down(self) -> None:
        """Move it down."""
        self._move_level(self._level_border + self._step(self._lists.size.height))

    @staticmethod
    def _step(cells: int) -> int:
        return max(STEP, WHOLE // max(1, cells) + 1)

    @property
    def _upright(self) -> int:
        """Where the border between lists and reader is, in thousandths of the width."""
        return round(WHOLE * self._lists.size.width / max(1, self.size.width))

    @property
    def _level_border(self) -> int:
        """Where the border between the lists is, in thousandths of their height."""
        series = self._panes[Where.SERIES].outer_size.height
        return round(WHOLE * series / max(1, self._lists.size.height))

    def _move_upright(self, share: int) -> None:
        reader, lists = self._panes[Where.DIFF], self._lists
        if not (reader.display and lists.display):
            self.say("Only one pane is in sight here.")
            return
        self.lists_share = held(share)
        self.lay_out()
        self._keep_soon()

    def _move_level(self, share: int) -> None:
        if not all(self._panes[where].display for where in (Where.SERIES, Where.PATCHES)):
            self.say("Only one list is in sight here.")
            return
        self.series_share = held(share)
        self.share_height()
        self._keep_soon()


def held(share: int) -> int:
    """Return a share of which both sides have something to show."""
    return min(max(share, WHOLE // 6), WHOLE * 5 // 6)
