"""The mouse in the bars: a view's name goes there, a hint does what its key does, all else does nothing."""

from __future__ import annotations

import pytest

from tests.screens.conftest import Seat, Sit
from tui.config.settings import Settings
from tui.core.change import Notice
from tui.screens import key_taking
from tui.where import Where

pytestmark = pytest.mark.anyio

SERIES = "hw: reset values in tables"


async def click(seat: Seat, text: str, line: int, *, button: int = 1) -> None:
    """Click on the first letter of a text in a line of the screen, counted from the end where below 0."""
    lines = seat.text.split("\n")
    offset = (lines[line].index(text), line % len(lines))
    await seat.pilot.click(offset=offset, button=button)
    await seat.pilot.pause()


async def click_at(seat: Seat, x: int, line: int) -> None:
    await seat.pilot.click(offset=(x, line % seat.app.size.height))
    await seat.pilot.pause()


def state(seat: Seat) -> tuple[object, ...]:
    """Return what a click that does nothing leaves as it was."""
    browser, rows = seat.browser, seat.browser.series
    shown = browser.level, browser.view, browser.typed, browser._bottom.notice, len(seat.app.screen_stack)
    return *shown, rows.current, rows.first, frozenset(rows.marked), browser.focused


@pytest.mark.parametrize("theme", ["", "ansi", "none"])
async def test_a_click_on_a_view_goes_there(sit: Sit, theme: str) -> None:
    async with sit((120, 36), me="mira", theme=theme) as seat:
        await seat.loaded()
        for view in seat.browser.views[::-1]:
            await click(seat, view.name, 0)
            await seat.settled()
            assert seat.browser.view == view


async def test_one_that_is_heard_is_hit_by_its_name_too(sit: Sit) -> None:
    async with sit((120, 36), me="mira", settings=Settings(plain=True)) as seat:
        await seat.loaded()
        top = seat.browser._top.region.y
        for view in (*seat.browser.views[:3], seat.browser.views[0]):
            await click(seat, view.name, top)
            await seat.settled()
            assert seat.browser.view == view


async def test_it_goes_there_from_the_reader_too_to_the_list(sit: Sit) -> None:
    async with sit((120, 36), me="mira") as seat:
        await seat.reads(SERIES, 1)
        view = seat.browser.views[1]
        await click(seat, view.name, 0)
        assert (seat.browser.view, seat.browser.level) == (view, Where.SERIES)


async def test_each_name_is_hit_from_its_first_letter_to_its_last(sit: Sit) -> None:
    async with sit((200, 60), me="mira") as seat:
        await seat.loaded()
        first, second, *_ = seat.browser.views
        line = seat.text.split("\n")[0]
        start = line.index(second.name)
        hits = {start - 1: first, start: second, start + len(second.name) - 1: second}
        hits |= {start - 3: first, start + len(second.name): first}
        for x, view in hits.items():
            seat.browser.look_at_view(first)
            await seat.settled()
            await click_at(seat, x, 0)
            assert seat.browser.view == view, x


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_a_click_beside_the_names_does_nothing(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size, me="mira") as seat:
        await seat.loaded()
        await seat.press("j")
        before = state(seat)
        for x in (0, 2, size[0] - 2, size[0] - 1):
            await click_at(seat, x, 0)
            assert state(seat) == before, x
        await click(seat, seat.browser.views[0].name, 0, button=3)  # the right button
        assert state(seat) == before


async def test_where_one_view_has_room_a_click_on_its_name_shows_all_of_it(sit: Sit) -> None:
    async with sit((30, 20), me="mira") as seat:
        await seat.loaded()
        seat.browser.action_view(2)
        seat.browser.take_query("virtio")
        await seat.settled()
        await click(seat, seat.browser.views[1].name, 0)
        assert (seat.browser.view, seat.browser.typed) == (seat.browser.views[1], None)


# -- hints -----------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["", "ansi", "none"])
@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_a_click_on_a_hint_does_what_its_key_does(sit: Sit, size: tuple[int, int], theme: str) -> None:
    async with sit(size, theme=theme) as seat:
        await seat.loaded()
        await seat.goes_to(SERIES)
        await click(seat, "mark", -1)
        assert len(seat.browser.series.marked) == 1
        await click(seat, "Esc", -1)
        assert not seat.browser.series.marked
        await seat.goes_to(SERIES)
        await click(seat, "Enter", -1)
        assert seat.at(Where.PATCHES)
        await click(seat, "open", -1)
        assert seat.at(Where.DIFF)
        await click(seat, "? help", -1)
        assert "Keys in the diff pane" in seat.text


async def test_what_a_hint_does_takes_a_word_away_and_a_count_along_as_its_key_does(sit: Sit) -> None:
    async with sit((120, 16)) as seat:
        reader = await seat.reads(SERIES, 1)
        seat.browser.say("read me")
        await click(seat, "page", -1)
        assert "read me" not in seat.last_line
        first = reader.scroll_offset.y
        await seat.press("g", "2")
        await click(seat, "page", -1)
        assert reader.scroll_offset.y > first


async def test_a_sequence_that_has_begun_does_not_go_on_with_a_click(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_taking, "MOMENT", 3600.0)  # what may follow would stand in the hints' place
    async with sit((120, 36), settings=Settings(keymap="emacs")) as seat:
        await seat.loaded()
        await seat.press("ctrl+x")
        assert seat.browser._branch
        await click(seat, "mark", -1)
        assert len(seat.browser.series.marked) == 1
        assert seat.browser._branch is None


async def test_a_second_click_is_not_for_the_dialog_that_the_first_one_opens(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await click(seat, "state", -1)
        assert "State of " in seat.text
        await seat.press("escape")
        bottom = seat.browser._bottom
        for _ in range(2):
            bottom.post_message(bottom.Chosen("set_state"))
        await seat.sees("State of ")
        await seat.pilot.pause()
        await seat.press("4")  # an accelerator only while nothing is typed
        await seat.until(lambda: len(seat.app.screen_stack) == 1)


async def test_behind_a_dialog_a_click_leaves_that_and_does_nothing_else(sit: Sit) -> None:
    async with sit((120, 36), me="mira") as seat:
        await seat.loaded()
        before = state(seat)
        for text, line in (("mark", -1), (seat.browser.views[1].name, 0)):
            await seat.press("s")
            await seat.sees("State of ")
            await click(seat, text, line)
            await seat.until(lambda: len(seat.app.screen_stack) == 1)
            await seat.pilot.pause()
            assert state(seat) == before


@pytest.mark.parametrize("words", ["short", "word " * 60])
async def test_a_click_on_a_message_or_between_hints_does_nothing(sit: Sit, words: str) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        seat.browser.tell(Notice(words))
        await seat.pilot.pause()
        await seat.pilot.pause()
        before = state(seat)
        await click(seat, words.split()[0], -seat.browser._bottom.size.height)
        line = seat.text.split("\n")[-1]
        for x in (0, line.index("state") + len("state"), 119):
            await click_at(seat, x, -1)
            assert state(seat) == before, x
