"""The tab with the headers of the mail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tui.core.change import Kind, Notice, Tone
from tui.screens.page import Page
from tui.widgets.header_sheet import HeaderSheet

if TYPE_CHECKING:
    from tui.screens.tabbing import Tabbing


class Headers(Page):
    """All headers of a patch's mail or of a cover letter, decoded."""

    body: HeaderSheet

    def __init__(self, screen: Tabbing) -> None:
        super().__init__(screen, HeaderSheet(id="headers"))

    def show(self, id: int | None) -> None:
        """Show another mail, or one that came while another tab was shown."""
        if id == self.id and not self.body.count:
            self.read()
        super().show(id)

    def read(self) -> None:
        """Show the headers, as soon as the text is here."""
        body = None if self.id is None else self.screen.store.body(self.id)
        if body is None:
            self.body.say("Nothing to read here." if self.id is None else "The mail is not here yet.")
        else:
            self.body.show_headers(body.headers)

    def do_copy(self) -> None:
        """Copy the header under the cursor, decoded, on one line."""
        header = self.body.header
        if header is None:
            self.screen.say("There is nothing to copy here.")
            return
        self.screen.app.copy_to_clipboard(header.text)
        self.screen.tell(Notice(f"Copied the header {header.name}.", Tone.GOOD))

    def changed(self, changes: Mapping[Kind, set[int]]) -> None:
        """Show the headers of a mail that has arrived."""
        if self.id in changes.get(Kind.BODIES, ()):
            self.read()
