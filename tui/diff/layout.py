"""The shape of the rows of a document."""

from __future__ import annotations

from typing import NamedTuple


class Shape(NamedTuple):
    """What rows are laid out for.  Widths are in cells; 0 is without limit."""

    prose: int = 0
    """For the text of a row that has no gutter: message, diffstat, raw lines of the diff."""
    body: int = 0
    """For the text of a line of a hunk; side by side: of one side."""
    split: bool = False
    """Whether old and new stand side by side."""
    wrap: bool = False
    """Whether lines of the diff that are longer than their row go on below it."""
