"""A pane: a title, in the frame where there is one, and what it holds."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.widgets.columns import cut, cut_middle
from tui.widgets.hollow import HollowColumn
from tui.widgets.palette import colors_of, style

Spot = tuple[str, str, str]
"""A path, which may be cut, what stands behind it, and that in short, which may not; clean text."""


def write_spot(spot: Spot, width: int) -> str:
    """Write where one is in so many cells."""
    path, rest, short = spot
    if _cells(path) + _cells(rest) > width:
        rest = short
    if (room := width - _cells(rest)) < 4:
        return cut(cut_middle(path, 4) + rest, width)
    return cut_middle(path, room) + rest


def _cells(text: str) -> int:
    """Count cells of what is another text at every step: rich keeps 4,000 texts that it measured."""
    return len(text) if text.isascii() else cell_len(text)


class TitleLine(Widget):
    """The title of a pane that has no frame."""

    DEFAULT_CSS = "TitleLine { height: 1; }"

    text: reactive[str] = reactive("")
    spot: reactive[Spot] = reactive(("", "", ""))

    @property
    def room(self) -> int:
        """Cells that the spot may have."""
        return max(0, self.size.width // 2 - 2, self.size.width - cell_len(self.text) - 6)

    def render_line(self, y: int) -> Strip:
        """Draw the title, and on the right what it leaves, or where that is more, a half."""
        colors, width = colors_of(self), self.size.width
        look = style(colors.text, colors.background, bold=True, underline=True)
        quiet = style(colors.dim, colors.background, underline=True)
        spot = write_spot(self.spot, self.room)
        spot = f"  {spot} " if spot else ""
        room = width - _cells(spot)
        title = Strip([Segment(cut(f" {self.text}", room), look)]).adjust_cell_length(room, look)
        return Strip([*title, Segment(spot, quiet)], width)


class Pane(HollowColumn):
    """One of the three panes."""

    class Dragged(Message):
        """A border was dragged with the mouse."""

        def __init__(self, upright: bool, at: int) -> None:
            """``upright`` is the one between lists and reader; ``at`` its column, else its row."""
            super().__init__()
            self.upright = upright
            self.at = at

    _held: tuple[bool, int] | None = None
    """Whether the border that is being dragged is upright, and how far the mouse is beside its place."""

    def __init__(self, body: Widget, head: Widget | None = None, *, id: str) -> None:
        """``head`` is a line above the body."""
        super().__init__(id=id)
        self.body = body
        self.head = head
        self.line = TitleLine()

    def compose(self) -> ComposeResult:
        """Put the title line above the body, where there is no frame."""
        if self.line.display:
            yield self.line
        if self.head:
            yield self.head
        yield self.body

    def title_as(self, text: str) -> None:
        """Show a title; clean text."""
        self.line.text = text
        title = Content(text)  # cut by the frame
        if not self.line.display and title != self._border_title:
            self._border_title = title
            self._draw_frame(-1)

    def spot_as(self, spot: Spot) -> None:
        """Show where in the text one is."""
        self.line.spot = spot
        if self.line.display:
            return
        words = Content(write_spot(spot, max(4, self.size.width - 6)))
        if words != self._border_subtitle:
            self._border_subtitle = words
            self._draw_frame(self.size.height)

    def _draw_frame(self, y: int) -> None:
        """Draw a line of the frame.

        ``border_title = `` draws the whole pane anew, with what it holds: a diff's rows, at each page twice.
        """
        self.refresh(Region(-1, y, self.outer_size.width, 1))

    @property
    def shows_whole_title(self) -> bool:
        """Say whether the title has room; that one which has no size yet will be alone in sight."""
        width = self.size.width or (0 if self.has_class("-boxed") else self.screen.size.width)
        return cell_len(self.line.text) <= width - 4

    def on_resize(self) -> None:
        """Cut what is in the frame anew."""
        self.spot_as(self.line.spot)

    # -- borders ---------------------------------------------------------------

    def _border_at(self, x: int, y: int) -> tuple[bool, int] | None:
        """Return which border is there, if it is between two panes: upright, and cells to the next pane."""
        if not self.has_class("-boxed"):
            return None
        if self.id == "diff":
            return (True, 0) if x == 0 else None
        if x == self.outer_size.width - 1:
            return True, 1
        if self.id == "series" and y == self.outer_size.height - 1:
            return False, 1
        return (False, 0) if self.id == "patches" and y == 0 else None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of a border."""
        self._held = self._border_at(event.x, event.y)
        if self._held:
            event.stop()
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell where the border is to be."""
        if self._held:
            upright, beside = self._held
            at = event.screen_x if upright else event.screen_y
            self.post_message(self.Dragged(upright, round(at) + beside))

    def on_mouse_up(self) -> None:
        """Let go of it."""
        if self._held:
            self._held = None
            self.release_mouse()

    def box(self, boxed: bool) -> None:
        """Draw a frame with the title in it, or a title line."""
        self.set_class(boxed, "-boxed", update=self.is_attached)
        self.line.display = not boxed
        if not boxed and self.body.is_attached and not self.line.is_attached:
            self.mount(self.line, before=0)
        self.title_as(self.line.text)
        self.spot_as(self.line.spot)
