"""The files of a diff: typed to narrow, Enter goes to one; 20,000 of them are no more work than 20."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tui.core.colors import Colors
from tui.core.text import clean
from tui.diff.files import File
from tui.diff.headline import describe
from tui.diff.index import DiffIndex
from tui.diff.stat import bar_of
from tui.keymap.live import fill
from tui.screens.dialog_rows import Rows
from tui.screens.key_taking import keymap_of
from tui.screens.narrowing import Narrow, Narrowing
from tui.widgets.columns import Cell, Column, cut, cut_middle, fit_columns
from tui.widgets.listing import SIGN, Listing
from tui.widgets.palette import colors_of, style

NOTE = "✓ its end was in sight   {accept} goes there, {typed back} stays"
BAR = 10
"""Cells of the longest bar."""
WIDEST = 100
"""Cells of the dialog's lines."""
WHAT = 16
"""Cells of what happened to a file, at most."""


class Book(NamedTuple):
    """What the list shows of a diff."""

    files: Sequence[File]
    what: Sequence[str]
    """What happened to each, without names, and whether something is wrong with it; not clean."""
    seen: Set[int]
    most: int
    """Lines changed in the file that has the most."""

    def cells(self, number: int, path_width: int, colors: Colors) -> dict[str, Cell]:
        """Return the cells of a file's row."""
        file = self.files[number]
        plus, minus = bar_of(file, self.most, BAR)
        dim, good, bad = style(colors.dim), style(colors.added), style(colors.removed)
        return {
            "seen": (("✓" if number in self.seen else " ", dim),),
            "path": ((cut_middle(clean(file.path) or "(no name)", path_width), style(colors.text)),),
            "what": ((clean(self.what[number]), style(colors.warning) if file.trouble else dim),),
            "added": ((f"+{file.added}" if file.added else "", good),),
            "removed": ((f"-{file.removed}" if file.removed else "", bad),),
            "bar": ((plus, good), (minus, bad)),
        }

    def columns(self) -> tuple[Column, ...]:
        """Return the columns, no wider than what stands in them: the names have the rest."""
        what = min(WHAT, max(map(len, self.what), default=0))
        added = max((file.added for file in self.files), default=0)
        removed = max((file.removed for file in self.files), default=0)
        return (
            Column("seen", 1),
            Column("path", 24, flexible=True),
            *([Column("what", what, gives=((3, min(what, 7)), (4, 0)))] if what else []),
            Column("added", len(f"+{added}"), right=True),
            Column("removed", len(f"-{removed}"), right=True),
            Column("bar", BAR, gives=((2, 0),)),
        )


class FileList(Narrowing[int]):
    """Ends with the number of a file, or with None."""

    def __init__(self, index: DiffIndex, *, current: int, seen: Set[int]) -> None:
        super().__init__()
        self._current = current
        most = max((file.added + file.removed for file in index.files), default=0)
        told = [describe(file) for file in index.files]
        what = [
            ("! " if file.trouble else "") + words.partition(" from ")[0]
            for file, words in zip(index.files, told, strict=True)
        ]
        self._book = Book(index.files, what, seen, most)
        self._texts = [f"{file.path} {words}".lower() for file, words in zip(index.files, told, strict=True)]
        """What typing looks in."""
        self._columns = self._book.columns()
        self._rows = Rows(self._columns, self._fetch, id="files")
        count = len(index.files)
        words = f"{count:,} file{'' if count == 1 else 's'}, +{index.added:,} -{index.removed:,}"
        self._title = f"{words}, {len(seen):,} seen to the end" if seen else words

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, dict[str, Cell]]:
        colors = colors_of(self)
        fitted = fit_columns((Column(SIGN, 2), *self._columns), self._rows.scrollable_content_region.width)
        width = next(size for column, size in fitted if column.key == "path")
        return {number: self._book.cells(number, width, colors) for number in ids}

    def compose(self) -> ComposeResult:
        """Lay out title, line, list and foot."""
        with Vertical(id="dialog"):
            yield Static(Content(self._title), id="dialog-title")
            yield Narrow("")
            yield self._rows
            yield Static("", id="dialog-note")

    def on_mount(self) -> None:
        """Show all files, the current one under the cursor."""
        self.show_note()
        self._fit()
        self.fill("")
        self._rows.jump(self._current)

    def show_note(self) -> None:
        """Name keys at the foot."""
        self.query_one("#dialog-note", Static).update(Content(fill(NOTE, keymap_of(self))))

    def on_resize(self) -> None:
        """Keep title, line and foot in sight: the list has what they leave."""
        if self.query("#dialog"):  # a size may come before there is anything to fit
            self._fit()
            self._rows.renew(range(len(self._texts)))

    def _fit(self) -> None:
        width = max(1, min(WIDEST, self.size.width - 8))
        self.query_one("#dialog").styles.width = width + 4
        self.query_one("#dialog-title", Static).update(Content(cut(self._title, width)))
        # Two at least: the first is blank above the words that nothing matches.
        self._rows.styles.height = max(1, min(max(2, len(self._texts)), self.size.height - 9))

    def fill(self, typed: str) -> None:
        """Show the files whose names hold every typed word."""
        words = typed.lower().split()
        found = [number for number, text in enumerate(self._texts) if all(word in text for word in words)]
        self._rows.show(found, placeholder="nothing matches")

    def on_listing_opened(self, event: Listing.Opened) -> None:
        """Take what was clicked."""
        event.stop()
        self.pick()

    def move(self, rows: int) -> None:
        """Move the cursor, held at both ends."""
        self._rows.move(rows)

    def pick(self) -> None:
        """Take what the cursor is on."""
        if self._rows.current is not None:
            self.end(self._rows.current)
