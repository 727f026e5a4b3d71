"""The first start: everything on one screen, nothing written before a yes, nothing that hangs."""

from __future__ import annotations

import tomllib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.screens.conftest import Seat
from tui.config.paths import config_path
from tui.config.recent import write_visited
from tui.config.servers import KnownServer
from tui.config.settings import Settings
from tui.config.settings_file import read_settings_file
from tui.core.first import Answers, first_lines
from tui.core.place import parse_place
from tui.demo.server import DemoServer
from tui.screens.browser import Browser
from tui.screens.opening import Opening
from tui.screens.welcome import Welcome
from tui.session import Session
from tui.sync import lookout

pytestmark = pytest.mark.anyio

SIZES = [(80, 24), (120, 36), (200, 60)]
Begin = Callable[..., AbstractAsyncContextManager[Seat]]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = config_path({"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "home" / "xdg_config_home")})
    assert path and not path.exists()
    return path


@pytest.fixture
def begin(demo: DemoServer, monkeypatch: pytest.MonkeyPatch) -> Begin:
    monkeypatch.setattr(Browser, "now", staticmethod(lambda: NOW))
    monkeypatch.setattr(lookout, "FIRST_PAUSE", 3600.0)
    known = (KnownServer("Tests", demo.url, "a server of the tests"),)
    monkeypatch.setattr("tui.first_start.known_servers", lambda: known)

    @asynccontextmanager
    async def beginning(
        size: tuple[int, int] = (80, 24), settings: Settings | None = None
    ) -> AsyncIterator[Seat]:
        app = Session(settings or Settings(), parse_place("")).make_app()
        async with app.run_test(size=size) as pilot:
            seat = Seat(app, pilot)
            await seat.sees("Welcome to pwtui")
            yield seat

    return beginning


def welcome(seat: Seat) -> Welcome:
    screen = next(one for one in seat.app.screen_stack if isinstance(one, Welcome))
    return screen


async def answers_server(seat: Seat) -> None:
    await seat.press("down", "enter")
    await seat.sees("3 projects there", "kiln-docs")


@pytest.mark.parametrize("size", SIZES)
async def test_all_of_it_written_on_yes_and_opened(
    begin: Begin, demo: DemoServer, config: Path, size: tuple[int, int]
) -> None:
    async with begin(size) as seat:
        await answers_server(seat)
        await seat.press(*"devel", "enter", *demo.token, "enter")
        assert demo.token not in seat.text
        await seat.sees("✓ may change any patch of kiln-devel")
        await seat.press(*"light", "enter", *"vim", "enter")
        await seat.sees("Write this to")
        assert not config.exists(), "nothing before the yes"
        await seat.press("enter")
        await seat.until(lambda: isinstance(seat.app.screen, Browser))
        await seat.loaded()
        assert (seat.browser.server, seat.browser.project) == (demo.url, "kiln-devel")
        assert seat.browser.sync.can_write
        assert seat.browser.keymap.name == "vim", "at once, not at the next start"
        assert not any(isinstance(screen, Welcome) for screen in seat.app.screen_stack)
    written = tomllib.loads(config.read_text())
    assert written.pop("servers") == {demo.url: {"token": demo.token}}
    assert written == {"server": demo.url, "project": "kiln-devel", "theme": "light", "keymap": "vim"}
    assert config.stat().st_mode & 0o077 == 0
    assert [one.token for one in read_settings_file(config).secrets] == [demo.token]


async def test_no_starts_and_writes_nothing(begin: Begin, demo: DemoServer, config: Path) -> None:
    async with begin() as seat:
        await answers_server(seat)
        await seat.press(*"devel", "enter", "enter", "enter", "enter")
        await seat.sees("Write this to")
        await seat.press(*"no", "enter")
        await seat.until(lambda: isinstance(seat.app.screen, Browser))
        await seat.loaded()
        assert not seat.browser.sync.can_write
    assert not config.exists()


async def test_back_and_esc_change_something(begin: Begin, demo: DemoServer) -> None:
    async with begin() as seat:
        await answers_server(seat)
        await seat.press(*"devel", "enter", "enter", "enter", "enter")
        await seat.sees("Write this to")
        await seat.press("escape", *["shift+tab"] * 3)
        await seat.press(*"docs", "enter")
        assert welcome(seat).answers.project == "kiln-docs"


async def test_a_token_that_is_not_taken_says_so(begin: Begin) -> None:
    async with begin() as seat:
        await answers_server(seat)
        await seat.press("enter", *"0123456789abcdef", "enter")
        await seat.sees("✗", "does not take your token")
        await seat.press("enter", "enter", "enter")
        await seat.sees("The token:")


async def test_a_token_that_is_not_taken_is_asked_for_again_and_never_seen(begin: Begin) -> None:
    async with begin() as seat:
        await answers_server(seat)
        await seat.press("enter", *"nobodys", "enter")
        await seat.sees("✗", "does not take your token")
        await seat.press(*"secret7")
        assert "secret7" not in seat.text


async def test_a_token_of_somebody_who_is_no_maintainer_says_what_it_may(
    begin: Begin, demo: DemoServer
) -> None:
    async with begin((160, 40)) as seat:
        await answers_server(seat)
        await seat.press(*"docs", "enter", *demo.token, "enter")
        await seat.sees("✓ may change your own patches", "that you sent or that are delegated to you")


async def test_a_token_with_characters_that_none_has_is_not_sent(begin: Begin, demo: DemoServer) -> None:
    async with begin() as seat:
        await answers_server(seat)
        await seat.press("enter", "a", "space", "b", "enter")
        await seat.sees("✗ the token has characters")


async def test_offline_nothing_hangs_and_the_name_is_typed(begin: Begin, demo: DemoServer) -> None:
    demo.faults.add(path=".*", delay=30.0, times=None)
    async with begin() as seat:
        await seat.press("down", "enter")
        await seat.sees("asking 127.0.0.1")
        await seat.press(*"kiln-devel", "enter", "a", "enter", "enter", "enter")
        await seat.sees("Write this to")
        demo.faults.clear()


async def test_a_server_that_is_not_there_says_why(begin: Begin) -> None:
    async with begin() as seat:
        await seat.press(*"http://127.0.0.1:1/project/kiln-devel/", "enter")
        await seat.sees("no answer", ". Type the link name")
        assert welcome(seat).answers.server == "http://127.0.0.1:1"
        await seat.press("enter")
        assert welcome(seat).answers.project == "kiln-devel"


@pytest.mark.parametrize("typed", ["nonsense", "https://me:secret@example.org", "a b"])
async def test_what_is_no_address_says_so_and_asks_again(begin: Begin, typed: str) -> None:
    keys = ["space" if letter == " " else letter for letter in typed]
    async with begin() as seat:
        await seat.press(*keys, "enter")
        assert welcome(seat).answers.server == ""
        assert "address" in seat.text


async def test_the_demo_wants_no_more_and_writes_nothing(begin: Begin, config: Path) -> None:
    async with begin() as seat:
        await seat.press("enter", "enter", "enter")
        await seat.until(lambda: isinstance(seat.app.screen, Browser))
        await seat.loaded()
        assert seat.browser.store.path is None
    assert not config.exists()


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_wrong_with_what_is_set_already_is_said_all_the_while(
    begin: Begin, size: tuple[int, int]
) -> None:
    problems = (
        "PWTUI_THMEE is set, and nothing reads it; did you mean PWTUI_THEME?",
        "~/.pwclientrc:3: no [section]",
    )
    async with begin(size, Settings(problems=problems, theme="nonsense")) as seat:
        for _ in range(2):
            lines = " ".join(seat.text.split())
            assert " · ".join(problems) in lines
            assert "nonsense" in lines
            await answers_server(seat)


async def test_where_nothing_is_wrong_nothing_is_said_and_no_line_is_taken(begin: Begin) -> None:
    async with begin() as seat:
        assert not seat.app.screen.query_one("#welcome-trouble").display


async def test_a_theme_shows_while_the_cursor_is_on_it_and_goes_when_it_is_left(begin: Begin) -> None:
    async with begin() as seat:
        await seat.press("enter")
        first = seat.app.palette
        await seat.press("down")
        assert seat.app.palette != first
        assert seat.app.theme != "pwtui-dark"
        await seat.press("shift+tab")
        assert seat.app.palette == first


async def test_esc_asks_before_it_leaves(begin: Begin) -> None:
    async with begin() as seat:
        await seat.press("escape")
        await seat.sees("Leave pwtui?")
        await seat.press("x")
        assert isinstance(seat.app.screen, Welcome)
        await seat.press("escape", "q")
        await seat.until(lambda: not seat.app.is_running)


async def test_no_size_is_too_small(begin: Begin) -> None:
    async with begin((80, 24)) as seat:
        for width, height in ((40, 12), (20, 6), (8, 3), (1, 1), (80, 24)):
            await seat.pilot.resize_terminal(width, height)
            await seat.pilot.pause()
        await seat.press("down", "enter")
        await seat.sees("3 projects there")


@pytest.mark.parametrize("made", ["config", "visited", "server", "project"])
async def test_whoever_was_here_before_is_not_welcomed(
    made: str, config: Path, tmp_path: Path, demo: DemoServer
) -> None:
    settings = Settings()
    if made == "config":
        config.parent.mkdir(parents=True)
        config.touch()
    elif made == "visited":
        write_visited(tmp_path / "data", demo.url, "kiln-devel")
    elif made == "server":
        settings = Settings(server=demo.url)
    else:
        settings = Settings(project="kiln-devel")
    app = Session(settings, parse_place("")).make_app()
    assert isinstance(app.get_default_screen(), Opening)


def test_what_is_written_is_toml_whatever_was_typed() -> None:
    answers = Answers("https://example.org", 'a"b\\c', "x\u202ey\x7f", keymap="vim")
    read = tomllib.loads("\n".join(first_lines(answers)))
    assert read["project"] == 'a"b\\c'
    assert read["servers"]["https://example.org"]["token"] == "x\u202ey\x7f"
    assert "x" not in repr(answers).replace("example", "")
