"""Reading: the panes fill, the keys move, levels open and close."""

from __future__ import annotations

import re

import pytest
from textual import events

from tests.screens.conftest import Seat, Sit
from tui.config.settings import Settings
from tui.core.change import Notice, Tone
from tui.demo.server import DemoServer
from tui.where import Where

pytestmark = pytest.mark.anyio

SIZES = [(80, 24), (120, 36), (200, 60)]


@pytest.mark.parametrize("size", SIZES)
async def test_the_newest_series_show_first(sit: Sit, demo: DemoServer, size: tuple[int, int]) -> None:
    async with sit(size) as seat:
        await seat.loaded()
        rows = seat.browser.store.series_rows(seat.browser.series.ids)
        dates = [row.series.date for row in rows]
        assert dates == sorted(dates, reverse=True)
        assert seat.browser.series.cursor == 0
        assert "kiln-devel" in seat.text.split("\n")[0]
        assert f"of {seat.browser.sync.status.total}" in seat.text.split("\n")[0]


async def test_the_first_round_is_five_requests(sit: Sit, demo: DemoServer) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        # What is fetched ahead comes when the cursor rests, which it may do before all lists are here.
        lists = [seen for seen in demo.requests if not re.search(r"/(patches|covers)/\d+/", seen.path)]
        assert len(lists) <= 6, [str(seen) for seen in lists]


async def test_enter_opens_and_escape_goes_back(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        await seat.press("enter")
        assert seat.at(Where.PATCHES)
        await seat.press("enter")
        assert seat.at(Where.DIFF)
        await seat.until(seat.shows_its_patch)
        await seat.press("q")
        assert seat.at(Where.PATCHES)
        await seat.press("escape")
        assert seat.at(Where.SERIES)


@pytest.mark.parametrize("size", SIZES)
async def test_the_cursor_moves_with_the_keys_of_the_table(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size) as seat:
        await seat.loaded()
        series = seat.browser.series
        await seat.press("j", "j", "down", "k")
        assert series.cursor == 2
        await seat.press("G")
        assert series.cursor > 30
        await seat.press("g")
        assert series.cursor == 0
        await seat.press("ctrl+d")
        half = series.cursor
        assert half > 3
        await seat.press("ctrl+u")
        assert series.cursor == 0
        await seat.press("pagedown", "b")
        assert series.cursor == 0


async def test_older_series_load_as_the_cursor_nears_the_end(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        status = seat.browser.sync.status
        assert status.total and status.loaded < status.total
        for _ in range(4):
            await seat.press("G")
            await seat.settled()
        assert seat.browser.sync.status.loaded == status.total
        assert f"{status.total} of {status.total}" in seat.text


async def test_tab_goes_round_the_panes(sit: Sit) -> None:
    async with sit((200, 60)) as seat:
        await seat.loaded()
        seen = []
        for key in ("tab", "tab", "tab", "shift+tab"):
            await seat.press(key)
            seen.append(seat.browser.level)
        assert seen == [Where.PATCHES, Where.DIFF, Where.SERIES, Where.DIFF]


async def test_z_zooms_the_pane_and_takes_it_back(sit: Sit) -> None:
    async with sit((200, 60)) as seat:
        await seat.loaded()
        await seat.press("z")
        assert seat.browser.series.size.width >= 198
        await seat.press("z")
        assert seat.browser.series.size.width < 120


async def test_brackets_step_through_the_patches_of_the_series(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        browser = seat.browser
        at = next(i for i, row in enumerate(browser.store.series_rows(browser.series.ids)) if row.known > 3)
        browser.series.move(at)
        await seat.press("enter", "enter", "right_square_bracket")
        assert browser.patches.cursor == 1
        await seat.settled()
        first = browser.patches.current
        await seat.until(lambda: browser.store.body(first or 0) is not None)
        await seat.press("left_square_bracket", "left_square_bracket")
        assert browser.patches.cursor == 0
        assert "first one of the series" in seat.last_line


async def test_hunks_and_files_are_steps_in_the_diff(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        reader = await seat.reads("hw: reset values in tables", patch=1)
        await seat.press("right_curly_bracket")
        at_file = reader.cursor
        assert at_file > 0
        await seat.press("right_parenthesis")
        assert reader.cursor > at_file
        await seat.press("left_curly_bracket", "g")
        assert reader.cursor == reader.place == 0
        await seat.press("space")
        assert reader.place > 10


async def test_the_place_in_a_diff_is_kept(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        reader = await seat.reads("hw: reset values in tables")
        await seat.press("space")
        place = reader.place
        await seat.press("q", "q", "j", "enter", "enter")
        await seat.until(seat.shows_its_patch)
        assert reader.place == 0
        await seat.press("q", "q", "k", "enter", "enter")
        assert reader.place == place > 0


async def test_q_asks_at_the_top_and_Q_leaves_at_once(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        await seat.press("q")
        assert "Leave pwtui?" in seat.text
        await seat.press("escape")
        assert "Leave pwtui?" not in seat.text
        await seat.press("Q")
        await seat.until(lambda: seat.app.return_code == 0)


async def test_a_key_typed_into_the_help_comes_first_in_its_case(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        await seat.press("question_mark", "G")
        assert seat.text.index("G, end") < seat.text.index("g, home")
        await seat.press("backspace", "g")
        assert seat.text.index("g, home") < seat.text.index("G, end")


async def test_help_names_every_key_of_the_pane(sit: Sit) -> None:
    async with sit((120, 80)) as seat:
        await seat.loaded()
        await seat.press("question_mark")
        for text in ("Set the state of the marked rows", "Go down a line", "ctrl+d", "Leave at once"):
            assert text in seat.text
        await seat.press("escape")
        await seat.press("colon")
        await seat.press(*"zoom", "enter")
        await seat.pilot.pause()
        assert seat.browser.zoomed


async def test_every_size_down_to_one_cell(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.press("enter", "enter")
        for keys in ((), ("s",), ("escape", "question_mark"), ("escape", "d"), ("escape", "y")):
            await seat.press(*keys) if keys else None
            for width, height in ((120, 36), (99, 20), (40, 10), (12, 5), (6, 3), (3, 2), (1, 1), (120, 36)):
                await seat.pilot.resize_terminal(width, height)
                await seat.pilot.pause()
        assert seat.app.is_running


async def test_keys_typed_ahead_reach_the_dialog(sit: Sit) -> None:
    async with sit((80, 24), settings=Settings(advance=False)) as seat:
        await seat.loaded()
        series_id = await seat.goes_to("hw: reset values in tables")
        burst(seat, "s", "4")
        await seat.until(
            lambda: {s for s, _ in seat.browser.store.series_rows([series_id])[0].states} == {"rejected"}
        )
        burst(seat, "s", "d", "e", "f", "enter")
        await seat.until(
            lambda: {s for s, _ in seat.browser.store.series_rows([series_id])[0].states} == {"deferred"}
        )


@pytest.mark.parametrize("keys", ["q j j", "s 2 2", "y 1 1", "question_mark escape q"])
async def test_a_burst_of_keys_ends_a_dialog_once(sit: Sit, keys: str) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        await seat.press(keys.split()[0])
        burst(seat, *keys.split()[1:])
        await seat.settled()
        assert seat.app.is_running
        assert seat.app.screen_stack


async def test_a_burst_goes_through_the_panes_and_back(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        burst(seat, "enter", "enter")
        await seat.until(lambda: seat.at(Where.DIFF))
        burst(seat, "escape", "escape")
        await seat.until(lambda: seat.at(Where.SERIES))
        await seat.settled()
        assert seat.at(Where.SERIES)


async def test_another_series_begins_at_its_top(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        await seat.goes_to("hw: reset values in tables")
        await seat.press("enter", "j", "j", "j", "q")
        await seat.goes_to("snapshots of a running mach")
        await seat.press("enter")
        assert seat.browser.patches.cursor == 0


async def test_a_long_notice_is_shown_whole(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        words = "The server has accepted now, you saw new and wish rejected; set it again to insist on it."
        seat.browser.tell(Notice(words, Tone.TROUBLE, retry=True))
        await seat.pilot.pause()
        assert words in " ".join(seat.text.split())
        await seat.press("escape")
        assert "insist on" not in seat.text
        assert "Leave pwtui?" not in seat.text


def burst(seat: Seat, *keys: str) -> None:
    """Press keys as a slow line hands them over: all at once."""
    for key in keys:
        seat.app.post_message(events.Key(key, key if len(key) == 1 else None))
