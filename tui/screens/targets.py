"""What an action acts on: the row under the cursor, or what is marked; and waiting for its patches."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tui.core.change import Kind, Notice, Tone
from tui.core.rows import PatchRow
from tui.core.text import clean
from tui.screens.marking import Marking
from tui.where import Where
from tui.widgets.listing import Listing

if TYPE_CHECKING:
    from tui.core.preview import Marked


class Targets(NamedTuple):
    """What an action acts on."""

    rows: tuple[PatchRow, ...]
    words: str
    """Their name in a title: ``3 patches of "hw: foo"``."""
    marked: Marked | None = None
    """Where they were chosen by marks: then a preview is shown before anything is done."""


Act = Callable[[Targets], None]


class Targeting(Marking):
    """Finds what an action acts on."""

    _waiting: tuple[list[int], Callable[[], None]] | None = None
    """Series whose patches must arrive before an action can start, and the action."""

    @property
    def is_waiting(self) -> bool:
        """Whether something waits for what is being fetched."""
        return self._waiting is not None

    def explain_token(self) -> None:
        """Say why nothing can be written."""
        raise NotImplementedError

    def act(self, act: Act) -> None:
        """Find the targets and act; wait first for patches that are not here yet."""
        if self.chosen_from.ranging:
            self.chosen_from.end_range()
        self.when_known(self._wanted_series(), lambda: self._act_now(act))

    def when_known(self, series_ids: list[int], act: Callable[[], None]) -> None:
        """Act, where we may write at all; wait first for those patches of series that are not here yet."""
        self._waiting = None
        if self.may_write():
            self.when_here(series_ids, act)

    def may_write(self) -> bool:
        """Say whether anything can be written; where not, tell why."""
        if not self.sync.can_write:
            self.explain_token()
            return False
        if why := self.store.refuses:
            self.tell(Notice(clean(why), Tone.TROUBLE))
            return False
        return True

    def when_here(self, series_ids: list[int], act: Callable[[], None]) -> None:
        """Act; wait first for those patches of series that are not here yet."""
        if unknown := self.store.unknown_series(series_ids):
            self._waiting = (series_ids, act)
            self.sync.need_patches(unknown)
            self.say("Fetching the patches first …")
        else:
            act()

    def _wanted_series(self) -> list[int]:
        if self.level is not Where.SERIES:
            return []
        wanted = [*self.series.shown_marks, *self.series.hidden_marks]
        return wanted or [id for id in [self.series.current] if id is not None]

    def _act_now(self, act: Act) -> None:
        by_marks = bool(self.chosen_from.marked)
        targets = self._marked_targets() if by_marks else self._targets_at_cursor()
        if targets.rows:
            act(targets)
        elif by_marks:
            self.chosen_from.clear_marks()
            self._show_status()
            self.say("What was marked is gone: there is nothing to act on.")
        elif self.level is Where.SERIES:
            self.say("There is no patch here to act on.")
        else:
            self.say("A cover letter has no state: choose a patch, or the series in its pane.")

    def _targets_at_cursor(self) -> Targets:
        id = self.chosen_from.current or 0
        if self.level is not Where.SERIES:
            rows = tuple(self.store.patch_rows([id] if id > 0 else []))
            return Targets(rows, f'"{clean(rows[0].patch.name)}"' if rows else "")
        rows = tuple(self.store.patch_rows(self.store.patch_ids(id)))
        name = clean(next((row.series.name for row in self.store.series_rows([id])), ""))
        return Targets(rows, f'{"1 patch" if len(rows) == 1 else f"all {len(rows)} patches"} of "{name}"')

    def _marked_targets(self) -> Targets:
        from tui.core.preview import Marked  # not before something is marked

        listing = self.chosen_from
        shown, hidden = self.patches_of(listing.shown_marks), self.patches_of(sorted(listing.hidden_marks))
        gone = listing.marked.difference(shown, hidden)
        rows = tuple(row for rows in (shown or hidden).values() for row in rows)
        words = f"{len(rows)} marked patch{'' if len(rows) == 1 else 'es'}"
        if listing is self.series:
            words += f" in {len(shown or hidden)} series"
        return Targets(rows, words, Marked(shown, hidden, frozenset(gone)))

    def patches_of(self, ids: Sequence[int]) -> dict[int, tuple[PatchRow, ...]]:
        """Return the patches that rows of the list stand for, without rows that are not stored any more."""
        if self.level is not Where.SERIES:
            return {row.patch.id: (row,) for row in self.store.patch_rows(ids)}
        stored = [row.series.id for row in self.store.series_rows(ids)]
        members = {id: self.store.patch_ids(id) for id in stored}
        rows = self.store.patch_rows([id for some in members.values() for id in some])
        found = {row.patch.id: row for row in rows}
        return {id: tuple(found[one] for one in some if one in found) for id, some in members.items()}

    # -- waiting -----------------------------------------------------------------

    def changed(self, changes: Mapping[Kind, set[int]]) -> None:
        """Start an action whose patches have arrived."""
        super().changed(changes)
        arrived = {Kind.PATCHES, Kind.SERIES} & changes.keys()
        if self._waiting and arrived and not self.store.unknown_series(self._waiting[0]):
            (_, act), self._waiting = self._waiting, None
            self.tell(None)
            if self.level is Where.SERIES:
                act()

    def on_listing_moved(self, event: Listing.Moved) -> None:
        """A cursor that moves on no longer waits."""
        if event.listing is self.series:
            self._waiting = None

    def go_to(self, level: Where) -> None:
        """Leave an action behind that still waits in another pane."""
        self._waiting = None
        super().go_to(level)

    def action_back(self) -> None:
        """Give up an action that waits; else go back."""
        if self._waiting:
            self._waiting = None
            self.say("Given up.")
        else:
            super().action_back()

    def tell(self, notice: Notice | None) -> None:
        """An action does not outlive the trouble of fetching its patches."""
        if notice and notice.tone is Tone.TROUBLE:
            self._waiting = None
        super().tell(notice)
