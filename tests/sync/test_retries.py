"""Writes that find no way: they wait, are tried again, and none is lost or sent twice."""

from __future__ import annotations

import asyncio

import pytest

from tests.sync.rig import PROJECT, Rig, ids
from tui.core.change import Notice
from tui.core.intent import Field, Status
from tui.core.rows import Mark
from tui.sync.delivery import pause
from tui.sync.sync import Sync

pytestmark = pytest.mark.anyio


async def test_offline_writes_wait_and_go_out_when_the_line_is_back(rig: Rig) -> None:
    patches = await rig.start_with(3)
    rig.road.broken = True
    rig.sync.wish(ids(patches), Field.STATE, "accepted")
    await rig.sync.settled()
    assert {intent.status for intent in rig.store.intents()} == {Status.WAITING}
    assert {intent.attempts for intent in rig.store.intents()} == {1}
    assert rig.sync.status.offline
    assert rig.row(patches[0].id).mark is Mark.WAITING
    assert rig.only_notice().retry
    rig.sync.refresh()
    await rig.sync.settled()
    rig.road.broken = False
    rig.sync.refresh()
    await rig.sync.settled()
    assert {patch.state.slug for patch in patches} == {"accepted"}
    assert rig.store.intents() == []
    assert not rig.sync.status.offline
    assert rig.pauses == [2.0, 4.0]
    assert rig.notices[-1].text == "3 of 3 patches set to accepted"


async def test_the_pause_between_tries_grows_to_a_bound(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.road.broken = True
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    for _ in range(12):
        await rig.sync.settled()
        rig.sync.refresh()
    await rig.sync.settled()
    assert rig.pauses[:3] == [2.0, 4.0, 8.0]
    assert max(rig.pauses) == rig.pauses[-1] == 300.0


async def test_a_busy_server_is_asked_again_when_it_says(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.app.faults.add("patches/", method="PATCH", status=503, headers={"Retry-After": "77"}, times=1)
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    assert rig.pauses == [77.0]
    rig.sync.refresh()
    await rig.sync.settled()
    assert patch.state.slug == "accepted"


async def test_one_patch_the_server_chokes_on_does_not_stop_the_others(rig: Rig) -> None:
    patches = await rig.start_with(8)
    rig.app.faults.add(f"patches/{patches[0].id}/", method="PATCH", status=500, times=1)
    rig.sync.wish(ids(patches), Field.STATE, "accepted")
    await rig.sync.settled()
    assert [patch.state.slug for patch in patches] == ["new"] + ["accepted"] * 7
    assert (rig.sync.status.done, rig.sync.status.of) == (7, 8)
    rig.sync.refresh()
    await rig.sync.settled()
    assert patches[0].state.slug == "accepted"
    assert rig.notices[-1].text == "8 of 8 patches set to accepted"


async def test_a_line_that_breaks_stops_the_round_and_loses_nothing(rig: Rig) -> None:
    patches = await rig.start_with(10, 4)
    held = rig.road.hold("PATCH")
    rig.sync.wish(ids(patches), Field.STATE, "accepted")
    await held.arrived.wait()
    rig.road.broken = True
    held.released.set()
    await rig.sync.settled()
    waiting = rig.store.intents(Status.WAITING)
    assert 30 <= len(waiting) <= 36
    assert len([intent for intent in waiting if intent.attempts]) <= 4
    rig.road.broken = False
    rig.sync.refresh()
    await rig.sync.settled()
    assert {patch.state.slug for patch in patches} == {"accepted"}
    assert rig.road.count("PATCH") == 40


async def test_an_answer_that_was_lost_is_looked_for_before_writing_again(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.road.losing = 1
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    assert patch.state.slug == "accepted"
    assert len(rig.store.intents(Status.WAITING)) == 1
    rig.sync.refresh()
    await rig.sync.settled()
    assert rig.store.intents() == []
    assert rig.road.count("PATCH") == 1


async def test_wishing_back_after_a_lost_answer_clashes_with_nobody(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.road.losing = 1
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    assert patch.state.slug == "accepted"
    rig.sync.wish([patch.id], Field.STATE, "new")
    await rig.sync.settled()
    assert (patch.state.slug, rig.store.intents()) == ("new", [])
    assert rig.road.count("PATCH") == 2


async def test_a_sign_in_page_instead_of_an_answer_loses_no_write(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.app.faults.add("patches/", garbage="html", times=2)
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    for _ in range(3):
        await rig.sync.settled()
        rig.sync.refresh()
    await rig.sync.settled()
    assert patch.state.slug == "accepted"


async def test_cancelling_offline_ends_the_waiting(rig: Rig) -> None:
    patches = await rig.start_with(2)
    rig.road.broken = True
    rig.sync.wish(ids(patches), Field.STATE, "accepted")
    await rig.sync.settled()
    assert rig.sync.cancel_writes() == 2
    await rig.sync.settled()
    assert rig.row(patches[0].id).mark is Mark.NONE
    assert rig.notices[-1].text == "0 of 2 patches set to accepted; 2 not sent and put back"


async def test_what_waits_is_sent_by_the_next_start(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    held = rig.road.hold("PATCH")
    rig.app.faults.add("patches/", method="PATCH", status=500)
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await held.arrived.wait()
    await rig.sync.close()
    (intent,) = rig.store.intents()
    assert (intent.status, intent.attempts) == (Status.WAITING, 1)
    rig.store.set_status([intent.id], Status.SENDING)  # as a run that was killed leaves it
    held.released.set()
    rig.app.faults.clear()
    rig.sync = Sync(rig.store, PROJECT, rig.connect, can_write=True)
    rig.sync.start()
    await rig.sync.settled()
    assert patch.state.slug == "accepted"
    assert rig.store.intents() == []


async def test_a_pause_ends_in_time_or_when_woken() -> None:
    woken = asyncio.Event()
    await pause(0.0, woken)
    woken.set()
    await pause(3600.0, woken)
    assert woken.is_set()


@pytest.mark.parametrize("later", range(4))
async def test_a_pause_that_is_broken_off_as_it_is_woken_ends_whoever_paused(later: int) -> None:
    woken = asyncio.Event()
    task = asyncio.ensure_future(pause(3600.0, woken))
    await asyncio.sleep(0)
    woken.set()
    for _ in range(later):
        await asyncio.sleep(0)
    cancels = task.cancel()
    await asyncio.wait([task])
    assert task.cancelled() is cancels


@pytest.mark.parametrize("where", ["set_patch", "set_patch answered", "patch"])
async def test_a_bug_in_a_write_loses_no_wish(rig: Rig, where: str) -> None:
    first, second = await rig.start_with(2)
    rig.bugs[where] = 1
    if where == "patch":  # only what stands alone is asked for alone
        second = rig.add_patch("loose")
        rig.sync.refresh()
        await rig.sync.settled()
    rig.sync.wish(ids([first, second]), Field.STATE, "accepted")
    await rig.sync.settled()
    (intent,) = rig.store.intents()
    assert (intent.status, intent.attempts > 0) == (Status.WAITING, True)
    assert "went wrong (RuntimeError); --debug" in rig.only_notice().text
    rig.sync.refresh()
    await rig.sync.settled()
    assert [first.state.slug, second.state.slug] == ["accepted", "accepted"]
    assert rig.store.intents() == []


async def test_a_line_that_cannot_be_made_keeps_the_wishes(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    await rig.sync.close()
    rig.sync = Sync(rig.store, PROJECT, rig.connect, can_write=True)
    rig.bugs["connect"] = 1
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    assert [intent.status for intent in rig.store.intents()] == [Status.WAITING]
    rig.sync.refresh()
    await rig.sync.settled()
    assert patch.state.slug == "accepted"


async def test_a_wish_that_fails_to_be_written_down_waits(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    (patch,) = await rig.start_with()

    def put_patches(_: object) -> None:
        raise ValueError("disk")

    rig.sync.learn_states(patch.id)
    await rig.sync.settled()
    held = rig.road.hold("PATCH")
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await held.arrived.wait()
    with monkeypatch.context() as broken:
        broken.setattr(rig.store, "put_patches", put_patches)
        held.released.set()
        await rig.sync.settled()
    assert [intent.status for intent in rig.store.intents()] == [Status.WAITING]
    rig.sync.refresh()
    await rig.sync.settled()
    assert (patch.state.slug, rig.store.intents()) == ("accepted", [])


async def test_a_loose_patch_that_cannot_be_read_is_put_off_alone(rig: Rig) -> None:
    bad, good = rig.add_patch("bad"), rig.add_patch("good")
    (patch,) = await rig.start_with()
    rig.app.faults.add(f"patches/{bad.id}/", method="GET", status=500)
    rig.sync.wish(ids([bad, good, patch]), Field.STATE, "accepted")
    await rig.sync.settled()
    assert [one.state.slug for one in (bad, good, patch)] == ["new", "accepted", "accepted"]
    (intent,) = rig.store.intents()
    assert (intent.patch_id, intent.status, intent.attempts) == (bad.id, Status.WAITING, 1)
    assert not rig.sync.status.offline
    rig.app.faults.clear()
    rig.sync.refresh()
    await rig.sync.settled()
    assert bad.state.slug == "accepted"


async def test_a_wish_filed_while_a_round_fails_is_tried_at_once(rig: Rig) -> None:
    first, second = await rig.start_with(2)
    rig.app.faults.add("patches/", method="PATCH", status=503, times=1)
    held = rig.road.hold("PATCH")
    rig.sync.wish([first.id], Field.STATE, "accepted")
    await held.arrived.wait()
    rig.sync.wish([second.id], Field.STATE, "accepted")
    held.released.set()
    await rig.sync.settled()
    assert rig.pauses == []
    assert [first.state.slug, second.state.slug] == ["accepted", "accepted"]


async def test_a_server_that_asks_for_hours_is_asked_after_five_minutes(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.app.faults.add("patches/", method="PATCH", status=503, headers={"Retry-After": "7200"}, times=1)
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    assert rig.pauses == [300.0]


async def test_a_wish_filed_when_the_last_one_is_done_is_sent(rig: Rig) -> None:
    first, second = await rig.start_with(2)
    loop = asyncio.get_running_loop()

    def when_told(_: Notice) -> None:
        if len(rig.notices) == 1:
            loop.call_soon(lambda: rig.sync.wish([second.id], Field.STATE, "accepted"))

    rig.sync.listen(when_told)
    rig.sync.wish([first.id], Field.STATE, "accepted")
    await rig.sync.settled()
    await asyncio.sleep(0)
    await rig.sync.settled()
    assert (second.state.slug, rig.store.intents()) == ("accepted", [])
