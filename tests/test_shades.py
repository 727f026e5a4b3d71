"""Where a terminal has 16 colours or is to get none, nothing else goes out, and nothing is lost."""

from __future__ import annotations

import io
import re
from itertools import permutations

import pytest
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.renderables.background_screen import BackgroundScreen

from tests.screens.conftest import Seat
from tui.config.settings import Settings
from tui.config.themes import MANY_SHADES, load_theme
from tui.core.place import parse_place
from tui.session import Session
from tui.shades import PALETTE, Colourless, Sixteen, Upright, filter_of

BLACK = Color.parse("black")


def through(style: Style | None, shades: int) -> Style | None:
    colors = load_theme("ansi" if shades else "dark").colors
    (segment,) = filter_of(shades, colors).apply([Segment("x", style)], BLACK)
    return segment.style


def test_each_of_the_sixteen_goes_out_as_itself() -> None:
    style = through(Style(color="#ff55ff", bgcolor="#0000aa", bold=True), 16)
    assert style is not None
    assert (style.color.number, style.bgcolor.number, style.bold) == (13, 4, True)  # type: ignore[union-attr]
    mixed = through(Style(color="#fe50f8"), 16)
    assert mixed is not None
    assert mixed.color is not None
    assert mixed.color.number is not None
    assert mixed.color.number < 16
    assert through(None, 16) is None


def behind_a_dialog(style: Style) -> Style:
    """Return what goes out of a text in 16 colours that Textual dims."""
    colors = load_theme("ansi").colors
    ground = Color.parse(colors.background)
    shades = filter_of(16, colors)
    dimmed = BackgroundScreen.process_segments(
        shades.apply([Segment("x", style)], BLACK), ground.with_alpha(0.4)
    )
    (segment,) = shades.apply(list(dimmed), BLACK)
    assert segment.style is not None
    return segment.style


def numbers(style: Style) -> tuple[int | None, int | None]:
    return style.color and style.color.number, style.bgcolor and style.bgcolor.number


def test_of_the_sixteen_a_text_never_becomes_its_ground_behind_a_dialog() -> None:
    alike = []
    for color, ground in permutations(PALETTE, 2):
        for style in (
            through(Style(color=color, bgcolor=ground), 16),
            behind_a_dialog(Style(color=color, bgcolor=ground)),
        ):
            assert style is not None
            color_number, ground_number = numbers(style)
            assert color_number is not None
            assert ground_number is not None
            if color_number == ground_number:
                alike.append(f"{color} on {ground}: {style}")
    assert alike == []


def test_behind_a_dialog_the_sixteen_are_darker_and_not_all_black() -> None:
    black = "#000000"
    bright = {color: numbers(behind_a_dialog(Style(color=color, bgcolor=black))) for color in PALETTE[10:]}
    assert bright == {color: (number, 0) for number, color in enumerate(PALETTE[10:], 2)}
    assert numbers(behind_a_dialog(Style(color="#555555", bgcolor=black))) == (8, 0)
    assert numbers(behind_a_dialog(Style(color="#ffffff", bgcolor="#0000aa"))) == (7, 4)
    assert numbers(behind_a_dialog(Style(color=black, bgcolor=black))) == (0, 0)


def test_what_is_mixed_to_its_ground_is_the_nearest_other_one() -> None:
    shown = through(Style(color="#101010", bgcolor="#000000"), 16)
    assert shown is not None
    assert numbers(shown) == (8, 0)


def test_without_colours_a_ground_becomes_reversed_or_underlined() -> None:
    colors = load_theme("none").colors
    assert through(Style(color=colors.text, bgcolor=colors.background, italic=True), 0) == Style(italic=True)
    assert through(Style(color=colors.text, bgcolor=colors.cursor), 0) == Style(reverse=True)
    assert through(Style(bgcolor=colors.added_word), 0) == Style(underline=True)
    assert through(Style(bgcolor=colors.hit_now), 0) == Style(reverse=True, bold=True)
    assert through(Style(color=colors.panel, bgcolor=colors.text), 0) == Style(reverse=True)
    assert through(Style(bgcolor=colors.added_line), 0) == Style()
    assert through(None, 0) is None


def test_of_256_those_that_look_alike() -> None:
    colors = load_theme("dark").colors
    rounded = filter_of(MANY_SHADES, colors)

    def number_of(ground: str) -> int | None:
        (segment,) = rounded.apply([Segment("x", Style(bgcolor=ground, italic=True))], BLACK)
        assert segment.style is not None
        assert segment.style.italic
        assert segment.style.bgcolor is not None
        return segment.style.bgcolor.number

    greys = range(232, 256)
    calm = (colors.background, colors.panel, colors.cursor, colors.cursor_line, colors.added_line)
    assert all(number_of(ground) in greys for ground in calm)
    assert number_of(colors.background) != number_of(colors.added_line) != number_of(colors.cursor)
    assert [number_of("#ffffff"), number_of("#000000"), number_of("#5f0000")] == [231, 16, 52]


def test_italics_are_left_out_alone() -> None:
    (segment,) = Upright().apply([Segment("x", Style(bold=True, italic=True, color="#123456"))], BLACK)
    assert segment.style is not None
    assert not segment.style.italic
    assert segment.style.bold
    assert segment.style.color == Style(color="#123456").color


def test_what_has_been_seen_is_not_kept_for_ever() -> None:
    plain = Colourless(load_theme("none").colors)
    for number in range(5000):
        plain.apply([Segment("x", Style(color=f"#{number:06x}"))], BLACK)
    assert len(plain._seen) <= 4097


async def painted(theme: str) -> str:
    """Return what the app writes to a terminal that takes all colours."""
    app = Session(Settings(), parse_place(""), demo=True, theme=theme).make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        seat = Seat(app, pilot)
        await seat.loaded()
        await seat.press("enter", "enter")
        await seat.until(seat.shows_its_patch)
        await seat.press("s")
        await seat.settled()
        console = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor", width=120)
        console.print(app.screen._compositor.render_update(full=True))
        written = console.file.getvalue()  # type: ignore[attr-defined]
    return str(written)


def codes(written: str) -> set[str]:
    return {code for found in re.findall(r"\x1b\[([\d;]*)m", written) for code in found.split(";")}


@pytest.mark.anyio
async def test_none_writes_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    assert codes(await painted("none")) <= {"", "0", "1", "2", "3", "4", "7"}
    monkeypatch.setenv("NO_COLOR", "1")
    assert codes(await painted("light")) <= {"", "0", "1", "2", "3", "4", "7"}


@pytest.mark.anyio
async def test_ansi_writes_the_sixteen_alone() -> None:
    written = await painted("ansi")
    assert "38;" not in written
    assert "48;" not in written
    assert {"97", "44"} <= codes(written)


def test_sixteen_is_a_filter_of_its_own() -> None:
    assert isinstance(filter_of(16, load_theme("ansi").colors), Sixteen)
