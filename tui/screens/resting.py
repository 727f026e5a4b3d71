"""Where the user is: kept for the next start, and told to who fetches ahead."""

from __future__ import annotations

from contextlib import suppress

from textual import events
from textual.timer import Timer

from tui.core.session import Session, Stay
from tui.screens.showing import Showing
from tui.store.store import Store
from tui.store.trouble import StoreTrouble
from tui.sync.sync import Sync
from tui.where import READER, Where
from tui.widgets.listing import Listing
from tui.widgets.reader_leaf import START, Spot

IDLE = 5
"""Minutes without a key after which nobody is taken to look."""
NEAR = 3
"""Series after the one under the cursor that one is likely to go to."""
REST = 1.5
"""Seconds after a move until it is kept where one is: so much a killed run may lose."""
PLACES = 16
"""Places where one has been that are kept."""


class Resting(Showing):
    """Knows where the user is, and takes up where they were."""

    def __init__(self, store: Store, sync: Sync, server: str, project: str) -> None:
        super().__init__(store, sync, server, project)
        self._kept: Session | None = None
        """The place that the store has."""
        self._keeping: Timer | None = None
        self._under: dict[Listing, int | None] = {}
        """The row that each list's cursor is on, or was on last."""
        self._quiet = 0
        """Minutes without a key."""
        self._places: dict[Stay, None] | None = None

    def follow(self) -> None:
        """Keep in a while where one is."""
        super().follow()
        self._keep_soon()

    def rested(self) -> None:
        """Tell what is on the screen, and where the cursor rests: texts near it are fetched."""
        super().rested()
        if self._began and (series_id := self.series.current) is not None:
            at = self.series.cursor + 1
            self.sync.in_sight(self.series.visible_ids())
            self.sync.look_at(series_id, self.patches.current, self.series.ids[at : at + NEAR])

    def key_came(self, event: events.Key) -> bool:
        """Somebody looks."""
        if self._quiet >= IDLE:
            self.sync.idle(False)
        self._quiet = 0
        return super().key_came(event)

    def each_minute(self) -> None:
        """Show ages anew, and what is asked by them; ask the server less when nobody looks."""
        if self.asked is not None:
            self.ask_anew()
            self._show_series()
        self.series.renew(self.series.visible_ids())
        self._quiet += 1
        if self._quiet == IDLE:
            self.sync.idle(True)

    def on_pager_moved(self) -> None:
        """Keep in a while where one is in the text, too."""
        super().on_pager_moved()
        self._keep_soon()

    # -- the last screen ---------------------------------------------------------------

    def _take_up(self, left: Session) -> None:
        """Show the screen as it was left; what is gone meanwhile leaves the cursor at the top."""
        self._kept = left
        self.open_view(left.view, left.query)
        self._show_series(through=left.series_id)
        self.series.open_at(left.series_id, left.top)
        self._show_patches()
        level = Where(left.pane) if left.pane in (*Where,) else Where.SERIES
        if self.series.current != left.series_id:
            level = Where.SERIES
        elif left.patch_id is not None and self.patches.jump(left.patch_id):
            self._spots[left.patch_id] = Spot(left.line, left.cursor, diff=left.diff)
        elif level in READER:
            level = Where.PATCHES
        self.zoomed = left.zoomed
        self.go_to(level)

    def open_view(self, name: str, typed: str | None = None) -> None:
        """Make a view the one that is shown."""
        raise NotImplementedError

    def _where(self) -> Session:
        patch_id = self.patches.current
        spot = self.reader.spot if self._read == patch_id else self._spots.get(patch_id or 0, START)
        return Session(
            series_id=self.series.current,
            patch_id=patch_id,
            pane=self.level,
            zoomed=self.zoomed,
            top=self.series.first,
            line=spot.top,
            cursor=spot.cursor,
            diff=spot.diff,
            view=self.view.name,
            query=self.typed,
            lists=self.lists_share,
            series=self.series_share,
            places=tuple(self.places),
        )

    @property
    def places(self) -> dict[Stay, None]:
        """Where one has been, the latest last; what the run before has left is read when it is wanted."""
        if self._places is None:
            left = self._kept or self.store.session(self.project)
            self._places = dict.fromkeys(left.places if left else ())
        return self._places

    def note_place(self, place: Stay) -> None:
        """Keep that one has been there."""
        self.places.pop(place, None)
        self.places[place] = None
        for oldest in list(self.places)[:-PLACES]:
            del self.places[oldest]
        self._keep_soon()

    def _keep_soon(self) -> None:
        if self._keeping is None:
            self._keeping = self.set_timer(REST, self._keep_place)

    def _keep_place(self) -> None:
        """Write where one is; nothing before there are rows, and nothing twice."""
        self._keeping = None
        where = self._where()
        if where != self._kept and where.series_id is not None:
            self._kept = where
            with suppress(StoreTrouble):  # the store has told it already
                self.store.put_session(self.project, where)

    # -- what was under the cursor ---------------------------------------------------------

    def _leave_row(self, listing: Listing) -> None:
        """Take the mark of news off the row that the cursor has left, if it was in sight."""
        before, self._under[listing] = self._under.get(listing), listing.current
        if before is None or before == listing.current:
            return
        with suppress(StoreTrouble):
            if listing is self.series:
                self.store.mark_seen(series_ids=[before])
            elif self._panes[Where.PATCHES].display:
                self.store.mark_seen(patch_ids=[before])
