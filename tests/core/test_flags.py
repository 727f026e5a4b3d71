"""A series says in its row what is odd about it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tui.core.flags import Flag, flags_of
from tui.core.model import Person, Series
from tui.core.rows import SeriesRow

NOW = datetime(2026, 3, 31)
ADA = Person(1, "Ada", "ada@example.org")


def row(*states: str, days: int = 1, received_all: bool = True) -> SeriesRow:
    series = Series(1, 1, "one", NOW, ADA, received_all=received_all)
    counted = tuple((state, 1) for state in states)
    return SeriesRow(series, len(states), states=counted, touched=NOW - timedelta(days=days))


@pytest.mark.parametrize(
    ("shown", "flags"),
    [
        (row("new"), ()),
        (row("new", "under-review"), ()),
        (row("accepted", "rejected"), ()),
        (row("accepted", "new"), (Flag.DISAGREE,)),
        (row("accepted", "queued"), (Flag.DISAGREE,)),
        (row("new", received_all=False), (Flag.INCOMPLETE,)),
        (row("new", days=30), ()),
        (row("new", days=31), (Flag.STALE,)),
        (row("accepted", days=31), ()),
        (row("accepted", "new", days=31, received_all=False), tuple(Flag)),
        (row(received_all=False, days=31), (Flag.INCOMPLETE,)),
    ],
)
def test_flags(shown: SeriesRow, flags: tuple[Flag, ...]) -> None:
    assert flags_of(shown, NOW, 30) == flags


def test_days_are_a_setting_and_none_means_never() -> None:
    assert flags_of(row("new", days=10), NOW, 7) == (Flag.STALE,)
    assert flags_of(row("new", days=1000), NOW, 0) == ()
