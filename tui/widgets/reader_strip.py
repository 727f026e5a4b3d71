"""Pieces of text laid out in the width of a row: gutter, text, marks at the edges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.core.colors import Colors
from tui.widgets.palette import style

if TYPE_CHECKING:
    from tui.diff.forms import Shape
    from tui.diff.search import Search

BOTH_NUMBERS = 100
"""From so many columns on, old and new line numbers have a column each."""
ONE_NUMBER = 40
"""From so many on, a line shows the number of its own side."""
SAID, DONE = "◆", "◇"
"""Mark lines about which something was said: what is new or to be done, and what is neither."""
LEFT_MARK, RIGHT_MARK = "‹", "›"

Pieces = list[tuple[str, Style]]


class Whitespace(Enum):
    """The ways to show white space; the value is what it is called."""

    AS_IS = "as it is"
    MARKS = "marks"
    DIMMED = "its changes dimmed"

    def after(self) -> Whitespace:
        """Return the next way."""
        ways = list(Whitespace)
        return ways[(ways.index(self) + 1) % len(ways)]


class Frame(NamedTuple):
    """What all rows of a page are drawn for."""

    width: int
    left: int
    """Columns that are scrolled out of sight on the left."""
    digits: int
    """Of a line number."""
    colors: Colors
    split: bool = False
    """Whether old and new stand side by side."""
    is_left: bool = False
    """Whether this is the left side of the two."""
    whitespace: Whitespace = Whitespace.AS_IS
    sought: Search | None = None
    """What is searched for."""
    rule: str = "─"
    """What lines are drawn with; a blank where somebody listens."""

    @property
    def is_plain(self) -> bool:
        """Whether somebody listens."""
        return self.rule == " "

    @property
    def indent(self) -> str:
        """What stands before rows that have no gutter."""
        return " " * indent(self.width)

    def half(self, right: bool) -> Frame:
        """Return the frame of one side, where there are two with a line between them."""
        width = (self.width - 1) // 2
        return self._replace(width=self.width - 1 - width if right else width, is_left=not right)


def indent(width: int) -> int:
    """Return how many cells stand before rows that have no gutter."""
    return 2 if width >= BOTH_NUMBERS else 1


def gutter_width(frame: Frame) -> int:
    """Return the cells of cursor, numbers and sign before the text of a line."""
    if frame.split:
        return frame.digits + (4 if frame.width >= ONE_NUMBER else 3)
    if frame.width >= BOTH_NUMBERS:
        return 2 * frame.digits + 5
    return frame.digits + 3 if frame.width >= ONE_NUMBER else 2


def shape_of(width: int, digits: int, split: bool, wrap: bool) -> Shape:
    """Return what a document is laid out for in so many columns."""
    from tui.diff.forms import Shape  # 5 ms: not before the first rows

    frame = Frame(width, 0, digits, Colors(), split)
    side = frame.half(right=False) if split else frame
    return Shape(max(1, width - indent(width)), max(1, side.width - gutter_width(side)), split, wrap)


class Line(Strip):
    """A drawn row.

    Textual keeps in a strip whatever it was divided into, that strip itself where nothing was cut off:
    with 1,000 pages the collector left 19 MB of those.
    """

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        """Return the pieces between some columns: itself, where it ends at the only one."""
        kept = [cut for cut in cuts if cut <= self.cell_length]
        return [self] if kept == [self.cell_length] else super().divide(kept)


def fit(gutter: Pieces, pieces: Pieces, frame: Frame, back: str = "") -> Strip:
    """Lay gutter and text out in the width, with a mark at each edge where text goes on."""
    ground = style("", back or frame.colors.background)
    head, taken = _lay(gutter, ground)
    body, total = _lay(pieces, ground)
    width = max(0, frame.width - taken)
    if frame.left or total > width:
        body = _cut(Strip(body, total), width, frame, ground)
    elif total < width:
        _add(body, " " * (width - total), ground)
    if width >= 2:
        return Line(head + body, frame.width)
    # Where there is no room for both marks, there may be more than the width.
    return Strip(head + body).crop(0, frame.width)


def _lay(pieces: Pieces, ground: Style) -> tuple[list[Segment], int]:
    """Lay pieces on a background; return them and their cells."""
    segments: list[Segment] = []
    cells = 0
    for text, color in pieces:
        if text:
            # What is clean has one cell a character as long as it is ASCII.
            cells += len(text) if text.isascii() else cell_len(text)
            _add(segments, text, color if color.bgcolor is not None else ground + color)
    return segments, cells


def _add(segments: list[Segment], text: str, laid: Style) -> None:
    """Add text to the segment before it where both look alike: a blank has no colour but its ground's.

    Each change of style is some 40 bytes to the terminal.
    """
    if segments:
        before, color, _ = segments[-1]
        if color is laid or color == laid:
            segments[-1] = Segment(before + text, laid)
            return
        if color is not None and color.bgcolor == laid.bgcolor:
            if text.isspace() and not laid.underline:
                segments[-1] = Segment(before + text, color)
                return
            if before.isspace() and not color.underline:
                segments[-1] = Segment(before + text, laid)
                return
    segments.append(Segment(text, laid))


def _cut(body: Strip, width: int, frame: Frame, ground: Style) -> list[Segment]:
    """Cut text to the columns in sight, with a mark at each edge where it goes on."""
    mark = ground + style(frame.colors.accent)
    before = 1 if frame.left and body.cell_length else 0
    after = 1 if body.cell_length > frame.left + width else 0
    start = frame.left + before
    middle = body.crop(start, max(start, frame.left + width - after))
    gap = max(0, width - after - before - middle.cell_length)
    return [
        *([Segment(LEFT_MARK, mark)] if before else []),
        *middle,
        *([Segment(" " * gap, ground)] if gap else []),
        *([Segment(RIGHT_MARK, mark)] if after else []),
    ]
