"""Marks: one by one, a range, all, the others; how they are counted, and what clears them."""

from __future__ import annotations

import pytest

from tests.screens.conftest import Sit
from tui.demo.server import DemoServer
from tui.where import Where

pytestmark = pytest.mark.anyio

SERIES = "hw: reset values in tables"


async def test_a_range_is_marked_from_one_end_to_the_other(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        listing = seat.browser.series
        await seat.press("j", "V", "j", "j")
        assert "range of 3" in seat.last_line
        assert not listing.marked
        await seat.press("V")
        assert listing.shown_marks == listing.ids[1:4]
        assert "3 marked" in seat.last_line
        await seat.press("j", "j", "V", "ctrl+d", "space")
        assert listing.shown_marks[:4] == [*listing.ids[1:4], listing.ids[5]]
        assert len(listing.marked) > 10


async def test_escape_leaves_the_range_then_the_marks_then_the_level(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.goes_to(SERIES)
        await seat.press("enter", "j", "space", "V", "j", "j", "escape")
        patches = seat.browser.patches
        assert (len(patches.marked), patches.ranging) == (1, False)
        assert "1 marked" in seat.last_line
        await seat.press("escape")
        assert not patches.marked
        assert "marked" not in seat.last_line
        assert seat.at(Where.PATCHES)
        await seat.press("escape")
        assert seat.at(Where.SERIES)


async def test_all_and_the_others(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.goes_to(SERIES)
        await seat.press("enter", "j", "space", "space", "tilde")
        patches = seat.browser.patches
        assert "22 marked" in seat.last_line, "a cover letter carries no mark"
        assert patches.shown_marks == [id for id in patches.ids if id > 0][2:]
        await seat.press("asterisk")
        assert "24 marked" in seat.last_line


async def test_all_takes_those_below_the_window_and_says_what_is_still_on_the_server(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.showing.WINDOW", 10)
    async with sit((120, 36)) as seat:
        await seat.loaded()
        browser = seat.browser
        browser._window = 10
        browser.series.show(browser.series.ids[:10])
        loaded = browser.sync.status.loaded
        desk = browser.sync._desk
        desk.status = desk.status._replace(total=loaded + 7)
        await seat.press("asterisk")
        assert browser.series.marked == set(browser.series.ids)
        assert len(browser.unfolded) == loaded > 10
        assert "7 more series are on the server" in seat.last_line


async def test_marks_survive_a_sync_and_a_list_that_shows_others(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        listing = seat.browser.series
        await seat.press("space", "space")
        marked = set(listing.marked)
        await seat.press("R")
        await seat.settled()
        assert listing.marked == marked
        whole = list(listing.ids)
        listing.show([id for id in whole if id != min(marked)])
        seat.browser._show_status()
        assert "2 marked (1 not shown)" in seat.last_line
        listing.show(whole)
        seat.browser._show_status()
        assert "2 marked" in seat.last_line
        assert "not shown" not in seat.last_line


async def test_a_range_ends_with_its_pane(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.press("V", "j", "tab")
        assert not seat.browser.series.ranging
        assert not seat.browser.series.marked


async def test_an_action_takes_the_range_that_has_begun(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.press("V", "j", "s")
        assert "2 series" in seat.text
