"""A tab that shows a diff in a reader of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.page import Page
from tui.widgets.reader import Reader
from tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from tui.screens.pane import Spot
    from tui.screens.tabbing import Tabbing


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
    def diff_in_sight(self) -> Reader | None:
        """The reader that shows a diff, once it is open."""
        return self.reader if self.is_open else None

    @property
    def spot(self) -> Spot:
        """Where one is, in the rows or in the diff."""
        if (reader := self.diff_in_sight) is None:
            return super().spot
        document = reader.document
        if document is None or not document.count:
            return "", "", ""
        part = min(document.count, reader.row + reader.size.height) * 100 // document.count
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
