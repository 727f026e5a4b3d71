"""Boxes of which nothing is seen but the edges, since others fill them."""

from __future__ import annotations

from collections.abc import Callable

from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.strip import Strip


def draw_hollow(draw: Callable[[Region], list[Strip]], height: int, crop: Region) -> list[Strip]:
    """Draw a box so high; all lines between the first and the last are one, drawn once.

    Textual draws and divides each line of each box below what is seen: of three panes that is four
    fifths of all lines.
    """
    strips: list[Strip] = []
    between: list[Strip] = []
    for y in crop.line_range:
        is_edge = y in (0, height - 1)
        if is_edge or not between:
            drawn = draw(Region(crop.x, y, crop.width, 1))
            between = between if is_edge else drawn
        strips += drawn if is_edge else between
    return strips


class HollowRow(Horizontal):
    """Boxes side by side."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw what is below them."""
        return draw_hollow(super().render_lines, self.outer_size.height, crop)


class HollowColumn(Vertical):
    """Boxes one above the other."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw what is below them."""
        return draw_hollow(super().render_lines, self.outer_size.height, crop)
