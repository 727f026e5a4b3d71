"""Every screen in every theme: no cell without the theme's colours, no label cut where there is room.

Each screen is seen in all themes and at all sizes, each theme at all sizes; ``pytest --all-themes`` sees
each screen in each theme at each size.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color
from textual.css.stylesheet import Stylesheet
from textual.widgets import Static

from tests.conftest import NOW
from tests.screens.conftest import Seat, Sit
from tests.screens.tour import settle, walk
from tui.app import PwtuiApp
from tui.config.servers import KnownServer
from tui.config.settings import Settings
from tui.config.themes import ALL_SHADES, DEFAULT_THEME, Theme, load_theme, theme_names
from tui.core.place import parse_place
from tui.demo import app as demo_app
from tui.demo.server import DemoServer
from tui.screens.browser import Browser
from tui.session import Session
from tui.widgets.bars import Bar

pytestmark = pytest.mark.anyio

SIZES = [(80, 24), (120, 36), (200, 60)]
THEMES = [load_theme(name) for name in theme_names()]
DIMMED = 0.4
"""How far what lies below a dialog goes towards the background; see dialog.tcss."""
TEXTS = {"ledger-detail"}
"""What is no label, but a line that says as much as has room in a table's width."""
EDGE = 10
"""Cells of the terminal's width that a dialog leaves free where it has no room for a label."""


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the style sheet once for each theme."""
    known: dict[object, object] = {}
    reparse = Stylesheet.reparse

    def read(sheet: Stylesheet) -> None:
        key = (tuple(sheet.source), tuple(sheet._variables.items()))
        if key in known:
            sheet._rules, sheet._rules_map = known[key], None  # type: ignore[assignment]
        else:
            reparse(sheet)
            known[key] = sheet._rules

    monkeypatch.setattr(Stylesheet, "reparse", read)


@pytest.mark.usefixtures("_quick")
async def test_every_cell_has_colours_of_the_theme_and_no_label_is_cut(
    sit: Sit, request: pytest.FixtureRequest
) -> None:
    every = bool(request.config.getoption("--all-themes"))
    seen: set[tuple[str, int]] = set()
    found: list[str] = []
    async with sit(SIZES[0], me="mira") as seat:
        turn = 0
        async for stop in walk(seat):
            # There and back: two changes of size a stop.
            for size in SIZES if seat.app.size == SIZES[0] else SIZES[::-1]:
                if seat.app.size != size:
                    await seat.pilot.resize_terminal(*size)
                    await settle(seat)
                found += [f"{stop} at {size}: {words}" for words in cut_labels(seat)]
                for theme in THEMES if every else THEMES[turn % len(SIZES) :: len(SIZES)]:
                    seat.app.show_theme(theme)
                    seen.add((theme.name, size[0]))
                    found += [f"{stop} in {theme.name}: {words}" for words in strange_cells(seat.app, theme)]
                turn += 1
            turn += 1
    assert not found, "\n".join(found)
    assert len(seen) == len(THEMES) * len(SIZES)


def strange_cells(app: PwtuiApp, theme: Theme) -> Iterator[str]:
    """Tell cells whose colours are none of the theme's."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    assert [strip.cell_length for strip in strips] == [width] * height
    known = set(theme.colors)
    if len(app.screen_stack) > 1:
        ground = Color.parse(theme.colors.background)
        known |= {Color.parse(color).blend(ground, DIMMED).hex.lower() for color in theme.colors}
    for y, strip in enumerate(strips):
        for text, style, _ in strip:
            if not is_known(style, text, known, theme.shades):
                yield f"line {y}, {text!r} is {style}"


def is_known(style: Style | None, text: str, known: set[str], shades: int) -> bool:
    """Say whether foreground and ground of a text are those that a theme may have."""
    if style is None:
        return False
    if shades == 0:
        return style.color is style.bgcolor is None
    # Nothing is seen of the foreground of a blank, nor of the ground of a reversed one.
    sides: list[RichColor | None] = [style.color] if text.strip() or style.reverse else []
    sides += [] if style.reverse and not text.strip() else [style.bgcolor]
    if shades == ALL_SHADES:
        return all(side is not None and side.name in known for side in sides)
    numbers = {side.number for side in sides if side is not None and side.number is not None}
    return len(numbers) == len(sides) and max(numbers, default=0) < shades  # a text is not its ground, too


def cut_labels(seat: Seat) -> Iterator[str]:
    """Tell labels that are cut although the terminal has room for them."""
    screen, room = seat.app.screen, seat.app.size.width
    for label in screen.query(Static):
        text, size = str(label.content), label.content_size
        if not label.display or not text or not size or label.id in TEXTS:
            continue
        if any(line.endswith("…") for line in text.split("\n")) and size.width < room - EDGE:
            yield f"{text!r} is cut in {size.width} cells"
        needed = label.visual.get_height(label.styles.get_render_rules(), size.width)
        if needed > size.height:
            yield f"{text!r} wants {needed} lines, and has {size.height}"
    for bar in seat.browser.query(Bar) if screen is seat.browser else ():
        if bar.size and "…" in (text := bar.render_line(bar.size.height - 1).text):
            yield f"{text!r} is cut"


# -- a switch against a start ------------------------------------------------------


async def pictures(theme: str, others: list[Theme]) -> AsyncIterator[tuple[str, str]]:
    """Start in a theme; return a picture of some stops, in that theme or in others one after the other."""
    app = Session(Settings(), parse_place(""), demo=True, theme=theme).make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        seat = Seat(app, pilot)
        await seat.loaded()
        await seat.press("enter")
        for keys in (("j", "enter", "V", "j"), ("X", "s")):
            await seat.press(*keys)
            await settle(seat)
            for one in others or [load_theme(theme)]:
                if others:
                    app.show_theme(one)
                    await seat.pilot.pause()
                yield f"{keys[-1]} in {one.name}", app.export_screenshot()


@pytest.fixture
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_app, "_now", lambda: NOW)
    monkeypatch.setattr(Browser, "now", staticmethod(lambda: NOW))


@pytest.mark.usefixtures("_still")
async def test_a_switch_shows_what_a_start_in_that_theme_shows() -> None:
    switched = {name: picture async for name, picture in pictures(DEFAULT_THEME, THEMES)}
    for theme in THEMES:
        async for name, picture in pictures(theme.name, []):
            assert switched[name] == picture, name


@pytest.mark.usefixtures("_still")
async def test_a_switch_is_painted_once(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.press("enter", "enter")
        await seat.until(seat.shows_its_patch)
        await settle(seat)
        painted: list[int] = []
        refresh = Browser._compositor_refresh

        def note(screen: Browser) -> None:
            painted.append(sum(region.area for region in screen._compositor._dirty_regions))
            refresh(screen)

        monkeypatch.setattr(Browser, "_compositor_refresh", note)
        seat.app.show_theme(load_theme("light"))
        await settle(seat)
        assert sum(painted) < 1.1 * 120 * 36, painted


@pytest.mark.usefixtures("_quick")
@pytest.mark.parametrize(
    ("text", "sees"), [("", "Welcome to pwtui"), ("kiln-devl", "There is no project kiln-devl")]
)
async def test_the_screens_before_a_project_have_them_too(
    text: str, sees: str, demo: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = (KnownServer("Tests", demo.url, "a server of the tests"),)
    monkeypatch.setattr("tui.config.servers.known_servers", lambda: known)
    monkeypatch.setattr("tui.first_start.known_servers", lambda: known)
    app = Session(Settings(), parse_place(text)).make_app()
    async with app.run_test(size=SIZES[0]) as pilot:
        await Seat(app, pilot).sees(sees)
        found: list[str] = []
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            for theme in THEMES:
                app.show_theme(theme)
                found += [f"{theme.name}: {words}" for words in strange_cells(app, theme)]
    assert not found, "\n".join(found)
