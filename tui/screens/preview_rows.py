"""The rows of the preview: a series, or a patch, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable

from tui.core.colors import Colors
from tui.core.deed import Step
from tui.core.intent import Field, Value
from tui.core.preview import Numbers, Part
from tui.core.rows import PatchRow, SeriesRow
from tui.core.states import short_of
from tui.core.text import clean
from tui.widgets.columns import Cell, Column
from tui.widgets.palette import style
from tui.widgets.rows import PREFIX, patch_number, state_color

Words = Callable[[Field, Value], str]
"""Writes a value of a field, clean."""

WHOLE = 16
"""Cells that a state has for its whole name."""
SERIES = (
    Column("count", 8, right=True),
    Column("version", 3, gives=((2, 0),)),
    Column("now", WHOLE, gives=((5, 11), (6, 0))),
    Column("name", 28, flexible=True),
    Column("left", 14, right=True, gives=((4, 0),)),
)
PATCHES = (
    Column("count", 3, right=True),
    Column("now", WHOLE, gives=((3, 11), (4, 0))),
    Column("name", 28, flexible=True),
    Column("left", 10, right=True, gives=((2, 0),)),
)


def series_cells(part: Part, row: SeriesRow, step: Step, words: Words, colors: Colors) -> dict[str, Cell]:
    """Return the cells of a series."""
    dim = style(colors.dim)
    partly = 0 < part.changes < part.total
    count = f"{part.changes} of {part.total}" if partly else f"{part.changes or ''}"
    left = [f"{part.already} so already"] if part.already else []
    left += [f"{part.barred} refused"] if part.barred else []
    if not part.total:
        left = ["no patch here"]
    return {
        "count": ((count, style(colors.warning) if partly else style(colors.text)),),
        "version": ((f"v{row.series.version}", dim),),
        "now": _numbers(part.now, step, words, colors),
        "name": _name(row.series.name, part, colors),
        "left": ((", ".join(left), dim),),
    }


def patch_cells(part: Part, row: PatchRow, step: Step, words: Words, colors: Colors) -> dict[str, Cell]:
    """Return the cells of a patch."""
    dim = style(colors.dim)
    left = "so already" if part.already else "refused" if part.barred else ""
    return {
        "count": ((patch_number(row.patch.name), dim),),
        "now": _numbers(part.now, step, words, colors),
        "name": _name(row.patch.name, part, colors),
        "left": ((left, dim),),
    }


def value_color(field: Field, value: Value, colors: Colors) -> str:
    """Return the colour of a value."""
    if field is Field.STATE:
        return state_color(str(value), colors)
    return colors.info if field is Field.DELEGATE and value is not None else colors.text


def _name(name: str, part: Part, colors: Colors) -> Cell:
    look = style(colors.text if part.changes else colors.dim)
    return ((clean(PREFIX.sub("", name)) or "(no subject)", look),)


def _numbers(numbers: Numbers, step: Step, words: Words, colors: Colors) -> Cell:
    """What the patches have now, in short; numbers only where they differ.  Of an archive, the states."""
    field = Field.STATE if step.field is Field.ARCHIVED else step.field
    cell: Cell = ()
    for value, count in numbers:
        text = words(field, value)
        if field is Field.STATE and (len(numbers) > 1 or len(text) > WHOLE):
            text = clean(short_of(str(value)))
        number = f" {count}" if len(numbers) > 1 else ""
        cell += ((f"{' ' if cell else ''}{text}{number}", style(value_color(field, value, colors))),)
    return cell
