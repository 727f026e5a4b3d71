"""A window of one cell, and one that is left, wherever one is: all is as it was after that."""

from __future__ import annotations

import pytest
from textual import events

from tests.screens.conftest import Seat, Sit
from tests.screens.tour import IN_DIFF, IN_LISTS, settle, walk
from tui.config.settings import Settings

pytestmark = pytest.mark.anyio

TINY = ((10, 3), (1, 1), (3, 10))
SEES = {stop.name: stop.sees for stop in (*IN_LISTS, *IN_DIFF)}


def stands(seat: Seat) -> tuple[object, ...]:
    """Return where one is, but for what the server tells meanwhile."""
    browser = seat.browser
    return (
        *seat.app.screen_stack,
        seat.app.screen.focused,
        browser.level,
        browser.zoomed,
        browser.series.current,
        browser.patches.current,
        browser.reader.line,
        browser.asking.text,
        browser.asking.question,
        tuple(pane.display for pane in browser._panes.values()),
    )


@pytest.mark.parametrize("plain", [False, True])
async def test_every_screen_and_dialog_comes_back(sit: Sit, plain: bool) -> None:
    moved = {}
    async with sit((120, 36), me="mira", settings=Settings(plain=plain)) as seat:
        async for name in walk(seat):
            await settle(seat)
            before = stands(seat)
            for size in (*TINY, (120, 36)):
                await seat.pilot.resize_terminal(*size)
                await seat.pilot.pause()
            for event in (events.AppBlur(), events.AppFocus()):
                seat.app.post_message(event)
                await seat.pilot.pause()
            await settle(seat)
            await seat.sees(SEES.get(name, ""))
            if stands(seat) != before:
                moved[name] = before, stands(seat)
    assert moved == {}


@pytest.mark.parametrize("size", TINY)
async def test_one_can_begin_and_leave_there(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size) as seat:
        await seat.loaded()
        for keys in (("s", "escape"), ("question_mark", "escape"), ("slash", "x", "escape"), ("O", "escape")):
            await seat.press(*keys)
        await seat.pilot.resize_terminal(120, 36)
        await seat.sees("kiln-devel", "Series")
