"""Objects of a long list by their dates: what is close comes in one list, the rest one by one."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tui.api.errors import ApiError, NotFound, ServerTrouble
from tui.sync.by_date import Span, read_by_date, spans

pytestmark = pytest.mark.anyio

DAY = datetime(2026, 3, 1)


class Asked:
    """What was asked for; lists bring 10 a page, of those that exist."""

    def __init__(self, there: dict[int, datetime]) -> None:
        self.there = there
        self.pages: list[tuple[datetime, int]] = []
        self.alone: list[int] = []
        self.trouble: ApiError | None = None

    async def page(self, span: Span, number: int) -> tuple[set[int], bool]:
        self.pages.append((span.since, number))
        found = sorted(i for i, date in self.there.items() if span.since <= date < span.before)
        return set(found[number * 10 - 10 : number * 10]), len(found) > number * 10

    async def one(self, id_: int) -> None:
        self.alone.append(id_)
        if self.trouble:
            raise self.trouble


def days(*numbers: float) -> dict[int, datetime | None]:
    return {id_: DAY + timedelta(days=number) for id_, number in enumerate(numbers, 1)}


def test_what_is_close_in_time_is_one_span() -> None:
    found = spans({**days(0, 0.4, 0.8, 5, 5.1), 9: None})
    assert [sorted(span.ids) for span in found] == [[1, 2, 3], [4, 5]]
    assert (found[0].since, found[0].before) == (DAY, DAY + timedelta(days=0.8, seconds=1))


async def test_a_few_are_asked_for_alone_and_many_in_a_list() -> None:
    asked = Asked({id_: date for id_, date in days(0, 0.1, 0.2, 5, 5.1).items() if date})
    await read_by_date({**days(0, 0.1, 0.2, 5, 5.1), 9: None}, asked.page, asked.one)
    assert asked.pages == [(DAY, 1)]
    assert asked.alone == [4, 5, 9]


async def test_pages_go_on_while_something_is_wanted_of_them_but_not_for_ever() -> None:
    there = {id_: DAY + timedelta(minutes=id_) for id_ in range(1, 100)}
    asked = Asked(there)
    await read_by_date({1: there[1], 2: there[2], 99: there[99]}, asked.page, asked.one)
    assert len(asked.pages) == 4
    assert asked.alone == [99]
    asked = Asked(there)
    await read_by_date({1: there[1], 2: there[2], 15: there[15]}, asked.page, asked.one)
    assert (len(asked.pages), asked.alone) == (2, [])


async def test_one_that_is_gone_is_passed_over_and_a_server_in_trouble_is_not() -> None:
    asked = Asked({})
    asked.trouble = NotFound("gone", status=404)
    await read_by_date(days(0, 5, 10, 15), asked.page, asked.one)
    assert asked.alone == [1, 2, 3, 4]
    asked.trouble = ServerTrouble("burns", status=500)
    with pytest.raises(ServerTrouble):
        await read_by_date(days(0, 5, 10, 15), asked.page, asked.one)
