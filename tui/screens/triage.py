"""What changes patches: state, delegate, archived; and what is asked before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from tui.actions import ACTIONS, Where, show_keys
from tui.core.change import Kind, Notice, Tone
from tui.core.intent import Field, Value
from tui.core.rows import PatchRow
from tui.core.states import label_of
from tui.core.text import clean
from tui.screens.dialogs import Choice, choose, inform
from tui.screens.marking import Marking
from tui.widgets.listing import Listing

if TYPE_CHECKING:
    from tui.screens.chooser import Chooser

NOBODY = "nobody"
_KEYS = {action.id: show_keys(action)[0] for action in ACTIONS}
_KEY_OF = {
    Field.STATE: _KEYS["set_state"],
    Field.DELEGATE: _KEYS["delegate"],
    Field.ARCHIVED: _KEYS["archive"],
}
"""The key that wishes for a field, for the journal."""


class Targets(NamedTuple):
    """What an action acts on."""

    rows: tuple[PatchRow, ...]
    words: str
    """Their name in a title: ``3 patches of "hw: foo"``."""


class Triage(Marking):
    """The actions that write."""

    _waiting: tuple[list[int], Callable[[Targets], None]] | None = None
    """Series whose patches must arrive before an action can start, and the action."""
    _state_chooser: Chooser | None = None

    def action_set_state(self) -> None:
        """Choose a state for the targets."""
        self._act(self._choose_state)

    def action_delegate(self) -> None:
        """Choose a delegate for the targets."""
        self._act(self._choose_delegate)

    def action_archive(self) -> None:
        """Archive the targets; bring them back when all of them are archived."""
        self._act(self._archive)

    # -- targets -----------------------------------------------------------------

    def _act(self, act: Callable[[Targets], None]) -> None:
        """Find the targets and act; wait first for patches that are not here yet."""
        self._waiting = None
        if not self.sync.can_write:
            self._explain_token()
            return
        if why := self.store.refuses:
            self.tell(Notice(clean(why), Tone.TROUBLE))
            return
        if (listing := self._listing()) and listing.ranging:
            listing.end_range()
        series_ids: list[int] = []
        if self.level is Where.SERIES:
            chosen = [id for id in self.series.ids if id in self.series.marked]
            series_ids = chosen or [id for id in [self.series.current] if id is not None]
            if unknown := self.store.unknown_series(series_ids):
                self._waiting = (series_ids, act)
                self.sync.need_patches(unknown)
                self.say("Fetching the patches first …")
                return
        self._act_on(series_ids, act)

    def _act_on(self, series_ids: list[int], act: Callable[[Targets], None]) -> None:
        targets = (
            self._targets_of_series(series_ids) if self.level is Where.SERIES else self._targets_of_patches()
        )
        if targets.rows:
            act(targets)
        elif self.level is Where.SERIES:
            self.say("There is no patch here to act on.")
        else:
            self.say("A cover letter has no state: choose a patch, or the series in its pane.")

    def _targets_of_series(self, series_ids: list[int]) -> Targets:
        ids = [id for series_id in series_ids for id in self.store.patch_ids(series_id)]
        rows = tuple(self.store.patch_rows(ids))
        if len(series_ids) == 1 and (found := self.store.series_rows(series_ids)):
            return Targets(rows, f'{_count(rows)} of "{clean(found[0].series.name)}"')
        return Targets(rows, f"{_count(rows)} in {len(series_ids)} series")

    def _targets_of_patches(self) -> Targets:
        marked = bool(self.patches.marked)
        ids = (
            [id for id in self.patches.ids if id in self.patches.marked]
            if marked
            else [self.patches.current or 0]
        )
        rows = tuple(self.store.patch_rows([id for id in ids if id > 0]))
        if len(rows) == 1:
            return Targets(rows, f'"{clean(rows[0].patch.name)}"')
        return Targets(rows, f"{_count(rows)} of this series")

    def changed(self, changes: Mapping[Kind, set[int]]) -> None:
        """Start an action whose patches have arrived, and show states that were learnt."""
        super().changed(changes)
        arrived = {Kind.PATCHES, Kind.SERIES} & changes.keys()
        if self._waiting and arrived and not self.store.unknown_series(self._waiting[0]):
            (series_ids, act), self._waiting = self._waiting, None
            self.tell(None)
            if self.level is Where.SERIES:
                self._act_on(series_ids, act)
        if Kind.STATES in changes and self._state_chooser and self._state_chooser.is_attached:
            self._state_chooser.replace(self._state_choices())

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

    # -- choosing -------------------------------------------------------------------

    def _choose_state(self, targets: Targets) -> None:
        self.sync.learn_states(targets.rows[0].patch.id)
        self._state_chooser = choose(
            self,
            f"State of {targets.words}",
            self._state_choices(),
            lambda slug: self._file(targets, Field.STATE, slug),
            accelerated=True,
            current=targets.rows[0].patch.state,
            note=_now("state", {clean(label_of(row.patch.state)) for row in targets.rows}),
        )

    def _state_choices(self) -> list[Choice]:
        return [Choice(slug, label_of(slug)) for slug in self.store.states()]

    def _choose_delegate(self, targets: Targets) -> None:
        project = self.sync.project
        if project is None:
            self.say("The project's maintainers are not known yet. R asks for them.")
            return
        choices = [Choice(NOBODY, "nobody")]
        choices += [Choice(str(user.id), user.username, user.full_name) for user in project.maintainers]
        present = {row.patch.delegate for row in targets.rows}
        names = {clean(user.username) if user else NOBODY for user in present}
        first = next(iter(present))
        choose(
            self,
            f"Delegate {targets.words} to",
            choices,
            lambda value: self._file(targets, Field.DELEGATE, None if value == NOBODY else int(value)),
            current=str(first.id) if first else NOBODY,
            note=_now("delegate", names),
        )

    def _archive(self, targets: Targets) -> None:
        self._file(targets, Field.ARCHIVED, not all(row.patch.archived for row in targets.rows))

    def _file(self, targets: Targets, field: Field, value: Value) -> None:
        """File the wish; the rows show it from now on."""
        ids = [row.patch.id for row in targets.rows]
        action = self.sync.wish(ids, field, value, key=_KEY_OF[field])
        if not action.changed and not action.refused:
            self.say("It is so already: nothing to write.")
        (self.series if self.level is Where.SERIES else self.patches).clear_marks()
        self._show_status()

    def _explain_token(self) -> None:
        """Say why nothing can be written, how to get a token and where to put it."""
        server = clean(self.server)
        why = clean(self.sync.why_reader) or "There is no token for this server."
        lines = [
            f"1. Log in at {server}/user/login/",
            f"2. On {server}/user/ press “Generate token”.",
            "3. Give it to pwtui in one of these ways, then start it again:",
            f"     export PWTUI_TOKEN=… PWTUI_SERVER={server}",
            "     git config --global pw.token …    (and pw.server)",
            "     a file that only you can read: ~/.config/pwtui/config.toml",
            f'       [servers."{server}"]',
            '       token = "…"',
            "",
            "Maintainers may change all patches; submitters and delegates their own.",
        ]
        inform(self, "Reading only", [why, *self.remarks, "", *lines])

    def action_cancel(self) -> None:
        """Stop the writes that have not gone out yet."""
        self.sync.cancel_writes()


def _count(rows: tuple[PatchRow, ...]) -> str:
    return "1 patch" if len(rows) == 1 else f"all {len(rows)} patches"


def _now(what: str, names: set[str]) -> str:
    shown = sorted(names)
    return f"{what} now: {', '.join(shown[:4])}{' …' if len(shown) > 4 else ''}"
