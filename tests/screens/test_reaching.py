"""What another pwtui names is opened in the one that runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import NOW
from tests.screens.conftest import Seat, Sit
from tui.demo.server import DemoServer
from tui.projects import Projects
from tui.reaching import Reaching
from tui.screens.browser import Browser
from tui.where import Where

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def other() -> Iterator[DemoServer]:
    with DemoServer(now=lambda: NOW) as server:
        yield server


def reaching(seat: Seat) -> Reaching:
    gate = seat.browser.open_gate
    assert gate is not None
    projects = gate()
    assert isinstance(projects, Projects)
    return Reaching(projects._session, seat.app)


def is_another(seat: Seat, first: Browser) -> bool:
    """Say whether another project is on the screen."""
    screen = seat.app.screen
    return isinstance(screen, Browser) and screen is not first and screen.is_attached


def msgid_of(seat: Seat, patch_id: int) -> str:
    return seat.browser.store.patch_rows([patch_id])[0].patch.msgid


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_message_id_goes_to_its_patch(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size) as seat:
        await seat.loaded()
        await seat.goes_to("hw: reset values in tables")
        await seat.settled()
        patch = seat.browser.patches.ids[-1]
        msgid = msgid_of(seat, patch)
        await seat.press("g")
        for written in (msgid, msgid.strip("<>"), f"https://lore.example.org/all/{msgid.strip('<>')}/"):
            await seat.press("g")
            assert reaching(seat).hear(written) == ""
            await seat.until(lambda: seat.browser.patches.current == patch and seat.at(Where.DIFF))
            await seat.until(lambda: "Opening" not in seat.text)
            await seat.press("escape", "escape")


async def test_a_cover_letters_message_id_goes_there(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.goes_to("snapshots of a running mach")
        await seat.settled()
        cover = -seat.browser.patches.ids[0]
        assert cover > 0
        await seat.press("enter", "home")
        await seat.until(lambda: seat.browser.store.cover(cover))
        found = seat.browser.store.cover(cover)
        assert found is not None
        await seat.press("escape", "home")
        assert reaching(seat).hear(found[0].msgid) == ""
        await seat.until(lambda: seat.browser.patches.current == -cover)


async def test_an_address_of_another_project_goes_over(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        first = seat.browser
        assert reaching(seat).hear(f"{demo.url}/project/kiln-docs/list/") == ""
        await seat.until(lambda: is_another(seat, first))
        assert seat.browser.project == "kiln-docs"
        await seat.loaded()


async def test_a_number_of_this_server_finds_its_project(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        assert reaching(seat).hear(f"{demo.url}/patch/4001/") == ""
        await seat.until(lambda: seat.browser.patches.current == 4001)


async def test_another_servers_address_goes_over_with_its_own_store(sit: Sit, other: DemoServer) -> None:
    other.reset()
    async with sit((120, 36)) as seat:
        await seat.loaded()
        first = seat.browser
        assert reaching(seat).hear(f"{other.url}/project/kiln-devel/patch/4001/") == ""
        await seat.until(lambda: is_another(seat, first))
        await seat.until(lambda: seat.browser.patches.current == 4001)
        assert seat.browser.server == other.url


async def test_with_a_dialog_open_it_waits_until_that_is_closed(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.press("n", *"half", "space", *"a")
        assert reaching(seat).hear(f"{demo.url}/project/kiln-devel/patch/4001/") == ""
        await seat.pilot.pause()
        assert not isinstance(seat.app.screen, Browser), "what was being written is still there"
        await seat.press("escape")
        await seat.until(lambda: isinstance(seat.app.screen, Browser))
        await seat.until(lambda: seat.browser.patches.current == 4001)


@pytest.mark.parametrize(
    "message", ["", "\x1b]0;x\x07", "a b", "javascript:alert(1)", "//", "https://me:pw@x.org/"]
)
async def test_what_is_no_address_is_refused(sit: Sit, message: str) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        before = seat.browser._where()
        if message:
            assert reaching(seat).hear(message) == "that is no address"
        assert seat.browser._where() == before


async def test_what_is_nowhere_says_so_and_one_stays(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        assert reaching(seat).hear("nobody@example.org") == ""
        await seat.sees("nobody@example.org is not on this server")
