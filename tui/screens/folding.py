"""The series list with older versions folded under the newest, and the signs in its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tui.core.flags import flags_of
from tui.core.versions import Has, Seat, Stacks
from tui.screens.tabbing import Tabbing
from tui.store.store import Store
from tui.sync.sync import Sync
from tui.where import Where
from tui.widgets.columns import Cell
from tui.widgets.palette import colors_of, style
from tui.widgets.rows import series_cells


class Folding(Tabbing):
    """Knows which rows of the view are under another one."""

    stale_days = 30
    """Days without anything new after which an open series is flagged; 0 for never."""

    def __init__(self, store: Store, sync: Sync, server: str, project: str) -> None:
        super().__init__(store, sync, server, project)
        self.stacks = Stacks(store.stacks)
        self.unfolded: list[int] = []
        """The series of the view, as far as the list goes, before any is folded away."""

    def fold(
        self, ids: list[int], changed: Iterable[int], through: int | None = None, has: Has | None = None
    ) -> list[int]:
        """Return what shows of a view: ``through`` does in any case, in an unfolded stack.

        With ``has`` the list is the end of the view (see ``Stacks.fold``).
        """
        self.unfolded = ids
        current = self.series.current
        folded = self.stacks.fold(ids, current=current, changed=changed, has=has)
        if through is not None and through in ids and through not in folded:
            self.stacks.unfold(through)
            folded = self.stacks.fold(ids, current=current, has=has)
        return folded

    def extra_of(self, tab: Where) -> Cell:
        """Return what is said on a tab; on that of the changes, which version this is of how many."""
        if tab is not Where.CHANGES:
            return super().extra_of(tab)
        current = self.series.current or 0
        versions = self.stacks.versions(current)
        mine = next((one.version for one in versions if one.id == current), 0)
        if not versions:  # of the others nothing is here yet
            mine = next((one.version for one in self.store.listed_series([current])), 1)
        words = f"v{mine} of {versions[0].version}" if versions else f"v{mine}" if mine > 1 else ""
        return ((words, style(colors_of(self).dim)),) if words else ()

    def _series_cells(self, ids: Sequence[int]) -> Mapping[int, dict[str, Cell]]:
        colors, now = colors_of(self), self.now()
        return {
            row.series.id: series_cells(
                row, colors, now, flags_of(row, now, self.stale_days), self._seat(row.series.id)
            )
            for row in self.store.series_rows(ids)
        }

    def _seat(self, id: int) -> Seat:
        """Return where a series is in its stack; that it is an older one is heard and not drawn."""
        seat = self.stacks.seat(id)
        return seat._replace(is_older=False) if self.is_plain else seat
