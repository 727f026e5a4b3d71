"""The reader: message, diffstat and diff of one patch, drawn line by line.

Nothing exists for a row that is not in sight.  A page is painted within its share of a frame;
colour that is not ready by then follows in slices of 4 ms, so that keys are always answered.
"""

from __future__ import annotations

import asyncio
from functools import partial
from time import perf_counter

from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.strip import Strip

from tui.core.colors import Colors
from tui.diff.document import Document, build_document
from tui.diff.prose import fold
from tui.diff.row import Kind
from tui.widgets.palette import colors_of, style
from tui.widgets.reader_ink import Ink
from tui.widgets.reader_motion import Pager
from tui.widgets.reader_rows import Frame, draw_file, draw_row, draw_text, text_width

FRAME = 0.012
"""Seconds of one frame that colour may take before the page is painted."""
SLICE = 0.004
"""Seconds that it may take at a time afterwards."""
STRIPS = 2_000
AT_ONCE = 20_000
"""Lines of a diff that are indexed between two frames; longer ones in a thread."""
NOTHING = "Nothing to read here."
LOADING = (30, 52, 44, 0, 58, 36, 61, 20)
"""The lengths of the bars that stand for text on its way."""


class Reader(Pager, can_focus=True, inherit_bindings=False):
    """A document, or words in its place.  Keys are bound to its methods elsewhere."""

    DEFAULT_CSS = """
    Reader { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.document: Document | None = None
        self.left = 0
        """Columns scrolled out of sight on the left."""
        self._coming: int | None = None
        """The place at which a document that is being built will be opened."""
        self._builds = 0
        self._words = ""
        self._loading_shape = True
        self._ink: Ink | None = None
        self._strips: LRUCache[int, Strip] = LRUCache(STRIPS)
        self._laid_out_for = 0
        self._kept: tuple[int, tuple[int, int]] | None = None
        """The row that the last resize put at the top, and the text that it did that for.

        So that narrow and wide again, as when a pane is zoomed, ends where it began.
        """
        self._drawn_for: tuple[int, Colors] | None = None
        self._slice_is_due = False
        self._frame_ends = 0.0

    # -- what it shows -----------------------------------------------------

    def read(
        self,
        content: str,
        diff: str,
        *,
        pull_url: str = "",
        cover: bool = False,
        subject: str = "",
        author: str = "",
        date: str = "",
        place: int = 0,
    ) -> None:
        """Show a patch or cover letter; what its words are, ``build_document`` says.

        A long diff is indexed in a thread, unless something else is shown before that is done.
        """
        build = partial(
            build_document,
            content,
            diff,
            pull_url,
            cover=cover,
            subject=subject,
            author=author,
            date=date,
        )
        if diff.count("\n") <= AT_ONCE:
            self.show(build(), place)
            return
        self.message("", loading=True)
        self._coming = place
        self.run_worker(self._build(build, self._builds, place))

    async def _build(self, build: partial[Document], number: int, place: int) -> None:
        document = await asyncio.to_thread(build)
        if number == self._builds:
            self.show(document, place)

    def show(self, document: Document | None, place: int = 0) -> None:
        """Show a document from a place on; None is nothing, said in words."""
        self._builds += 1
        self._coming = None
        self._kept = None
        self.document = document
        self._words, self._loading_shape = NOTHING, False
        self._ink = None if document is None else Ink(document)
        self.left = 0
        self._strips.clear()
        self._lay_out()
        self._measure()
        self.open_at(document.row_at(place) if document is not None else 0)
        self.refresh()

    def message(self, text: str, *, loading: bool = False) -> None:
        """Show words in place of a document; ``loading`` draws quiet bars where it will be."""
        self.show(None)
        self._words, self._loading_shape = text if text or loading else NOTHING, loading

    @property
    def place(self) -> int:
        """What stands at the top, to be given to ``show`` or ``read`` again; no width changes it."""
        if self._coming is not None:
            return self._coming
        return 0 if self.document is None else self.document.where(self.row)[0]

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        self._laid_out_for = width
        if self.document is not None and width > 0:
            self.document.lay_out(text_width(width))

    def _measure(self) -> None:
        count = self.document.count if self.document is not None else 0
        self.virtual_size = Size(self.size.width, count)

    # -- getting about -----------------------------------------------------

    def next_file(self) -> bool:
        """Put the header row of the next file at the top."""
        return self.document is not None and self.leap(self.document.file_rows, 1)

    def previous_file(self) -> bool:
        """Go back to the header row of this file, or of the one before."""
        return self.document is not None and self.leap(self.document.file_rows, -1)

    def next_hunk(self) -> bool:
        """Put the header row of the next hunk at the top."""
        return self.document is not None and self.leap(self.document.hunk_rows, 1)

    def previous_hunk(self) -> bool:
        """Go back to the header row of this hunk, or of the one before."""
        return self.document is not None and self.leap(self.document.hunk_rows, -1)

    def scroll_left_columns(self, columns: int = 8) -> None:
        """Scroll long lines back into sight."""
        self._shift(max(0, self.left - columns))

    def scroll_right_columns(self, columns: int = 8) -> None:
        """Scroll long lines sideways, while one of those in sight goes on."""
        if self._goes_on():
            self._shift(self.left + columns)

    def _shift(self, left: int) -> None:
        if left != self.left:
            self.left = left
            self._strips.clear()
            self.refresh()

    def _goes_on(self) -> bool:
        """Say whether a row in sight has its mark at the right edge."""
        rows = (row for row in self._in_sight() if row < self.virtual_size.height)
        strips = (self._strips.get(row) or self._draw(row) for row in rows)
        return any(strip.text.endswith("›") for strip in strips)

    # -- drawing -----------------------------------------------------------

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines; colour gets its share of the frame anew."""
        now = perf_counter()
        if now > self._frame_ends + FRAME:
            self._frame_ends = now + FRAME
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        width = self.scrollable_content_region.width
        colors = colors_of(self)
        if self.document is None:
            return self._draw_words(y, width, colors)
        row = y + self.scroll_offset.y
        if row >= self.document.count:
            return Strip.blank(width, style(colors.text, colors.background))
        if self._drawn_for != (width, colors):
            self._drawn_for = (width, colors)
            self._strips.clear()
        strip = self._strips.get(row)
        return self._draw(row) if strip is None else strip

    def _draw(self, number: int) -> Strip:
        """Draw a row and keep it, unless its colour is still to come."""
        document, ink = self.document, self._ink
        assert document is not None and ink is not None  # noqa: S101 - callers hold a document
        frame = Frame(self.scrollable_content_region.width, self.left, document.digits, colors_of(self))
        row = document.row(number)
        chosen = self.is_target(number)
        spans: bytes | None = b""
        if row.kind is Kind.FILE:
            strip = draw_file(row, frame, document, ink.troubles(row.file), chosen)
        else:
            spans = ink.spans(number, row, self._frame_ends)
            strip = draw_row(row, frame, document, spans or b"", chosen)
        if spans is not None:
            self._strips[number] = strip
        self._ask_for_slice()
        return strip

    def _draw_words(self, y: int, width: int, colors: Colors) -> Strip:
        frame = Frame(width, 0, 3, colors)
        lines = [
            piece for line in self._words.split("\n") for _, piece in fold(line, max(1, text_width(width)))
        ]
        if 1 <= y <= len(lines):
            return draw_text(lines[y - 1], colors.dim, frame)
        bar = y - len(lines) - 2
        if self._loading_shape and 0 <= bar < len(LOADING):
            return draw_text("─" * min(LOADING[bar], max(0, width - 4)), colors.border, frame)
        return draw_text("", colors.dim, frame)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the rows to the new width; the text at the top stays there."""
        width = self.scrollable_content_region.width
        if self.document is None or width == self._laid_out_for:
            self._measure()
            self.settle()
            return
        top = self.document.where(self.row)
        if self._kept is not None and self._kept[0] == self.row:
            top = self._kept[1]
        self._lay_out()
        self._strips.clear()
        self._measure()
        row = self.document.row_at(*top)
        self._kept = row, top
        self.open_at(row)

    # -- what comes late -----------------------------------------------------

    def _ask_for_slice(self) -> None:
        if not self._slice_is_due and self._ink is not None and self._ink.is_waiting:
            self._slice_is_due = True
            self.set_timer(SLICE, self._spend_slice)

    def _spend_slice(self) -> None:
        """Spend one slice on what the rows in sight lack, then on the page below them."""
        self._slice_is_due = False
        if self._ink is None:
            return
        rows = self._in_sight()
        for row in self._ink.work(range(rows.start, rows.stop + len(rows)), SLICE):
            if row in rows:
                self.redraw(row)
        if not self._ink.is_waiting:
            self._ink.look_ahead(range(rows.stop, rows.stop + len(rows)))
        self._ask_for_slice()

    def _in_sight(self) -> range:
        top = self.scroll_offset.y
        return range(top, top + self.size.height)

    @property
    def is_settled(self) -> bool:
        """Whether all rows in sight are drawn as they will stay."""
        return self._coming is None and (self._ink is None or not self._ink.lacks(self._in_sight()))

    def redraw(self, row: int) -> None:
        """Draw a row anew, as what it shows has changed."""
        self._strips.discard(row)
        super().redraw(row)
