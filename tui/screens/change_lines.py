"""Versions and compared patches as the rows of the Changes tab."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from tui.core.dates import age
from tui.core.rows import SeriesRow
from tui.core.states import label_of
from tui.core.text import clean
from tui.core.versions import Stack, Version
from tui.diff.changes import Fate
from tui.widgets.changes_sheet import Line
from tui.widgets.rows import PREFIX

if TYPE_CHECKING:
    from tui.screens.comparing import Found, Side

COVER = -2
"""In the place of a row's number: the cover letter."""
ROLES = {Fate.SAME: "dim", Fate.REWORDED: "info", Fate.CHANGED: "warning"}
ROLES |= {Fate.DROPPED: "bad", Fate.ADDED: "good"}

Target = Version | int | None
"""What a row is: a version, or a row of the comparison by its number; None for a heading."""


def heading(found: Found | None, have: int, missing: int, trouble: str) -> str:
    """Return what is said above the patches: what was found, or how far that is, or why it is not."""
    if found is not None:
        return found.summary() if found.done >= 1 else f"Comparing … {found.done:.0%}"
    return clean(trouble) or f"{have} of {have + missing} texts are here, the others on their way …"


def version_line(row: SeriesRow, pair: tuple[Side, Side] | None, now: datetime) -> Line:
    """Return the row of a version; ``now`` is naive UTC, as its date is."""
    series = row.series
    sides = zip(("old", "new"), pair or (), strict=False)
    side = next((name for name, side in sides if side.series_id == series.id), "")
    states = ", ".join(f"{count} {label_of(slug)}" for slug, count in row.states)
    count = f"{series.received_total} patch{'' if series.received_total == 1 else 'es'}"
    return Line(
        f"v{series.version}",
        {"old": "<", "new": ">"}.get(side, ""),
        side,
        clean("  ".join(filter(None, (f"{age(series.date, now):>3}", count, states)))),
        role="accent",
        group=1,
        is_quiet=not side,
    )


def table_lines(
    stack: Stack,
    rows: Iterable[SeriesRow],
    pair: tuple[Side, Side] | None,
    now: datetime,
    words: str,
    found: Found | None,
) -> list[tuple[Line, Target]]:
    """Return all rows: the versions that are stored, then what was found, under its heading."""
    stored = {row.series.id: row for row in rows}
    lines: list[tuple[Line, Target]] = [(Line(text="Versions"), None)]
    lines += [(version_line(stored[one.id], pair, now), one) for one in stack if one.id in stored]
    lines += [(Line(), None), (Line(text=words), None)]
    return lines + (pair_lines(found) if found else [])


def pair_lines(found: Found) -> list[tuple[Line, Target]]:
    """Return a row for the cover letter and for each patch."""
    lines: list[tuple[Line, Target]] = []
    if (fate := found.cover_fate) is not None:
        lines.append((_line("0 → 0", fate, fate.value, "Cover letter"), COVER))
    for number, row in enumerate(found.rows):
        name = clean(PREFIX.sub("", found.name_of(row))) or "(no subject)"
        lines.append((_line(found.numbers_of(row), row.fate, found.words_of(row), name), number))
    return lines


def _line(numbers: str, fate: Fate, words: str, name: str) -> Line:
    return Line(numbers, fate.sign, words, name, role=ROLES[fate], group=2, is_quiet=fate is Fate.SAME)
