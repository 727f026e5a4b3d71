from datetime import datetime, timedelta

import pytest

from tui.core.dates import age, full_date

NOW = datetime(2026, 3, 31, 12, 0)


@pytest.mark.parametrize(
    ("ago", "shown"),
    [
        (timedelta(minutes=-5), "0m"),
        (timedelta(seconds=59), "0m"),
        (timedelta(minutes=59), "59m"),
        (timedelta(hours=23, minutes=59), "23h"),
        (timedelta(days=13), "13d"),
        (timedelta(days=14), "2w"),
        (timedelta(weeks=98), "98w"),
        (timedelta(days=730), "2y"),
        (timedelta(days=60000), "99y"),
    ],
)
def test_an_age_takes_three_cells(ago: timedelta, shown: str) -> None:
    assert age(NOW - ago, NOW) == shown
    assert len(shown) <= 3


def test_a_date_in_full_says_its_age_too() -> None:
    assert full_date(NOW - timedelta(hours=49), NOW) == "2026-03-29 11:00 UTC, 2d ago"
