"""Dates as lists show them."""

from __future__ import annotations

from datetime import datetime


def age(date: datetime, now: datetime) -> str:
    """Return how long ago a date was, in three cells: ``5m``, ``2h``, ``3d``, ``6w``, ``2y``.

    Both dates are naive UTC.  A date in the future is ``0m``.
    """
    minutes = max(0, int((now - date).total_seconds() // 60))
    for limit, divisor, unit in (
        (60, 1, "m"),
        (24 * 60, 60, "h"),
        (14 * 24 * 60, 24 * 60, "d"),
        (99 * 7 * 24 * 60, 7 * 24 * 60, "w"),
    ):
        if minutes < limit:
            return f"{minutes // divisor}{unit}"
    return f"{min(99, minutes // (365 * 24 * 60))}y"


def full_date(date: datetime, now: datetime) -> str:
    """Return a date in full with its age: ``2026-03-29 10:21 UTC, 2d ago``.  Both are naive UTC."""
    return f"{date:%Y-%m-%d %H:%M} UTC, {age(date, now)} ago"
