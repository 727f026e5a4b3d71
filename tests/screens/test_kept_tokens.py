"""A token that a command prints is fetched behind the first paint; without it reading goes on."""

from __future__ import annotations

import pytest

from tests.screens.conftest import Seat
from tui.config.settings import Settings
from tui.core.credentials import Credentials, Keeper, Kept
from tui.core.place import parse_place
from tui.demo.server import DemoServer
from tui.screens.browser import Browser
from tui.session import Session

pytestmark = pytest.mark.anyio


def session(demo: DemoServer, command: str) -> Session:
    secret = Credentials(demo.url, kept=Kept(Keeper.COMMAND, command))
    settings = Settings(prefetch=False, secrets=(secret,))
    return Session(settings, parse_place(f"{demo.url}/project/{demo.project}/list/"))


async def test_a_command_that_fails_is_told_and_reading_goes_on(demo: DemoServer) -> None:
    app = session(demo, f"echo {demo.token}; exit 3").make_app()
    async with app.run_test(size=(160, 40)) as pilot:
        seat = Seat(app, pilot)
        await seat.until(lambda: isinstance(app.screen, Browser) and seat.browser.series.ids)
        await seat.until(lambda: "token_command failed with status 3" in seat.last_line)
        assert demo.token not in seat.last_line
        assert not seat.browser.sync.can_write


async def test_what_a_command_prints_lets_write(demo: DemoServer) -> None:
    client = await session(demo, f"echo {demo.token}").opener(demo.url, opened=True)()
    try:
        patch = (await client.patches_page(demo.project, per_page=1)).items[0]
        assert "accepted" in await client.states(patch.id)
        assert client.token_trouble == ""
    finally:
        await client.aclose()
