"""After an action the cursor goes to the next row that still needs one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.screens.conftest import Seat, Sit
from tui.config.settings import Settings
from tui.core.states import CLOSED_STATES
from tui.where import Where

pytestmark = pytest.mark.anyio

SERIES = "hw: reset values in tables"
QUIET = Settings(prefetch=False)
"""Nothing is read from the server over what a test has put into the store."""


def open_series(seat: Seat, after: int, but: Sequence[int] = ()) -> list[int]:
    """The series below a row of which a patch needs an action."""
    store, ids = seat.browser.store, seat.browser.series.ids
    below = [id for id in ids[ids.index(after) + 1 :] if id not in but]
    return [id for id in below if any(is_open(seat, patch) for patch in store.patch_ids(id))]


def is_open(seat: Seat, patch_id: int) -> bool:
    patch = seat.browser.store.patch_rows([patch_id])[0].patch
    return not patch.archived and patch.state not in CLOSED_STATES


async def test_it_passes_rows_that_need_none(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        listing = seat.browser.series
        series_id = await seat.goes_to(SERIES)
        expected = open_series(seat, series_id)[0]
        assert listing.ids.index(expected) > listing.cursor + 1, "a closed one lies between"
        await seat.press("s", "3")
        assert listing.current == expected
        await seat.settled()
        await seat.press("u")
        await seat.settled()
        assert listing.current == expected, "an undo moves nothing"


async def test_a_series_with_only_archived_patches_in_open_states_needs_none(sit: Sit) -> None:
    async with sit((120, 36), settings=QUIET) as seat:
        await seat.loaded()
        browser = seat.browser
        store = browser.store
        rows = store.series_rows(browser.series.ids)
        at = next(i for i, row in enumerate(rows) if i and row.known > 1 and not row.is_closed)
        first, *others = store.patches(store.patch_ids(rows[at].series.id))
        store.put_patches([first._replace(archived=True, state="new")])
        store.put_patches([other._replace(archived=False, state="accepted") for other in others])
        assert not store.series_rows([rows[at].series.id])[0].is_closed
        browser.series.jump(browser.series.ids[at - 1])
        await seat.pilot.pause()
        await seat.press("s", "3")
        assert browser.series.current == open_series(seat, browser.series.ids[at])[0]


async def test_in_the_patches_and_in_the_diff_too(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.reads(SERIES, patch=1)
        patches = seat.browser.patches
        for _ in range(3):
            at = patches.cursor
            expected = next(id for id in patches.ids[at + 1 :] if is_open(seat, id))
            await seat.press("s", "4")
            assert patches.current == expected
            assert seat.at(Where.DIFF)
        await seat.until(seat.shows_its_patch)
        await seat.settled()


async def test_where_no_row_below_needs_one_it_stays_and_says_so(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.goes_to(SERIES)
        await seat.press("enter", "G")
        last = seat.browser.patches.current
        said: list[str] = []
        monkeypatch.setattr(seat.browser, "say", said.append)
        await seat.press("a")
        assert seat.browser.patches.current == last
        assert said == ["No row below needs an action any more."]
        await seat.settled()


async def test_after_marks_it_is_the_first_unmarked_one_from_the_cursor_on(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        listing = seat.browser.series
        while seat.browser.sync.status.loaded != seat.browser.sync.status.total:
            await seat.press("G")
            await seat.settled()
        series_id = await seat.goes_to(SERIES)
        await seat.press("space", "space", "space")
        marked = listing.shown_marks
        assert len(marked) == 3
        expected = open_series(seat, series_id, marked)[0]
        await seat.press("s", "3", "enter")
        assert listing.current == expected
        await seat.settled()
        await seat.press("k", "k", "V", "k", "V", "G")
        await seat.press("d", *"beat", "enter", "enter")
        await seat.settled()
        assert listing.cursor == len(listing.ids) - 1


async def test_rows_below_the_window_are_found(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.showing.WINDOW", 5)
    async with sit((120, 36), settings=QUIET) as seat:
        await seat.loaded()
        browser = seat.browser
        whole = list(browser.series.ids)
        browser._window = 3
        store = browser.store
        closed = [p for id in whole[3:12] for p in store.patches(store.patch_ids(id))]
        store.put_patches([patch._replace(state="rejected") for patch in closed])
        browser.series.show(whole[:3])
        browser.series.jump(whole[2])
        await seat.press("s", "4")
        assert browser.series.current in whole[12:]


async def test_a_setting_keeps_the_cursor_where_it_is(sit: Sit) -> None:
    async with sit((120, 36), settings=Settings(advance=False)) as seat:
        await seat.loaded()
        series_id = await seat.goes_to(SERIES)
        await seat.press("s", "3")
        assert seat.browser.series.current == series_id
        await seat.settled()


async def test_what_is_so_already_moves_nothing(sit: Sit) -> None:
    async with sit((120, 36), settings=Settings(advance=False)) as seat:
        await seat.loaded()
        series_id = await seat.goes_to(SERIES)
        await seat.press("s", "3")
        await seat.settled()
        seat.browser.advance = True
        await seat.press("s", "3")
        assert "It is so already" in seat.last_line
        assert seat.browser.series.current == series_id
