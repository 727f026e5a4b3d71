"""A document laid out for its view: places, shapes, folds, leaps, what a resize does."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from textual import events

from tui.diff.row import NO_LINES, Kind
from tui.widgets.reader_shape import Shaped

if TYPE_CHECKING:
    from tui.diff.address import Address
    from tui.diff.document import Document

IN_FILE = frozenset({Kind.HUNK, Kind.BODY, Kind.PAIR, Kind.RAW, Kind.FOLD, Kind.NOTE})
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
    diff: int = -1
    """The first place of the diff then; -1 is where it is now."""


START = Spot()


class Leaf(Shaped, inherit_bindings=False):
    """Moves over a document, or over nothing; draws none of it."""

    left = 0
    """Columns scrolled out of sight on the left."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.seen_files: set[int] = set()
        """Files of the document whose last row was in sight."""
        self._expected: Spot | None = None
        """Where a document that is still to come will be opened."""
        self._kept: tuple[tuple[int, int], tuple[tuple[int, int], tuple[int, int]]] | None = None
        """The rows that the last resize led to, top and cursor, and the text that it did that for.

        So that narrow and wide again, as when a pane is zoomed, ends where it began.
        """

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
        shift = document.diff - spot.diff if spot.diff >= 0 else 0
        if spot.folds is not None:
            folds = frozenset(place + shift for place in spot.folds)
            if folds != document.folds:
                document.set_folds(folds)
                self._measure()
        if max(spot.top, spot.cursor) < spot.diff:  # in the message, which mostly is the same up to there
            shift = 0
        top = document.row_at(max(0, spot.top + shift))
        line = document.row_at(spot.cursor + shift) if spot.cursor >= 0 else top
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
        document = self.document
        top, _ = document.where(self.row)
        return Spot(top, self.cursor, document.folds, seen, self.left, document.diff)

    def address(self) -> Address | None:
        """Return the line of a file that the cursor is on; None where it is on none."""
        return None if self.document is None else self.document.address(self.cursor)

    def text_at(self, place: int) -> str:
        """Return the text of a place as it came, without the signs of a diff."""
        return "" if self.document is None else self.document.text_at(place)

    def has_text(self, place: int) -> bool:
        """Say whether a place is a line of the mail or the diff."""
        document = self.document
        return document is not None and document.plain_row(place).kind not in NO_LINES

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
        self._kept = None
        return super()._hold(change)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the rows to the new size; the text at the top stays there, and the cursor on its own."""
        if self.document is None or self.scrollable_content_region.width == self._width:
            self._measure()
            self.settle()
            if self.document is not None:
                self.put_cursor(self.line)
            return
        self._fit()
        self._lay_out_late = self._fit

    def _fit(self) -> None:
        """Lay the document out for another width."""
        if self.document is None:
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
        # A file ends where the next one's rows begin, the last one with the document.
        first = max(0, bisect_left(rows, sight.start + 2) - 1)
        end = bisect_right(rows, sight.stop + 1) - 1
        if document.count + 1 <= sight.stop + 1:
            end = len(rows)
        for number in range(first, end):
            file = document.index.files[number]
            last = file.end_hunk - 1 if file.end_hunk > file.first_hunk else -1
            if not document.is_folded(file=number, hunk=last):
                self.seen_files.add(number)
