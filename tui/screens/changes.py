"""The tab with the versions of a series: two of them compared, and what changed in each patch."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from textual.worker import WorkType

from tui.core.change import Kind
from tui.core.versions import Version
from tui.screens.change_choice import Choice
from tui.screens.change_lines import COVER, Target, heading, table_lines
from tui.screens.comparing import Comparisons, Found, Key, Pages, Side, read_side
from tui.screens.page_reader import ReaderPage
from tui.widgets.changes_sheet import ChangesSheet

if TYPE_CHECKING:
    from tui.screens.tabbing import Tabbing

ALONE = "No other version of this series is here."
NOTHING = "Nothing to compare here."
LOOKING = "Looking for other versions of this series …"


class Changes(ReaderPage):
    """The versions, the patches of two of them, and in place of both what changed in one patch."""

    def __init__(self, screen: Tabbing) -> None:
        self.table = ChangesSheet(id="changes")
        super().__init__(screen, self.table)
        self._series: int | None = None
        self._choice = Choice()
        self._pair: tuple[Side, Side] | None = None
        self._comparisons = Comparisons(screen.store)
        self._targets: list[Target] = []
        """What each row of the table is: a version, or the number of a row of the comparison."""

    # -- what is shown -------------------------------------------------------------

    def read(self) -> None:
        """Show the versions of the series, and the row of this patch, or what changed in it."""
        series_id = self.screen.series.current
        if series_id != self._series:
            self._series, self._choice = series_id, Choice()
            self.close()
        self._plan()
        if self.is_open:
            self._follow()

    def changed(self, changes: Mapping[Kind, set[int]]) -> None:
        """Go on when texts or versions have arrived."""
        bodies = changes.get(Kind.BODIES, set())
        is_awaited = self._pair and not bodies.isdisjoint({*self._pair[0].keys, *self._pair[1].keys})
        kinds = {Kind.SERIES, Kind.PATCHES, Kind.STATUS, Kind.ALL} & changes.keys()
        if is_awaited or kinds:
            self._plan()
        if kinds - {Kind.STATUS}:
            self.rested()  # a version that has come has texts to be asked for

    def rested(self) -> None:
        """Ask for versions that are not here, and for the texts of both that are compared."""
        store, sync = self.screen.store, self.screen.sync
        if self._series is not None and self._lacks_versions():
            sync.need_versions(self._series)
            self._plan()
        if self._pair is None:
            return
        if unknown := store.unknown_series([side.series_id for side in self._pair]):
            sync.need_patches(unknown)
        if missing := [key for key in self._missing() if not sync.trouble(key)]:
            sync.need_texts(missing)

    def _lacks_versions(self) -> bool:
        """Say whether there must be more versions than are here."""
        rows = self.screen.store.series_rows([self._series or 0])
        return bool(rows) and rows[0].series.version > max(1, len(self._choice.stack))

    def _missing(self) -> list[int]:
        return self._comparisons.look(self._pair)[1] if self._pair else []

    def _plan(self) -> None:
        """Show what is known, and compare what is here."""
        store = self.screen.store
        stacks = store.stacks([self._series]) if self._series is not None else []
        self._choice.stack = stacks[0] if stacks else ()
        pair = self._choice.pair(self._series)
        if pair is None:
            self._pair = None
            self.close()
            looks = self._series is not None and self.screen.sync.looks_for_versions(self._series)
            self.table.say(NOTHING if self._series is None else LOOKING if looks else ALONE)
            return
        self._pair = read_side(store, pair[0].id), read_side(store, pair[1].id)
        key, missing = self._comparisons.look(self._pair)
        found = self._comparisons.get(key)
        if found is None and all(self.screen.sync.trouble(one) for one in missing):
            found = self._comparisons.begin(key)
            work: WorkType[None] = partial(self._compare, key)
            self.screen.run_worker(work, group="changes", exclusive=True)
        trouble = next(filter(None, map(self.screen.sync.trouble, missing)), "")
        words = heading(found, key[2], len(missing), trouble)
        self._show(words, found if found and found.done >= 1 else None)

    async def _compare(self, key: Key) -> None:
        """Compare two versions, telling how far that is."""
        await self._comparisons.run(key, self._plan)
        self._plan()
        if self.is_open:
            self._follow()
        self.screen.show_body(self)

    # -- the table -------------------------------------------------------------------

    @property
    def _target(self) -> Target:
        """What the cursor is on."""
        return self._targets[self.table.line] if self.table.line < len(self._targets) else None

    def _show(self, words: str, found: Found | None) -> None:
        """Show versions and patches; the cursor stays on what it was on."""
        before, stack = self._target, self._choice.stack
        rows = self.screen.store.series_rows(one.id for one in stack)
        lines = table_lines(stack, rows, self._pair, self.screen.now(), words, found)
        self._targets = [target for _, target in lines]
        mine = found.row_of(self.id) if found and self.id and self.id > 0 else COVER
        wanted = before if before is not None and before in self._targets and before != mine else mine
        if found is None and isinstance(before, int):
            self._is_new = True  # the rows are gone until the texts are here
        if found and (self._is_new or not isinstance(before, (int, Version))):
            wanted, self._is_new = mine, False
        cursor = self._targets.index(wanted) if wanted in self._targets else 1
        self.table.show_lines([line for line, _ in lines], cursor)

    _is_new = True
    """Whether the cursor has not been put on the patch yet that the reader is on."""

    def show(self, id: int | None) -> None:
        """Show a patch, the cursor on its row."""
        self._is_new = self._is_new or id != self.id
        super().show(id)

    # -- what changed in one patch -----------------------------------------------------

    @property
    def is_settled(self) -> bool:
        """Whether all that is compared is shown as it will stay."""
        if self._pair is not None and self._current is None:
            return False
        return not self.is_open or (self.reader is not None and self.reader.is_settled)

    @property
    def _current(self) -> Found | None:
        return self._comparisons.finished(self._pair) if self._pair else None

    def _follow(self) -> None:
        """Show what changed in the patch that the cursor of the list is on."""
        if (found := self._current) and self.id is not None:
            self._open(COVER if self.id < 0 else found.row_of(self.id), found)

    def _open(self, number: int, found: Found) -> None:
        """Show what changed in the patch of a row."""
        if number == COVER:
            pages = found.cover()
        elif number >= 0:
            pages = found.pages(found.rows[number])
        else:
            pages = Pages("", f"This patch is in neither {found.old.label} nor {found.new.label}.", "")
        self.open(pages.words, pages.diff, pages.heading)

    # -- keys --------------------------------------------------------------------------

    def do_open(self) -> None:
        """Show what changed in the patch under the cursor; of a version, compare with that."""
        target, found = self._target, self._current
        if self.is_open:
            self.screen.say(f"{self.screen.key_of('back')} goes back to the table.")
        elif isinstance(target, Version):
            if self._choice.take(target, self._series):
                self._is_new = True
                self._plan()
                self.rested()
        elif target is not None and found:
            self._open(target, found)
        else:
            self.screen.say("There is nothing to open in this row.")

    def do_back(self) -> None:
        """Go back to the table."""
        if self.is_open:
            self.close()
        else:
            self.screen.run_action_of("back")

    def do_seen(self) -> None:
        """Mark the patch of the row as looked at; where a patch is open, that."""
        target, found = self._target, self._current
        if found and isinstance(target, int) and target >= 0 and not self.is_open:
            self.screen.mark_seen([found.key_of(found.rows[target])])
        else:
            self.screen.run_action_of("seen")

    def do_refresh(self) -> None:
        """Ask again for what is missing."""
        self.screen.sync.need_texts(self._missing())
        self.screen.run_action_of("refresh")

    def do_older_version(self) -> None:
        """Compare with an older version."""
        self._step(1)

    def do_newer_version(self) -> None:
        """Compare with a newer version."""
        self._step(-1)

    def _step(self, way: int) -> None:
        if self._pair is None:
            return
        if self._choice.step(way, self._series):
            self.close()
            self._plan()
            self.rested()
        else:
            self.screen.say("No older version is here." if way > 0 else "That is the version before this.")
