"""Parts of a diff to take away: as text, or as a patch that applies."""

from __future__ import annotations

from collections.abc import Iterable

from tui.diff.index import DiffIndex


class NoPatch(ValueError):
    """Why what is selected cannot be made a patch, in one line."""


def text_of(index: DiffIndex, lines: Iterable[int]) -> str:
    """Return lines of the index without the signs of a diff, each but the last with a line feed."""
    return ""


def patch_of(index: DiffIndex, first: int, last: int) -> str:
    """Return a patch of the lines ``first`` to ``last`` (included) which ``git apply`` takes.

    Raises NoPatch where there is nothing to take, or it is of a kind that cannot be cut.
    """
    raise NoPatch("nothing is selected that changes a file")
