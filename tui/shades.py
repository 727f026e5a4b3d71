"""Colours on their way to a terminal that has 256 or 16 of them, or that is to get none.

Widgets draw with the colours of roles, whatever the terminal can show.  With 256, a dark theme's go
out as those that look most alike.  With 16, each goes out as the one that the theme names, and what
is mixed of them as the nearest, but for the one of its ground.  With none (a theme of 0
shades, or NO_COLOR), a ground that says something becomes reversed or underlined text.
"""

from __future__ import annotations

from functools import lru_cache
from math import dist

from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.color import Color, Lab, rgb_to_lab
from textual.filter import LineFilter

from tui.core.colors import Colors

PALETTE = (
    *("#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa"),
    *("#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff"),
)
"""What stands for the 16, in the order of their numbers; see tui.config.themes."""
APART = 0.4
"""The difference in brightness, of 1, from which on a ground stands out from that of the screen."""
_STEPS = (0, 95, 135, 175, 215, 255)
_UPRIGHT = Style(italic=False)


def filter_of(shades: int, colors: Colors) -> LineFilter:
    """Return what is done to all colours, for 256 or 16 shades or none."""
    if shades > len(PALETTE):
        return Indexed(colors)
    return Sixteen() if shades else Colourless(colors)


class Sixteen(LineFilter):
    """Writes the terminal's own 16 colours."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with each colour as one of the 16."""
        return [Segment(text, style and _of_sixteen(style), control) for text, style, control in segments]


@lru_cache(4096)
def _of_sixteen(style: Style) -> Style:
    """Return a style in the 16; what was no text of its ground's own colour does not become one."""
    color, ground = _nearest(style.color), _nearest(style.bgcolor)
    if color and ground and color.number == ground.number and style.color != style.bgcolor:
        color = _nearest(style.color, but=ground.number)
    return style + Style(color=color, bgcolor=ground)


def _nearest(color: RichColor | None, but: int | None = None) -> RichColor | None:
    """Return the nearest of the 16, but for one that it is not to be."""
    if color is None or color.triplet is None:
        return color
    code, triplet = color.triplet.hex, color.triplet
    if but is not None:
        others = [one for one in _sixteen() if one.number != but]
        return min(others, key=lambda one: dist(one.triplet or triplet, triplet))
    is_one = code in PALETTE
    return _sixteen()[PALETTE.index(code) if is_one else color.downgrade(ColorSystem.STANDARD).number or 0]


@lru_cache(1)
def _sixteen() -> list[RichColor]:
    """Return the 16, each with what stands for it: without that, all of it is black behind a dialog."""
    return [
        RichColor.from_ansi(number)._replace(triplet=RichColor.parse(code).triplet)
        for number, code in enumerate(PALETTE)
    ]


class Indexed(LineFilter):
    """Writes what is nearest for the eye among xterm's 256 colours.

    Rich goes by hue: the dark grounds of a cursor and of a file became a loud blue, that of an added line
    black.  The few that must stand out, as the words of a line that changed, are left to it.
    """

    def __init__(self, colors: Colors) -> None:
        super().__init__()
        self._by_hue = {colors.added_word, colors.removed_word, colors.space_error, colors.hit}
        self._seen: dict[Style, Style] = {}

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with each colour as one of the 256."""
        return [Segment(text, style and self._rounded(style), control) for text, style, control in segments]

    def _rounded(self, style: Style) -> Style:
        found = self._seen.get(style)
        if found is None:
            if len(self._seen) > 4096:
                self._seen.clear()
            ground = style.bgcolor
            if ground is not None and not (ground.triplet and ground.triplet.hex in self._by_hue):
                ground = _alike(ground)
            found = self._seen[style] = style + Style(color=_alike(style.color), bgcolor=ground)
        return found


@lru_cache(1024)
def _alike(color: RichColor | None) -> RichColor | None:
    if color is None or color.triplet is None:
        return color
    wanted = rgb_to_lab(Color(*color.triplet))
    return RichColor.from_ansi(min(_indexed(), key=lambda one: dist(one[1], wanted))[0])


@lru_cache(1)
def _indexed() -> list[tuple[int, Lab]]:
    """Return the 240 colours that are the same in every terminal, by number, as the eye takes them."""
    cube = [Color(red, green, blue) for red in _STEPS for green in _STEPS for blue in _STEPS]
    greys = [Color(grey, grey, grey) for grey in range(8, 248, 10)]
    return [(number, rgb_to_lab(color)) for number, color in enumerate([*cube, *greys], 16)]


class Upright(LineFilter):
    """Writes nothing in italics, for terminals that show them reversed or in a colour."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments without italics."""
        return [
            Segment(text, style + _UPRIGHT if style and style.italic else style, control)
            for text, style, control in segments
        ]


class Colourless(LineFilter):
    """Writes no colour."""

    def __init__(self, colors: Colors) -> None:
        super().__init__()
        self._brightness = Color.parse(colors.background).brightness
        self._reversed = {colors.cursor, colors.selected, colors.hit, colors.hit_now, colors.space_error}
        self._underlined = {colors.added_word, colors.removed_word}
        self._bold = {colors.hit_now}
        self._seen: dict[Style, Style] = {}

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments without colours."""
        return [Segment(text, style and self._plain(style), control) for text, style, control in segments]

    def _plain(self, style: Style) -> Style:
        found = self._seen.get(style)
        if found is None:
            if len(self._seen) > 4096:
                self._seen.clear()
            found = self._seen[style] = style.without_color + self._said(style.bgcolor)
        return found

    def _said(self, ground: RichColor | None) -> Style:
        """Return in attributes what a ground says."""
        if ground is None or ground.triplet is None:
            return Style()
        code = ground.triplet.hex
        apart = abs(Color.parse(code).brightness - self._brightness)
        stands_out = code in self._reversed or apart >= APART
        return Style(
            reverse=stands_out or None,
            underline=code in self._underlined or None,
            bold=code in self._bold or None,
        )
