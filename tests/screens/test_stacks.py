"""Stacks as keys fold and unfold them, and their older versions marked superseded."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.screens.conftest import Seat, Sit
from tests.screens.test_triage import on_server, states
from tui.core.intent import Field, Wish
from tui.core.model import Series
from tui.core.place import parse_place
from tui.demo.server import DemoServer
from tui.screens.preview import PreviewSheet
from tui.where import Where

pytestmark = pytest.mark.anyio

FIVE = "virtio: stop interrupting guests"
"""Five versions of it are there."""
ALONE = "uart: a FIFO of 64 bytes"


def line(seat: Seat, series_id: int) -> str:
    """Return what stands in the row of a series."""
    listing = seat.browser.series
    y = listing.ids.index(series_id) - listing.scroll_offset.y
    return listing.render_line(y).text


async def all_here(seat: Seat) -> None:
    """Wait until every series is in the store."""
    await seat.loaded()
    status = seat.browser.sync.status
    while status.loaded != status.total:
        await seat.press("G")
        await seat.settled()
        status = seat.browser.sync.status
    await seat.press("g")


def older(seat: Seat, series_id: int) -> list[int]:
    return seat.browser.stacks.older(series_id)


async def test_older_versions_are_folded_and_counted(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await all_here(seat)
        top = await seat.goes_to(FIVE)
        under = older(seat, top)
        assert len(under) == 4
        assert not set(under) & set(seat.browser.series.ids)
        assert "+4 virtio" in line(seat, top)
        alone = await seat.goes_to(ALONE)
        await seat.press("plus")
        assert "No older version" in seat.last_line
        assert alone == seat.browser.series.current


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_plus_unfolds_and_folds_from_any_row_of_the_stack(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size) as seat:
        await all_here(seat)
        top = await seat.goes_to(FIVE)
        listing = seat.browser.series
        before, place = list(listing.ids), listing.scroll_offset.y
        await seat.press("plus")
        at = listing.cursor
        assert listing.current == top
        assert listing.ids[at + 1 : at + 5] == older(seat, top)
        assert "−4 virtio" in line(seat, top)
        assert "└ virtio" in line(seat, listing.ids[at + 1])
        assert "v4" in line(seat, listing.ids[at + 1])
        await seat.press("j", "j", "plus")
        assert listing.ids == before
        assert (listing.current, listing.scroll_offset.y) == (top, place)
        assert "+4 virtio" in line(seat, top)


async def test_an_older_version_can_be_read(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await all_here(seat)
        top = await seat.goes_to(FIVE)
        await seat.press("plus", "j", "enter")
        assert seat.browser.series.current == older(seat, top)[0]
        assert "v4" in str(seat.browser._panes[Where.PATCHES].line.text)


async def test_s_sets_all_older_versions_to_superseded_after_the_preview(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36)) as seat:
        await all_here(seat)
        top = await seat.goes_to(FIVE)
        under, was = older(seat, top), states(seat, top)
        store = seat.browser.store
        await seat.settled()
        opened = under[1]
        done = store.patch_ids(opened)[:1]
        store.file([Wish(id, Field.STATE, "superseded", "new") for id in store.patch_ids(opened)])
        store.file([Wish(id, Field.STATE, "superseded", "accepted") for id in done])
        left = len(store.patch_ids(opened)) - 1
        await seat.press("S")
        await seat.until(lambda: isinstance(seat.app.screen, PreviewSheet))
        assert f"Set {left} patches in 1 series to Superseded" in seat.text
        await seat.press("enter")
        assert states(seat, opened) == {"accepted", "superseded"}
        assert states(seat, top) == was
        await seat.settled()
        assert "superseded" in on_server(demo, seat, opened)
        assert store.journal(1)[0].key == "S"
        await seat.press("u")
        assert states(seat, opened) == {"accepted", "new"}


async def test_s_fetches_the_patches_of_older_versions_first(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await all_here(seat)
        top = await seat.goes_to(FIVE)
        store = seat.browser.store
        await seat.settled()
        gone = store.patch_ids(older(seat, top)[3])
        store._db.execute("UPDATE patch SET state = 'new'")
        store._db.execute(f"DELETE FROM patch WHERE id = {gone[0]}")
        await seat.press("S")
        await seat.until(lambda: isinstance(seat.app.screen, PreviewSheet))
        assert store.patch_rows(gone[:1])


async def test_s_says_why_it_does_nothing(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await all_here(seat)
        await seat.settled()
        await seat.goes_to(FIVE)
        await seat.press("S")
        await seat.sees("The older versions are closed already")
        await seat.goes_to(ALONE)
        await seat.press("S")
        assert "No older version" in seat.last_line
    async with sit((80, 24), token="") as seat:
        await all_here(seat)
        await seat.goes_to(FIVE)
        await seat.press("S")
        await seat.sees("Reading only")


async def test_a_newer_version_takes_no_row_from_under_the_cursor(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await all_here(seat)
        top = await seat.goes_to(FIVE)
        await seat.settled()
        listing, store = seat.browser.series, seat.browser.store
        await seat.press("ctrl+d", "ctrl+u")
        seat.browser.series.jump(top)
        await seat.pilot.pause()
        y = listing.cursor - listing.scroll_offset.y
        stored = store.series_rows([top])[0].series
        new = _next_version(store.series_rows(listing.ids[:1])[0].series, stored)
        store.put_series([new])
        await seat.pilot.pause()
        assert listing.current == top
        assert listing.cursor - listing.scroll_offset.y == y
        assert listing.ids[0] == new.id
        assert "+4 virtio" in line(seat, top)
        neighbour = listing.ids[listing.cursor + 1]
        await seat.press("j")
        assert listing.current == neighbour
        assert listing.cursor - listing.scroll_offset.y in (y, y + 1)
        assert top not in listing.ids
        await seat.press("g")
        assert "+5 virtio" in line(seat, new.id)


def _next_version(newest: Series, old: Series) -> Series:
    """Return a newer version of a series, the newest of the list."""
    date = newest.date + timedelta(minutes=1)
    return old._replace(
        id=9000, version=old.version + 1, date=date, patch_ids=(), received_total=0, cover_id=None
    )


async def test_an_address_unfolds_what_it_leads_to(sit: Sit, demo: DemoServer, tmp_path: Path) -> None:
    async with sit((120, 36)) as seat:
        await all_here(seat)
        top = await seat.goes_to(FIVE)
        wanted = older(seat, top)[2]
    place = parse_place(f"{demo.url}/project/{demo.project}/list/?series={wanted}")
    data = tmp_path / "kept"
    async with sit((120, 36), place=place, data=data) as seat:
        await seat.until(lambda: seat.browser.series.current == wanted)
        await seat.settled()
        while (status := seat.browser.sync.status).loaded != status.total:
            seat.browser.need_older()  # the keys go to the patches
            await seat.settled()
        assert seat.at(Where.PATCHES)
        listing = seat.browser.series
        assert set(older(seat, wanted)) - {wanted} <= set(listing.ids)
        assert listing.current == wanted
    async with sit((120, 36), data=data) as seat:
        assert seat.browser.series.current == wanted, "and so does the place that one left"
