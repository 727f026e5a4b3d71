"""The team view: who has how much to do, and handing it over."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.screens.conftest import Seat, Sit
from tui.core.dates import age
from tui.core.states import CLOSED_STATES
from tui.demo.server import DemoServer
from tui.screens.preview import PreviewSheet
from tui.screens.team import Team

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Team, "now", staticmethod(lambda: NOW))


async def opened(seat: Seat) -> Team:
    """Open the team view, once everything is here."""
    await seat.loaded()
    await seat.press("G")
    await seat.settled()
    await seat.press("percent_sign")
    assert isinstance(seat.app.screen, Team)
    return seat.app.screen


def open_of(seat: Seat, user: int | None) -> int:
    """Count the open patches of a delegate, as rows show them."""
    store = seat.browser.store
    rows = [row for id in seat.browser.view_ids() for row in store.patch_rows(store.patch_ids(id))]
    return sum(
        (row.patch.delegate.id if row.patch.delegate else None) == user
        and row.patch.state not in CLOSED_STATES
        and not row.patch.archived
        for row in rows
    )


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_it_lists_every_maintainer_and_nobody(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size) as seat:
        team = await opened(seat)
        project = seat.browser.sync.project
        assert project is not None
        loads = team._loads
        assert {user.id for user in project.maintainers} | {0} <= loads.keys()
        for id, load in loads.items():
            assert load.patches == open_of(seat, id or None)
            row = team._rows.render_line(team._rows.ids.index(id)).text
            assert (load.user.username if load.user else "nobody") in row
            assert f" {load.series or '·'} " in row
            assert load.oldest is None or f" {age(load.oldest, NOW)} " in row
            assert load.untouched is None or row.rstrip().endswith(age(load.untouched, NOW))
        for words in ("series", "patches", "oldest", "untouched", "d hand over", "Esc back"):
            assert words in seat.text
        await seat.press("escape")
        assert seat.app.screen is seat.browser


async def test_d_hands_open_patches_over_after_the_preview(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36)) as seat:
        team = await opened(seat)
        giver = team._rows.current
        number = team._loads[giver or 0].patches
        taker = next(id for id in team._loads if id not in (giver, 0))
        has = team._loads[taker].patches
        name = team._loads[taker].user
        assert name
        assert number
        await seat.press("d")
        assert f"Hand {number} patches of" in seat.text
        await seat.press(*name.username, "enter")
        await seat.until(lambda: isinstance(seat.app.screen, PreviewSheet))
        assert f"Delegate {number} patches in" in seat.text
        await seat.press("enter")
        await seat.until(lambda: seat.app.screen is team)
        await seat.until(lambda: team._loads[taker].patches == has + number)
        assert open_of(seat, giver) == 0
        await seat.settled()
        assert seat.browser.store.intents() == []
        assert seat.browser.store.journal(1)[0].number == number
        await seat.press("escape", "u")
        assert open_of(seat, giver) == number


async def test_marked_delegates_are_handed_over_together(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        team = await opened(seat)
        first, second = team._rows.ids[:2]
        number = team._loads[first].patches + team._loads[second].patches
        await seat.press("space", "space", "d")
        assert f"Hand {number} patches of" in seat.text
        await seat.press(*"nobody", "enter", "enter")
        await seat.until(lambda: team._loads[0].patches == number)
        assert not team._rows.marked


async def test_it_says_why_nothing_is_handed_over(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        team = await opened(seat)
        await seat.press("G", "d")
        assert team._rows.current == 0
        await seat.sees("there is nothing to hand over")
    async with sit((120, 36), token="") as seat:
        await opened(seat)
        await seat.press("d")
        await seat.sees("There is no token for this server")


async def test_enter_shows_the_patches_of_one_or_of_nobody(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        team = await opened(seat)
        user = team._loads[team._rows.current or 0].user
        assert user
        await seat.press("enter")
        assert len(seat.app.screen_stack) == 1
        browser = seat.browser
        assert browser.query_text == f"delegate:{user.username}"
        rows = browser.store.series_rows(browser.series.ids)
        assert rows
        assert all(user in row.delegates for row in rows)
        await seat.press("percent_sign", "G", "enter")
        assert browser.query_text == "delegate:nobody"


async def test_it_fits_any_terminal_and_an_empty_project(sit: Sit, demo: DemoServer, tmp_path: Path) -> None:
    async with sit((120, 36)) as seat:
        await opened(seat)
        for size in ((80, 24), (40, 10), (10, 4), (1, 1), (120, 36)):
            await seat.pilot.resize_terminal(*size)
            await seat.pilot.pause()
        assert "nobody" in seat.text
    demo.faults.add(path=".*", reset=True, times=None)
    async with sit((80, 24), data=tmp_path) as seat:
        await seat.until(lambda: seat.browser.sync.status.offline)
        await seat.press("percent_sign")
        await seat.sees("Nothing is known of this project yet")
        await seat.press("d", "enter", "space")
        assert isinstance(seat.app.screen, Team)
