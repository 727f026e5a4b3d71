"""Views as tabs, the query line, and the filter: what is asked, what is shown, and what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.screens.conftest import Seat, Sit
from tui.core.intent import Field
from tui.core.me import Me
from tui.where import Where

pytestmark = pytest.mark.anyio

NAMED = {" ": "space", ":": "colon", ",": "comma", "-": "minus", "(": "left_parenthesis", "/": "slash"}


async def types(seat: Seat, text: str) -> None:
    await seat.press(*(NAMED.get(letter, letter) for letter in text))


def found_states(seat: Seat) -> set[str]:
    rows = seat.browser.store.series_rows(seat.browser.series.ids)
    return {state for row in rows for state, _ in row.states}


def names(seat: Seat) -> list[str]:
    return [row.series.name for row in seat.browser.store.series_rows(seat.browser.series.ids)]


async def everything(seat: Seat) -> None:
    """Load the whole project."""
    await seat.loaded()
    while seat.browser.sync.status.loaded < (seat.browser.sync.status.total or 0):
        await seat.press("G")
        await seat.settled()
    await seat.press("g")


# -- the filter --------------------------------------------------------------------------


async def test_the_line_counts_what_comes_and_goes_while_one_types(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await everything(seat)
        await seat.press("slash")
        await types(seat, "state:new")
        await seat.settled()
        before, browser = len(seat.browser.series.ids), seat.browser
        assert f"{before} found" in seat.last_line
        browser.sync.wish(browser.store.patch_ids(browser.series.ids[-1]), Field.STATE, "accepted")
        await seat.settled()
        await seat.until(lambda: len(browser.series.ids) < before)
        assert f" {before - 1} found" in seat.last_line


async def test_a_filter_narrows_row_by_row_and_the_cursor_stays_on_its_row(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await everything(seat)
        series_id = await seat.goes_to("migration: send memory over")
        before = seat.browser.series.ids
        await seat.press("slash")
        for number, letter in enumerate("migration", 1):
            await types(seat, letter)
            assert seat.browser.series.current == series_id
            word = "migration"[:number]
            assert len(seat.browser.series.ids) <= len(before), word
        assert 1 <= len(seat.browser.series.ids) < 10
        assert f"{len(seat.browser.series.ids)} found" in seat.text
        await seat.press("enter")
        assert "/ migration" in seat.text
        assert "Esc shows all again; texts of" in seat.last_line
        await seat.press("escape")
        assert seat.browser.series.ids == before
        assert seat.browser.series.current == series_id


async def test_esc_in_the_line_puts_back_what_was_there(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await everything(seat)
        before = seat.browser.series.ids
        await seat.press("slash")
        await types(seat, "timer")
        assert len(seat.browser.series.ids) < len(before)
        await seat.press("escape")
        assert seat.browser.series.ids == before
        await seat.press("slash")
        await types(seat, "timer")
        await seat.press("enter", "slash")
        assert seat.browser._asking.text == "timer"
        await types(seat, "x")
        await seat.press("escape")
        assert seat.browser.filter == "timer"


async def test_a_filter_that_is_wrong_is_underlined_and_the_rows_stay(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await everything(seat)
        await seat.press("slash")
        await types(seat, "sate")
        before = seat.browser.series.ids
        await types(seat, ":new")
        line = seat.browser._asking
        assert line.wrong is not None
        assert line.text[slice(*line.wrong)].startswith("sate")
        assert "state" in seat.last_line
        assert seat.browser.series.ids == before
        await seat.press("enter")
        assert line.question is not None, "what is wrong stays to be mended"


async def test_a_filter_over_the_patches_is_theirs_alone(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.goes_to("virtio: stop interrupting")
        await seat.press("enter")
        await seat.settled()
        before = seat.browser.patches.ids
        await seat.press("slash")
        await types(seat, "state:accepted")
        await seat.press("enter")
        shown = seat.browser.store.patch_rows(seat.browser.patches.ids)
        assert {row.patch.state for row in shown} == {"accepted"}
        await seat.press("escape")
        assert seat.browser.patches.ids == before
        assert seat.at(Where.PATCHES)


# -- tabs --------------------------------------------------------------------------------


async def test_digits_go_to_views_and_angles_move(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await everything(seat)
        assert "To do │ Mine │ All open │ Everything" in seat.text
        await seat.press("3")
        await seat.settled()
        assert seat.browser.view.name == "All open"
        assert not found_states(seat) & {"accepted", "superseded"} or len(found_states(seat)) > 1
        await seat.press("less_than_sign")
        assert seat.browser.view.name == "Mine"
        await seat.press("greater_than_sign", "greater_than_sign", "greater_than_sign")
        assert seat.browser.view.name == "To do"
        await seat.press("9")
        assert "There is no view 9" in seat.last_line
        await seat.press("4")
        await seat.settled()
        assert "↑" not in seat.text, "rows of another view are no news"


async def test_mine_says_so_where_nobody_knows_who_i_am(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        await seat.press("2")
        assert "Mine: delegate:me" in seat.text
        assert "Traceback" not in seat.text
        seat.browser.me = Me("mira")
        await seat.press("1", "2")
        await seat.settled()
        rows = seat.browser.store.series_rows(seat.browser.series.ids)
        assert rows
        assert all("mira" in {user.username for user in row.delegates} for row in rows)


async def test_the_view_is_kept_for_the_next_start(sit: Sit, tmp_path: Path) -> None:
    data = tmp_path / "kept"
    async with sit((120, 36), data=data) as seat:
        await everything(seat)
        await seat.press("3", "l")
        await types(seat, " timer")
        await seat.press("enter")
        await seat.settled()
        before = seat.browser.series.ids
    async with sit((120, 36), data=data) as seat:
        assert seat.browser.view.name == "All open"
        assert seat.browser.series.ids == before


async def test_an_address_is_opened_whatever_the_view_shows(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await everything(seat)
        gone = next(id for id in seat.browser.series.ids if id % 7 == 3)
        await seat.press("l", *"nosuchword", "enter")
        assert seat.browser.series.ids == []
        assert "No series here is like that" in seat.text
        seat.browser._open_at(gone, None)
        await seat.pilot.pause()
        assert seat.browser.series.current == gone


# -- the query line ----------------------------------------------------------------------


async def test_a_query_is_completed_and_asked(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await everything(seat)
        await seat.press("l", *"stat")
        assert "state:" in seat.text
        await seat.press("tab", *"und")
        assert "under-review" in seat.text
        await seat.press("tab")
        assert seat.browser._asking.text == "state:under-review "
        await seat.press("enter")
        await seat.settled()
        assert seat.browser.series.ids
        rows = seat.browser.store.series_rows(seat.browser.series.ids)
        assert all("under-review" in dict(row.states) for row in rows)
        assert "state:under-review" in seat.text
        assert f"{len(rows)} found" in seat.text


async def test_an_error_is_pointed_at_under_the_word(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await everything(seat)
        before = seat.browser.series.ids
        await seat.press("l")
        await types(seat, "timer state:nwe ")
        line = seat.browser._asking
        assert line.wrong is not None
        assert line.text[slice(*line.wrong)] == "nwe"
        await seat.press("enter")
        assert line.question is not None
        await seat.press("escape")
        assert seat.browser.series.ids == before


@pytest.mark.parametrize("text", ["state:", "(", '"abc', "OR", "age:<", "x" * 10_000, "a.*[b+?\\", "(" * 300])
async def test_what_is_half_written_or_odd_never_ends_the_app(sit: Sit, text: str) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        for key in ("l", "slash"):
            await seat.press(key)
            seat.browser._asking.insert(text)
            await seat.pilot.pause()
            assert "Traceback" not in seat.text
            await seat.press("enter")
            await seat.press("escape", "escape")
            await seat.until(lambda: len(seat.app.screen_stack) == 1 or seat.app.screen_stack.pop())


async def test_a_query_is_saved_as_a_view(sit: Sit, tmp_path: Path) -> None:
    async with sit((120, 36)) as seat:
        await everything(seat)
        await seat.press("l")
        await types(seat, "timer")
        await seat.press("ctrl+s")
        await types(seat, "Clocks")
        await seat.press("enter")
        await seat.settled()
        assert seat.browser.view.name == "Clocks"
        assert "Saved as Clocks" in seat.last_line
        assert "│ Clocks" in seat.text
        found = seat.browser.series.ids
        await seat.press("4", "5")
        assert seat.browser.series.ids == found
        await seat.press("l", "ctrl+s", "ctrl+u")
        await types(seat, "mine")
        await seat.press("enter")
        assert "built in" in seat.last_line
    async with sit((120, 36)) as seat:
        await seat.loaded()
        assert "Clocks" in (tmp_path / "home" / "xdg_config_home" / "pwtui" / "config.toml").read_text()


async def test_words_say_how_much_of_the_project_they_look_into(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await everything(seat)
        await seat.press("l")
        await types(seat, "file:hw")
        await seat.press("enter")
        await seat.settled()
        assert "patches are here to look into" in seat.last_line


async def test_a_tab_says_how_many_of_its_rows_are_news(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await everything(seat)
        store = seat.browser.store
        newest = store.series_rows(seat.browser.series.ids[:1])[0].series
        come = newest._replace(id=999_999, name="Just come", date=NOW, patch_ids=())
        store.put_series([come])
        await seat.sees("Everything •1")
        await seat.until(lambda: come.id in seat.browser.series.ids)
        seat.browser.series.jump(come.id)
        await seat.pilot.pause()
        await seat.press("j")
        await seat.until(lambda: "Everything •1" not in seat.text)
