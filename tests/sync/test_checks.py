"""Checks are read when somebody looks, and again when something happened to them."""

from __future__ import annotations

import pytest

from tests.sync.rig import Rig, ids
from tui.core.change import Kind, Tone
from tui.core.model import CheckState
from tui.demo.registry import ROBOT

pytestmark = pytest.mark.anyio

ASKED = r"GET .*/checks/"


async def test_checks_are_read_when_they_are_looked_at_and_then_they_are_here(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    check(rig, patch.id, "fail", "unit")
    rig.sync.need_checks([patch.id])
    await rig.sync.settled()
    (found,) = rig.store.checks([patch.id])[patch.id]
    assert (found.state, found.context, found.user and found.user.username) == (
        CheckState.FAIL,
        "unit",
        "kiln-ci",
    )
    rig.sync.need_checks([patch.id])
    await rig.sync.settled()
    assert rig.road.count(ASKED) == 1


async def test_all_pages_are_read(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    for number in range(520):
        check(rig, patch.id, "success", f"c-{number}")
    rig.sync.need_checks([patch.id])
    await rig.sync.settled()
    assert len(rig.store.checks([patch.id])[patch.id]) == 520
    assert rig.road.count(ASKED) == 3


async def test_those_of_a_series_are_read_side_by_side_but_not_all_at_once(rig: Rig) -> None:
    patches = await rig.start_with(of=12)
    hold = rig.road.hold(ASKED)
    rig.road.most = 0
    rig.sync.need_checks(ids(patches))
    await hold.arrived.wait()
    rig.sync.need_checks(ids(patches))  # what is under way is not asked for again
    rig.road.release()
    await rig.sync.settled()
    assert set(rig.store.checks(ids(patches))) == set(ids(patches))
    assert rig.road.count(ASKED) == 12
    assert 1 < rig.road.most <= 3


async def test_an_event_has_them_read_again_when_they_are_looked_at(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.sync.need_checks([patch.id])
    await rig.sync.settled()
    rig.changes.clear()
    check(rig, patch.id, "pending", "unit")  # the patch's own check stays pending
    await rig.beat()
    assert any(change.kind is Kind.CHECKS and patch.id in change.ids for change in rig.changes)
    assert rig.road.count(ASKED) == 1  # not before somebody looks
    rig.sync.need_checks([patch.id])
    await rig.sync.settled()
    assert rig.road.count(ASKED) == 2
    assert len(rig.store.checks([patch.id])[patch.id]) == 1


async def test_what_turned_red_is_asked_for_once(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.sync.need_checks([patch.id])
    await rig.sync.settled()
    rig.store.listen(lambda change: look(rig, change.kind, patch.id))
    check(rig, patch.id, "fail", "unit")
    await rig.beat()
    assert rig.row(patch.id).patch.check is CheckState.FAIL
    assert len(rig.store.checks([patch.id])[patch.id]) == 1
    assert rig.road.count(ASKED) == 2


def look(rig: Rig, kind: Kind, patch_id: int) -> None:
    if kind in (Kind.CHECKS, Kind.PATCHES):
        rig.sync.need_checks([patch_id])


async def test_a_patch_that_nobody_looked_at_is_not_asked_for(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    check(rig, patch.id, "fail", "unit")
    await rig.beat()
    assert rig.road.count(ASKED) == 0


async def test_a_refresh_reads_what_is_in_sight_again(rig: Rig) -> None:
    patches = await rig.start_with(2)
    rig.sync.need_checks([patches[0].id])
    await rig.sync.settled()
    rig.sync.need_checks([patches[1].id])
    await rig.sync.settled()
    rig.road.log.clear()
    rig.sync.refresh()
    await rig.sync.settled()
    assert [line.split("?")[0] for line in rig.road.log if "/checks/" in line] == [
        f"GET /api/1.4/patches/{patches[1].id}/checks/"
    ]


async def test_what_fails_is_told_and_read_when_the_server_is_back(rig: Rig) -> None:
    patches = await rig.start_with(of=4)
    rig.road.broken = True
    rig.sync.need_checks(ids(patches))
    await rig.sync.settled()
    assert all(rig.sync.check_trouble(patch.id) for patch in patches)
    assert rig.notices[-1].tone is Tone.TROUBLE
    rig.sync.need_checks(ids(patches))  # not again by itself
    await rig.sync.settled()
    assert rig.store.checks(ids(patches)) == {}
    rig.road.broken = False
    await rig.look()
    assert set(rig.store.checks(ids(patches))) == set(ids(patches))
    assert not any(rig.sync.check_trouble(patch.id) for patch in patches)


async def test_one_that_the_server_chokes_on_spoils_no_other(rig: Rig) -> None:
    first, second = await rig.start_with(of=2)
    rig.app.faults.add(path=f"patches/{first.id}/checks/", status=500, times=9)
    rig.sync.need_checks([first.id, second.id])
    await rig.sync.settled()
    assert list(rig.store.checks([first.id, second.id])) == [second.id]
    assert rig.sync.check_trouble(first.id)
    assert not rig.sync.check_trouble(second.id)


async def test_a_cover_letter_has_no_checks(rig: Rig) -> None:
    await rig.start_with()
    rig.sync.need_checks([-900])
    await rig.sync.settled()
    assert rig.road.count(ASKED) == 0


def check(rig: Rig, patch_id: int, state: str, context: str) -> None:
    """Have the server's CI say something."""
    world = rig.app.world
    made = world.add_check(world.patches[patch_id], ROBOT, state, context, None, None)
    event = world.events.pop()
    rig.tell(event.category, patch=event.patch, check=made, actor=ROBOT)


async def test_where_only_their_number_shows_trouble_is_not_told(rig: Rig) -> None:
    first, second = await rig.start_with(of=2)
    rig.app.faults.add(path=f"patches/{first.id}/checks/", status=403, times=9)
    rig.sync.need_checks([first.id], quiet=True)
    await rig.sync.settled()
    assert rig.sync.check_trouble(first.id)
    assert rig.notices == []
    rig.road.broken = True
    rig.sync.need_checks([second.id], quiet=True)
    await rig.sync.settled()
    assert rig.notices == []
