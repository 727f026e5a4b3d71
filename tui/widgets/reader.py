"""The reader: message, diffstat and diff of one patch, drawn line by line.

Nothing exists for a row that is not in sight.  A page is painted within its share of a frame;
colour that is not ready by then follows in slices of 4 ms, so that keys are always answered.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.strip import Strip

from tui.diff.row import Kind
from tui.widgets.palette import colors_of, filters_of, is_plain, style
from tui.widgets.reader_build import build_safely, effort, warm
from tui.widgets.reader_leaf import START, Spot
from tui.widgets.reader_overlay import lay_cursor, lay_hit, lay_selection
from tui.widgets.reader_said import Remarked
from tui.widgets.reader_strip import Frame, Whitespace, gutter_width
from tui.widgets.reader_words import draw_words
from tui.widgets.soon import call_soon

if TYPE_CHECKING:
    from tui.diff.document import Document
    from tui.widgets.reader_page import Page

FRAME = 0.02
"""Seconds of one frame that colour may take before the page is painted; a page of C takes 3 ms."""
SLICE = 0.004
"""Seconds that it may take at a time afterwards."""
PAUSE = 0.002
"""Seconds between two slices, in which keys are looked at."""
AHEAD = 0.002
"""The same for what is not in sight: nobody waits for that, but a key may for this."""
AT_ONCE = 160_000
"""Lines of mail and diff that are indexed between two frames, 100,000 in 25 ms and none such in 80; longer
ones in a thread, which fights the loop for the interpreter: twice that, and bars are painted first."""
PATIENCE = 0.05
"""Seconds of processor time after which one that seemed to be shorter is given up, and begun in a thread."""
WARM = 1.5
"""Seconds after the start at which there is time to prepare for the first diff."""
FURTHEST = 20_000
"""Columns that a line is scrolled sideways at most; a longer one is read wrapped."""
NOTHING = "Nothing to read here."


class Reader(Remarked, can_focus=True, inherit_bindings=False):
    """A document, or words in its place.  Keys are bound to its methods elsewhere."""

    DEFAULT_CSS = """
    Reader { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._builds = 0
        self._words = ""
        self._loading_shape = True
        self.page: Page | None = None
        self._whitespace = Whitespace.AS_IS
        self._slice_is_due = False
        self._frame_ends = 0.0

    def on_mount(self) -> None:
        """Have colours at hand for the first diff: a process takes 0.1 s to come up."""
        self.set_timer(WARM, warm)

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

        A long one is indexed in a thread, unless something else is shown before that is done; so is
        one that takes long for what it seemed to be.  Raises nothing, whatever the text.
        """
        from tui.diff.document import build_document, build_plain  # 10 ms: not before the first rows
        from tui.diff.lines import TakesLong

        mail = partial(
            build_document, content, diff, pull_url, cover=cover, subject=subject, author=author, date=date
        )
        plain = partial(build_plain, content, diff)
        if effort(content, diff) <= AT_ONCE:
            with suppress(TakesLong):
                self.show(build_safely(partial(mail, seconds=PATIENCE), plain), spot)
                return
        build = partial(build_safely, mail, plain)
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
        self.page = None
        if document is not None:
            from tui.widgets.reader_page import Page  # 10 ms: not before the first rows

            self.page = Page(document)
        self.clear_selection()
        self.left = 0
        self.open(document, spot)
        if self.page is not None:
            # They are lexed while this gets to the screen.
            self.page.ink.look_ahead(self.in_sight())
        if self.sought is not None:
            self.search(self.sought)
        self.post_message(self.Showed())

    def message(self, text: str, loading: bool = False) -> None:
        """Show words in place of a document; ``loading`` draws quiet bars where it will be."""
        self.show(None)
        self._words, self._loading_shape = text if text or loading else NOTHING, loading

    # -- sideways ----------------------------------------------------------

    def scroll_left_columns(self, columns: int = 8) -> None:
        """Scroll long lines back into sight."""
        self._shift(max(0, self.left - columns))

    def scroll_right_columns(self, columns: int = 8) -> None:
        """Scroll long lines sideways, while one of those in sight goes on."""
        if self.page is not None and any(self.page.goes_on(row, self._frame()) for row in self.in_sight()):
            self._shift(self.left + columns)

    def show_columns(self, start: int, end: int) -> None:
        """Scroll sideways so far that some cells of a line are in sight."""
        frame = self._frame()
        side = frame.half(right=False) if frame.split else frame
        width = max(1, side.width - gutter_width(side) - 2)
        if self.wraps or (start - self.left >= 1 and end - self.left <= width):
            return
        self._shift(0 if end <= width else max(0, min(start - 1, end - width // 2)))

    def _shift(self, left: int) -> None:
        left = min(left, FURTHEST)
        if left != self.left:
            self.left = left
            self.refresh()

    # -- drawing -----------------------------------------------------------

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines; colour gets its share of the frame anew.

        Textual's own way through borders and paddings, which this has none of, takes longer than to
        draw the rows: it makes four strips of each.
        """
        now = perf_counter()
        if now > self._frame_ends + FRAME:
            self._frame_ends = now + FRAME
        frame = self._frame()
        selects = self._selects
        strips = [self._draw(y, frame, selects) for y in crop.line_range]
        for one in filters_of(self):
            strips = [strip.apply_filter(one, self.background_colors[1]) for strip in strips]
        if crop.x or crop.width < frame.width:
            strips = [strip.crop(crop.x, crop.right) for strip in strips]
        self.note_seen()
        if self.page is not None:
            self.page.look_ahead(self.in_sight())
        self._ask_for_slice()
        return strips

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen, each of its characters knowing what it is."""
        frame, row = self._frame(), y + self.scroll_offset.y
        strip = self._draw(y, frame, self._selects)
        if self.document is None or row >= self.document.count or (y == 0 and self.sticky(row) >= 0):
            return strip
        from tui.widgets.reader_points import points_of, with_offsets

        return with_offsets(strip, points_of(self.document, row, frame))

    @property
    def _selects(self) -> bool:
        return self.selects_lines or self.text_selection is not None

    def _draw(self, y: int, frame: Frame, selects: bool) -> Strip:
        """Draw one line of the screen."""
        page = self.page
        if page is None:
            return draw_words(self._words, y, frame, self._loading_shape)
        row = y + self.scroll_offset.y
        if row >= page.document.count:
            return Strip.blank(frame.width, style("", frame.colors.background))
        file = self.sticky(row) if y == 0 else -1
        if file >= 0:
            return page.header(file, frame)
        strip = page.strip(row, frame, self._frame_ends)
        if selects or row == self.line:
            strip = self._lay_over(row, strip, frame)
        return strip

    def _frame(self) -> Frame:
        document = self.document
        digits = 3 if document is None else document.digits
        width = self.scrollable_content_region.width
        split, wraps = self.is_split, self.wraps
        if document is not None and document.shape.prose:
            # Until what was chosen is prepared, rows are of another shape.
            split, wraps = document.shape.split, document.shape.wrap
        return Frame(
            width,
            0 if wraps else self.left,
            digits,
            colors_of(self),
            split,
            whitespace=self._whitespace,
            sought=self.sought,
            rule=" " if is_plain(self) else "─",
        )

    def _lay_over(self, row: int, strip: Strip, frame: Frame) -> Strip:
        """Lay selection and cursor over a drawn row."""
        colors = frame.colors
        mouse = self.text_selection
        is_selected = self.selects_lines and self.is_selected(row)
        if row == self.line and self.sought is not None:
            strip = lay_hit(strip, colors)
        if is_selected:
            strip = lay_selection(strip, colors, 0, frame.width)
        elif mouse is not None and self.document is not None:
            from tui.widgets.reader_points import points_of, selected_cells

            for start, end in selected_cells(points_of(self.document, row, frame), mouse):
                strip = lay_selection(strip, colors, start, end)
        if row == self.line:
            strip = lay_cursor(strip, colors, has_ground=self.has_focus and not is_selected)
        return strip

    # -- what comes late -----------------------------------------------------

    def _ask_for_slice(self) -> None:
        if not self._slice_is_due and self.is_waiting:
            self._slice_is_due = True
            call_soon(self, PAUSE, self._spend_slice)

    @property
    def is_waiting(self) -> bool:
        """Whether something is still to come: colour, moved lines, hits, another shape."""
        return self.is_searching or (self.page is not None and (self.page.is_waiting or self.is_preparing))

    def _spend_slice(self) -> None:
        """Spend one slice on what the rows in sight lack, then on the page below them."""
        self._slice_is_due = False
        if self.page is None:
            return
        # Of all together: a key that comes meanwhile waits for it.
        ends = perf_counter() + (AHEAD if self.is_settled and not self.is_searching else SLICE)
        if self.is_searching:
            self.search_on(SLICE)
        if self.is_shaping or not self.page.is_waiting:
            self.prepare(max(0.0, ends - perf_counter()))
        rows = self.in_sight()
        for row in self.page.work(rows, max(0.0, ends - perf_counter())):
            if row in rows:
                self.redraw(row)
            elif row < rows.start and self.page.document.row(row).kind is Kind.FILE:
                # What was learnt about a file above may be told in the header that stays at the top.
                self.redraw(rows.start)
        self._ask_for_slice()

    @property
    def is_settled(self) -> bool:
        """Whether all rows in sight are drawn as they will stay."""
        return not (
            self.is_expecting
            or self.is_shaping
            or (self.page is not None and self.page.lacks(self.in_sight()))
        )

    def redraw_all(self) -> None:
        """Draw all rows anew."""
        if self.page is not None:
            self.page.forget()
        super().redraw_all()

    # -- what the lines say ----------------------------------------------------

    def cycle_whitespace(self) -> str:
        """Show white space in the next way; return its name."""
        self._whitespace = self._whitespace.after()
        self.refresh()
        return self._whitespace.value

    def follow_move(self) -> str:
        """Go to the other end of the moved lines that the cursor is in; say from where to where."""
        found = self.page.marker.other_end(self.cursor) if self.page is not None else None
        if found is None:
            return "The cursor is on no moved line."
        self.go_to(found[0])
        return found[1]
