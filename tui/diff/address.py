"""Where a line is in the files that a diff is of: what a remark on it holds on to."""

from __future__ import annotations

from typing import NamedTuple


class Address(NamedTuple):
    """A line of a file."""

    path: str
    """The file's name on that side."""
    side: str
    """``old`` or ``new``; a context line is a line of the new side."""
    number: int
    """Counted from 1."""
