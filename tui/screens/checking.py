"""What the tab with the checks needs of the screen: filing one, and what its tab says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.core.colors import Colors
from tui.core.intent import Status
from tui.core.model import CheckState
from tui.core.text import clean
from tui.screens.addressing import Addressing
from tui.screens.dialogs import confirm
from tui.screens.page import Page
from tui.screens.targets import Targeting
from tui.store.trouble import StoreTrouble
from tui.where import Where
from tui.widgets.columns import Cell
from tui.widgets.palette import colors_of, style
from tui.widgets.rows import CHECK_SIGNS, PREFIX, check_color

if TYPE_CHECKING:
    from tui.core.check_draft import CheckDraft
    from tui.core.filing import Filing


class Checking(Targeting, Addressing):
    """Checks of patches: seen in a tab, and filed."""

    # -- the tab -------------------------------------------------------------------

    def make_checks(self) -> Page:
        """Make the page of the tab."""
        from tui.screens.checks import Checks

        return Checks(self)

    def action_tab_checks(self) -> None:
        """Show what CI says."""
        self.show_tab(Where.CHECKS)

    def extra_of(self, tab: Where) -> Cell:
        """Say on the tab how many contexts say what; until that is known, the worst of it."""
        id = self._read
        if tab is not Where.CHECKS or id is None:
            return super().extra_of(tab)
        colors = colors_of(self)
        if id < 0:
            return self._extra_of_series(colors)
        if self._began and (checks := self.store.checks([id]).get(id)):
            from tui.core.checks import count
            from tui.widgets.check_lines import counts_cell

            return counts_cell(count(checks), colors)
        patches = self.store.patches([id])
        state = patches[0].check if patches else CheckState.PENDING
        # What is pending may just be what no CI has ever seen.
        known = state is not CheckState.PENDING
        return ((CHECK_SIGNS[state], style(check_color(state, colors))),) if known else ()

    def _extra_of_series(self, colors: Colors) -> Cell:
        """Say how many patches have which check of their own, of those that CI has seen."""
        patches = self.store.patches(self.store.patch_ids(self.series.current or 0))
        states = Counter(patch.check for patch in patches)
        shown = (state for state in CHECK_SIGNS if state is not CheckState.PENDING and states[state])
        return tuple(
            (f"{' ' if index else ''}{states[state]}{CHECK_SIGNS[state]}", style(check_color(state, colors)))
            for index, state in enumerate(shown)
        )

    def rested(self) -> None:
        """Ask for what the tab says, where the patch's own check tells that there is something."""
        super().rested()
        id = self._read or 0
        if (
            id > 0
            and not self.sync.status.offline
            and self._panes[Where.DIFF].display
            and self.tab is not Where.CHECKS
        ):
            patches = self.store.patches([id])
            if patches and patches[0].check is not CheckState.PENDING:
                self.sync.need_checks([id], quiet=True)

    # -- filing one ----------------------------------------------------------------

    def write_check(self, patch_ids: Sequence[int]) -> None:
        """Write a check of some patches, beginning with what the server refused of it, or was left."""
        ids = tuple(id for id in patch_ids if id > 0)
        refused = [one for one in self.store.filings() if one.status is Status.FAILED]
        if not ids:
            self.say("There is no patch here to file a check of.")
        elif mine := next((one for one in reversed(refused) if (one.patch_id,) == ids), None):
            self.mend_check(mine)
        else:
            self._write(ids, None, None)

    def mend_check(self, filing: Filing) -> None:
        """Write a check anew that the server refused, with what it said of which field."""
        if filing.status is not Status.FAILED:
            self.say(f"It is on its way: {self.key_of('drop_check')} gives it up.")
            return
        self._write((filing.patch_id,), None, filing)

    def _write(self, ids: tuple[int, ...], draft: CheckDraft | None, refused: Filing | None) -> None:
        if not self.may_write():
            return
        from tui.core.check_draft import BLANK
        from tui.screens.check_editor import CheckEditor

        def keep(written: CheckDraft) -> None:
            with suppress(StoreTrouble):  # the store has told it already
                self.store.put_check_draft(ids, None if written == BLANK else written)

        def agree(written: CheckDraft) -> None:
            keep(written)
            lines = [
                f"{clean(written.title)}, of {self._words(ids)}",
                "A check stays: no API takes it back.",
                "Enter files it, any other key goes back to it.",
            ]
            again = lambda: self._write(ids, written, None)  # noqa: E731 - the same words once more
            confirm(self, "File this check?", lines, ("enter", "y"), lambda: file(written), again)

        def file(written: CheckDraft) -> None:
            if not self.sync.file_check(ids, written, key=self.key_of("file_check")).refused:
                keep(BLANK)
                if refused is not None:
                    self.sync.drop_checks([refused.id])

        title, faults = f"Check of {self._words(ids)}", dict(refused.faults) if refused else {}
        begun = draft or self.store.check_draft(ids) or (refused.draft if refused else BLANK)
        self.app.push_screen(
            CheckEditor(title, begun, faults, refused.error if refused else "", keep),
            lambda end: None if end is None else agree(end.draft) if end.files else keep(end.draft),
        )

    def _words(self, ids: Sequence[int]) -> str:
        if len(ids) > 1:
            return f"{len(ids)} patches"
        patches = self.store.patches(ids)
        return f'"{clean(PREFIX.sub("", patches[0].name))}"' if patches else f"patch {ids[0]}"
