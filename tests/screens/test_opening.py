"""From a name to a project: looked up on servers, chosen from several, or near to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.conftest import NOW
from tests.screens.conftest import Seat
from tui import clients
from tui.config.servers import KnownServer
from tui.config.settings import Settings
from tui.core.credentials import Credentials
from tui.core.place import parse_place
from tui.demo.server import DemoServer
from tui.screens.browser import Browser
from tui.session import Session
from tui.where import Where

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def other() -> Iterator[DemoServer]:
    with DemoServer(now=lambda: NOW) as server:
        yield server


@pytest.fixture
def known(demo: DemoServer, other: DemoServer, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    other.reset()
    addresses = [demo.url, other.url]
    servers = tuple(KnownServer(url, url, "a server of the tests") for url in addresses)
    monkeypatch.setattr("tui.config.servers.known_servers", lambda: servers)
    return addresses


async def run(text: str, settings: Settings | None = None, told: bool = False) -> Session:
    return Session(settings or Settings(), parse_place(text), told_server=told)


async def test_a_name_on_two_servers_asks_which(known: list[str]) -> None:
    app = (await run("kiln-devel")).make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        seat = Seat(app, pilot)
        await seat.sees("kiln-devel is on 2 servers", *(url.split("://")[1] for url in known))
        await seat.press("down", "enter")
        await seat.until(lambda: isinstance(app.screen, Browser))
        await seat.loaded()
        assert seat.browser.server == known[1]


async def test_a_name_on_one_server_opens_it(known: list[str], other: DemoServer) -> None:
    other.faults.add(path="/api/projects/kiln-docs", status=404, body='{"detail": "Not found."}', times=None)
    app = (await run("kiln-docs")).make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        seat = Seat(app, pilot)
        await seat.until(lambda: isinstance(app.screen, Browser))
        assert (seat.browser.server, seat.browser.project) == (known[0], "kiln-docs")


async def test_an_unknown_name_lists_near_ones(known: list[str]) -> None:
    app = (await run("kiln-devl")).make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        seat = Seat(app, pilot)
        await seat.sees("There is no project kiln-devl", "kiln-devel", "kiln-docs")
        await seat.press("enter")
        await seat.until(lambda: isinstance(app.screen, Browser))
        assert seat.browser.project == "kiln-devel"


async def test_nothing_like_it_says_so_and_R_looks_again(known: list[str], demo: DemoServer) -> None:
    app = (await run("zzzzzz")).make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        seat = Seat(app, pilot)
        await seat.sees("There is no project zzzzzz", "R tries again")
        before = len(demo.requests)
        await seat.press("R")
        await seat.until(lambda: len(demo.requests) > before)
        await seat.sees("There is no project zzzzzz")


async def test_without_a_name_all_projects_are_offered(known: list[str]) -> None:
    app = (await run("", Settings(server=known[0]), told=True)).make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        seat = Seat(app, pilot)
        await seat.sees("Which project?", "kiln-devel", "kiln-docs", "kiln-attic")
        await seat.press(*"docs", "enter")
        await seat.until(lambda: isinstance(app.screen, Browser))
        assert seat.browser.project == "kiln-docs"


async def test_a_numeric_address_finds_its_project(demo: DemoServer) -> None:
    app = (await run(f"{demo.url}/patch/4001/")).make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        seat = Seat(app, pilot)
        await seat.until(lambda: isinstance(app.screen, Browser))
        # The first rows may come before the place does, and show the text of another patch.
        await seat.until(lambda: seat.browser.patches.current == 4001)
        await seat.until(lambda: seat.browser.reader.document is not None)
        assert seat.at(Where.DIFF)


async def test_while_a_place_is_looked_for_no_other_text_is_asked_for(demo: DemoServer) -> None:
    demo.faults.add(r"/patches/4001/", delay=0.6, times=None)
    app = (await run(f"{demo.url}/project/kiln-devel/patch/4001/", Settings(prefetch=False))).make_app()
    async with app.run_test(size=(160, 40)) as pilot:
        seat = Seat(app, pilot)
        await seat.until(lambda: isinstance(app.screen, Browser) and app.screen.series.ids)
        await seat.until(lambda: seat.browser.patches.current == 4001 and seat.shows_its_patch())
        texts = {seen.path for seen in demo.requests if re.search(r"/(patches|covers)/\d+/$", seen.path)}
        assert texts == {seen.path for seen in demo.requests if seen.path.endswith("/patches/4001/")}


async def test_a_token_for_no_server_in_particular_is_not_shown_around(
    known: list[str], demo: DemoServer, other: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, bool]] = []
    real = clients.open_with_token

    def opened(server: str, credentials: Credentials | None) -> object:
        seen.append((server, credentials is not None))
        return real(server, credentials)

    monkeypatch.setattr(clients, "open_with_token", opened)
    settings = Settings(secrets=(Credentials("", demo.token),))
    app = (await run("kiln-devel", settings)).make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        seat = Seat(app, pilot)
        await seat.sees("is on 2 servers")
        assert seen == [(known[0], False), (known[1], False)]
        await seat.press("enter")
        await seat.until(lambda: isinstance(app.screen, Browser))
        await seat.loaded()
        assert seen[-1] == (known[0], True)


async def test_a_server_that_lacks_the_project_offers_near_ones(demo: DemoServer) -> None:
    app = (await run(f"{demo.url}/project/kiln-devl/list/")).make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        seat = Seat(app, pilot)
        await seat.sees("There is no project kiln-devl", "kiln-devel")
        await seat.press("enter")
        await seat.until(lambda: isinstance(app.screen, Browser) and app.screen.series.ids)
        assert isinstance(app.screen, Browser)
        assert app.screen.project == "kiln-devel"


async def test_where_nothing_is_found_no_key_is_silent_and_P_goes_elsewhere(
    known: list[str], demo: DemoServer
) -> None:
    settings = Settings(listed=((known[1], "kiln-docs"),), problems=("config.toml:3: thme is no setting",))
    app = (await run("zzzzzz", settings)).make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        seat = Seat(app, pilot)
        await seat.sees("There is no project zzzzzz", "R tries again, P goes to another project, q leaves.")
        assert "config.toml:3: thme is no setting" in seat.text
        await seat.press("d")
        await seat.sees("d is “delegate” in", "it does nothing here.")
        await seat.press("question_mark")
        await seat.sees("Keys while a project is looked for", "Ask the server for what is new")
        await seat.press("escape", "P")
        await seat.sees("Go to which project?", "kiln-docs")
        await seat.press(*"docs", "enter")
        await seat.until(lambda: isinstance(app.screen, Browser))
        assert (seat.browser.server, seat.browser.project) == (known[1], "kiln-docs")
