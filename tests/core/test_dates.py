from datetime import datetime, timedelta

import pytest

from tui.core.dates import age, full_date, read_since

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


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("today", datetime(2026, 3, 31)),
        ("Yesterday", datetime(2026, 3, 30)),
        ("tuesday", datetime(2026, 3, 24)),  # it is one: the last one before
        ("mon", datetime(2026, 3, 30)),
        (" wednesday ", datetime(2026, 3, 25)),
        ("3d", datetime(2026, 3, 28, 12)),
        ("90m", datetime(2026, 3, 31, 10, 30)),
        ("2w", datetime(2026, 3, 17, 12)),
        ("2025-11-01", datetime(2025, 11, 1)),
        ("0001-01-01", datetime(1970, 1, 2)),
        ("99999w", datetime(1970, 1, 2)),
    ],
)
def test_words_name_a_moment(words: str, wanted: datetime) -> None:
    assert read_since(words, NOW) == wanted


@pytest.mark.parametrize(
    "words",
    ["", "d", "3", "3y", "-3d", "\u0663d", "2026-13-01", "2026-02-30", "tues\x1bday", "9" * 5000 + "d"],
)
def test_what_names_no_moment_is_said_with_what_does(words: str) -> None:
    with pytest.raises(ValueError, match="is no day or time: write 3d, 12h, yesterday") as caught:
        read_since(words, NOW)
    assert "\x1b" not in str(caught.value)
