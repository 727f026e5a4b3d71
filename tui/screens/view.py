"""A project in three panes: series, patches of the series, and the reader with the diff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from tui.core.me import NOBODY
from tui.core.rows import NO_TALK
from tui.keymap.live import BY_ID, IN_TAB
from tui.screens.keys import COUNTS, Keyed
from tui.screens.layout import WHOLE, Layout, arrange
from tui.screens.pane import Pane
from tui.store.store import Store
from tui.sync.sync import Sync
from tui.where import Where, pane_of
from tui.widgets.bars import TopBar
from tui.widgets.columns import Cell
from tui.widgets.completions import Completions
from tui.widgets.hollow import HollowColumn, HollowRow
from tui.widgets.listing import Listing
from tui.widgets.palette import colors_of, is_plain
from tui.widgets.reader import Reader
from tui.widgets.rows import (
    PATCH_COLUMNS,
    SERIES_COLUMNS,
    cover_cells,
    patch_cells,
)
from tui.widgets.tab_line import TabLine
from tui.widgets.tally_line import TallyLine

if TYPE_CHECKING:
    from tui.widgets.sheet import Sheet


class View(Keyed):
    """The panes: what is in sight, what has the keys, what a row shows.

    How they follow the store, and what the keys do, is in the classes built on this one.
    """

    _has_resumed = False
    AUTO_FOCUS = ""  # which pane has the keys is ours to say; Textual's word could come behind it

    def __init__(self, store: Store, sync: Sync, server: str, project: str) -> None:
        super().__init__()
        self.store = store
        self.sync = sync
        self.server = server
        self.project = project
        self.me = NOBODY
        """Who the user is on this server, as far as settings tell."""
        self.level = Where.SERIES
        self.tab = Where.DIFF
        """The tab that the reader's pane shows."""
        self.zoomed = False
        self.lists_share = self.series_share = 0
        """The sizes that the user gave the lists, see tui.core.session; 0 for none."""
        self.series = Listing(SERIES_COLUMNS, self._series_cells, id="series-list")
        self.patches = Listing(PATCH_COLUMNS, self._patch_cells, id="patches-list")
        self.reader = Reader()
        self._tally_line = TallyLine()
        self._tab_line = TabLine()
        self._panes = {
            Where.SERIES: Pane(self.series, self._tally_line, id="series"),
            Where.PATCHES: Pane(self.patches, id="patches"),
            Where.DIFF: Pane(self.reader, self._tab_line, id="diff"),
        }
        self._lists = HollowColumn(id="lists")
        self._top = TopBar()
        self.completions = Completions()
        self._laid_out: tuple[Layout, Where] | None = None

    def compose(self) -> ComposeResult:
        """Lay out the bars and the panes."""
        self.lay_out()  # before they are there, or the style sheet is asked twice for each
        yield self._top
        with HollowRow(id="panes"):
            with self._lists:
                yield self._panes[Where.SERIES]
                yield self._panes[Where.PATCHES]
            yield self._panes[Where.DIFF]
        yield self._bottom
        yield self._asking
        yield self.completions

    @property
    def is_plain(self) -> bool:
        """Whether somebody listens to the screen in place of looking at it."""
        return is_plain(self)

    # -- layout and focus ----------------------------------------------------

    def pane_body(self, where: Where) -> Listing | Reader | Sheet:
        """Return what a pane holds."""
        if where is Where.DIFF:
            return self.reader
        return self.series if where is Where.SERIES else self.patches

    def go_to(self, level: Where) -> None:
        """Bring a pane in sight and give it the keys."""
        self._stop_asking()
        self.level = level
        self.lay_out()
        self.pane_body(level).focus(scroll_visible=False)
        self.follow()

    def follow(self) -> None:
        """Let the reader show what the patch list's cursor is on."""
        raise NotImplementedError

    @property
    def shows_diff(self) -> bool:
        """Whether the diff's tab is in sight."""
        return self._panes[Where.DIFF].display and self.tab is Where.DIFF

    @property
    def diff_in_sight(self) -> Reader | None:
        """What shows a diff, which the keys of diffs are about; None where nothing does."""
        return self.reader if self.shows_diff else None

    def lay_out(self) -> None:
        """Show the panes that fit the terminal."""
        layout = arrange(self.size.width, self.level, self.zoomed or self.is_plain, self.lists_share)
        if (layout, self.level) == self._laid_out:
            return  # even the same width, set again, has everything laid out and painted anew
        self._laid_out = layout, self.level
        for where, pane in self._panes.items():
            pane.display = where in layout.panes
            pane.box(layout.boxed)
        in_sight = Where.DIFF in layout.panes
        self.show_hints()
        self._bottom.retry_key = self.key_of("refresh")
        self._lists.display = bool(layout.panes - {Where.DIFF})
        self._lists.styles.width = layout.lists_width if in_sight else "1fr"

    def show_hints(self) -> None:
        """Name in the footer the keys that are the most useful now."""
        raise NotImplementedError

    def share_height(self) -> None:
        """Divide the lists' height as the user did."""
        if self.series_share:
            self._panes[Where.SERIES].styles.height = f"{self.series_share}fr"
            self._panes[Where.PATCHES].styles.height = f"{WHOLE - self.series_share}fr"

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Look for no styles at the start: all widgets have just been made with theirs."""
        event.refresh_styles &= self._has_resumed
        self._has_resumed = True

    def on_resize(self, event: events.Resize) -> None:
        """Lay out anew."""
        self.lay_out()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click gave another pane the keys; an event that is out of date counts for nothing."""
        for where in self._panes:
            focused = event.widget is self.pane_body(where) is self.focused
            if focused and where is not pane_of(self.level):
                self.go_to(where)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let a key through to the action that means something in this pane."""
        known = BY_ID.get(str(parameters[0]) if action == IN_TAB else action)
        if known is None or self._asking.question is not None:
            return known is None
        return self.level in known.where and (action not in COUNTS or parameters != (0,) or self.counting > 0)

    # -- rows ------------------------------------------------------------------

    def _series_cells(self, ids: Sequence[int]) -> Mapping[int, dict[str, Cell]]:
        raise NotImplementedError

    def _patch_cells(self, ids: Sequence[int]) -> Mapping[int, dict[str, Cell]]:
        colors = colors_of(self)
        rows = self.store.patch_rows([id for id in ids if id > 0])
        cells = {row.patch.id: patch_cells(row, colors) for row in rows}
        covers = [id for id in ids if id < 0]
        talks = self.store.talks(covers) if covers else {}
        for id in covers:
            cells[id] = cover_cells(self._cover_name(-id), colors, talks.get(id, NO_TALK))
        return cells

    def _cover_name(self, cover_id: int) -> str:
        found = self.store.cover(cover_id)
        if found:
            return found[0].name
        series = self.store.listed_series([self.series.current or 0])
        return series[0].name if series else ""

    @staticmethod
    def now() -> datetime:
        """Return the time that ages are counted from, naive UTC as mails' dates are."""
        return datetime.now(UTC).replace(tzinfo=None)
