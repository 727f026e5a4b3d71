"""Columns of a list: which of them fit a width, and how a cell is cut to its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

Cell = tuple[tuple[str, Style], ...]
"""What stands in a column: runs of clean text, each with its style."""


class Column(NamedTuple):
    """One column of a list."""

    key: str
    width: int
    """In cells.  For the one flexible column, the least that it needs."""
    right: bool = False
    """Numbers and ages line up on the right."""
    flexible: bool = False
    """Takes what the others leave; exactly one column of a list does."""
    gives: tuple[tuple[int, int], ...] = ()
    """How it gives room in a narrow list, as (step, width): a column of no width leaves.

    The steps of all columns of a list are taken in their order, as many as are needed.
    """


def narrowed(columns: Sequence[Column], key: str, width: int) -> tuple[Column, ...]:
    """Return columns of which one is no wider than what stands in it."""

    def narrow(column: Column) -> Column:
        gives = tuple((step, min(cells, width)) for step, cells in column.gives)
        return column._replace(width=min(column.width, width), gives=gives)

    return tuple(narrow(column) if column.key == key else column for column in columns)


def fit_columns(columns: Sequence[Column], width: int) -> tuple[tuple[Column, int], ...]:
    """Return the columns that fit a width, with the cells each gets, one blank between them."""
    widths = {column.key: column.width for column in columns}
    steps = sorted((step, column.key, cells) for column in columns for step, cells in column.gives)
    for _, key, cells in steps:
        if sum(widths.values()) + len(widths) - 1 <= width:
            break
        widths[key] = cells
        if not cells:
            del widths[key]
    spare = width - sum(widths.values()) - (len(widths) - 1)
    return tuple(
        (c, max(1, widths[c.key] + spare) if c.flexible else widths[c.key])
        for c in columns
        if c.key in widths
    )


def cut(text: str, width: int) -> str:
    """Cut clean text to a width in cells, an ellipsis at the end where something is missing."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - 1)).rstrip() + "…" if width > 0 else ""


def cut_middle(text: str, width: int) -> str:
    """Cut a clean path to a width in cells; its end, which tells most, keeps two thirds of them."""
    if cell_len(text) <= width:
        return text
    tail, room = "", max(0, width - 1) * 2 // 3
    for character in reversed(text):
        if cell_len(character) + cell_len(tail) > room:
            break
        tail = character + tail
    return cut(text, width - cell_len(tail)) + tail


def fit_cell(cell: Cell, width: int, *, right: bool, blank: Style) -> list[Segment]:
    """Cut or pad the runs of a cell to exactly a width."""
    segments: list[Segment] = []
    left = width
    for index, (text, style) in enumerate(cell):
        more = any(run for run, _ in cell[index + 1 :])
        size = cell_len(text)
        if size > left or (more and size == left):
            segments.append(Segment(cut(text + "…", left), style))
            left -= segments[-1].cell_length
            break
        segments.append(Segment(text, style))
        left -= size
    padding = Segment(" " * max(0, left), blank)
    return [padding, *segments] if right else [*segments, padding]


def _is_blank(cell: Cell) -> bool:
    return not any(text.strip() for text, _ in cell)


def render_cells(
    cells: dict[str, Cell], layout: tuple[tuple[Column, int], ...], width: int, blank: Style
) -> Strip:
    """Return one row of exactly a width, on a blank's background.

    What would be cut in the flexible column goes on through the columns after it that say nothing in this
    row: without a delegate a name has their room.
    """
    segments: list[Segment] = []
    rest = list(layout)
    while rest:
        column, size = rest.pop(0)
        cell = cells.get(column.key, ())
        if column.flexible and rest:
            needed = sum(cell_len(text) for text, _ in cell)
            while rest and needed > size and _is_blank(cells.get(rest[0][0].key, ())):
                size += 1 + rest.pop(0)[1]
        if segments:
            segments.append(Segment(" ", blank))
        segments.extend(fit_cell(cell, size, right=column.right, blank=blank))
    strip = Strip(segments).adjust_cell_length(width, blank)
    return strip.simplify()
