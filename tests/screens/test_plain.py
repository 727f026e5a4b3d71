"""The plain mode, for who listens to the screen; and nothing that moves by itself."""

from __future__ import annotations

import pytest
from textual.geometry import Offset
from textual.widgets import Input, OptionList

from tests.screens.conftest import Seat, Sit
from tests.screens.staged import stage_deeds, stage_news
from tui.config.settings import Settings
from tui.demo.server import DemoServer
from tui.screens.ledger import Ledger
from tui.screens.pane import Pane
from tui.where import Where

pytestmark = pytest.mark.anyio

PLAIN = Settings(plain=True)
SIZES = [(80, 24), (120, 36), (200, 60)]
BOXES = set("╭╮╰╯─╮│┌┐└┘├┤┬┴┼━┃▁▂▃▄▅▆▇█")


def first_line(seat: Seat) -> str:
    return seat.text.split("\n")[0]


def spoken(seat: Seat) -> str:
    line = seat.browser._spoken
    assert line is not None
    return line.words


@pytest.mark.parametrize("size", SIZES)
async def test_there_is_one_pane_and_no_box(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size, settings=PLAIN) as seat:
        await seat.loaded()
        assert [pane.id for pane in seat.browser.query(Pane) if pane.display] == ["series"]
        series = seat.text
        assert not BOXES & set(series.replace("│", ""))
        await seat.press("s")
        assert not set("╭╮╰╯") & set(seat.text)
        await seat.press("escape", "enter", "enter")
        await seat.until(seat.shows_its_patch)
        assert [pane.id for pane in seat.browser.query(Pane) if pane.display] == ["diff"]


async def test_what_has_the_focus_comes_first_in_words(sit: Sit) -> None:
    async with sit((200, 60), settings=PLAIN) as seat:
        await seat.loaded()
        await seat.goes_to("hw: reset values in tables")
        await seat.until(lambda: "hw: reset values in tables" in first_line(seat))
        place = f"series {seat.browser.series.cursor + 1} of {len(seat.browser.series.ids)}"
        assert first_line(seat).strip().startswith(place)
        assert "by " in spoken(seat)
        assert "checks" in spoken(seat)
        assert seat.app.cursor_position == Offset(0, 0)
        await seat.press("enter", "j")
        await seat.until(lambda: first_line(seat).startswith("patch 2 of"))
        assert ", accepted, checks passed, delegated to tomasz" in spoken(seat)


async def test_a_line_of_a_diff_says_whether_it_was_added_or_removed(sit: Sit) -> None:
    async with sit((120, 36), settings=PLAIN) as seat:
        reader = await seat.reads("hw: reset values in tables", 2)
        await seat.until(lambda: reader.is_settled)
        await seat.press("right_curly_bracket")
        await seat.until(lambda: spoken(seat).startswith("file: "))
        seen = set()
        for _ in range(40):
            await seat.press("j")
            await seat.pilot.pause()
            seen.add(spoken(seat).split(" ")[0])
        assert {"added", "removed", "line"} <= seen


async def test_a_change_is_announced_in_one_line(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36), settings=PLAIN) as seat:
        await seat.loaded()
        await seat.press("R")
        await seat.press("ctrl+left")
        await seat.until(lambda: spoken(seat) == "Only one pane is in sight here.")
        await seat.press("j")
        await seat.until(lambda: spoken(seat).startswith("series "))
        demo.faults.add(path=".*", reset=True, times=None)
        await seat.press("R")
        await seat.until(lambda: spoken(seat).startswith(("Trouble: ", "offline")))
        assert "\n" not in spoken(seat)


async def test_a_chooser_has_the_cursor_on_its_row(sit: Sit) -> None:
    async with sit((120, 36), settings=PLAIN) as seat:
        await seat.loaded()
        await seat.press("s", "down", "down")
        list_ = seat.app.screen.query_one(OptionList)
        await seat.until(lambda: seat.app.cursor_position == list_.content_region.offset + Offset(0, 2))
        await seat.press("escape")
        await seat.until(lambda: seat.app.cursor_position == Offset(0, 0))


async def test_nothing_hostile_is_said(sit: Sit) -> None:
    async with sit((200, 60), settings=PLAIN) as seat:
        await seat.loaded()
        await seat.press("G")
        for _ in range(12):
            await seat.press("k")
            await seat.pilot.pause()
            assert spoken(seat).isprintable()


async def test_without_it_there_is_no_such_line(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        assert seat.browser._spoken is None
        assert seat.at(Where.SERIES)


@pytest.mark.parametrize(
    ("settings", "blinks"), [(Settings(motion=False), False), (Settings(), True), (PLAIN, False)]
)
async def test_nothing_moves_by_itself_where_it_is_not_to(sit: Sit, settings: Settings, blinks: bool) -> None:
    async with sit((80, 24), settings=settings) as seat:
        await seat.loaded()
        assert (seat.app.animation_level == "none") is not blinks
        await seat.press("s")
        assert seat.app.screen.query_one(Input).cursor_blink is blinks


@pytest.mark.parametrize(
    ("opens", "words"), [("I", "inbox 1 of "), ("J", "journal 1 of "), ("%", "team 1 of ")]
)
async def test_a_list_above_the_panes_says_its_row_first(sit: Sit, opens: str, words: str) -> None:
    async with sit((120, 36), settings=PLAIN, me="mira") as seat:
        await seat.loaded()
        stage_deeds(seat)
        stage_news(seat)
        await seat.press("percent_sign" if opens == "%" else opens)
        ledger = seat.app.screen
        assert isinstance(ledger, Ledger)
        await seat.until(lambda: ledger._spoken and ledger._spoken.words.startswith(words))
        line = next(line for line in seat.text.split("\n") if line.strip())
        assert line.strip().startswith(words)
        assert not BOXES & set(seat.text)
        await seat.press("j")
        await seat.until(lambda: ledger._spoken and " 2 of " in ledger._spoken.words)
        assert ledger._spoken and seat.app.cursor_position == ledger._spoken.region.offset
        await seat.press("f9")
        assert ledger._spoken.words.startswith("f9 does nothing here")


async def test_a_diff_draws_no_lines(sit: Sit) -> None:
    async with sit((120, 36), settings=PLAIN) as seat:
        reader = await seat.reads("hw: reset values in tables", 2)
        await seat.until(lambda: reader.is_settled)
        await seat.press("right_curly_bracket")
        assert "─" not in seat.text
