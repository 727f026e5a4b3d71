"""A list of patches that fails is read in smaller parts: one bad series does not hold back the rest."""

from __future__ import annotations

import pytest

from tests.sync.rig import Rig, ids
from tui.core.intent import Field, Status

pytestmark = pytest.mark.anyio


def spoil(rig: Rig, *series_ids: int, status: int = 500) -> None:
    """Have every list fail that one of these series is in."""
    for id_ in series_ids:
        rig.app.faults.add(rf"/patches/\?.*series={id_}(&|$)", status=status)


async def test_a_series_that_spoils_the_list_does_not_hold_back_the_others(rig: Rig) -> None:
    patches = await rig.start_with(6)
    bad = patches[2]
    spoil(rig, 3)
    rig.app.faults.add(f"/patches/{bad.id}/", status=500)
    rig.sync.wish(ids(patches), Field.STATE, "accepted")
    await rig.sync.settled()
    assert [patch.state.slug for patch in patches] == ["accepted"] * 2 + ["new"] + ["accepted"] * 3
    assert [(i.patch_id, i.status) for i in rig.store.intents()] == [(bad.id, Status.WAITING)]
    assert not rig.sync.status.offline


async def test_patches_of_a_series_without_a_list_are_read_alone(rig: Rig) -> None:
    patches = await rig.start_with(2, 4)
    spoil(rig, 1)
    rig.sync.wish(ids(patches), Field.STATE, "accepted")
    await rig.sync.settled()
    assert {patch.state.slug for patch in patches} == {"accepted"}
    assert rig.road.count(r"GET .*series=1&series=2") == 1
    assert rig.road.count(r"GET /api/[\d.]+/patches/\d+/") == 4


async def test_a_list_that_takes_too_long_is_read_in_parts(rig: Rig) -> None:
    patches = await rig.start_with(3)
    rig.road.late = "series=1&series=2&series=3"
    rig.sync.wish(ids(patches), Field.STATE, "accepted")
    await rig.sync.settled()
    assert {patch.state.slug for patch in patches} == {"accepted"}
    assert not rig.sync.status.offline


async def test_a_server_that_is_late_with_one_series_too_is_offline(rig: Rig) -> None:
    patches = await rig.start_with(9)
    rig.road.late = "series="
    rig.sync.wish(ids(patches), Field.STATE, "accepted")
    await rig.sync.settled()
    assert rig.sync.status.offline
    assert rig.road.count("series=") == 2


async def test_a_list_refused_for_one_series_refuses_only_that(rig: Rig) -> None:
    patches = await rig.start_with(5)
    spoil(rig, 1, status=404)
    rig.app.faults.add(f"/patches/{patches[0].id}/", status=404)
    rig.sync.wish(ids(patches), Field.STATE, "accepted")
    await rig.sync.settled()
    assert [patch.state.slug for patch in patches] == ["new"] + ["accepted"] * 4
    assert [(i.patch_id, i.status) for i in rig.store.intents()] == [(patches[0].id, Status.FAILED)]


async def test_patches_that_are_gone_do_not_speak_for_the_others(rig: Rig) -> None:
    patches = await rig.start_with(1, 6)
    spoil(rig, 1)
    for patch in patches[:4]:
        rig.app.faults.add(f"/patches/{patch.id}/", status=404)
    rig.sync.wish(ids(patches), Field.STATE, "accepted")
    await rig.sync.settled()
    assert [patch.state.slug for patch in patches] == ["new"] * 4 + ["accepted"] * 2


async def test_a_server_that_chokes_on_everything_is_not_asked_for_each(rig: Rig) -> None:
    patches = await rig.start_with(30, 5)
    rig.app.faults.add("/patches/", status=500)
    rig.sync.wish(ids(patches), Field.STATE, "accepted")
    await rig.sync.settled()
    assert len(rig.store.intents(Status.WAITING)) == 150
    assert rig.road.count("PATCH") == 0
    assert len(rig.road.log) <= 13


async def test_patches_in_sight_come_but_for_those_of_the_bad_series(rig: Rig) -> None:
    await rig.start()
    made = [rig.add_series(2) for _ in range(5)]
    rig.app.faults.add(r"/patches/\?project", status=500)
    rig.sync.refresh()
    await rig.sync.settled()
    rig.notices.clear()
    spoil(rig, made[1].id)
    rig.sync.need_patches([series.id for series in made])
    await rig.sync.settled()
    assert [len(rig.store.patch_ids(series.id)) for series in made] == [2, 0, 2, 2, 2]
    assert rig.store.unknown_series([series.id for series in made]) == [made[1].id]
    assert "500" in rig.only_notice().text
