"""The plain mode, for who listens to the screen; and nothing that moves by itself."""

from __future__ import annotations

import re

import pytest
from textual.geometry import Offset
from textual.widgets import Input, OptionList

from tests.screens.conftest import Seat, Sit
from tests.screens.staged import stage_deeds, stage_marks, stage_news
from tests.screens.test_remarks import remarked
from tests.screens.test_stacks import FIVE, all_here
from tests.screens.tour import TAB_KEYS, walk
from tui.config.settings import Settings
from tui.core.command import Command, Output
from tui.core.place import parse_place
from tui.demo.server import DemoServer
from tui.screens.dialog import ListDialog
from tui.screens.ledger import Ledger
from tui.screens.pane import Pane
from tui.session import Session
from tui.where import Where

pytestmark = pytest.mark.anyio

PLAIN = Settings(plain=True)
SIZES = [(80, 24), (120, 36), (200, 60)]
BOXES = {chr(code) for code in range(0x2500, 0x25A0)}
"""What draws lines, boxes and bars."""


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
        assert not BOXES & set(series)
        await seat.press("s")
        assert not BOXES & set(seat.text)
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


async def test_several_lines_are_said_in_one(sit: Sit) -> None:
    async with sit((120, 36), settings=PLAIN) as seat:
        await seat.loaded()
        await seat.press("slash", *"zzz", "enter", "enter")
        await seat.until(lambda: "like that." in first_line(seat))
        assert first_line(seat).startswith("No series here is like that. Esc shows all again.")


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


@pytest.mark.parametrize("size", SIZES)
async def test_no_screen_draws_a_line_or_a_box(sit: Sit, size: tuple[int, int]) -> None:
    drawn = {}
    async with sit(size, settings=PLAIN, me="mira") as seat:
        async for name in walk(seat):
            if found := BOXES & set(seat.text):
                drawn[name] = found
    assert drawn == {}


async def test_remarks_beside_a_diff_and_older_versions_draw_none(sit: Sit) -> None:
    async with sit((120, 36), settings=PLAIN) as seat:
        await remarked(seat, "Why is that?")
        await seat.press("m", "m")
        await seat.sees("Why is that?")
        assert not BOXES & set(seat.text)
        await seat.press("escape", "escape", "escape")
        await all_here(seat)
        await seat.goes_to(FIVE)
        await seat.press("plus", "j")
        await seat.until(lambda: ", older version, virtio" in spoken(seat))
        assert not BOXES & set(seat.text)


async def test_a_quotation_is_marked_as_in_a_mail(sit: Sit) -> None:
    async with sit((120, 36), settings=PLAIN) as seat:
        await remarked(seat, "Why is that?")
        await seat.press(TAB_KEYS[Where.TALK])
        await seat.sees("[Talk]")
        await seat.until(lambda: re.search(r"\n +> ", seat.text))


@pytest.mark.parametrize("size", SIZES)
async def test_neither_does_the_first_start_nor_the_search_for_a_project(
    demo: DemoServer, size: tuple[int, int]
) -> None:
    app = Session(PLAIN, parse_place("")).make_app()
    async with app.run_test(size=size) as pilot:
        seat = Seat(app, pilot)
        await seat.sees("Welcome to pwtui")
        assert not BOXES & set(seat.text)
        await seat.press("enter", "enter")
        await seat.pilot.pause()
        assert not BOXES & set(seat.text)
    app = Session(PLAIN._replace(server=demo.url), parse_place("kiln-deve")).make_app()
    async with app.run_test(size=size) as pilot:
        seat = Seat(app, pilot)
        await seat.sees("kiln-devel")
        assert not BOXES & set(seat.text)


def heard(seat: Seat) -> str:
    """Return what is heard first in a dialog; it stands at its top, and the cursor at its beginning."""
    dialog = seat.app.screen
    assert isinstance(dialog, ListDialog)
    assert dialog._spoken
    line = next(line for line in seat.text.split("\n") if line.strip())
    assert line.strip()[:20] == dialog._spoken.words[:20]
    assert seat.app.cursor_position == dialog._spoken.region.offset
    return dialog._spoken.words


async def test_the_preview_says_what_will_change_then_its_rows(sit: Sit) -> None:
    async with sit((120, 36), settings=PLAIN) as seat:
        await seat.loaded()
        await seat.press(*"jjj")
        stage_marks(seat)
        await seat.press("s", "3")
        await seat.sees("Left out")
        assert re.match(r"Set \d+ patches in \d+ series to .*Left out .*", heard(seat))
        await seat.press("j")
        await seat.until(lambda: heard(seat).startswith("series 2 of "))
        assert len(heard(seat)) > len("series 2 of 100: ")
        await seat.press("k", "k")
        assert heard(seat) == "This is the first row."
        assert not BOXES & set(seat.text)


async def test_the_output_of_a_command_says_how_it_ended_then_its_lines(sit: Sit) -> None:
    log = Command("f5", "seq -f 'line no. %g' 300", Output.READER, "log")
    async with sit((120, 36), settings=PLAIN._replace(commands=(log,))) as seat:
        await seat.loaded()
        await seat.press("f5")
        await seat.sees("log has ended")
        assert heard(seat) == "log has ended 300 lines"
        await seat.press("k")
        await seat.until(lambda: heard(seat) == "line 299 of 300: line no. 299")
        await seat.press("ctrl+c")
        assert heard(seat) == "It has ended already."
        assert not BOXES & set(seat.text)
