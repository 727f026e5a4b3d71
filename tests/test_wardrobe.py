"""A theme of one's own follows its file while the app runs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.screens.conftest import Seat
from tui import app as tui_app
from tui import wardrobe
from tui.config.settings import Settings
from tui.config.themes import own_folder, theme_folder
from tui.core.place import parse_place
from tui.session import Session
from tui.worn import Worn

pytestmark = pytest.mark.anyio

DARK = (theme_folder() / "dark.toml").read_text(encoding="utf-8")
GREEN = DARK.replace('accent = "#7fb4f0"', 'accent = "#22bb33"')


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(wardrobe, "EVERY", 0.02)
    monkeypatch.setattr(tui_app, "SETTLED", 0.01)
    folder = own_folder(os.environ)
    assert folder
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(DARK)
    return folder / "mine.toml"


def painted(seat: Seat) -> set[str]:
    strips = seat.app.screen._compositor.render_strips()
    return {style.color.name for strip in strips for _, style, _ in strip if style and style.color}


async def test_a_change_of_the_file_is_shown_and_a_bad_one_named(own: Path) -> None:
    app = Session(Settings(), parse_place(""), demo=True, theme="mine").make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        seat = Seat(app, pilot)
        await seat.loaded()
        assert "#7fb4f0" in painted(seat)
        own.write_text(GREEN)
        await seat.until(lambda: "#22bb33" in painted(seat))
        assert "#7fb4f0" not in painted(seat)
        own.write_text(GREEN.replace('"#16181d"', '"nightfall"'))
        await seat.sees("✗ theme mine.toml:7:14: background = 'nightfall' is not a colour")
        assert app.palette.accent == "#22bb33"
        own.write_text("title = ")
        await seat.sees("theme mine.toml: Invalid value (at end of document)")
        own.unlink()
        own.write_text(DARK)
        await seat.until(lambda: "#7fb4f0" in painted(seat))
        assert "✓ Theme mine is shown as its file is now" in seat.text


async def test_only_the_file_of_the_theme_that_is_shown_is_looked_at(own: Path) -> None:
    app = Session(Settings(theme="mine"), parse_place(""), demo=True).make_app()
    worn = app.worn
    assert isinstance(worn, Worn)
    async with app.run_test(size=(120, 36)) as pilot:
        seat = Seat(app, pilot)
        await seat.loaded()
        await seat.until(lambda: worn.watch and worn.watch._timer)
        closet = wardrobe.Wardrobe(app, None)
        closet.show("light")
        assert worn.watch
        assert worn.watch._timer is None
        own.write_text(GREEN)
        closet.show("mine")
        await pilot.pause()
        assert app.palette.accent == "#22bb33"
        assert worn.watch._timer is not None


async def test_without_a_theme_of_ones_own_nothing_is_looked_at(own: Path) -> None:
    app = Session(Settings(), parse_place(""), demo=True).make_app()
    worn = app.worn
    assert isinstance(worn, Worn)
    async with app.run_test(size=(120, 36)) as pilot:
        await Seat(app, pilot).loaded()
        wardrobe.Wardrobe(app, None).show("light")
        assert worn.watch is None
