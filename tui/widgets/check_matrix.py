"""The checks of a series as lines: patches down, contexts across by numbers, and the numbers' names below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from rich.cells import cell_len

from tui.core.checks import GROUPS, Matrix, find_worst
from tui.core.text import clean
from tui.widgets.check_lines import Frame, Line, counts_cell, sign
from tui.widgets.columns import Cell, cut
from tui.widgets.palette import style
from tui.widgets.rows import PREFIX, patch_number

CELL = 3
"""Cells of a column: a number of two digits, and a blank."""
LEAST_NAME, WIDEST_NAME = 20, 44


def matrix_lines(matrix: Matrix, names: Mapping[int, str], column: int, frame: Frame) -> list[Line]:
    """Return the matrix; ``column`` is the number of the context that the cursor is on, from 0."""
    lines = [_head(matrix, column, frame)]
    lines += [_patch_line(matrix, id, names.get(id, ""), column, frame) for id in matrix.patch_ids]
    lines.append(Line("before legend"))
    lines += [_legend(matrix, number, column, frame) for number in range(len(matrix.contexts))]
    return lines


def _name_width(matrix: Matrix, room: int) -> int:
    """Return the cells of names: what the columns leave, within limits."""
    return max(LEAST_NAME, min(WIDEST_NAME, room - CELL * len(matrix.contexts) - 1))


def shown_columns(matrix: Matrix, column: int, room: int) -> range:
    """Return the numbers of the columns that have room, the one with the cursor among them."""
    fit = max(1, (room - _name_width(matrix, room) - 1) // CELL)
    start = max(0, min(column - fit // 2, len(matrix.contexts) - fit))
    return range(start, min(len(matrix.contexts), start + fit))


def _head(matrix: Matrix, column: int, frame: Frame) -> Line:
    colors = frame.colors
    shown = shown_columns(matrix, column, frame.room)
    width = _name_width(matrix, frame.room)
    context = clean(matrix.contexts[column])
    before = "‹ " if shown.start else ""
    after = " ›" if shown.stop < len(matrix.contexts) else ""
    lead = cut(f" {before}{context}{after}", width)
    cells: Cell = ((lead + " " * (width - cell_len(lead)), style(colors.text, bold=True)),)
    for number in shown:
        look = style(colors.accent, bold=True) if number == column else style(colors.dim)
        cells += ((f"{number + 1:>{CELL}}", look),)
    return Line("head", cells)


def _patch_line(matrix: Matrix, id: int, name: str, column: int, frame: Frame) -> Line:
    colors = frame.colors
    width = _name_width(matrix, frame.room)
    mark, look = sign(matrix.worst_of(id), colors)
    subject = clean(PREFIX.sub("", name)) or "(no subject)"
    lead = cut(f"{patch_number(name):>3} {subject}", width - 3)
    cells: Cell = ((f" {mark}", look), (lead + " " * (width - 2 - cell_len(lead)), style(colors.text)))
    for number in shown_columns(matrix, column, frame.room):
        state = matrix.state(id, matrix.contexts[number])
        text, look = sign(state, colors)
        ground = style("", colors.selected) if number == column else style()
        cells += (((f"{text if state else ' ':>{CELL}}"), look + ground),)
    return Line(f"patch {id}", cells, patch_id=id, context=matrix.contexts[column])


def _legend(matrix: Matrix, number: int, column: int, frame: Frame) -> Line:
    """Return a context with its number and how many patches it says what of."""
    colors, context = frame.colors, matrix.contexts[number]
    states = Counter(state for id in matrix.patch_ids if (state := matrix.state(id, context)))
    mark, look = sign(find_worst(states), colors)
    width = min(max(cell_len(clean(one)) for one in matrix.contexts), max(12, frame.room // 2))
    name = cut(clean(context), width)
    bold = number == column
    cells: Cell = (
        (f"{number + 1:>4} ", style(colors.accent, bold=True) if bold else style(colors.dim)),
        (f"{mark} ", look),
        (name + " " * (width - cell_len(name) + 2), style(colors.text, bold=bold)),
        *counts_cell([(state, states[state]) for state in reversed(GROUPS) if states[state]], colors),
    )
    worst = find_worst(states)
    first = next((id for id in matrix.patch_ids if matrix.state(id, context) is worst), 0)
    return Line(f"context {context}", cells, patch_id=first, context=context)
