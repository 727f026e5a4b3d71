"""A document laid out for its view: places, shapes, folds, leaps, what a resize does."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.geometry import Size
from textual.widget import Widget

from tui.diff.row import Kind
from tui.widgets.reader_motion import Pager
from tui.widgets.reader_strip import shape_of

if TYPE_CHECKING:
    from tui.diff.address import Address
    from tui.diff.document import Document

SPLIT = 150
"""From so many columns on, old and new stand side by side unless something else was chosen."""
IN_FILE = frozenset({Kind.HUNK, Kind.BODY, Kind.PAIR, Kind.RAW, Kind.FOLD})
"""Rows above which their file's header stays in sight."""


class Spot(NamedTuple):
    """Where in a document one was; no width and no shape changes what it means."""

    top: int = 0
    """The place at the top."""
    cursor: int = -1
    """The place of the cursor; -1 is the top's."""
    folds: frozenset[int] | None = None
    """What is folded; None is what a document begins with."""
    seen: frozenset[int] = frozenset()
    """Files whose last row was in sight."""
    left: int = 0
    """Columns scrolled out of sight on the left."""


START = Spot()


class Leaf(Pager, inherit_bindings=False):
    """Moves over a document, or over nothing; draws none of it."""

    left = 0
    """Columns scrolled out of sight on the left."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.document: Document | None = None
        self.seen_files: set[int] = set()
        """Files of the document whose last row was in sight."""
        self._expected: Spot | None = None
        """Where a document that is still to come will be opened."""
        self._width = 0
        """What the document is laid out for."""
        self._chosen_split: bool | None = None
        self.wraps = False
        self._kept: tuple[tuple[int, int], tuple[tuple[int, int], tuple[int, int]]] | None = None
        """The rows that the last resize led to, top and cursor, and the text that it did that for.

        So that narrow and wide again, as when a pane is zoomed, ends where it began.
        """

        self._held: tuple[int, tuple[int, int]] | None = None
        """The same for the cursor and the last change of shape: what is folded and opened again."""

    def open(self, document: Document | None, spot: Spot) -> None:
        """Put a document here, where one was in it."""
        self.document = document
        self.seen_files = set(spot.seen)
        self._expected = self._kept = self._held = None
        self._lay_out()
        if document is None:
            self.open_at(0, 0)
            self.redraw_all()
        else:
            self.go_back(spot)

    def go_back(self, spot: Spot) -> None:
        """Go where one was in this document, its folds as they were then."""
        document = self.document
        if document is None:
            return
        if spot.folds is not None and spot.folds != document.folds:
            document.set_folds(spot.folds)
            self._measure()
        top = document.row_at(spot.top)
        line = document.row_at(spot.cursor) if spot.cursor >= 0 else top
        self.left = spot.left
        self.open_at(top, max(line, top + self.covered(top)))
        self.redraw_all()

    def expect(self, spot: Spot) -> None:
        """Say where the document that is still to come will be opened."""
        self._expected = spot

    @property
    def is_expecting(self) -> bool:
        """Whether a document is still to come."""
        return self._expected is not None

    # -- where ---------------------------------------------------------------

    @property
    def place(self) -> int:
        """What stands at the top."""
        return self.spot.top

    @property
    def cursor(self) -> int:
        """The place that the cursor is on."""
        return 0 if self.document is None else self.document.where(self.line)[0]

    @property
    def spot(self) -> Spot:
        """Where one is, to be given to ``read`` again."""
        if self._expected is not None or self.document is None:
            return self._expected or Spot()
        seen = frozenset(self.seen_files)
        return Spot(self.document.where(self.row)[0], self.cursor, self.document.folds, seen, self.left)

    def address(self) -> Address | None:
        """Return the line of a file that the cursor is on; None where it is on none."""
        return None if self.document is None else self.document.address(self.cursor)

    def text_at(self, place: int) -> str:
        """Return the text of a place as it came, without the signs of a diff."""
        return "" if self.document is None else self.document.text_at(place)

    def has_text(self, place: int) -> bool:
        """Say whether a place is a line of the mail or the diff."""
        document = self.document
        return document is not None and document.plain_row(place).kind not in (
            Kind.FILE,
            Kind.BLANK,
            Kind.STAT,
        )

    def line_of(self, place: int) -> int:
        """Return the line of the index that a place is; -1 for one outside the diff."""
        return -1 if self.document is None else self.document.line_of(place)

    @property
    def current_file(self) -> int:
        """The number of the file that the cursor is in; -1 above the diff."""
        return -1 if self.document is None else bisect_right(self.document.file_rows, self.line) - 1

    def go_to_file(self, number: int) -> None:
        """Go to the header of a file."""
        if self.document is not None:
            self.show_from(self.document.file_rows[number])

    def covered(self, top: int) -> int:
        """Return 1 where the header of a file is drawn over the row at the top."""
        return int(self.sticky(top) >= 0)

    def sticky(self, top: int) -> int:
        """Return the file whose header is drawn over the row at the top; -1 is none's."""
        document = self.document
        if document is None or not 0 < top < document.count or 0 < self._height < 3:
            return -1
        row = document.row(top)
        return row.file if row.kind in IN_FILE else -1

    def next_file(self, count: int = 1) -> bool:
        """Put the header row of the next file at the top."""
        return self.document is not None and self.leap(self.document.file_rows, count)

    def previous_file(self, count: int = 1) -> bool:
        """Go back to the header row of this file, or of the one before."""
        return self.document is not None and self.leap(self.document.file_rows, -count)

    def next_hunk(self, count: int = 1) -> bool:
        """Put the header row of the next hunk at the top."""
        return self.document is not None and self.leap(self.document.hunk_rows, count)

    def previous_hunk(self, count: int = 1) -> bool:
        """Go back to the header row of this hunk, or of the one before."""
        return self.document is not None and self.leap(self.document.hunk_rows, -count)

    # -- shape -----------------------------------------------------------------

    @property
    def is_split(self) -> bool:
        """Whether old and new stand side by side."""
        return self._width >= SPLIT if self._chosen_split is None else self._chosen_split

    def toggle_split(self) -> bool:
        """Choose the other of unified and side by side; return whether it is side by side."""
        self._chosen_split = not self.is_split
        self._hold(lambda _: self._lay_out())
        return self.is_split

    def toggle_wrap(self) -> bool:
        """Wrap long lines, or let them go on sideways; return whether they are wrapped."""
        self.wraps = not self.wraps
        self._hold(lambda _: self._lay_out())
        return self.wraps

    def toggle_fold(self) -> bool:
        """Fold or unfold the hunk that the cursor is in, on a file's header the file; False on neither."""
        return self._hold(lambda document: document.fold(self.cursor))

    def toggle_all_folds(self) -> bool:
        """Fold all files, or unfold all where one is folded; return whether they are folded."""
        folded = self.document is not None and not self.document.folds
        self._hold(lambda document: document.fold_all(folded))
        return folded

    def unfold(self, place: int) -> bool:
        """Open what hides a place; False where nothing does."""
        return self._hold(lambda document: document.unfold(place))

    def _hold(self, change: Callable[[Document], bool | None]) -> bool:
        """Change what rows there are; what the cursor is on stays where it is on the screen."""
        if self.document is None:
            self._lay_out()
            return False
        held, y = self.document.where(self.line), self.line - self.row
        if self._held is not None and self._held[0] == self.line:
            held = self._held[1]
        changed = bool(change(self.document))
        self._measure()
        line = self.document.row_at(*held)
        self._kept, self._held = None, (line, held)
        self.open_at(line - y, line)
        self.redraw_all()
        return changed

    def _lay_out(self) -> None:
        self._width = self.scrollable_content_region.width
        if self.document is not None and self._width > 0:
            self.document.lay_out(shape_of(self._width, self.document.digits, self.is_split, self.wraps))
        self._measure()

    def _measure(self) -> None:
        size = Size(0, 0) if self.document is None else Size(self.size.width, self.document.count)
        if size != self.virtual_size:
            # ``virtual_size = `` lays out and paints the whole screen: 20 ms, and nothing is elsewhere then.
            self.set_reactive(Widget.virtual_size, size)
            if self.is_attached:
                self.vertical_scrollbar.window_virtual_size = size.height
            self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the rows to the new size; the text at the top stays there, and the cursor on its own."""
        if self.document is None or self.scrollable_content_region.width == self._width:
            self._measure()
            self.settle()
            if self.document is not None:
                self.put_cursor(self.line)
            return
        where = self.document.where
        held = where(self.row), where(self.line if self._wanted is None else self._wanted[1])
        if self._kept is not None and self._kept[0] == (self.row, self.line):
            held = self._kept[1]
        self._lay_out()
        top, line = held
        self.open_at(self.document.row_at(*top), self.document.row_at(*line))
        self._kept = (self.row, self.line), held
        self.redraw_all()

    def in_sight(self) -> range:
        """The rows on the screen."""
        top = self.scroll_offset.y
        return range(top, min(top + self.size.height, self.virtual_size.height))

    def note_seen(self) -> None:
        """Note the files that end in sight; the end of what is folded is not."""
        document = self.document
        if document is None:
            return
        rows, sight = document.file_rows, self.in_sight()
        ends = [*rows[1:], document.count + 1] if rows else []
        for number in range(bisect_left(ends, sight.start + 2), bisect_right(ends, sight.stop + 1)):
            file = document.index.files[number]
            last = file.end_hunk - 1 if file.end_hunk > file.first_hunk else -1
            if not document.is_folded(file=number, hunk=last):
                self.seen_files.add(number)

    def redraw_all(self) -> None:
        """Draw all rows anew."""
        self.refresh()
