"""Borders between panes: dragged, moved by keys, kept for the next start; and the wheel and clicks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.conftest import Seat, Sit
from tui.screens.layout import LEAST, arrange
from tui.screens.pane import Pane
from tui.where import Where

pytestmark = pytest.mark.anyio

SIZES = [(120, 36), (200, 60)]


def pane(seat: Seat, where: Where) -> Pane:
    return seat.browser._panes[where]


async def drag(seat: Seat, where: Where, offset: tuple[int, int], by: tuple[int, int]) -> None:
    """Drag what is at an offset of a pane's corner by so many cells."""
    region = pane(seat, where).region
    x, y = region.x + offset[0], region.y + offset[1]
    await seat.pilot.mouse_down(offset=(x, y))
    await seat.pilot.hover(offset=(x + by[0], y + by[1]))
    await seat.pilot.mouse_up(offset=(x + by[0], y + by[1]))
    await seat.pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_the_border_to_the_reader_is_dragged_and_kept(
    sit: Sit, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with sit(size, data=tmp_path / "kept") as seat:
        await seat.loaded()
        before = pane(seat, Where.DIFF).region.x
        await drag(seat, Where.DIFF, (0, 5), (-12, 3))
        await seat.until(lambda: pane(seat, Where.DIFF).region.x == before - 12)
        series = pane(seat, Where.SERIES)
        await drag(seat, Where.SERIES, (series.region.width - 1, 5), (5, 0))
        await seat.until(lambda: pane(seat, Where.DIFF).region.x == before - 7)
        assert not seat.app.mouse_captured
        assert seat.at(Where.SERIES), "a border is no click on a pane"
    async with sit(size, data=tmp_path / "kept") as seat:
        await seat.loaded()
        assert abs(pane(seat, Where.DIFF).region.x - (before - 7)) <= 1


async def test_the_border_between_the_lists_is_dragged_and_kept(sit: Sit, tmp_path: Path) -> None:
    async with sit((200, 60), data=tmp_path / "kept") as seat:
        await seat.loaded()
        before = pane(seat, Where.PATCHES).region.y
        await drag(seat, Where.PATCHES, (9, 0), (0, -10))
        await seat.until(lambda: pane(seat, Where.PATCHES).region.y == before - 10)
        await drag(seat, Where.SERIES, (9, pane(seat, Where.SERIES).region.height - 1), (0, 4))
        await seat.until(lambda: pane(seat, Where.PATCHES).region.y == before - 6)
    async with sit((200, 60), data=tmp_path / "kept") as seat:
        await seat.loaded()
        assert abs(pane(seat, Where.PATCHES).region.y - (before - 6)) <= 1


@pytest.mark.parametrize("size", SIZES)
async def test_keys_move_it_and_never_too_far(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size) as seat:
        await seat.loaded()
        before = pane(seat, Where.DIFF).region.x
        await seat.press("ctrl+right")
        assert pane(seat, Where.DIFF).region.x > before
        await seat.press("ctrl+left", "ctrl+left")
        assert pane(seat, Where.DIFF).region.x < before
        for key in ("ctrl+left", "ctrl+right"):
            await seat.press(*[key] * 30)
            assert pane(seat, Where.DIFF).region.width >= min(LEAST, size[0] // 6)
            assert pane(seat, Where.DIFF).region.x >= min(LEAST, size[0] // 6)


async def test_keys_move_the_border_between_the_lists(sit: Sit) -> None:
    async with sit((200, 60)) as seat:
        await seat.loaded()
        before = pane(seat, Where.PATCHES).region.y
        await seat.press("ctrl+down")
        assert pane(seat, Where.PATCHES).region.y > before
        await seat.press("ctrl+up", "ctrl+up")
        assert pane(seat, Where.PATCHES).region.y < before
        await seat.press(*["ctrl+up"] * 30)
        assert pane(seat, Where.SERIES).region.height >= 5


async def test_where_there_is_one_pane_it_says_so(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        await seat.press("ctrl+left")
        assert "Only one pane is in sight here." in seat.text
        await seat.press("ctrl+up")
        assert "Only one list is in sight here." in seat.text


async def test_the_wheel_scrolls_what_is_under_it_and_a_click_goes_there(sit: Sit) -> None:
    async with sit((200, 30)) as seat:
        await seat.reads("hw: reset values in tables", 2)
        series = seat.browser.series
        await seat.until(lambda: seat.browser.reader.is_settled)
        first = seat.browser.reader.spot
        area = seat.browser.reader.region
        from textual.events import MouseScrollDown

        await seat.pilot._post_mouse_events([MouseScrollDown], widget=seat.browser.reader, button=0)
        await seat.until(lambda: seat.browser.reader.spot != first)
        assert series.region.y < area.bottom
        await seat.pilot.click(series, offset=(10, 3))
        await seat.until(lambda: seat.at(Where.SERIES))
        assert series.cursor == 3 + series.scroll_offset.y


def test_a_share_leaves_room_on_both_sides() -> None:
    for width in range(100, 401, 7):
        for share in (1, 166, 500, 833, 999):
            lists = arrange(width, Where.SERIES, False, share).lists_width
            assert LEAST <= lists <= width - LEAST
        assert (
            arrange(width, Where.SERIES, False).lists_width
            == arrange(width, Where.SERIES, False, 0).lists_width
        )
