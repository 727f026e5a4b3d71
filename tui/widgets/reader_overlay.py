"""What is laid over a drawn row and no other: cursor, selection, the hit that the cursor is on."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.core.colors import Colors
from tui.widgets.palette import style
from tui.widgets.reader_strip import DONE, SAID, Line

CURSOR = "▸"


def lay_cursor(strip: Strip, colors: Colors, *, has_ground: bool) -> Strip:
    """Mark the cursor's row by its ground, and by a sign at its front where no colour is seen."""
    if has_ground:
        strip = _lay(strip, colors, colors.cursor_line, strong=False)
    segments = list(strip)
    if segments and segments[0].text[:1] in (" ", "─"):
        text, color, _ = segments[0]
        sign = (color or Style()) + style(colors.accent, bold=True)
        segments[0:1] = [Segment(CURSOR, sign), *([Segment(text[1:], color)] if text[1:] else [])]
    return Line(segments, strip.cell_length)


def lay_selection(strip: Strip, colors: Colors, start: int, end: int) -> Strip:
    """Give some columns of a row the ground of what is selected."""
    if start >= end:
        return strip
    middle = _lay(strip.crop(start, end), colors, colors.selected, strong=True)
    return Strip.join([strip.crop(0, start), middle, strip.crop(end)])


def lay_hit(strip: Strip, colors: Colors) -> Strip:
    """Make the hits of a row stand out from those of others."""
    now = style(colors.background, colors.hit_now, bold=True)
    return Strip(
        [
            Segment(text, now) if color is not None and _ground(color) == colors.hit else Segment(text, color)
            for text, color, _ in strip
        ],
        strip.cell_length,
    )


def lay_mark(strip: Strip, ink: str, colors: Colors) -> Strip:
    """Put the mark at the front of a row that has no gutter for it."""
    segments = list(strip)
    if not segments or not segments[0].text:
        return strip
    text, look, _ = segments[0]
    mark = Segment(
        DONE if ink == colors.dim else SAID,
        look + style(ink, bold=True) if look is not None else style(ink, bold=True),
    )
    return Line([mark, *([Segment(text[1:], look)] if text[1:] else []), *segments[1:]], strip.cell_length)


def _lay(strip: Strip, colors: Colors, ground: str, *, strong: bool) -> Strip:
    laid: Iterable[Segment] = (
        Segment(text, _on(color or Style(), colors, ground, strong)) for text, color, _ in strip
    )
    return Strip(Segment.simplify(laid), strip.cell_length)


@lru_cache(1024)
def _on(color: Style, colors: Colors, ground: str, strong: bool) -> Style:
    """Put a style on another ground.  Marks keep their own, unless it is a strong one."""
    if not strong and _ground(color) in (
        colors.added_word,
        colors.removed_word,
        colors.hit,
        colors.hit_now,
        colors.space_error,
        colors.selected,
    ):
        return color
    laid = color + style("", ground)
    quiet = color.color is not None and color.color.name in (colors.comment, colors.dim, colors.line_number)
    return laid + style(colors.text) if strong and quiet else laid


def _ground(color: Style) -> str:
    return color.bgcolor.name if color.bgcolor is not None else ""
