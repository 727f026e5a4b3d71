"""The patches of some series: one list where the server can, smaller ones where it cannot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from tui.api.errors import ApiError, NotAllowed, NotPatchwork, Refused, ServerTrouble, TimedOut
from tui.core.model import Patch
from tui.sync.desk import Desk
from tui.sync.tasks import Bug, trouble_of

PATCHES_A_PAGE = 250
"""The most that Patchwork gives."""
SERIES_A_REQUEST = 50
"""How many series one request asks patches of: the server looks each up, and the address grows."""
MOST_PAGES_OF_PATCHES = 100
"""Of the patches of at most 50 series: a server that always names one more page is not followed."""
ENOUGH = 3
"""When so many have met trouble one after the other, and none went well, it is not one of them."""


def is_final(error: ApiError) -> bool:
    """Say whether the server said no to a request; whatever else went wrong, a wish outlasts it."""
    return isinstance(error, Refused) and not error.retryable


def is_of_one(error: ApiError) -> bool:
    """Say whether a trouble may well be of one thing alone; with any other, the next request meets it too."""
    refused = is_final(error) and not isinstance(error, NotAllowed)
    return refused or isinstance(error, (ServerTrouble, NotPatchwork, Bug))


async def read_patches_of(desk: Desk, series_ids: Sequence[int]) -> list[Patch]:
    """Read all patches of some series into the store, and return them.  Raises ApiError.

    One series that the server does not know makes its whole answer empty (its filter takes any
    unknown value for "nothing"), so an empty answer for several is asked again by halves.
    Ordered by id: many patches of a series have the same date, and pages must not shift.
    """
    found: dict[int, Patch] = {}

    async def read(page: int) -> bool:
        """Read a page; say whether it brought something and another one follows."""
        began, before = desk.writes, len(found)
        answer = await desk.ask(
            lambda server: server.patches_page(
                page=page, per_page=PATCHES_A_PAGE, order="id", series=series_ids
            )
        )
        desk.take_patches(answer.items, began)
        found.update((patch.id, patch) for patch in answer.items)
        return answer.next is not None and len(found) > before

    for page in range(1, MOST_PAGES_OF_PATCHES + 1):
        if not await read(page):
            break
    if not found and len(series_ids) > 1:
        middle = len(series_ids) // 2
        return [
            *await read_patches_of(desk, series_ids[:middle]),
            *await read_patches_of(desk, series_ids[middle:]),
        ]
    return list(found.values())


async def read_apart(desk: Desk, series_ids: Sequence[int]) -> tuple[list[Patch], dict[int, ApiError]]:
    """Read all patches of some series; return them, and what went wrong by series.

    One that the server chokes on spoils the list of fifty, and fifty may be more than it does in
    time: then each is asked for alone.  Raises an ApiError that all met.
    """
    found: list[Patch] = []

    async def read(*ids: int) -> None:
        found.extend(await read_patches_of(desk, ids))

    trouble = await trouble_of(read(*series_ids), f"list the patches of {len(series_ids)} series")
    if trouble is None:
        return found, {}
    several = len(series_ids) > 1
    if not (is_of_one(trouble) or (several and isinstance(trouble, TimedOut))):
        raise trouble
    return found, await one_by_one(series_ids, read) if several else {series_ids[0]: trouble}


async def one_by_one(ids: Sequence[int], read: Callable[[int], Awaitable[None]]) -> dict[int, ApiError]:
    """Read some things, each alone; return what went wrong with which.  Raises an ApiError that all met.

    When the first few have all met trouble, so would the rest, and they are not asked for.
    """
    troubles: dict[int, ApiError] = {}
    failed = 0
    for number, id_ in enumerate(ids):
        if number == failed == ENOUGH:
            return dict.fromkeys(ids, troubles[ids[0]]) | troubles
        trouble = await trouble_of(read(id_), f"read {id_} alone")
        if trouble is not None:
            if not is_of_one(trouble):
                raise trouble
            troubles[id_] = trouble
            failed += trouble.retryable  # what is refused for good says nothing of the others
    return troubles
