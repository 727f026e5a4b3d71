"""Marking rows: one, a range, all, the others."""

from __future__ import annotations

from tui.screens.motions import Motions
from tui.where import Where
from tui.widgets.listing import Listing


class Marking(Motions):
    """The actions that mark.  A mark stays on its row while the list shows others, until Esc or an action."""

    def on_mount(self) -> None:
        """Keep cover letters without marks: they have nothing that an action could change."""
        self.patches.can_mark = lambda id: id > 0

    @property
    def chosen_from(self) -> Listing:
        """The list whose cursor and marks choose what an action acts on."""
        return self.series if self.level is Where.SERIES else self.patches

    def action_mark(self) -> None:
        """Mark the row under the cursor, or the range that ends there."""
        listing = self._listing()
        if listing is None:
            return
        if listing.ranging:
            listing.end_range()
        elif listing.current is not None and not listing.can_mark(listing.current):
            self.say("A cover letter has no state: mark patches, or the series in its pane.")
        else:
            listing.toggle_mark()
        self._show_status()

    def action_mark_range(self) -> None:
        """Let a range begin, or end, under the cursor."""
        if listing := self._listing():
            listing.end_range() if listing.ranging else listing.begin_range()
            self._show_status()

    def action_mark_shown(self) -> None:
        """Mark all rows of the list, those far below too; say how many the server has besides."""
        listing = self._listing()
        if listing is None:
            return
        if listing is self.series:
            self._show_whole()
            missing = (self.sync.status.total or 0) - self.sync.status.loaded
            if missing > 0 and self.asked is None:
                self.say(f"{missing:,} more series are on the server, and not in this list yet.")
        listing.leave_range()
        listing.mark(listing.ids)
        self._show_status()

    def action_invert_marks(self) -> None:
        """Mark the rows of the list that are not, and take the marks of the others away."""
        if listing := self._listing():
            if listing is self.series:
                self._show_whole()
            listing.leave_range()
            listing.invert_marks()
            self._show_status()

    def action_back(self) -> None:
        """Leave a range, then clear the marks; else go back."""
        listing = self._listing()
        if self.count or listing is None or not (listing.ranging or listing.marked):
            super().action_back()
            return
        self._bottom.notice = None
        listing.leave_range() if listing.ranging else listing.clear_marks()
        self._show_status()

    def go_to(self, level: Where) -> None:
        """A range ends with the pane that it is in."""
        if level is not self.level and (listing := self._listing()):
            listing.leave_range()
        super().go_to(level)

    def on_listing_moved(self, event: Listing.Moved) -> None:
        """Count the rows of a range."""
        if event.listing.ranging:
            self._show_status()
