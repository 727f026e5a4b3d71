"""The palette: everything is found by typing, and a theme shows while the cursor is on it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.screens.conftest import Seat, Sit
from tui.actions import ACTIONS
from tui.beginning import begin
from tui.commands.arguments import parse
from tui.commands.settings import tell_all
from tui.commands.themes import tell_themes
from tui.config.settings import Settings
from tui.config.themes import theme_names
from tui.core.place import parse_place
from tui.demo.server import DemoServer
from tui.screens.chooser import Chooser
from tui.screens.resting import PLACES
from tui.where import ANYWHERE, Where

pytestmark = pytest.mark.anyio

SIZES = [(80, 24), (120, 36), (200, 60)]
VIRTIO = "virtio: stop interrupting guests"


def offered(seat: Seat) -> list[str]:
    """Return the values that the palette offers."""
    assert isinstance(seat.app.screen, Chooser)
    return [choice.value for choice in seat.app.screen._choices]


@pytest.mark.parametrize("size", SIZES)
async def test_it_holds_every_action_view_theme_and_project(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size) as seat:
        await seat.loaded()
        await seat.press("ctrl+p")
        await seat.until(lambda: any(value.startswith("project ") for value in offered(seat)))
        values = offered(seat)
        assert {a.id for a in ACTIONS if a.where & ANYWHERE and not a.takes_digit} <= set(values)
        assert [v for v in values if v.startswith("view ")] == [f"view {at}" for at in range(4)]
        assert {f"theme {name}" for name in theme_names()} <= set(values)
        assert len(values) == len(set(values))


async def test_a_theme_shows_while_the_cursor_is_on_it_and_esc_takes_it_back(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        before = seat.app.palette
        await seat.press("colon", *"theme: light")
        await seat.until(lambda: seat.app.theme == "pwtui-light")
        assert seat.app.palette != before
        await seat.press("escape")
        await seat.until(lambda: seat.app.theme == "pwtui-dark")
        assert seat.app.palette == before


async def test_a_theme_that_is_chosen_stays_for_the_next_start(sit: Sit, tmp_path: Path) -> None:
    for theme in ("dark", "light"):
        async with sit((120, 36), data=tmp_path / "kept") as seat:
            await seat.loaded()
            assert seat.app.theme == f"pwtui-{theme}"
            await seat.press("colon", *"theme: light", "enter")
            await seat.until(lambda: len(seat.app.screen_stack) == 1)
            assert seat.app.theme == "pwtui-light"
            assert "light is the theme of the next starts, too." in seat.last_line
    lines: list[str] = []
    tell_all(begin(parse(["config"])), os.environ, lines.append)
    assert any(re.fullmatch(r"theme +light +chosen in the palette", line) for line in lines)
    themes: list[str] = []
    assert tell_themes(os.environ, themes.append) == 0
    assert any(line.startswith("* light ") for line in themes)


async def test_a_theme_that_is_set_comes_before_one_that_is_chosen(sit: Sit, tmp_path: Path) -> None:
    settings = Settings(theme="ember", theme_at="config.toml:1")
    for _ in range(2):
        async with sit((120, 36), data=tmp_path / "kept", settings=settings) as seat:
            await seat.loaded()
            assert seat.app.theme == "pwtui-ember"
            await seat.press("colon", *"theme: light", "enter")
            await seat.until(lambda: len(seat.app.screen_stack) == 1)
            assert "config.toml:1 sets another theme for the next start; change it there." in seat.last_line


async def test_what_is_chosen_after_a_theme_was_looked_at_is_done_in_the_old_one(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.press("colon", *"theme: light")
        await seat.until(lambda: seat.app.theme == "pwtui-light")
        await seat.press("ctrl+u", *"outbox", "enter")
        await seat.sees("Outbox")
        assert seat.app.theme == "pwtui-dark"


async def test_a_view_is_found_by_its_name_or_its_query(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.press("colon", *"view: all open", "enter")
        await seat.until(lambda: seat.browser.view.name == "All open")


async def test_recent_places_are_found_again(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.reads(VIRTIO, patch=1)
        place = seat.browser.series.current, seat.browser.patches.current
        await seat.until(lambda: place in seat.browser.places)
        await seat.press("q", "q", "g")
        await seat.press(
            "colon", *"back to: virtio: name"
        )  # where the cursor rested on the way is another place
        await seat.sees("virtio: name the fields of the available ring")
        await seat.press("enter")
        await seat.until(lambda: seat.at(Where.DIFF))
        assert (seat.browser.series.current, seat.browser.patches.current) == place


async def test_recent_places_are_there_in_the_next_run(sit: Sit, tmp_path: Path) -> None:
    async with sit((120, 36), data=tmp_path / "kept") as seat:
        await seat.reads(VIRTIO, patch=1)
        place = seat.browser.series.current, seat.browser.patches.current
        await seat.until(lambda: place in seat.browser.places)
        await seat.press("q", "q", "g")
        await seat.settled()
    async with sit((120, 36), data=tmp_path / "kept") as seat:
        await seat.loaded()
        await seat.press("colon")
        assert f"place {place[0]} {place[1]}" in offered(seat)
        await seat.press(*"back to: virtio: name", "enter")
        await seat.until(lambda: seat.at(Where.DIFF))
        assert (seat.browser.series.current, seat.browser.patches.current) == place


async def test_recent_places_are_kept_where_another_place_was_named(
    sit: Sit, demo: DemoServer, tmp_path: Path
) -> None:
    async with sit((120, 36), data=tmp_path / "kept") as seat:
        await seat.reads(VIRTIO, patch=1)
        place = seat.browser.series.current, seat.browser.patches.current
        await seat.until(lambda: place in seat.browser.places)
    there = parse_place(f"{demo.url}/project/{demo.project}/list/?series={place[0]}")
    for _ in range(2):
        async with sit((80, 24), data=tmp_path / "kept", place=there) as seat:
            await seat.until(lambda: seat.at(Where.PATCHES))
            assert place in seat.browser.places


@pytest.mark.parametrize("size", SIZES)
async def test_a_recent_place_that_is_gone_is_left_out_with_a_word(
    sit: Sit, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with sit(size, data=tmp_path / "kept") as seat:
        await seat.loaded()
        browser = seat.browser
        here, there = browser.series.ids[0], browser.series.ids[3]
        browser.places.clear()
        for place in ((here, None), (there, 900_001), (900_002, None), (there, None)):
            browser.note_place(place)
        await seat.settled()
    async with sit(size, data=tmp_path / "kept") as seat:
        await seat.loaded()
        await seat.press("colon")
        assert f"place {there} " in offered(seat)
        assert not [value for value in offered(seat) if "90000" in value]
        await seat.sees("2 recent places are gone")
        await seat.press("escape", "colon")
        await seat.sees("All actions")
        assert "gone" not in seat.text


async def test_only_the_latest_places_are_kept(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        for number in range(PLACES + 5):
            seat.browser.note_place((number, None))
        assert len(seat.browser.places) == PLACES
        assert list(seat.browser.places)[-1] == (PLACES + 4, None)


async def test_a_project_is_gone_to(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.press("colon", *"project: kiln-docs")
        await seat.sees("Project: kiln-docs")
        await seat.press("enter")
        await seat.until(lambda: seat.browser.project == "kiln-docs")
