"""Versions and compared patches as the rows of the Changes tab."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tui.core.dates import age
from tui.core.rows import SeriesRow
from tui.core.states import label_of
from tui.core.text import clean
from tui.core.versions import Version
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
