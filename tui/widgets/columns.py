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
    least: int = 0
    """What it may shrink to before any column leaves; 0 where it keeps its width."""
    drop: int = 0
    """Where it stands in the order in which columns shrink and leave a narrow list; 0 keeps its width."""
    stays: bool = False
    """Whether it only shrinks."""
    wants: int = 0
    """Shows only where the flexible one keeps so many cells beside it, the first of a list before others."""


def fit_columns(columns: Sequence[Column], width: int) -> tuple[tuple[Column, int], ...]:
    """Return the columns that fit a width, with the cells each gets, one blank between them.

    By their drop order columns shrink and leave until the flexible one has what it needs; those
    that are only shown where there is room are fitted last.
    """
    kept = [column for column in columns if not column.wants]
    order = sorted((c for c in columns if c.drop), key=lambda c: c.drop)
    for column in order:
        if column.least and _needed(kept) > width:
            kept[kept.index(column)] = column._replace(width=column.least)
        if _needed(kept) <= width:
            break
        if not column.stays:
            kept = [other for other in kept if other.key != column.key]
    spare = _spare(kept, width)
    for column in columns:
        if column.wants and spare - column.width - 1 >= column.wants:
            kept.append(column)
            spare -= column.width + 1
    place = [column.key for column in columns]
    kept.sort(key=lambda column: place.index(column.key))
    return tuple((c, max(1, spare) if c.flexible else c.width) for c in kept)


def _spare(columns: Sequence[Column], width: int) -> int:
    """Return what is left for the flexible column."""
    return width - sum(c.width for c in columns if not c.flexible) - (len(columns) - 1)


def _needed(columns: Sequence[Column]) -> int:
    return sum(c.width for c in columns) + len(columns) - 1


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
