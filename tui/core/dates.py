"""Dates as lists show them."""

from __future__ import annotations

from datetime import datetime, timedelta

from tui.core.text import clean


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


DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EARLIEST = datetime(1970, 1, 2)
"""Before it there is no mail, and not every system can turn it into another time zone."""
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def read_since(text: str, now: datetime) -> datetime:
    """Return the moment that words name, in the time zone of ``now``, which is naive.

    ``3d`` (also m, h, w) is so long ago; ``today``, ``yesterday``, ``tuesday`` (or ``tue``; the last
    one before today) and ``2026-11-01`` begin at midnight.  Raises ValueError, which names them.
    """
    word = text.strip().lower()
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if word in ("today", "yesterday"):
        return today - timedelta(days=word == "yesterday")
    for number, day in enumerate(DAYS):
        if word in (day, day[:3]):
            return today - timedelta(days=(now.weekday() - number - 1) % 7 + 1)
    try:
        if word[-1:] in _UNITS and word[:-1].isascii() and word[:-1].isdecimal():
            return max(EARLIEST, now - timedelta(**{_UNITS[word[-1]]: int(word[:-1])}))
        return max(EARLIEST, datetime.strptime(word, "%Y-%m-%d"))
    except (ValueError, OverflowError):
        raise ValueError(
            f"{clean(text)!r} is no day or time: write 3d, 12h, yesterday, tuesday or 2026-11-01"
        ) from None


def full_date(date: datetime, now: datetime) -> str:
    """Return a date in full with its age: ``2026-03-29 10:21 UTC, 2d ago``.  Both are naive UTC."""
    return f"{date:%Y-%m-%d %H:%M} UTC, {age(date, now)} ago"
