"""P goes to another project or server; what was left is closed, kept and found again."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.screens.conftest import Seat, Sit
from tui.commands.arguments import parse
from tui.config.recent import read_visited, write_visited
from tui.config.servers import KnownServer
from tui.config.settings import Settings
from tui.core.place import parse_place
from tui.demo.server import DemoServer
from tui.screens.browser import Browser
from tui.screens.chooser import Chooser
from tui.session import Session, make_session
from tui.where import Where

pytestmark = pytest.mark.anyio

SIZES = [(80, 24), (200, 60)]


@pytest.fixture(scope="module")
def other() -> Iterator[DemoServer]:
    with DemoServer(now=lambda: NOW) as server:
        yield server


@pytest.fixture
def known(demo: DemoServer, other: DemoServer, monkeypatch: pytest.MonkeyPatch) -> DemoServer:
    other.reset()
    servers = tuple(KnownServer(one.url, one.url, "a server of the tests") for one in (demo, other))
    monkeypatch.setattr("tui.projects.known_servers", lambda: servers)
    return other


def in_project(seat: Seat, project: str, server: str = "") -> Callable[[], bool]:
    """Return what says whether a project is on the screen, with nothing before it."""

    def holds() -> bool:
        screen = seat.app.screen
        if not isinstance(screen, Browser) or not screen.is_attached:
            return False
        return screen.project == project and server in ("", screen.server)

    return holds


async def goes_over(seat: Seat, typed: str, project: str, server: str = "") -> Browser:
    await seat.press("P")
    await seat.sees(project)
    await seat.press(*typed, "enter")
    await seat.until(in_project(seat, project, server))
    await seat.loaded()
    return seat.browser


@pytest.mark.parametrize("size", SIZES)
async def test_another_project_of_the_server_is_gone_to(
    sit: Sit, known: DemoServer, size: tuple[int, int]
) -> None:
    async with sit(size) as seat:
        await seat.loaded()
        first = seat.browser
        await goes_over(seat, "docs", "kiln-docs")
        assert not first.is_attached
        assert sum(isinstance(screen, Browser) for screen in seat.app.screen_stack) == 1
        assert not first.sync._desk.leads, "the lease is free for the next one"
        assert seat.browser.sync._desk.leads, "and the next one has it at once"
        assert first.sync._desk._server is None, "its line is closed"


async def test_a_project_is_found_as_it_was_left(sit: Sit, known: DemoServer, tmp_path: Path) -> None:
    async with sit((120, 36), data=tmp_path / "kept") as seat:
        await seat.loaded()
        await seat.press("3", "j", "j", "j", "enter")
        await seat.settled()
        await seat.until(lambda: seat.browser.series.current)
        await seat.settled()
        left = seat.browser._where()
        await goes_over(seat, "docs", "kiln-docs")
        assert seat.browser.series.current != left.series_id
        await goes_over(seat, "", "kiln-devel")  # the first one is where one was last
        there = seat.browser._where()
        assert (there.series_id, there.patch_id, there.pane) == (left.series_id, left.patch_id, left.pane)
        assert there.view == left.view
        assert seat.at(Where.PATCHES)


async def test_another_servers_projects_are_offered_and_its_writes_go_on_later(
    sit: Sit, demo: DemoServer, known: DemoServer, tmp_path: Path
) -> None:
    demo.faults.add(r"/patches/\d+/", method="PATCH", status=503, times=None)
    async with sit((120, 36), data=tmp_path / "kept") as seat:
        await seat.loaded()
        await seat.press("s", "2")
        await seat.until(lambda: seat.browser.sync.status.waiting)
        waiting = seat.browser.sync.status.waiting
        first = seat.browser
        await seat.press("P", *known.url.rpartition(":")[2], "enter")
        await seat.sees(f"Projects of {known.url.split('://')[1]}", "kiln-docs")
        await seat.press(*"docs", "enter")
        await seat.until(in_project(seat, "kiln-docs", known.url))
        await seat.sees(f"{waiting} write{'s wait' if waiting > 1 else ' waits'} for", "go")
        assert seat.browser.store.path != first.store.path
        await seat.loaded()
        assert not seat.browser.sync.status.waiting, "another server's outbox is another one"
        demo.faults.clear()
        await goes_over(seat, "", "kiln-devel", demo.url)
        await seat.until(lambda: not seat.browser.sync.status.waiting)


async def test_esc_stays_and_nothing_is_lost(sit: Sit, known: DemoServer) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        await seat.press("j", "j")
        before, screen = seat.browser._where(), seat.browser
        await seat.press("P")
        await seat.sees("kiln-docs", "its projects")
        await seat.press("escape")
        assert seat.app.screen is screen
        assert seat.browser._where() == before


async def test_a_server_out_of_reach_leaves_the_recent_ones(
    sit: Sit, demo: DemoServer, known: DemoServer, tmp_path: Path
) -> None:
    data = tmp_path / "kept"
    write_visited(data, demo.url, "kiln-docs")
    write_visited(data, demo.url, "kiln-devel")
    async with sit((120, 36), data=data) as seat:
        await seat.loaded()
        demo.faults.add(path=".*", reset=True, times=None)
        await seat.press("P")
        await seat.until(lambda: "asking" not in seat.text)
        assert isinstance(seat.app.screen, Chooser)
        assert "kiln-docs" in seat.text
        await seat.press("enter")
        await seat.until(in_project(seat, "kiln-docs"))
        await seat.sees("offline")


async def test_the_demo_keeps_its_writes_from_project_to_project() -> None:
    app = Session(Settings(), parse_place(""), demo=True).make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        seat = Seat(app, pilot)
        await seat.loaded()
        await seat.press("enter", "s", "3")
        await seat.settled()
        row = seat.browser.patches.ids[-1]
        states = [one.patch.state for one in seat.browser.store.patch_rows(seat.browser.patches.ids)]
        await goes_over(seat, "docs", "kiln-docs")
        await goes_over(seat, "", "kiln-devel")
        await seat.until(lambda: seat.browser.patches.ids)
        ids = seat.browser.patches.ids
        assert row in ids
        assert [one.patch.state for one in seat.browser.store.patch_rows(ids)] == states


async def test_a_project_visited_is_kept_once_and_the_last_one_first(tmp_path: Path) -> None:
    for project in ("a", "b", "a"):
        write_visited(tmp_path, "https://example.org", project)
    assert read_visited(tmp_path) == [("https://example.org", "b"), ("https://example.org", "a")]
    (tmp_path / "visited").write_text("nonsense\n\x00\thttp\nhttps://example.org\tok\n")
    assert read_visited(tmp_path) == [("https://example.org", "ok")]


def open_stores() -> int:
    """Return how many files of stores this process has open."""
    targets = [os.readlink(path) for path in Path("/proc/self/fd").iterdir() if path.is_symlink()]
    return sum(target.endswith(".sqlite") for target in targets)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the system does not tell")
async def test_going_back_and_forth_leaves_nothing_open(sit: Sit, known: DemoServer) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        before, first = open_stores(), seat.browser
        for _ in range(2):
            await goes_over(seat, "docs", "kiln-docs")
            await goes_over(seat, "", "kiln-devel")
        assert open_stores() == before
        assert len(seat.app.screen_stack) == 1
        assert first.store is not seat.browser.store
        with pytest.raises(sqlite3.ProgrammingError):
            first.store.states()
        assert not first.sync._desk.tasks._running


async def test_projects_that_are_set_for_another_server_are_offered_and_its_token_goes_there(
    demo: DemoServer, known: DemoServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same name on two servers in the config file, and more in pwclient's, which no start needs."""
    path = tmp_path / "home" / "xdg_config_home" / "pwtui" / "config.toml"
    path.parent.mkdir(parents=True)
    tables = (
        f'[servers."{one.url}"]\nprojects = ["kiln-devel"]\ntoken = "{one.token}"\n' for one in (demo, known)
    )
    path.write_text(
        f'email = "ada@example.org"\nproject = "kiln-devel"\nserver = "{demo.url}"\n{"".join(tables)}'
    )
    path.chmod(0o600)
    old = tmp_path / "pwclientrc"
    old.write_text(f"[kiln-attic]\nurl = {known.url}/xmlrpc/\ntoken = {known.token}\n")
    monkeypatch.setenv("PWCLIENTRC", str(old))
    app = make_session(parse([])).make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        seat = Seat(app, pilot)
        await seat.loaded()
        assert seat.browser.server == demo.url
        host = known.url.split("://")[1]
        await seat.press("P")
        await seat.until(lambda: re.search(rf"kiln-attic +{host}", seat.text))
        await seat.press(*f"devel {host[-5:]}")
        assert re.search(rf"kiln-devel +{host}", seat.text)
        await seat.press("enter")
        await seat.until(in_project(seat, "kiln-devel", known.url))
        await seat.loaded()
        assert seat.browser.sync.can_write
        await seat.press("enter", "s", "3")
        await seat.until(lambda: any(seen.method == "PATCH" for seen in known.requests))
        await seat.until(lambda: not seat.browser.sync.status.waiting)
        assert not seat.browser.sync.status.failed
