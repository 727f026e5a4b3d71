"""A pane: a title, in the frame where there is one, and what it holds."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.widgets.columns import cut
from tui.widgets.palette import colors_of, style


class TitleLine(Widget):
    """The title of a pane that has no frame."""

    DEFAULT_CSS = "TitleLine { height: 1; }"

    text: reactive[str] = reactive("")

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        colors = colors_of(self)
        look = style(colors.text, colors.background, bold=True, underline=True)
        text = cut(f" {self.text}", self.size.width)
        return Strip([Segment(text, look)]).adjust_cell_length(self.size.width, look)


class Pane(Vertical):
    """One of the three panes."""

    def __init__(self, body: Widget, *, id: str) -> None:
        super().__init__(id=id)
        self.body = body
        self.line = TitleLine()

    def compose(self) -> ComposeResult:
        """Put the title line above the body."""
        yield self.line
        yield self.body

    def title_as(self, text: str) -> None:
        """Show a title; clean text."""
        self.line.text = text
        self.border_title = Content(cut(text, max(4, self.size.width - 4)))

    @property
    def shows_whole_title(self) -> bool:
        """Say whether the title had room."""
        return cell_len(self.line.text) <= self.size.width - 4

    def on_resize(self) -> None:
        """Cut the title in the frame anew."""
        self.title_as(self.line.text)

    def box(self, boxed: bool) -> None:
        """Draw a frame with the title in it, or a title line."""
        self.set_class(boxed, "-boxed")
        self.line.display = not boxed
