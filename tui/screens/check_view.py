"""What the tab with the checks shows: those of a patch by state, or those of a series as a matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tui.core.change import Kind
from tui.core.checks import count
from tui.core.dates import age
from tui.core.text import clean
from tui.core.versions import Version
from tui.screens.check_facts import Facts, read_facts
from tui.screens.check_versions import Older
from tui.screens.page import Page
from tui.screens.pane import Spot
from tui.widgets.check_lines import Frame, Line, counts_cell, filing_lines, patch_lines, turn_lines
from tui.widgets.check_matrix import matrix_lines
from tui.widgets.check_sheet import CheckSheet
from tui.widgets.folded import fold
from tui.widgets.palette import colors_of, style
from tui.widgets.rows import patch_number

if TYPE_CHECKING:
    from tui.screens.checking import Checking

NO_CI = "No CI has reported on this patch."
NO_CI_AT_ALL = "No CI has reported on any patch of this series."


class CheckView(Page):
    """What CI says, as lines that are made anew whenever the store has something else."""

    body: CheckSheet
    screen: Checking

    def __init__(self, screen: Checking) -> None:
        super().__init__(screen, CheckSheet(self._make, id="checks"))
        self.older = Older(screen.store)
        self._opened: set[str] = set()
        """Keys of the lines whose history is shown."""
        self._whole = False
        """Whether the series is shown where the cursor is on a patch of it."""
        self._column = ""
        """The context that the matrix's cursor is on."""
        self._against: int | None = None
        """The older version that was chosen to be compared with."""
        self._goal: tuple[int, str] = 0, ""
        """A patch that one is on the way to, and the line there."""
        self.facts = Facts()

    # -- what it is about ------------------------------------------------------------

    @property
    def of_series(self) -> bool:
        """Whether a whole series is shown."""
        return self.id is not None and (self._whole or self.id < 0)

    @property
    def series_id(self) -> int:
        """The series that is shown, or that the patch is of."""
        found = self.screen.store.series_of(self.id) if self.id and self.id > 0 else None
        return found if found is not None else self.screen.series.current or 0

    @property
    def patch_ids(self) -> list[int]:
        """The patches that are shown."""
        if self.id is None:
            return []
        return self.screen.store.patch_ids(self.series_id) if self.of_series else [self.id]

    def compared(self) -> Version | None:
        """Return the version that is compared with."""
        return self.older.compared(self.series_id, self._against)

    def lacks_older(self, count: int) -> bool:
        """Say whether there must be more than so many older versions."""
        rows = self.screen.store.series_rows([self.series_id])
        return bool(rows) and rows[0].series.version > count + 1

    # -- following -------------------------------------------------------------------

    def show(self, id: int | None) -> None:
        """Show another patch or series; what came while another tab was shown is shown, too."""
        another, self.id = id != self.id, id
        goal, self._goal = self._goal, (0, "")
        key = goal[1] if goal[0] == id else f"patch {id}" if another and self._whole else ""
        self.renew(key, afresh=another)

    def read(self) -> None:
        """Read everything anew."""
        self.renew()

    def renew(self, key: str = "", *, afresh: bool = False) -> None:
        """Read from the store, and make the lines of that (see ``CheckSheet.make_anew``)."""
        screen = self.screen
        self.facts = Facts()
        if self.id is not None:
            ids = self.patch_ids
            self.facts = read_facts(screen.store, screen.project, self.series_id, ids, self._against)
        self.body.make_anew(key, afresh=afresh)

    def rested(self) -> None:
        """Ask for checks that are not here, and for those of the version compared with."""
        store, sync, wanted = self.screen.store, self.screen.sync, self.patch_ids
        if self._against is not None and (version := self.compared()):
            if store.unknown_series([version.id]):
                sync.need_patches([version.id])
            wanted = [*wanted, *store.patch_ids(version.id)]
        sync.need_checks(wanted)

    def changed(self, changes: Mapping[Kind, set[int]]) -> None:
        """Show what has come; ask again for what something happened to."""
        if self.id is None or not changes.keys() & {Kind.CHECKS, Kind.PATCHES, Kind.SERIES, Kind.ALL}:
            return
        self.read()
        if changes.keys() & {Kind.CHECKS, Kind.PATCHES}:
            self.rested()

    # -- what is shown ----------------------------------------------------------------

    def _make(self) -> tuple[list[Line], str]:
        if self.id is None:
            return [], "Nothing to read here."
        facts, frame = self.facts, self._frame()
        on_way = filing_lines(facts.filings, frame)
        if not facts.checks and not on_way:
            return [], self._why_none(facts.patch_ids)
        if not any(facts.checks.values()) and not on_way and facts.is_whole:
            return [], NO_CI_AT_ALL if self.of_series else NO_CI
        body: list[Line] = []
        if not self.of_series:
            body = patch_lines(facts.checks.get(self.id, []), self._opened, frame)
        elif facts.matrix.contexts:
            body = matrix_lines(facts.matrix, facts.names, self.column, frame)
        return [*self._head(frame), Line("head gap"), *on_way, *body, *self._since(frame)], ""

    def _frame(self) -> Frame:
        body = self.body
        return Frame(max(1, body.room), colors_of(body), self.screen.now(), self.facts.ahead)

    def _why_none(self, ids: Sequence[int]) -> str:
        if not ids:
            return "No patch of this series has arrived."
        if trouble := next(filter(None, map(self.screen.sync.check_trouble, ids)), ""):
            return clean(trouble)
        if self.screen.sync.status.offline:
            return "Offline: these checks were never read."
        return "Reading the checks …"

    def _head(self, frame: Frame) -> list[Line]:
        """Return how many say what, how fresh that is, and what is wrong."""
        facts, dim = self.facts, style(frame.colors.dim)
        trouble = next(filter(None, map(self.screen.sync.check_trouble, facts.patch_ids)), "")
        bad, pieces = style(frame.colors.bad), fold(clean(trouble), max(10, frame.room - 2))
        wrong = [Line(f"wrong {n}", ((f" {piece}", bad),)) for n, piece in enumerate(pieces) if piece]
        if self.of_series:
            number = len(facts.patch_ids)
            reported = sum(facts.matrix.worst_of(id) is not None for id in facts.patch_ids)
            words = f" {reported} of {number} patches reported on by {len(facts.matrix.contexts)} contexts"
            words += "" if facts.is_whole else f", {number - len(facts.checks)} still to be read"
            return [Line("summary", ((words, dim),)), *wrong]
        counts = count([check for some in facts.checks.values() for check in some])
        old = next((age(when, frame.now) for when in facts.read.values()), "")
        fresh = f"   read {'just now' if old == '0m' else f'{old} ago'}" if old else ""
        return [Line("summary", ((" ", dim), *counts_cell(counts, frame.colors), (fresh, dim))), *wrong]

    @property
    def column(self) -> int:
        """The number of the matrix's column with the cursor."""
        contexts = self.facts.matrix.contexts
        return contexts.index(self._column) if self._column in contexts else 0

    def _since(self, frame: Frame) -> list[Line]:
        """Return what changed since an older version, or how to see that."""
        facts, dim = self.facts, style(frame.colors.dim)
        if facts.version is None:
            older = f"v{facts.older}" if facts.older else "an older version" if self.lacks_older(0) else ""
            hint = f" {self.screen.key_of('older_version')} compares with the checks of {older}"
            return [Line("hint gap"), Line("hint", ((hint, dim),))] if older else []
        if facts.turns is None:
            number = facts.version.version
            words = f" v{number} has no patch of this subject" if facts.is_here else ""
            words = words or f" Reading the checks of v{number} …"
            return [Line("since gap"), Line("turns", ((words, dim),))]
        nothing = "" if facts.turns else ": no context says anything else"
        title = f"Since v{facts.version.version}{nothing}"
        numbers = {id: patch_number(name) for id, name in facts.names.items()} if self.of_series else {}
        return [Line("since gap"), *turn_lines(facts.turns, title, numbers, frame)]

    @property
    def spot(self) -> Spot:
        """The context under the cursor, and how far down one is."""
        _, percent, _ = super().spot
        line = self.body.current
        rest = f"  {percent}" if percent else ""
        return clean(line.context) if line else "", rest, rest
