"""The reader: message, diffstat and diff of one patch, drawn line by line.

Nothing exists for a row that is not in sight.  A page is painted within its share of a frame;
colour that is not ready by then follows in slices of 4 ms, so that keys are always answered.
"""

from __future__ import annotations

import asyncio
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from textual.cache import LRUCache
from textual.geometry import Region
from textual.strip import Strip

from tui.core.colors import Colors
from tui.diff.row import Kind, Row
from tui.widgets.palette import colors_of, style
from tui.widgets.reader_build import build_safely
from tui.widgets.reader_find import Finding
from tui.widgets.reader_ink import Ink
from tui.widgets.reader_leaf import START, Spot
from tui.widgets.reader_rows import Frame, draw_file, draw_row, draw_words

if TYPE_CHECKING:
    from tui.diff.document import Document

FRAME = 0.012
"""Seconds of one frame that colour may take before the page is painted."""
SLICE = 0.004
"""Seconds that it may take at a time afterwards."""
STRIPS = 2_000
AT_ONCE = 20_000
"""Lines of mail and diff that are indexed between two frames; longer ones in a thread."""
NOTHING = "Nothing to read here."


class Reader(Finding, can_focus=True, inherit_bindings=False):
    """A document, or words in its place.  Keys are bound to its methods elsewhere."""

    DEFAULT_CSS = """
    Reader { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.left = 0
        """Columns scrolled out of sight on the left."""
        self._builds = 0
        self._words = ""
        self._loading_shape = True
        self._ink: Ink | None = None
        self._strips: LRUCache[int, Strip] = LRUCache(STRIPS)
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
        spot: Spot = START,
    ) -> None:
        """Show a patch or cover letter; what its words are, ``build_document`` says.

        A long one is indexed in a thread, unless something else is shown before that is done.
        Raises nothing, whatever the text.
        """
        from tui.diff.document import build_document, build_plain  # 10 ms: not before the first rows

        heading = {"subject": subject, "author": author, "date": date}
        mail = partial(build_document, content, diff, pull_url, cover=cover, **heading)
        build = partial(build_safely, mail, partial(build_plain, content, diff))
        if content.count("\n") + diff.count("\n") <= AT_ONCE:
            self.show(build(), spot)
            return
        self.message("", loading=True)
        self.expect(spot)
        self.run_worker(self._build(build, self._builds, spot))

    async def _build(self, build: partial[Document], number: int, spot: Spot) -> None:
        document = await asyncio.to_thread(build)
        if number == self._builds:
            self.show(document, spot)

    def show(self, document: Document | None, spot: Spot = START) -> None:
        """Show a document where one was in it; None is nothing, said in words."""
        self._builds += 1
        self._words, self._loading_shape = NOTHING, False
        self._ink = None if document is None else Ink(document)
        self.left = 0
        self.open(document, spot)

    def message(self, text: str, *, loading: bool = False) -> None:
        """Show words in place of a document; ``loading`` draws quiet bars where it will be."""
        self.show(None)
        self._words, self._loading_shape = text if text or loading else NOTHING, loading

    # -- sideways ----------------------------------------------------------

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
            self.redraw_all()

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
            return draw_words(self._words, y, Frame(width, 0, 3, colors), self._loading_shape)
        row = y + self.scroll_offset.y
        if y == 0 and (file := self.sticky(row)) >= 0 and self._ink is not None:
            frame = Frame(width, 0, 3, colors)
            return draw_file(Row(Kind.FILE, file=file), frame, self.document, self._ink.troubles(file), False)
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
        chosen = number == self.line
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
        return not self.is_expecting and (self._ink is None or not self._ink.lacks(self._in_sight()))

    # -- to come ---------------------------------------------------------------

    def cycle_whitespace(self) -> str:
        """Show white space in the next way; return its name."""
        return "as it is"

    def follow_move(self) -> str:
        """Go to the other end of the moved lines that the cursor is in; say from where to where."""
        return "These lines were not moved."

    def redraw(self, row: int) -> None:
        """Draw a row anew, as what it shows has changed."""
        self._strips.discard(row)
        super().redraw(row)

    def redraw_all(self) -> None:
        """Draw all rows anew."""
        self._strips.clear()
        super().redraw_all()
