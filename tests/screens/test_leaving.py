"""Leaving the screen of the search asks first, as everywhere."""

from __future__ import annotations

import pytest

from tests.screens.conftest import Seat
from tui.config.settings import Settings
from tui.core.place import parse_place
from tui.demo.server import DemoServer
from tui.session import Session

pytestmark = pytest.mark.anyio


def opening(demo: DemoServer, name: str) -> Session:
    return Session(Settings(server=demo.url), parse_place(name), told_server=True)


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_leaving_the_search_asks(demo: DemoServer, key: str) -> None:
    app = opening(demo, "zzzzzz").make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        seat = Seat(app, pilot)
        await seat.sees("There is no project zzzzzz")
        await seat.press(key)
        await seat.sees("Leave pwtui?")
        await seat.press("x")
        assert "Leave pwtui?" not in seat.text
        await seat.press(key, "enter")
        await seat.until(lambda: app.return_code == 0)


async def test_leaving_the_choice_of_projects_asks_and_comes_back(demo: DemoServer) -> None:
    app = opening(demo, "kiln-devl").make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        seat = Seat(app, pilot)
        await seat.sees("There is no project kiln-devl", "kiln-devel")
        await seat.press("escape")
        await seat.sees("Leave pwtui?")
        await seat.press("escape")
        await seat.sees("There is no project kiln-devl", "kiln-devel")
        await seat.press("escape", "q")
        await seat.until(lambda: app.return_code == 0)


async def test_Q_leaves_the_search_at_once(demo: DemoServer) -> None:
    app = opening(demo, "zzzzzz").make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        seat = Seat(app, pilot)
        await seat.sees("There is no project zzzzzz")
        await seat.press("Q")
        await seat.until(lambda: app.return_code == 0)
