"""What the tab with the checks shows: those of a patch by state, or those of a series as a matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tui.core.change import Kind
from tui.core.checks import Matrix, count, make_matrix
from tui.core.dates import age
from tui.core.model import Check
from tui.core.text import clean
from tui.core.versions import Version
from tui.screens.check_versions import Older
from tui.screens.page import Page
from tui.screens.pane import Spot
from tui.widgets.check_lines import Frame, Line, counts_cell, filing_lines, patch_lines, turn_lines
from tui.widgets.check_matrix import matrix_lines
from tui.widgets.check_sheet import CheckSheet
from tui.widgets.palette import colors_of, style
from tui.widgets.rows import patch_number

if TYPE_CHECKING:
    from tui.screens.checking import Checking

NO_CI = "No CI has reported on this patch."
NO_CI_AT_ALL = "No CI has reported on any patch of this series."

Found = Mapping[int, Sequence[Check]]
"""Checks by patch, of those that were read."""


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

    # -- following -------------------------------------------------------------------

    def show(self, id: int | None) -> None:
        """Show another patch or series; what came while another tab was shown is shown, too."""
        another, self.id = id != self.id, id
        goal, self._goal = self._goal, (0, "")
        self.body.make_anew(goal[1] if goal[0] == id else "", afresh=another)

    def read(self) -> None:
        """Read everything anew."""
        self.body.make_anew()

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
        store, ids, frame = self.screen.store, self.patch_ids, self._frame()
        checks = store.checks(ids)
        on_way = filing_lines([one for one in store.filings() if one.patch_id in ids], frame)
        if not checks and not on_way:
            return [], self._why_none(ids)
        if not any(checks.values()) and not on_way and len(checks) == len(ids):
            return [], NO_CI_AT_ALL if self.of_series else NO_CI
        body: list[Line] = []
        if not self.of_series:
            body = patch_lines(checks.get(self.id, []), self._opened, frame)
        elif (matrix := make_matrix(checks, ids)).contexts:
            names = {patch.id: patch.name for patch in store.patches(ids)}
            body = matrix_lines(matrix, names, self.number_of(matrix), frame)
        return [self._head(checks, frame), Line("head gap"), *on_way, *body, *self._since(checks, frame)], ""

    def _frame(self) -> Frame:
        screen = self.screen
        project = screen.store.project(screen.project)
        frame = Frame(max(1, self.body.room), colors_of(self.body), screen.now())
        return frame._replace(ahead=screen.store.server_ahead(project.id)) if project else frame

    def _why_none(self, ids: Sequence[int]) -> str:
        if not ids:
            return "No patch of this series has arrived."
        if trouble := next(filter(None, map(self.screen.sync.check_trouble, ids)), ""):
            return clean(trouble)
        if self.screen.sync.status.offline:
            return "Offline: these checks were never read."
        return "Reading the checks …"

    def _head(self, checks: Found, frame: Frame) -> Line:
        """Return how many say what, how fresh that is, and what is wrong."""
        ids, dim = self.patch_ids, style(frame.colors.dim)
        troubles = filter(None, map(self.screen.sync.check_trouble, ids))
        wrong = ((f"   {clean(trouble)}", style(frame.colors.bad)) for trouble in list(troubles)[:1])
        if self.of_series:
            matrix, missing = make_matrix(checks, ids), len(ids) - len(checks)
            reported = sum(matrix.worst_of(id) is not None for id in ids)
            words = f" {reported} of {len(ids)} patches reported on by {len(matrix.contexts)} contexts"
            words += f", {missing} still to be read" if missing else ""
            return Line("summary", ((words, dim), *wrong))
        counts = count([check for some in checks.values() for check in some])
        readings = self.screen.store.check_readings(ids).values()
        old = next((age(one.when, frame.now) for one in readings), "")
        fresh = f"   read {'just now' if old == '0m' else f'{old} ago'}" if old else ""
        return Line("summary", ((" ", dim), *counts_cell(counts, frame.colors), (fresh, dim), *wrong))

    def number_of(self, matrix: Matrix) -> int:
        """Return the number of the column with the cursor."""
        return matrix.contexts.index(self._column) if self._column in matrix.contexts else 0

    def _since(self, checks: Found, frame: Frame) -> list[Line]:
        """Return what changed since an older version, or how to see that."""
        dim, version = style(frame.colors.dim), self.compared()
        if version is None:
            older = self.older.before(self.series_id)
            hint = f" < compares with the checks of v{older[0].version}" if older else ""
            return [Line("hint gap"), Line("hint", ((hint, dim),))] if hint else []
        if (old := self.older.checks(version)) is None:
            words = f" Reading the checks of v{version.version} …"
            return [Line("since gap"), Line("turns", ((words, dim),))]
        turns = self.older.turns(self.series_id, self.patch_ids, checks, old)
        title = f"Since v{version.version}{'' if turns else ': no context says anything else'}"
        numbers = {}
        if self.of_series:
            numbers = {one.id: patch_number(one.name) for one in self.screen.store.patches(self.patch_ids)}
        return [Line("since gap"), *turn_lines(turns, title, numbers, frame)]

    @property
    def spot(self) -> Spot:
        """The context under the cursor, and how far down one is."""
        _, percent, short = super().spot
        line = self.body.current
        return clean(line.context) if line else "", f"  {percent}" if percent else "", short
