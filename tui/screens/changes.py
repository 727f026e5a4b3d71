"""The tab with the versions of a series: two of them compared, and what changed in each patch."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from textual.worker import WorkType

from tui.core.change import Kind
from tui.core.text import clean
from tui.core.versions import Stack, Version
from tui.screens.change_lines import COVER, Target, pair_lines, version_line
from tui.screens.comparing import Found, Pages, Side, find, read_side, run_aside
from tui.screens.page_reader import ReaderPage
from tui.widgets.changes_sheet import ChangesSheet, Line
from tui.widgets.reader import Reader

if TYPE_CHECKING:
    from tui.screens.tabbing import Tabbing

KEPT = 6
"""Comparisons that are kept."""
ALONE = "No other version of this series is here."
NOTHING = "Nothing to compare here."
LOOKING = "Looking for other versions of this series …"


class Changes(ReaderPage):
    """The versions, the patches of two of them, and in place of both what changed in one patch."""

    def __init__(self, screen: Tabbing) -> None:
        self.table = ChangesSheet(id="changes")
        super().__init__(screen, self.table)
        self._series: int | None = None
        self._sides: tuple[int, int] | None = None
        """The versions that were chosen, the old one first."""
        self._stack: Stack = ()
        self._pair: tuple[Side, Side] | None = None
        self._found: dict[tuple[Side, Side, int], Found] = {}
        self._targets: list[Target] = []
        """What each row of the table is: a version, or the number of a row of the comparison."""
        self._under_way: Found | None = None

    # -- what is shown -------------------------------------------------------------

    def read(self) -> None:
        """Show the versions of the series, and the row of this patch, or what changed in it."""
        series_id = self.screen.series.current
        if series_id != self._series:
            self._series, self._sides = series_id, None
            self._close()
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
        missing = [key for key in self._missing() if not sync.trouble(key)]
        if missing:
            sync.need_texts(missing)

    def _lacks_versions(self) -> bool:
        """Say whether there must be more versions than are here."""
        rows = self.screen.store.series_rows([self._series or 0])
        return bool(rows) and rows[0].series.version > max(1, len(self._stack))

    def _missing(self) -> list[int]:
        pair = self._pair or ()
        return [key for side in pair for key in side.keys if not self.screen.store.has_body(key)]

    def _plan(self) -> None:
        """Show what is known, and compare what is here."""
        store = self.screen.store
        stacks = store.stacks([self._series]) if self._series is not None else []
        self._stack = stacks[0] if stacks else ()
        pair = self._choose()
        if pair is None:
            self._pair = None
            self._close()
            looks = self._series is not None and self.screen.sync.looks_for_versions(self._series)
            self.table.say(NOTHING if self._series is None else LOOKING if looks else ALONE)
            return
        self._pair = read_side(store, pair[0].id), read_side(store, pair[1].id)
        missing = self._missing()
        have = sum(len(side.keys) for side in self._pair) - len(missing)
        key = (*self._pair, have)
        found = self._found.get(key)
        if found is None and all(self.screen.sync.trouble(one) for one in missing):
            self._found[key] = found = Found(*self._pair, {})
            work: WorkType[None] = partial(self._compare, key)
            self.screen.run_worker(work, group="changes", exclusive=True)
        self._show(self._words(missing, have, found), found if found and found.done >= 1 else None)

    def _choose(self) -> tuple[Version, Version] | None:
        """Return the versions to compare: those chosen, else this one with the one before."""
        by_id = {version.id: version for version in self._stack}
        if self._sides and self._sides[0] in by_id and self._sides[1] in by_id:
            return by_id[self._sides[0]], by_id[self._sides[1]]
        new = by_id.get(self._series or 0)
        if new is None:
            return None
        older = [one for one in self._stack if one.is_older(new)]
        others = older or [one for one in self._stack if one != new]
        return (others[0], new) if older else (new, others[-1])

    async def _compare(self, key: tuple[Side, Side, int]) -> None:
        """Read the texts and compare them, telling how far that is."""
        found = await find(self.screen.store, key[0], key[1])
        self._found[key] = self._under_way = found
        try:
            await run_aside(found, self._tell)
        finally:
            self._under_way = None
            if found.done < 1:
                self._found.pop(key, None)
        for old in list(self._found)[:-KEPT]:
            del self._found[old]
        self._plan()
        if self.is_open:
            self._follow()
        self.screen.show_body(self)

    def _tell(self) -> None:
        if self._under_way is not None and self._under_way.done < 1:
            self._plan()

    # -- the table -------------------------------------------------------------------

    def _words(self, missing: list[int], have: int, found: Found | None) -> str:
        """Return the heading above the patches."""
        if found is not None and found.done >= 1:
            return found.summary()
        if found is not None:
            return f"Comparing … {found.done:.0%}"
        trouble = next(filter(None, map(self.screen.sync.trouble, missing)), "")
        return clean(trouble) or f"{have} of {have + len(missing)} texts are here, the others on their way …"

    def _show(self, words: str, found: Found | None) -> None:
        """Show versions and patches; the cursor stays on what it was on."""
        before = self._targets[self.table.line] if self.table.line < len(self._targets) else None
        rows = {row.series.id: row for row in self.screen.store.series_rows(one.id for one in self._stack)}
        lines: list[tuple[Line, Target]] = [(Line(text="Versions"), None)]
        now, stack = self.screen.now(), [one for one in self._stack if one.id in rows]
        lines += [(version_line(rows[one.id], self._pair, now), one) for one in stack]
        lines += [(Line(), None), (Line(text=words), None)]
        lines += pair_lines(found) if found else []
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
        if self._pair is None:
            return None
        have = sum(len(side.keys) for side in self._pair) - len(self._missing())
        found = self._found.get((*self._pair, have))
        return found if found and found.done >= 1 else None

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
        if self.reader is None:
            self.reader = Reader(id="interdiff")
            self.screen.mount_body(self.reader)
        self.reader.read(pages.words, pages.diff, subject=pages.heading, cover=not pages.diff)
        if not self.is_open:
            self._swap(self.reader)

    def _close(self) -> None:
        if self.is_open:
            self._swap(self.table)

    def _swap(self, body: ChangesSheet | Reader) -> None:
        """Put the table in the place of what changed, or the other way round."""
        self.body.display = False
        self.body = body
        self.screen.show_body(self)

    # -- keys --------------------------------------------------------------------------

    def do_open(self) -> None:
        """Show what changed in the patch under the cursor; of a version, compare with that."""
        target = self._targets[self.table.line] if self.table.line < len(self._targets) else None
        found = self._current
        if self.is_open:
            self.screen.say(f"{self.screen.key_of('back')} goes back to the table.")
        elif isinstance(target, Version):
            self._take(target)
        elif target is not None and found:
            self._open(target, found)
        else:
            self.screen.say("There is nothing to open in this row.")

    def do_back(self) -> None:
        """Go back to the table."""
        if self.is_open:
            self._close()
        else:
            self.screen.run_action_of("back")

    def do_seen(self) -> None:
        """Mark the patch of the row as looked at; where a patch is open, that."""
        target = self._targets[self.table.line] if self.table.line < len(self._targets) else None
        found = self._current
        if found and isinstance(target, int) and target >= 0 and not self.is_open:
            self.screen.mark_seen([found.key_of(found.rows[target])])
        else:
            self.screen.run_action_of("seen")

    def do_refresh(self) -> None:
        """Ask again for what is missing."""
        self.screen.sync.need_texts(self._missing())
        self.screen.run_action_of("refresh")

    def _take(self, version: Version) -> None:
        """Compare a version with the newer one that is shown; a newer one with the older one."""
        old, new = (side.series_id for side in self._pair or ())
        by_id = {one.id: one for one in self._stack}
        if version.id in (old, new):
            return
        self._sides = (version.id, new) if version.is_older(by_id[new]) else (old, version.id)
        self._is_new = True
        self._plan()
        self.rested()

    def do_older_version(self) -> None:
        """Compare with an older version."""
        self._step(1)

    def do_newer_version(self) -> None:
        """Compare with a newer version."""
        self._step(-1)

    def _step(self, way: int) -> None:
        if self._pair is None:
            return
        ids = [version.id for version in self._stack]
        old, new = (ids.index(side.series_id) for side in self._pair)
        if not new < old + way < len(ids):
            self.screen.say("No older version is here." if way > 0 else "That is the version before this.")
            return
        self._sides = ids[old + way], ids[new]
        self._close()
        self._plan()
        self.rested()
