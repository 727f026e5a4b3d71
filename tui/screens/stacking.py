"""What the keys do with stacks: unfold and fold one, and mark its older versions superseded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.core.deed import Deed, Step
from tui.core.intent import Field
from tui.core.states import CLOSED_STATES
from tui.screens.dialogs import show_preview
from tui.screens.triage import Triage
from tui.widgets.listing import Listing

if TYPE_CHECKING:
    from tui.core.preview import Preview

SUPERSEDED = "superseded"


class Stacking(Triage):
    """The actions on versions of a series."""

    def action_toggle_stack(self) -> None:
        """Unfold the stack under the cursor, or fold it; the cursor goes to its top."""
        id = self.series.current
        top = None if id is None else self.stacks.toggle(id)
        if top is None:
            self.say("No older version of this is here.")
            return
        self.series.jump(top)
        self._show_series()
        self.series.renew([top])

    def action_supersede(self) -> None:
        """Set the older versions of the marked rows, or of this one, to superseded, after a preview."""
        chosen = self.series.shown_marks or [id for id in [self.series.current] if id is not None]
        older = list(dict.fromkeys(one for id in chosen for one in self.stacks.older(id)))
        if older:
            self.when_known(older, lambda: self._supersede(older, chosen))
        else:
            self.say("No older version of this is here.")

    def _supersede(self, series_ids: Sequence[int], chosen: Sequence[int]) -> None:
        """Show what would change; what ``.`` repeats, and the cursor, stay as they are."""
        from tui.core.preview import Marked

        if SUPERSEDED not in self.store.states():
            self.say("This server has no state of that name.")
            return
        rows = self.patches_of(series_ids)
        groups = {
            id: tuple(row for row in some if row.patch.state not in CLOSED_STATES)
            for id, some in rows.items()
        }
        groups = {id: some for id, some in groups.items() if some}
        if not groups:
            self.say("The older versions are closed already.")
            return
        marked, deed = Marked(groups, {}), Deed((Step(Field.STATE, SUPERSEDED),), self.key_of("supersede"))

        def done(agreed: Preview) -> None:
            if not self.sync.file(agreed.wishes, key=deed.key).refused:
                self.series.unmark(chosen)
                self._show_status()

        show_preview(
            self,
            self.store,
            marked,
            lambda hidden: self._preview(marked, deed, hidden),
            done,
            of_series=True,
        )

    def on_listing_moved(self, event: Listing.Moved) -> None:
        """Fold what stayed only because the cursor was in it."""
        held = self.stacks.held
        if event.listing is self.series and held and self.series.current not in {one.id for one in held}:
            self._show_series()
