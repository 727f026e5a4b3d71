"""Which words of a changed line changed, against the line that it came from."""

from __future__ import annotations

from tui.diff.index import DiffIndex

Ranges = tuple[tuple[int, int], ...]
"""Ranges of characters in a line without its signs, in order and apart; the ends are exclusive."""


class Words:
    """The changed words of a diff.  A run of changes is worked out when a line of it is asked for."""

    def __init__(self, index: DiffIndex) -> None:
        self._index = index

    def ranges(self, hunk: int, line: int) -> Ranges:
        """Return what changed in a line of a hunk; nothing where it has no partner or little in common."""
        return ()

    def partner(self, hunk: int, line: int) -> int:
        """Return the line that a removed or added line became or was; -1 where none is like it."""
        return -1
