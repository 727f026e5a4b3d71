"""The tabs of the reader: keys go from one to another, and each follows the cursor."""

from __future__ import annotations

import pytest

from tests.screens.conftest import Sit
from tui.where import TABS, Where

pytestmark = pytest.mark.anyio

SERIES = "snapshots of a running mach"


async def test_keys_and_arrows_go_from_tab_to_tab(sit: Sit) -> None:
    async with sit() as seat:
        await seat.reads(SERIES, 1)
        assert seat.at(Where.DIFF)
        await seat.press("right")
        assert seat.at(TABS[1])
        await seat.press("left", "left")
        assert seat.at(TABS[-1])
        await seat.press("right")
        assert seat.at(Where.DIFF)
        assert seat.browser.reader.has_focus
        await seat.press("H")
        assert seat.at(Where.HEADERS)
        assert not seat.browser.reader.display
        await seat.press("D")
        assert seat.at(Where.DIFF)
        assert seat.browser.reader.display


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_headers_follow_the_cursor_and_open_from_any_pane(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size) as seat:
        await seat.loaded()
        await seat.goes_to(SERIES)
        await seat.press("H")
        await seat.sees("Message-ID", "To  ", "Subject  ")
        cover = seat.browser.patches.current
        assert cover is not None
        assert seat.at(Where.HEADERS)
        await seat.press("right_square_bracket")
        patch = seat.browser.patches.current
        assert patch != cover
        msgid = seat.browser.store.patch_rows([patch or 0])[0].patch.msgid
        await seat.sees(msgid[:20])  # a long one is folded
        await seat.press("tab", "tab", "tab")
        assert seat.at(Where.HEADERS)
        await seat.press("escape")
        assert seat.at(Where.PATCHES)
        await seat.press("enter")
        assert seat.at(Where.HEADERS)


async def test_what_acts_on_the_diff_says_that_another_tab_is_shown(sit: Sit) -> None:
    async with sit() as seat:
        await seat.reads(SERIES, 1)
        await seat.press("H", "right_curly_bracket")
        assert "Go to the diff first: D." in seat.last_line


async def test_a_click_on_a_tab_shows_it(sit: Sit) -> None:
    async with sit() as seat:
        await seat.reads(SERIES, 1)
        at = seat.text.split("\n")[2].index("Headers")
        await seat.pilot.click(offset=(at + 1, 2))
        await seat.pilot.pause()
        assert seat.at(Where.HEADERS)


async def test_the_tab_is_there_again_at_the_next_start(
    sit: Sit, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = tmp_path_factory.mktemp("data")
    async with sit(data=data) as seat:
        await seat.reads(SERIES, 1)
        await seat.press("H")
    async with sit(data=data) as seat:
        await seat.sees("Message-ID")
        assert seat.at(Where.HEADERS)


async def test_a_tab_says_the_version_before_the_others_are_here(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit() as seat:
        await seat.loaded()
        await seat.goes_to("snapshots of a running mach")
        monkeypatch.setattr(seat.browser.stacks, "versions", lambda _: ())
        assert "".join(text for text, _ in seat.browser.extra_of(Where.CHANGES)) == "v2"


async def test_the_frame_names_the_tab_where_nothing_is_chosen(sit: Sit) -> None:
    async with sit((160, 44)) as seat:
        await seat.loaded()
        await seat.press("C")
        seat.browser.patches.show([])
        seat.browser.follow()
        await seat.sees("─ Changes ─")
