"""Getting about: within a pane, between panes, from patch to patch."""

from __future__ import annotations

from collections.abc import Callable

from tui.action import Action
from tui.core.change import Tone
from tui.screens.following import Following
from tui.screens.key_taking import end_words
from tui.screens.layout import MIDDLE
from tui.where import READER, Where, pane_of
from tui.widgets.listing import Listing
from tui.widgets.reader_leaf import Spot

END = Spot(top=1 << 40, cursor=1 << 40)
"""Below every last line; the reader goes as far as there is one."""
_ORDER = (Where.SERIES, Where.PATCHES, Where.DIFF)


class Motions(Following):
    """The actions that move."""

    _turning = 0
    """Which way the last key offered to go on to another patch; 0 is none."""
    _turned = 0
    """The same of the key before."""

    def _listing(self) -> Listing | None:
        body = self.pane_body(self.level)
        return body if isinstance(body, Listing) else None

    def about_to(self, action: Action) -> None:
        """An offer to go to another patch holds for the next action only."""
        self._turned, self._turning = self._turning, 0
        super().about_to(action)

    def action_down(self) -> None:
        """Go down a line."""
        self._say_end(self.pane_body(self.level).move(self.times), 1)

    def action_up(self) -> None:
        """Go up a line."""
        self._say_end(self.pane_body(self.level).move(-self.times), -1)

    def action_half_down(self) -> None:
        """Go down half a page."""
        self._half(self.pane_body(self.level).half_down, 1)

    def action_half_up(self) -> None:
        """Go up half a page."""
        self._half(self.pane_body(self.level).half_up, -1)

    def action_view_down(self) -> None:
        """Scroll a line down."""
        self._scroll(self.pane_body(self.level).view_down, "view_down")

    def action_view_up(self) -> None:
        """Scroll a line up."""
        self._scroll(self.pane_body(self.level).view_up, "view_up")

    def _scroll(self, motion: Callable[[], bool], id: str) -> None:
        if not self._repeat(motion):
            self.say(end_words(id, "row" if self._listing() else "line"))

    def action_page_down(self) -> None:
        """Go down a page; in the diff also across its end, when asked twice."""
        self._page(self.pane_body(self.level).page_down, 1)

    def action_page_down_diff(self) -> None:
        """Do the same with the key that marks in lists."""
        self.action_page_down()

    def action_page_up(self) -> None:
        """Go up a page; in the diff also across its top, when asked twice."""
        self._page(self.pane_body(self.level).page_up, -1)

    def _page(self, motion: Callable[[], bool], way: int) -> None:
        moved = self._repeat(motion)
        if not moved and self.level in READER:
            self._turn(way)
        else:
            self._say_end(moved, way)

    def _half(self, motion: Callable[[], bool], way: int) -> None:
        """Go half a page; a text in sight to its end has at least the cursor go there."""
        before = self._stands()
        self._say_end(self._repeat(motion) or self._stands() != before, way)

    def _stands(self) -> int:
        body = self.pane_body(self.level)
        return body.cursor if isinstance(body, Listing) else body.line

    def _say_end(self, moved: bool, way: int) -> None:
        """Say why a motion did nothing."""
        if not moved:
            self.say(end_words("down" if way > 0 else "up", "row" if self._listing() else "line"))

    def _repeat(self, motion: Callable[[], bool]) -> bool:
        """Move as often as was asked, to the end at most; say whether anything moved."""
        done = 0
        while done < self.times and motion():
            done += 1
        return done > 0

    def _turn(self, way: int) -> None:
        """Offer to go on to the next patch or the one before; when that was just offered, go."""
        ids, at = self.patches.ids, self.patches.cursor + way
        if not 0 <= at < len(ids):
            self.say("End of the last patch of the series." if way > 0 else "Top of the first of the series.")
        elif self._turned == way:
            if way < 0:
                self._spots[ids[at]] = END
            self.patches.move(way)
        else:
            self._turning = way
            self.say(
                f"End of this patch: {self.key_of('page_down_diff')} again goes to the next."
                if way > 0
                else f"Top of this patch: {self.key_of('page_up')} again goes to the one before."
            )

    def action_top(self) -> None:
        """Go to the first line, or to the one that was typed."""
        self._go_to_end(self.pane_body(self.level).top, -1)

    def action_bottom(self) -> None:
        """Go to the last line, or to the one that was typed."""
        self._go_to_end(self.pane_body(self.level).bottom, 1)

    def _go_to_end(self, motion: Callable[[], bool], way: int) -> None:
        if self.count and self.level is Where.DIFF:
            self._go_to_line(self.count)
            return
        if self.level is Where.SERIES:
            self._show_end(oldest=way > 0)
        self._say_end(motion(), way)

    def _go_to_line(self, number: int) -> None:
        """Go to a line of the new side of the file under the cursor, or as near as the diff comes."""
        from tui.diff.address import Address  # not before the first rows

        document = self.reader.document
        if document is None or not document.index.files:
            self.say("There is no file here with lines to go to.")
            return
        file = document.index.files[max(0, self.reader.current_file)]
        sides = document.index.hunks.sides(file.first_hunk, file.end_hunk, new=True)
        spans = [(start, start + count - 1) for start, count in sides if count]
        shown = [min(max(number, first), last) for first, last in spans]
        if not shown:
            self.say("This file has no new side here.")
            return
        nearest = min(shown, key=lambda one: abs(one - number))
        if (place := document.place_at(Address(file.path, "new", nearest))) is not None:
            self.reader.go_to(place)
        if nearest != number:
            self.say(f"Line {number} is not in this diff; this is {nearest}.")

    def action_next_patch(self) -> None:
        """Go to the next patch of the series."""
        self._step_patch(1)

    def action_previous_patch(self) -> None:
        """Go to the previous patch of the series."""
        self._step_patch(-1)

    def _step_patch(self, rows: int) -> None:
        if not self.patches.move(rows * self.times):
            self.say(
                "This is the last patch of the series."
                if rows > 0
                else "This is the first one of the series."
            )

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self.go_to(_ORDER[(_ORDER.index(pane_of(self.level)) + 1) % 3])

    def action_previous_pane(self) -> None:
        """Go to the previous pane."""
        self.go_to(_ORDER[(_ORDER.index(pane_of(self.level)) - 1) % 3])

    def action_zoom(self) -> None:
        """Give the pane the whole screen, or take it back."""
        if not self.zoomed and self.size.width < MIDDLE:
            self.say("This pane has the whole screen already.")
            return
        self.zoomed = not self.zoomed
        self.lay_out()
        self.follow()

    def action_open(self) -> None:
        """Open what the cursor is on, in the next pane."""
        if (listing := self._listing()) and listing.current is not None:
            self.go_to(Where.PATCHES if listing is self.series else Where.DIFF)
            if self.level in READER:
                self._ask_for_text()

    def action_back(self) -> None:
        """Go back one level; ask at the top."""
        trouble = self._bottom.notice is not None and self._bottom.notice.tone is Tone.TROUBLE
        self._bottom.notice = None
        if self.count:
            return  # the key took it away, and that was all
        if self.level is Where.DIFF and self.reader.selection:
            self.reader.clear_selection()
        elif self.level is Where.DIFF and self.reader.hits:
            self.reader.search(None)
        elif self.zoomed:
            self.action_zoom()
        elif self.level is not Where.SERIES:
            self.go_to(_ORDER[_ORDER.index(pane_of(self.level)) - 1])
        elif not trouble:  # at the top the key only takes a message away
            self.ask_to_leave()

    def ask_to_leave(self) -> None:
        """Ask whether to leave."""
        raise NotImplementedError
