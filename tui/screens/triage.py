"""What changes patches: state, delegate, archived; and what is asked before."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from tui.core.bound import NOBODY
from tui.core.change import Kind
from tui.core.deed import Deed, Step
from tui.core.intent import Field, Wish
from tui.core.states import label_of
from tui.core.text import clean
from tui.screens.advancing import Advancing
from tui.screens.dialogs import Choice, choose, inform, show_preview
from tui.screens.targets import Targets
from tui.where import Where

if TYPE_CHECKING:
    from tui.core.preview import Marked, Preview
    from tui.screens.chooser import Chooser

_ACTION_OF = {Field.STATE: "set_state", Field.DELEGATE: "delegate", Field.ARCHIVED: "archive"}
"""What wishes for a field; its key is noted in the journal."""


class Triage(Advancing):
    """The actions that write."""

    last: Deed | None = None
    """What was done last."""
    _state_chooser: Chooser | None = None

    def action_set_state(self) -> None:
        """Choose a state for the targets."""
        self.act(self._choose_state)

    def action_delegate(self) -> None:
        """Choose a delegate for the targets."""
        self.act(self._choose_delegate)

    def action_archive(self) -> None:
        """Archive the targets; bring them back when all of them are archived."""
        self.act(self._archive)

    def changed(self, changes: Mapping[Kind, set[int]]) -> None:
        """Show states that were learnt."""
        super().changed(changes)
        if Kind.STATES in changes and self._state_chooser and self._state_chooser.is_attached:
            self._state_chooser.replace(self._state_choices())

    # -- choosing -------------------------------------------------------------------

    def _choose_state(self, targets: Targets) -> None:
        self.sync.learn_states(targets.rows[0].patch.id)
        self._state_chooser = choose(
            self,
            f"State of {targets.words}",
            self._state_choices(),
            lambda slug: self.do(targets, self._deed(Step(Field.STATE, slug))),
            accelerated=True,
            current=targets.rows[0].patch.state,
            note=_now("state", {clean(label_of(row.patch.state)) for row in targets.rows}),
        )

    def _state_choices(self) -> list[Choice]:
        return [Choice(slug, label_of(slug)) for slug in self.store.states()]

    def _choose_delegate(self, targets: Targets) -> None:
        project = self.sync.project
        present = {row.patch.delegate for row in targets.rows}
        if project is None or (not project.maintainers and project.name == project.link_name):
            self.say(f"The project's maintainers are not known yet. {self.key_of('refresh')} asks for them.")
            return
        if not project.maintainers and present == {None}:
            self.say("This project has no maintainers, so there is nobody to delegate to.")
            return
        choices = [Choice(NOBODY, "nobody")]
        choices += [Choice(str(user.id), user.username, user.full_name) for user in project.maintainers]
        names = {clean(user.username) if user else NOBODY for user in present}
        first = next(iter(present))
        choose(
            self,
            f"Delegate {targets.words} to",
            choices,
            lambda id: self.do(targets, self._deed(Step(Field.DELEGATE, None if id == NOBODY else int(id)))),
            current=str(first.id) if first else NOBODY,
            note=_now("delegate", names),
        )

    def _archive(self, targets: Targets) -> None:
        archived = all(row.patch.archived for row in targets.rows)
        self.do(targets, self._deed(Step(Field.ARCHIVED, not archived)))

    def _deed(self, step: Step) -> Deed:
        return Deed((step,), self.key_of(_ACTION_OF[step.field]))

    # -- doing ----------------------------------------------------------------------

    def do(self, targets: Targets, deed: Deed) -> None:
        """File what is wished; of marked rows, show before what that changes, and do it when it is wanted."""
        marked = targets.marked
        if marked is None:
            ids = [row.patch.id for row in targets.rows]
            self._file(self.sync.plan(ids, deed.steps), deed, {self.chosen_from.current or 0})
            return

        def done(agreed: Preview) -> None:
            self._file(agreed.wishes, deed, {*(part.id for part in agreed.parts), *marked.gone})

        def count(hidden: bool) -> Preview:
            return self._preview(marked, deed, hidden)

        show_preview(self, self.store, marked, count, done, of_series=self.level is Where.SERIES)

    def _preview(self, marked: Marked, deed: Deed, hidden: bool) -> Preview:
        """Count what an action changes, with the marked rows that the list does not show or without."""
        from tui.core.preview import preview

        groups, barred = marked.rows(hidden=hidden), self.sync.barred
        ids = [row.patch.id for rows in groups.values() for row in rows if row.patch.id not in barred]
        return preview(groups, deed.steps, self.sync.plan(ids, deed.steps), barred)

    def _file(self, wishes: Sequence[Wish], deed: Deed, rows: Collection[int]) -> None:
        """File wishes; the rows show them from now on, are marked no more, and the cursor goes on."""
        action = self.sync.file(wishes, key=deed.key)
        if action.refused:
            return
        self.last = deed
        self.chosen_from.unmark(rows)
        if deed.moves_on or (self.advance and action.changed):
            self.go_on(rows)
        if not action.changed:
            self.say("It is so already: nothing to write.")
        self._show_status()

    def explain_token(self) -> None:
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


def _now(what: str, names: set[str]) -> str:
    shown = sorted(names)
    return f"{what} now: {', '.join(shown[:4])}{' …' if len(shown) > 4 else ''}"
