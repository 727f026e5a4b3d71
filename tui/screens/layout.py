"""Which panes are in sight at a width, and how wide the lists are."""

from __future__ import annotations

from typing import NamedTuple

from tui.where import Where, pane_of

WIDE = 160
"""From here on all three panes show."""
MIDDLE = 100
"""From here on a list stands beside the diff."""

DIFF_WIDTH = 104
"""So wide a pane has room for both columns of line numbers; what is more may go to the lists."""

WHOLE = 1000
"""Shares are in so many parts of the whole."""
LEAST = 24
"""Cells that the lists, and the reader, have at least."""

PANES = frozenset({Where.SERIES, Where.PATCHES, Where.DIFF})


class Layout(NamedTuple):
    """What is in sight."""

    panes: frozenset[Where]
    """The third one by its first tab, whichever it shows."""
    lists_width: int
    """Cells for the lists, frames among them; the diff has the rest."""
    boxed: bool
    """Whether panes have frames; where room is short they have a title line only."""


def arrange(width: int, level: Where, zoomed: bool, share: int = 0) -> Layout:
    """Return the layout of a terminal's width while the focus is in the pane ``level``.

    ``share`` is what the user gave the lists, in thousandths of the width; 0 leaves it to us.
    """
    level = pane_of(level)
    if zoomed or width < MIDDLE:
        return Layout(frozenset({level}), 0 if level is Where.DIFF else width, boxed=False)
    own = min(max(LEAST, width * share // WHOLE), width - LEAST) if share else 0
    if width < WIDE:
        list_ = Where.SERIES if level is Where.SERIES else Where.PATCHES
        return Layout(frozenset({list_, Where.DIFF}), own or width * 9 // 20, boxed=True)
    lists = max(width * 9 // 20, min(width // 2, width - DIFF_WIDTH))
    return Layout(PANES, own or min(120, lists), boxed=True)
