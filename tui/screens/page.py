"""What is behind a tab of the reader: its rows, and how they follow the cursor and the store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tui.core.change import Kind
from tui.screens.pane import Spot
from tui.widgets.reader import Reader
from tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from tui.screens.tabbing import Tabbing


class Page:
    """A tab that is not the diff; made when it is first looked at.

    An action of the table that means something here is done by its method ``do_<id>``, or where it
    has none by the screen's.
    """

    def __init__(self, screen: Tabbing, body: Sheet) -> None:
        self.screen = screen
        self.body: Sheet | Reader = body
        """What is in the pane."""
        self.id: int | None = None
        """What it shows: a patch's id, or minus a cover letter's."""

    def show(self, id: int | None) -> None:
        """Show what the store has of a patch, or of a cover letter; nothing where it shows that already."""
        if id != self.id:
            self.id = id
            self.read()

    def read(self) -> None:
        """Read from the store what is to be shown."""
        raise NotImplementedError

    def rested(self) -> None:
        """Ask the server for what is missing: the cursor rests on it."""

    def changed(self, changes: Mapping[Kind, set[int]]) -> None:
        """Read anew what is another one in the store."""

    @property
    def diff_in_sight(self) -> Reader | None:
        """What shows a diff, which the keys of diffs are about; None where nothing does."""
        return None

    @property
    def spot(self) -> Spot:
        """Where in it one is, for the pane's frame."""
        body = self.body
        if isinstance(body, Reader) or not body.count:
            return "", "", ""
        percent = f"{min(body.count, body.row + body.size.height) * 100 // body.count} %"
        return "", percent, percent
