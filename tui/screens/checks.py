"""The tab with what CI says, and what the keys do there."""

from __future__ import annotations

from tui.core.checks import find_newest, find_worst
from tui.core.text import clean
from tui.screens.check_view import CheckView
from tui.widgets.check_lines import key_of


class Checks(CheckView):
    """What CI says of the patch under the cursor; of a cover letter's series, or when asked, of all of it."""

    def do_open(self) -> None:
        """Show all of the check under the cursor, or hide it; of a series, go to that patch."""
        line = self.body.current
        if line is None or not (line.check or line.patch_id or line.filing):
            self.screen.say("There is nothing more to this line.")
        elif line.filing is not None:
            self.screen.mend_check(line.filing)
        elif line.check is not None:
            key = key_of(line.check)
            self._opened ^= {key}
            self.body.make_anew(key)
        elif self.of_series:
            self._go(line.patch_id, line.context)
        else:
            self.body.make_anew(self._key_of(line.patch_id, line.context))

    def _go(self, patch_id: int, context: str) -> None:
        """Go to a patch's own checks, at a context."""
        was_whole, self._whole = self._whole, False
        key = self._key_of(patch_id, context)
        self._goal = patch_id, key
        if patch_id == self.id:
            self.renew(key)
        elif not self.screen.patches.jump(patch_id):
            self._whole = was_whole
            self.screen.say("That patch is not in the list as it is filtered.")

    def _key_of(self, patch_id: int, context: str) -> str:
        found = find_newest(self.facts.checks.get(patch_id, []))
        those = [check for check in found if check.context == context]
        worst = find_worst(check.state for check in those)
        return next((key_of(check) for check in those if check.state is worst), "")

    def do_check_matrix(self) -> None:
        """Show the whole series, or this patch alone again."""
        if self.id is None or self.id < 0:
            self.screen.say(f"This is the whole series: {self.screen.key_of('open')} goes to one patch.")
            return
        self._whole = not self._whole
        self.renew(f"patch {self.id}" if self._whole else "", afresh=True)
        self.rested()

    def do_left(self) -> None:
        """Go to the context on the left."""
        self._step(-1)

    def do_right(self) -> None:
        """Go to the context on the right."""
        self._step(1)

    def _step(self, way: int) -> None:
        contexts = self.facts.matrix.contexts
        if not self.of_series or not contexts:
            key = self.screen.key_of("check_matrix")
            self.screen.say(f"Contexts are columns in the matrix of the series: {key}.")
            return
        before, self._column = self._column, contexts[max(0, min(self.column + way, len(contexts) - 1))]
        if self._column == before:
            self.screen.say(f"This is the {'last' if way > 0 else 'first'} context.")
        self.body.make_anew()

    def do_older_version(self) -> None:
        """Compare with the checks of the version before, then of the one before that."""
        self._compare(1)

    def do_newer_version(self) -> None:
        """Compare with the checks of a newer version again."""
        self._compare(-1)

    def _compare(self, way: int) -> None:
        older = [one.id for one in self.older.before(self.series_id)]
        shown = self.compared()
        now = older.index(shown.id) if shown and shown.id in older else -1
        if now + way >= len(older) and self._looks_on(len(older)):
            self.screen.say("Looking for older versions of this series …")
            return
        if not 0 <= now + way < len(older):
            self.screen.say(f"There is no {'older' if way > 0 else 'newer'} version to compare with here.")
            return
        self._against = older[now + way]
        self.renew("turns")
        self.rested()

    def _looks_on(self, count: int) -> bool:
        """Ask for older versions where there must be more than so many; say whether they are looked for."""
        sync = self.screen.sync
        if self.lacks_older(count):
            sync.need_versions(self.series_id)
        return sync.looks_for_versions(self.series_id)

    def do_browse(self) -> None:
        """Open the address of the check under the cursor."""
        line = self.body.current
        if line is None or line.check is None:
            self.screen.action_browse()
        elif line.check.target_url:
            self.screen.open_address(line.check.target_url)
        else:
            self.screen.say(f"{clean(line.check.context)} gave no address.")

    def do_copy(self) -> None:
        """Choose what of the check under the cursor to copy."""
        line = self.body.current
        if line is None or line.check is None:
            self.screen.action_copy()
            return
        check = line.check
        texts = {"address": check.target_url, "description": check.description, "context": check.context}
        self.screen.offer_to_copy(texts)

    def do_file_check(self) -> None:
        """File a check of this patch; in a matrix, of the one under the cursor, else of all."""
        line = self.body.current
        if line is not None and line.filing is not None:
            self.screen.mend_check(line.filing)
            return
        ids = self.patch_ids
        if self.of_series and line is not None and line.key.startswith("patch "):
            ids = [line.patch_id]
        self.screen.write_check(ids)

    def do_drop_check(self) -> None:
        """Give up the check under the cursor that the server does not have."""
        line = self.body.current
        if line is None or line.filing is None:
            self.screen.say("Only a check that is on its way, or was refused, can be given up.")
        elif self.screen.sync.drop_checks([line.filing.id]):
            self.screen.say("Given up; the server never had it.")
