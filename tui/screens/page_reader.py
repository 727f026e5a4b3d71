"""What the keys do to a diff that a tab shows in a reader of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.page import Page
from tui.widgets.reader import Reader
from tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from tui.screens.pane import Spot
    from tui.screens.tabbing import Tabbing

CLOSED = "Open a patch first: Enter."


class ReaderPage(Page):
    """A tab that may show a diff in place of its rows."""

    def __init__(self, screen: Tabbing, rows: Sheet) -> None:
        super().__init__(screen, rows)
        self._rows = rows
        self.reader: Reader | None = None
        """Shows the diff; made when it is first needed."""

    @property
    def is_open(self) -> bool:
        """Whether the diff is shown."""
        return self.reader is not None and self.body is self.reader

    @property
    def spot(self) -> Spot:
        """Where one is, in the rows or in the diff."""
        document = self.reader.document if self.reader is not None and self.is_open else None
        if self.reader is None or not self.is_open:
            return super().spot
        if document is None or not document.count:
            return "", "", ""
        part = min(document.count, self.reader.row + self.reader.size.height) * 100 // document.count
        return "", f"{part} %", f"{part} %"

    def open(self, words: str, diff: str, heading: str) -> None:
        """Show a diff, below words and a heading, in the place of the rows."""
        if self.reader is None:
            self.reader = Reader(id="interdiff")
            self.screen.mount_body(self.reader)
        self.reader.read(words, diff, subject=heading, cover=not diff)
        self._swap(self.reader)

    def close(self) -> None:
        """Show the rows again."""
        self._swap(self._rows)

    def _swap(self, body: Sheet | Reader) -> None:
        if body is not self.body:
            self.body.display = False
            self.body = body
            self.screen.show_body(self)

    def _opened(self) -> Reader | None:
        if self.is_open:
            return self.reader
        self.screen.say(CLOSED)
        return None

    def _jump(self, method: str, at_end: str) -> None:
        reader = self._opened()
        if reader and not getattr(reader, method)(self.screen.times):
            self.screen.say(at_end)

    def do_next_file(self) -> None:
        """Go to the next file."""
        self._jump("next_file", "No file further down.")

    def do_previous_file(self) -> None:
        """Go to the previous file."""
        self._jump("previous_file", "No file further up.")

    def do_next_hunk(self) -> None:
        """Go to the next hunk."""
        self._jump("next_hunk", "No hunk further down.")

    def do_previous_hunk(self) -> None:
        """Go to the previous hunk."""
        self._jump("previous_hunk", "No hunk further up.")

    def do_left(self) -> None:
        """Show what is left of a long line."""
        if reader := self._opened():
            reader.scroll_left_columns(8 * self.screen.times)

    def do_right(self) -> None:
        """Show what is right of a long line."""
        if reader := self._opened():
            reader.scroll_right_columns(8 * self.screen.times)

    def do_split(self) -> None:
        """Show old and new side by side, or as one."""
        if reader := self._opened():
            self.screen.say("Side by side." if reader.toggle_split() else "One below the other.")

    def do_wrap(self) -> None:
        """Wrap long lines, or let them run out of sight."""
        if reader := self._opened():
            self.screen.say(
                "Long lines are wrapped." if reader.toggle_wrap() else "Long lines run on: h and l."
            )

    def do_whitespace(self) -> None:
        """Show white space in the next way."""
        if reader := self._opened():
            self.screen.say(f"White space: {reader.cycle_whitespace()}.")

    def do_fold(self) -> None:
        """Fold the hunk or the file under the cursor, or open it."""
        reader = self._opened()
        if reader and not reader.toggle_fold():
            self.screen.say("Nothing to fold here: go to a hunk or a file.")

    def do_fold_all(self) -> None:
        """Fold all files, or open them."""
        if reader := self._opened():
            reader.toggle_all_folds()
