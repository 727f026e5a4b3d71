"""What is odd about a series: signs in its row, and what ``has:`` finds."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from tui.core.rows import SeriesRow
from tui.core.states import CLOSED_STATES


class Flag(StrEnum):
    """Each has the name by which a query finds it."""

    DISAGREE = "disagree"
    """Some of its patches are closed, some are not."""
    INCOMPLETE = "incomplete"
    """Not all patches that its author announced have arrived."""
    STALE = "stale"
    """A patch is open, and nothing has happened for long."""


def flags_of(row: SeriesRow, now: datetime, stale_days: int) -> tuple[Flag, ...]:
    """Return the flags of a series; ``now`` is naive UTC, and 0 days mean that nothing is stale."""
    closed = {state in CLOSED_STATES for state, _ in row.states}
    flags = [Flag.DISAGREE] if len(closed) > 1 else []
    if not row.series.received_all:
        flags.append(Flag.INCOMPLETE)
    if stale_days and False in closed and row.touched and row.touched < now - timedelta(days=stale_days):
        flags.append(Flag.STALE)
    return tuple(flags)
