"""How happenings become lines: what is told in one, when it was, and in which words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tui.core.inbox import Happening, Told, Topic, clock_of, gather

DAY = datetime(2026, 3, 31, 12)


def happening(id: int, topic: Topic = Topic.STATE, **what: Any) -> Happening:
    one = Happening(id, topic, DAY, 4, id, who="tomasz", before="new", after="accepted")
    return one._replace(**what)


def tell(
    *found: Happening, series: str = "[v2,0/3] hw: a series", patch: str = "[2/3] hw: one"
) -> list[Told]:
    return [Told(one, one.line, series, 2, 3, patch if one.patch_id else "") for one in found]


def test_what_one_did_to_a_series_on_a_day_is_one_line() -> None:
    (line,) = gather(tell(happening(9), happening(8), happening(7)))
    assert (line.ids, line.patch_id, line.name) == ((9, 8, 7), None, "hw: a series")
    assert line.what == "3 patches: New → Accepted"


@pytest.mark.parametrize(
    "other",
    [
        {"who": "mira"},
        {"after": "rejected"},
        {"date": DAY - timedelta(days=1)},
        {"series_id": 5},
        {"read": True},
        {"topic": Topic.DELEGATED},
    ],
)
def test_what_differs_is_another_line(other: dict[str, Any]) -> None:
    lines = gather(tell(happening(9), happening(8, **other)))
    assert [line.ids for line in lines] == [(9,), (8,)]
    assert [line.patch_id for line in lines] == [9, 8]
    assert lines[0].name == "hw: one"


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (happening(1, Topic.VERSION, patch_id=None, before="1"), "v2, you sent back v1"),
        (happening(1, Topic.SERIES, patch_id=None), "v2, 3 patches"),
        (happening(1, Topic.COMMENT), "comment"),
        (happening(1, Topic.DELEGATED, before="", after="mira"), "nobody → mira"),
        (happening(1, Topic.CHECK, context="build"), "build failed"),
        (happening(1, Topic.CHECK, context=""), "check failed"),
        (happening(1, after="x\x1b[2J\u202e"), "New → X␛[2j⟨202E⟩"),
    ],
)
def test_each_topic_has_its_words(one: Happening, words: str) -> None:
    assert gather(tell(one))[0].what == words


def test_a_cover_letter_is_its_number_with_a_minus() -> None:
    (line,) = gather(tell(happening(1, Topic.COMMENT, patch_id=None, cover_id=60)))
    assert (line.patch_id, line.name) == (-60, "hw: a series")


def test_names_are_clean() -> None:
    (line,) = gather(tell(happening(1, who="\x1b]0;x\x07", patch_id=None), series="[bar] \u202ename\n"))
    assert (line.who, line.name) == ("␛]0;x␇", "⟨202E⟩name␊")
    assert gather(tell(happening(1), patch="[1/2]"))[0].name == "(no subject)"


@pytest.mark.parametrize("hours", [-11.0, 0.0, 5.75, 11.0, 14.0])
def test_the_clock_is_learnt_from_mails_that_came_soon(hours: float) -> None:
    ahead = timedelta(hours=hours)
    late = (0.5, 1, 2, 4, 180)  # minutes; one was held for a moderator
    found = [
        happening(n, date=DAY + ahead + timedelta(minutes=minutes), mailed=DAY)
        for n, minutes in enumerate(late)
    ]
    found.append(happening(9, date=DAY, mailed=DAY - timedelta(days=4000)))  # an archive, taken in now
    assert clock_of(found) == ahead
    assert clock_of([happening(1)]) == timedelta()
