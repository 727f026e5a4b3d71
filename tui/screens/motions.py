"""Getting about: within a pane, between panes, from patch to patch."""

from __future__ import annotations

from tui.actions import Where
from tui.core.change import Tone
from tui.screens.following import Following
from tui.screens.layout import MIDDLE
from tui.widgets.listing import Listing

_ORDER = (Where.SERIES, Where.PATCHES, Where.DIFF)


class Motions(Following):
    """The actions that move."""

    def _listing(self) -> Listing | None:
        body = self.pane_body(self.level)
        return body if isinstance(body, Listing) else None

    def action_down(self) -> None:
        """Go down a line."""
        self.pane_body(self.level).line_down()

    def action_up(self) -> None:
        """Go up a line."""
        self.pane_body(self.level).line_up()

    def action_half_down(self) -> None:
        """Go down half a page."""
        self.pane_body(self.level).half_down()

    def action_half_up(self) -> None:
        """Go up half a page."""
        self.pane_body(self.level).half_up()

    def action_page_down(self) -> None:
        """Go down a page."""
        self.pane_body(self.level).page_down()

    def action_page_down_diff(self) -> None:
        """Go down a page with the key that marks in lists."""
        self.reader.page_down()

    def action_page_up(self) -> None:
        """Go up a page."""
        self.pane_body(self.level).page_up()

    def action_top(self) -> None:
        """Go to the first line."""
        self.pane_body(self.level).top()

    def action_bottom(self) -> None:
        """Go to the last line."""
        self.pane_body(self.level).bottom()

    def action_left(self) -> None:
        """Show what is left of a long line."""
        self.reader.scroll_left_columns()

    def action_right(self) -> None:
        """Show what is right of a long line."""
        self.reader.scroll_right_columns()

    def action_mark(self) -> None:
        """Mark the row under the cursor."""
        listing = self._listing()
        if listing is self.patches and (self.patches.current or 1) < 0:
            self.say("A cover letter has no state: mark patches, or the series in its pane.")
        elif listing:
            listing.toggle_mark()
            self._show_status()

    def action_next_file(self) -> None:
        """Go to the next file."""
        self._jump("next_file", "No file further down.")

    def action_previous_file(self) -> None:
        """Go to the previous file."""
        self._jump("previous_file", "No file further up.")

    def action_next_hunk(self) -> None:
        """Go to the next hunk."""
        self._jump("next_hunk", "No hunk further down.")

    def action_previous_hunk(self) -> None:
        """Go to the previous hunk."""
        self._jump("previous_hunk", "No hunk further up.")

    def _jump(self, method: str, at_end: str) -> None:
        """Jump in the diff, from wherever the keys go, if the diff is in sight."""
        if not self._panes[Where.DIFF].display:
            self.say("Open a patch first: Enter.")
        elif not getattr(self.reader, method)():
            self.say(at_end)

    def action_next_patch(self) -> None:
        """Go to the next patch of the series."""
        self._step_patch(1)

    def action_previous_patch(self) -> None:
        """Go to the previous patch of the series."""
        self._step_patch(-1)

    def _step_patch(self, rows: int) -> None:
        if not self.patches.move(rows):
            self.say(
                "This is the last patch of the series."
                if rows > 0
                else "This is the first one of the series."
            )

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self.go_to(_ORDER[(_ORDER.index(self.level) + 1) % 3])

    def action_previous_pane(self) -> None:
        """Go to the previous pane."""
        self.go_to(_ORDER[(_ORDER.index(self.level) - 1) % 3])

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
        listing = self._listing()
        if listing and listing.current is not None:
            self.go_to(Where.PATCHES if listing is self.series else Where.DIFF)
            if self.level is Where.DIFF:
                self._ask_for_text()

    def action_back(self) -> None:
        """Go back one level; ask at the top."""
        trouble = self._bottom.notice is not None and self._bottom.notice.tone is Tone.TROUBLE
        self._bottom.notice = None
        if self.zoomed:
            self.action_zoom()
        elif self.level is not Where.SERIES:
            self.go_to(_ORDER[_ORDER.index(self.level) - 1])
        elif self.series.marked:
            self.series.clear_marks()
            self._show_status()
        elif not trouble:  # at the top the key only takes a message away
            self.ask_to_leave()

    def ask_to_leave(self) -> None:
        """Ask whether to leave."""
        raise NotImplementedError

    def say(self, text: str) -> None:
        """Say a word in the one place of messages."""
        raise NotImplementedError
