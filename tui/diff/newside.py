"""The new side of a file as far as a diff shows it."""

from __future__ import annotations

from tui.diff.index import DiffIndex


def new_side(index: DiffIndex, file: int) -> tuple[str, dict[int, int]]:
    """Return the text of a file's new side, and for each line of its hunks the line in it, from 1.

    Begins with a line that says it is a part, unless the file is new.  A removed line stands
    for the line that follows it.
    """
    return "", {}
