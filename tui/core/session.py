"""Where the user was when they left a project."""

from typing import NamedTuple

Stay = tuple[int, int | None]
"""A series where one has been, and the patch that was read; minus a cover letter's id."""


class Session(NamedTuple):
    """The last screen of a project.  Rows are told by id, for news may move them."""

    series_id: int | None = None
    """The series under the cursor; negative for a loose patch."""
    patch_id: int | None = None
    """The patch under the cursor; minus a cover letter's id."""
    pane: str = ""
    """The pane that had the keys."""
    zoomed: bool = False
    top: int | None = None
    """The series in the first row of the list."""
    line: int = 0
    """What stood at the top of the reader, as it counts places."""
    cursor: int = -1
    """The reader's cursor, in the same count; -1 is the top's."""
    diff: int = -1
    """Where in that count the diff began: a title that is shown above it moves it down."""
    view: str = ""
    """The name of the tab; empty is everything."""
    query: str | None = None
    """What was asked in the place of the view's own query; None is that."""
    lists: int = 0
    """The width of the lists in thousandths of the terminal's; 0 is as it comes."""
    series: int = 0
    """The height of the list of series in thousandths of both lists'; 0 is as it comes."""
    places: tuple[Stay, ...] = ()
    """Where one has been, the latest last."""
