"""The header line of counts: above the series where there is room, else beside the title."""

from __future__ import annotations

import pytest

from tests.conftest import NOW
from tests.screens.conftest import Seat, Sit
from tui.core.dates import age
from tui.core.states import short_of
from tui.core.tally import Tally
from tui.screens import tallying

pytestmark = pytest.mark.anyio


async def counted(seat: Seat) -> Tally:
    """Wait until the list is counted; return what its rows add up to."""
    await seat.loaded()
    await seat.until(lambda: seat.browser.is_counted)
    store = seat.browser.store
    project = store.project(seat.browser.project)
    assert project is not None
    return store.tally(store.series_ids(project.id))


@pytest.mark.parametrize("size", [(120, 36), (200, 60), (80, 30)])
async def test_from_30_lines_on_it_has_a_line_of_its_own(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size) as seat:
        tally = await counted(seat)
        lines = seat.text.split("\n")
        state, number = tally.states.most_common(1)[0]
        assert tally.oldest
        assert f"{short_of(state)} {number} · " in lines[2]
        assert f"oldest {age(tally.oldest, NOW)}" in lines[2]


@pytest.mark.parametrize("size", [(80, 24), (80, 29), (120, 29)])
async def test_below_that_it_takes_no_row(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size) as seat:
        tally = await counted(seat)
        state, number = tally.states.most_common(1)[0]
        lines = [
            n for n, line in enumerate(seat.text.split("\n")) if f"{short_of(state)} {number} · " in line
        ]
        boxed = size[0] > 100
        assert lines == [size[1] - 2 if boxed else 1]
        assert seat.browser.series.size.height == size[1] - (4 if boxed else 3)


async def test_it_follows_what_is_wished(sit: Sit) -> None:
    async with sit((200, 60)) as seat:
        before = await counted(seat)
        await seat.press("s", *"accep", "enter")
        await seat.until(lambda: not seat.browser.is_counted)
        await seat.until(lambda: seat.browser.is_counted)
        now = await counted(seat)
        assert now.states["accepted"] > before.states["accepted"]
        assert f"Acc {now.states['accepted']}" in seat.text.split("\n")[2]


async def test_a_count_in_parts_waits_while_somebody_is_at_the_keys(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit((120, 36)) as seat:
        whole = await counted(seat)
        browser = seat.browser
        browser._tally_line.tally = None
        monkeypatch.setattr(tallying, "AT_ONCE", 10)
        monkeypatch.setattr(tallying, "NEXT", 3600.0)
        monkeypatch.setattr(tallying, "IDLE", 0.01)
        browser.count_soon()
        await seat.until(lambda: browser._counted)
        assert not browser.is_counted
        assert browser._tally_line.tally is None
        monkeypatch.setattr(tallying, "IDLE", 3600.0)
        reached = browser._counted
        await seat.press("j")
        assert browser._counted in (reached, None)  # begun anew, where something came in meanwhile
        monkeypatch.setattr(tallying, "NEXT", 0.01)
        monkeypatch.setattr(tallying, "IDLE", 0.01)
        await seat.press("j")
        await seat.until(lambda: browser.is_counted)
        assert browser._tally_line.tally == whole


async def test_it_counts_what_the_view_asks_for(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await counted(seat)
        seat.browser.show_query("state:rfc")
        await seat.settled()  # the server may know of more
        await seat.until(lambda: seat.browser.is_counted)
        everything = await counted(seat)
        tally = seat.browser._tally_line.tally
        assert tally
        assert tally == seat.browser.store.tally(seat.browser.view_ids())
        assert tally.states["rfc"] == everything.states["rfc"] > 0
        assert tally.states["accepted"] < everything.states["accepted"]
