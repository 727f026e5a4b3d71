"""What a step of the cursor costs: how often the store is asked."""

from __future__ import annotations

import pytest
from textual.geometry import Region
from textual.widget import Widget

from tests.screens.conftest import Seat, Sit
from tui.core.change import Kind
from tui.screens import reading
from tui.screens.browser import Browser
from tui.where import Where

pytestmark = pytest.mark.anyio

SERIES = "snapshots of a running mach"


@pytest.fixture(autouse=True)
def rest_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the cursor rest when a test says so, however slow the machine."""
    monkeypatch.setattr(reading, "SETTLE", 3600.0)


class Asked:
    """Counts what the store's database is asked."""

    def __init__(self, seat: Seat) -> None:
        self._db = seat.browser.store._db
        self.statements: list[str] = []

    def __enter__(self) -> list[str]:
        self._db.set_trace_callback(self.statements.append)
        return self.statements

    def __exit__(self, *_: object) -> None:
        self._db.set_trace_callback(None)


async def rests(seat: Seat) -> None:
    """Let the cursor rest where it is until all that is asked for is here."""
    seat.browser.rested()
    await seat.settled()
    await seat.until(lambda: not seat.browser.workers)
    await seat.settled()


async def test_a_step_in_the_patches_asks_the_store_little(sit: Sit) -> None:
    async with sit((200, 60)) as seat:
        await seat.reads(SERIES, 1)
        await seat.press("escape")
        for key in ("k", "j", "k"):
            await seat.press(key)
            await rests(seat)
        with Asked(seat) as statements:
            await seat.press("j")
            shown = len(statements)
            await rests(seat)
        assert shown <= 22, statements  # it was 25
        assert len(statements) <= 60, statements  # it was 105


async def test_a_step_in_the_series_asks_the_store_little(sit: Sit) -> None:
    async with sit((200, 60)) as seat:
        await seat.loaded()
        await seat.goes_to(SERIES)
        for key in ("k", "j", "k"):
            await seat.press(key)
            await rests(seat)
        with Asked(seat) as statements:
            await seat.press("j")
            shown = len(statements)
        assert shown <= 58, statements  # it was 66


async def test_a_step_in_the_series_draws_no_frame_and_no_blank_rows(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Region] = []
    refresh = Browser._compositor_refresh

    def note(browser: Browser) -> None:
        drawn.extend(browser._compositor._dirty_regions)
        refresh(browser)

    async with sit((200, 60)) as seat:
        await seat.loaded()
        await seat.goes_to(SERIES)
        for key in ("k", "j", "k"):
            await seat.press(key)
            await rests(seat)
        browser = seat.browser
        rows = len(browser.patches.ids)
        monkeypatch.setattr(Browser, "_compositor_refresh", note)
        await seat.press("j")
        monkeypatch.undo()
        rows = max(rows, len(browser.patches.ids))
        patches = browser.patches.region
        assert rows < patches.height
        assert browser._panes[Where.PATCHES].line.text[:20] in seat.text
        for pane in browser._panes.values():
            frame = Region(pane.region.x, pane.region.y + 2, 1, 1)
            assert not any(region.overlaps(frame) for region in drawn), drawn
        below = Region(patches.x, patches.y + rows, 1, 1)
        assert not any(region.overlaps(below) for region in drawn), drawn


@pytest.fixture
def frames(monkeypatch: pytest.MonkeyPatch) -> list[set[Widget]]:
    """What each frame draws, from now on."""
    drawn: list[set[Widget]] = []
    refresh = Browser._compositor_refresh

    def note(browser: Browser) -> None:
        drawn.append(set(browser._dirty_widgets))
        refresh(browser)

    monkeypatch.setattr(Browser, "_compositor_refresh", note)
    return drawn


async def filters(seat: Seat, text: str) -> None:
    """Type a filter over the series, and let all come of it."""
    await seat.loaded()
    await seat.goes_to(SERIES)
    for key in ("slash", *text):
        await seat.press(key)
        await rests(seat)


async def test_a_letter_of_a_filter_and_the_rows_that_it_leaves_come_in_one_frame(
    sit: Sit, frames: list[set[Widget]]
) -> None:
    async with sit((200, 60)) as seat:
        await filters(seat, "snap")
        before = list(seat.browser.series.ids)
        frames.clear()
        await seat.press("z")
        assert seat.browser.series.ids != before
        assert {seat.browser.asking, seat.browser.series} <= frames[0]


async def test_a_letter_more_of_a_filter_that_finds_nothing_draws_no_empty_list_again(
    sit: Sit, frames: list[set[Widget]]
) -> None:
    async with sit((200, 60)) as seat:
        await filters(seat, "snapz")
        assert "No series here is like that" in seat.text
        frames.clear()
        await seat.press("z")
        await rests(seat)
        assert "/ snapzz" in seat.text
        assert "No series here is like that" in seat.text
        drawn = {widget for frame in frames for widget in frame}
        assert seat.browser.asking in drawn
        assert seat.browser.series not in drawn
        assert seat.browser.reader not in drawn


async def test_what_is_on_no_tab_costs_no_look_at_the_store(sit: Sit) -> None:
    async with sit((200, 60)) as seat:
        await seat.reads(SERIES, 1)
        await rests(seat)
        other = seat.browser.patches.ids[-1]
        with Asked(seat) as statements:
            for kind in (Kind.COMMENTS, Kind.CHECKS):
                seat.browser.changed({kind: {other}})
            assert not statements
            seat.browser.changed({Kind.COMMENTS: {seat.browser._read or 0}})
        assert statements
