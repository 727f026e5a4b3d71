"""Some objects of a long list: by the dates of their mails where many are close, else one by one.

Lists have no filter by id.  They have one by date, so that what came together comes in one request
however far down the list it is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from tui.sync.patch_lists import ENOUGH, one_by_one

GAP = timedelta(hours=12)
"""Two objects further apart than this are not looked for in one list."""
FEW = 2
"""So many are asked for one by one."""
MOST_PAGES = 4
"""Of one list: what is not found by then is asked for one by one."""


class Span(NamedTuple):
    """Objects that are close in time."""

    ids: frozenset[int]
    since: datetime
    before: datetime


ReadPage = Callable[[Span, int], Awaitable[tuple[set[int], bool]]]
"""Reads a page of a span into the store; returns the ids on it, and whether another page follows."""


async def read_by_date(
    wanted: Mapping[int, datetime | None], read_page: ReadPage, read_one: Callable[[int], Awaitable[None]]
) -> None:
    """Read some objects, given with the dates of their mails as far as known.  Raises ApiError.

    One alone that the server refuses or chokes on is passed over.
    """
    left = set(wanted)
    for span in spans(wanted):
        if len(span.ids) <= FEW:
            continue
        for number in range(1, MOST_PAGES + 1):
            found, more = await read_page(span, number)
            left -= found
            if not more or not found or left.isdisjoint(span.ids):
                break
    troubles = await one_by_one(sorted(left), read_one)
    bad = [trouble for trouble in troubles.values() if trouble.retryable]
    if len(bad) >= ENOUGH:
        raise bad[0]


def spans(wanted: Mapping[int, datetime | None]) -> list[Span]:
    """Return what is wanted in groups that are close in time; what has no date is in none."""
    groups: list[list[tuple[datetime, int]]] = []
    for date, id_ in sorted((date, id_) for id_, date in wanted.items() if date):
        if groups and date - groups[-1][-1][0] <= GAP:
            groups[-1].append((date, id_))
        else:
            groups.append([(date, id_)])
    second = timedelta(seconds=1)
    return [Span(frozenset(id_ for _, id_ in group), group[0][0], group[-1][0] + second) for group in groups]
