"""A lost server is looked for, gently, until it is back; then what was missed is caught up."""

from __future__ import annotations

import asyncio

import pytest

from tests.sync.rig import Rig, ids
from tui.core.change import Tone
from tui.core.intent import Field

pytestmark = pytest.mark.anyio


def break_line(rig: Rig) -> None:
    """Have the embedded server reset every connection, and forget what was asked of it before."""
    rig.app.faults.add("/api/", reset=True)
    rig.app.faults.requests.clear()


def mend_line(rig: Rig) -> None:
    rig.app.faults.clear()
    rig.app.faults.requests.clear()


async def test_a_lost_server_is_asked_one_small_thing_after_longer_and_longer_pauses(rig: Rig) -> None:
    await rig.start_with(3)
    break_line(rig)
    rig.sync.refresh()
    await rig.sync.settled()
    assert rig.sync.status.offline
    rig.app.faults.requests.clear()
    told = len(rig.notices)
    for _ in range(6):
        await rig.look()
    assert rig.rests == [5.0, 10.0, 20.0, 40.0, 60.0, 60.0, 60.0]
    assert [seen.path for seen in rig.app.faults.requests] == ["/api/1.4/projects/kiln-devel/"] * 6
    assert len(rig.notices) == told
    assert rig.sync.status.offline


async def test_when_it_is_back_it_says_so_and_brings_what_is_new(rig: Rig) -> None:
    await rig.start_with(2)
    break_line(rig)
    rig.sync.refresh()
    await rig.sync.settled()
    made = rig.add_series()
    rig.tell_series(made)
    mend_line(rig)
    await rig.look()
    assert not rig.sync.status.offline
    assert made.id in rig.series_ids()
    assert (rig.notices[-1].text, rig.notices[-1].tone) == ("The server answers again", Tone.INFO)


async def test_what_waits_goes_out_when_it_is_back(rig: Rig) -> None:
    patches = await rig.start_with(3)
    break_line(rig)
    rig.sync.wish(ids(patches), Field.STATE, "accepted")
    await rig.sync.settled()
    assert rig.sync.status.waiting == 3
    mend_line(rig)
    await rig.look()
    assert {patch.state.slug for patch in patches} == {"accepted"}
    assert rig.sync.status.waiting == 0
    assert rig.notices[-1].text == "3 of 3 patches set to accepted"


async def test_a_start_without_a_line_is_made_good(rig: Rig) -> None:
    made = rig.add_series(2)
    break_line(rig)
    await rig.start()
    assert rig.series_ids() == []
    mend_line(rig)
    await rig.look()
    assert rig.series_ids() == [made.id]
    assert rig.store.patch_ids(made.id) == ids(made.patches)
    assert rig.sync.status.total == 1


async def test_texts_and_patches_that_were_asked_for_meanwhile_come(rig: Rig) -> None:
    patches = await rig.start_with(9)
    lacking = rig.add_series(2)
    rig.app.faults.add("patches/", status=500)
    rig.sync.refresh()
    await rig.sync.settled()
    break_line(rig)
    rig.app.faults.clear()
    rig.app.faults.add("/api/", reset=True)
    rig.sync.need_patches([lacking.id])
    for patch in patches:
        rig.sync.need_body(patch.id)
    await rig.sync.settled()
    assert rig.sync.trouble(patches[0].id)
    mend_line(rig)
    await rig.look()
    assert rig.store.patch_ids(lacking.id) == ids(lacking.patches)
    here = [patch for patch in patches if rig.store.body(patch.id) is not None]
    assert here == patches[-5:]
    assert rig.sync.trouble(patches[0].id) == ""


async def test_a_server_that_comes_and_goes_is_asked_less_and_less(rig: Rig) -> None:
    await rig.start_with()
    for _ in range(3):
        break_line(rig)
        rig.sync.refresh()
        await rig.sync.settled()
        mend_line(rig)
        await rig.look()
        assert not rig.sync.status.offline
        break_line(rig)
        rig.sync.refresh()
        await rig.sync.settled()
        await rig.look()
    assert rig.rests == [5.0, 60.0, 10.0, 60.0, 20.0, 60.0, 40.0]


async def test_one_that_stays_is_at_its_first_pause_again(rig: Rig) -> None:
    await rig.start_with()
    for _ in range(2):
        break_line(rig)
        rig.sync.refresh()
        await rig.sync.settled()
        mend_line(rig)
        await rig.look()
        await rig.look()
    assert rig.rests == [5.0, 60.0, 5.0, 60.0]


async def test_a_server_met_by_something_else_is_not_asked_whether_it_is_there(rig: Rig) -> None:
    await rig.start_with()
    break_line(rig)
    rig.sync.refresh()
    await rig.sync.settled()
    mend_line(rig)
    rig.sync.refresh()
    await rig.sync.settled()
    assert not rig.sync.status.offline
    told = len(rig.notices)
    await rig.look()
    assert len(rig.notices) == told


async def test_what_began_before_and_fails_after_is_asked_for_again(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    made = rig.add_series()
    rig.tell_series(made)
    rig.app.faults.add(r"/series/.*per_page=50", status=500, times=1)
    rig.app.faults.add(f"/patches/{patch.id}/", reset=True, times=1)
    held = rig.road.hold(r"/series/.*per_page=50")
    rig.sync.refresh()
    await held.arrived.wait()
    while rig.road.under_way > 1:
        await asyncio.sleep(0)
    rig.sync.need_body(patch.id)
    while not rig.sync.status.offline:
        await rig.store_changed()
    rig.rested.set()
    while rig.sync.status.offline:
        await rig.store_changed()
    assert rig.sync.status.loading
    held.released.set()
    await rig.sync.settled()
    assert made.id in rig.series_ids()


async def test_leaving_ends_the_look(rig: Rig) -> None:
    before = len(asyncio.all_tasks())
    await rig.start_with()
    break_line(rig)
    rig.sync.refresh()
    await rig.sync.settled()
    await rig.sync.close()
    rig.app.faults.requests.clear()
    rig.rested.set()
    await asyncio.sleep(0)
    assert rig.app.faults.requests == []
    assert len(asyncio.all_tasks()) == before


async def test_trouble_of_another_kind_is_not_taken_for_a_lost_server(rig: Rig) -> None:
    await rig.start_with()
    rig.app.faults.add("/api/", status=500)
    rig.sync.refresh()
    await rig.sync.settled()
    assert not rig.sync.status.offline
    assert rig.rests == []
