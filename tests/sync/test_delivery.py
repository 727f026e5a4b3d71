"""Writes: shown at once, looked at before they are sent, and never lost or counted as done in vain."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from tests.sync.rig import PROJECT, Rig, state
from tui.core.change import Notice, Tone
from tui.core.intent import Field, Status
from tui.core.rows import Mark
from tui.demo.model import Patch
from tui.demo.registry import MIRA, TOMASZ, VISITOR
from tui.sync.delivery import pause
from tui.sync.sync import Sync

pytestmark = pytest.mark.anyio


async def patches_on(rig: Rig, count: int = 1, of: int = 1) -> list[Patch]:
    """Start with some series of patches, all of them known."""
    made = [patch for _ in range(count) for patch in rig.add_series(of).patches]
    await rig.start()
    return made


def ids(patches: list[Patch]) -> list[int]:
    return [patch.id for patch in patches]


def only_notice(rig: Rig) -> Notice:
    (notice,) = rig.notices
    return notice


async def test_a_wish_shows_at_once_and_is_confirmed(rig: Rig) -> None:
    (patch,) = await patches_on(rig)
    action = rig.sync.wish([patch.id], Field.STATE, "accepted")
    assert action.changed == 1
    assert (rig.row(patch.id).patch.state, rig.row(patch.id).mark) == ("accepted", Mark.WAITING)
    assert rig.sync.status.waiting == 1
    await rig.sync.settled()
    assert patch.state.slug == "accepted"
    assert (rig.row(patch.id).patch.state, rig.row(patch.id).mark) == ("accepted", Mark.NONE)
    assert rig.store.intents() == []
    assert only_notice(rig) == Notice(f"{patch.name} set to accepted", Tone.GOOD)
    status = rig.sync.status
    assert (status.waiting, status.done, status.of) == (0, 0, 0)


async def test_delegates_and_archiving_go_the_same_way(rig: Rig) -> None:
    (patch,) = await patches_on(rig)
    rig.sync.wish([patch.id], Field.DELEGATE, TOMASZ.id)
    rig.sync.wish([patch.id], Field.ARCHIVED, True)
    await rig.sync.settled()
    assert (patch.delegate, patch.archived) == (TOMASZ, True)
    assert rig.road.count("PATCH") == 1
    rig.sync.wish([patch.id], Field.DELEGATE, None)
    await rig.sync.settled()
    assert patch.delegate is None
    assert rig.notices[-1].text == f"{patch.name} delegated to nobody"


async def test_patches_that_are_so_already_are_left_out(rig: Rig) -> None:
    first, second = await patches_on(rig, 2)
    first.state = state("accepted")
    rig.sync.refresh()
    await rig.sync.settled()
    assert rig.sync.wish(ids([first]), Field.STATE, "accepted").changed == 0
    assert rig.sync.wish(ids([first, second]), Field.STATE, "accepted").changed == 1


async def test_many_patches_are_read_in_one_request_and_written_four_at_a_time(rig: Rig) -> None:
    patches = await patches_on(rig, 25, 4)
    seen: list[tuple[int, int]] = []
    rig.store.listen(lambda _: seen.append((rig.sync.status.done, rig.sync.status.of)))
    rig.road.most = 0
    rig.sync.wish(ids(patches), Field.STATE, "accepted")
    await rig.sync.settled()
    assert {patch.state.slug for patch in patches} == {"accepted"}
    assert (rig.road.count("GET"), rig.road.count("PATCH")) == (1, 100)
    assert rig.road.most == 4
    assert (0, 100) in seen
    assert (99, 100) in seen
    assert only_notice(rig) == Notice("100 of 100 patches set to accepted", Tone.GOOD)


async def test_what_is_on_the_server_already_is_done_without_a_write(rig: Rig) -> None:
    (patch,) = await patches_on(rig)
    patch.state = state("accepted")
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    assert rig.road.count("PATCH") == 0
    assert rig.store.intents() == []


async def test_a_wish_is_held_when_somebody_else_was_there(rig: Rig) -> None:
    (patch,) = await patches_on(rig)
    patch.state = state("rejected")
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    assert rig.road.count("PATCH") == 0
    (intent,) = rig.store.intents(Status.HELD)
    for words in ("rejected", "new", "accepted"):
        assert words in intent.error
        assert words in only_notice(rig).text
    assert patch.name in only_notice(rig).text
    assert only_notice(rig).tone is Tone.TROUBLE
    assert (rig.row(patch.id).patch.state, rig.row(patch.id).mark) == ("accepted", Mark.HELD)
    assert rig.sync.status.waiting == 1


async def test_a_held_wish_is_sent_when_it_is_wished_again(rig: Rig) -> None:
    (patch,) = await patches_on(rig)
    patch.state = state("rejected")
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    assert rig.sync.wish([patch.id], Field.STATE, "accepted").changed == 1
    await rig.sync.settled()
    assert patch.state.slug == "accepted"
    assert rig.store.intents() == []


async def test_a_held_wish_gives_way_to_the_servers_value(rig: Rig) -> None:
    (patch,) = await patches_on(rig)
    patch.state = state("rejected")
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    rig.sync.wish([patch.id], Field.STATE, "rejected")
    await rig.sync.settled()
    assert rig.store.intents() == []
    assert (rig.row(patch.id).patch.state, rig.row(patch.id).mark) == ("rejected", Mark.NONE)
    assert rig.road.count("PATCH") == 0


async def test_one_field_held_does_not_hold_the_other(rig: Rig) -> None:
    (patch,) = await patches_on(rig)
    patch.state = state("rejected")
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    rig.sync.wish([patch.id], Field.ARCHIVED, True)
    await rig.sync.settled()
    assert patch.archived
    assert [intent.field for intent in rig.store.intents()] == [Field.STATE]


async def test_refused_patches_are_named_and_the_others_go_on(rig: Rig) -> None:
    patches = await patches_on(rig, 5, 4)
    bad = patches[3::7]
    for patch in bad:
        detail = '{"detail": "You do not have permission to perform this action."}'
        rig.app.faults.add(f"patches/{patch.id}/", method="PATCH", status=403, body=detail)
    rig.sync.wish(ids(patches), Field.STATE, "accepted")
    await rig.sync.settled()
    assert [patch.state.slug for patch in patches].count("accepted") == 17
    assert [(rig.row(p.id).patch.state, rig.row(p.id).mark) for p in bad] == [("new", Mark.NONE)] * 3
    notice = only_notice(rig)
    assert notice.text.startswith("17 of 20 patches set to accepted; 3 refused: ")
    for patch in bad:
        assert patch.name in notice.text
    assert "permission" in notice.text
    failed = rig.store.intents(Status.FAILED)
    assert [intent.patch_id for intent in failed] == ids(bad)
    assert all("does not permit you" in intent.error for intent in failed)
    assert rig.sync.status.waiting == 0


async def test_an_outsider_is_refused_and_the_row_goes_back() -> None:
    rig = Rig(VISITOR)
    (patch,) = await patches_on(rig)
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    assert patch.state.slug == "new"
    assert rig.row(patch.id).patch.state == "new"
    assert only_notice(rig).text.startswith(f"{patch.name} not set to accepted: ")
    await rig.sync.close()


async def test_values_that_the_server_does_not_take_fail(rig: Rig) -> None:
    first, second = await patches_on(rig, 2)
    rig.sync.wish([first.id], Field.STATE, "no-such-state")
    rig.sync.wish([second.id], Field.DELEGATE, VISITOR.id)
    await rig.sync.settled()
    assert [intent.patch_id for intent in rig.store.intents(Status.FAILED)] == ids([first, second])
    assert rig.store.intents(Status.WAITING) == []


@pytest.mark.parametrize("status", [400, 401, 404, 409])
async def test_every_refusal_fails_the_wish(rig: Rig, status: int) -> None:
    (patch,) = await patches_on(rig)
    rig.app.faults.add("patches/", method="PATCH", status=status, body='{"detail": "no"}')
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    assert len(rig.store.intents(Status.FAILED)) == 1
    assert only_notice(rig).tone is Tone.TROUBLE


async def test_a_patch_that_is_gone_fails_and_the_others_go_on(rig: Rig) -> None:
    first, second = await patches_on(rig, 2)
    del rig.app.world.patches[first.id]
    first.series.patches.clear()  # type: ignore[union-attr]
    rig.sync.wish(ids([first, second]), Field.STATE, "accepted")
    await rig.sync.settled()
    assert second.state.slug == "accepted"
    assert [intent.patch_id for intent in rig.store.intents(Status.FAILED)] == [first.id]


async def test_a_token_that_is_refused_on_reading_fails_what_was_wished(rig: Rig) -> None:
    patches = await patches_on(rig, 2)
    rig.app.faults.add("patches", status=403, body='{"detail": "Invalid token."}')
    rig.sync.wish(ids(patches), Field.STATE, "accepted")
    await rig.sync.settled()
    assert len(rig.store.intents(Status.FAILED)) == 2
    assert "token" in only_notice(rig).text


async def test_a_write_that_the_server_ignores_is_not_counted_as_done(rig: Rig) -> None:
    (patch,) = await patches_on(rig)
    rig.app.faults.add("patches/", method="PATCH", status=200, body=await _answer(rig, patch))
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    assert len(rig.store.intents(Status.FAILED)) == 1
    assert rig.row(patch.id).patch.state == "new"
    assert "changed nothing" in only_notice(rig).text


async def _answer(rig: Rig, patch: Patch) -> str:
    """What the server says of a patch now, word for word."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(rig.app)) as client:
        return (await client.get(f"http://patchwork.invalid/api/patches/{patch.id}/")).text


async def test_offline_writes_wait_and_go_out_when_the_line_is_back(rig: Rig) -> None:
    patches = await patches_on(rig, 3)
    rig.road.broken = True
    rig.sync.wish(ids(patches), Field.STATE, "accepted")
    await rig.sync.settled()
    assert {intent.status for intent in rig.store.intents()} == {Status.WAITING}
    assert {intent.attempts for intent in rig.store.intents()} == {1}
    assert rig.sync.status.offline
    assert rig.row(patches[0].id).mark is Mark.WAITING
    assert only_notice(rig).retry
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
    (patch,) = await patches_on(rig)
    rig.road.broken = True
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    for _ in range(12):
        await rig.sync.settled()
        rig.sync.refresh()
    await rig.sync.settled()
    assert rig.pauses[:3] == [2.0, 4.0, 8.0]
    assert max(rig.pauses) == rig.pauses[-1] == 300.0


async def test_a_busy_server_is_asked_again_when_it_says(rig: Rig) -> None:
    (patch,) = await patches_on(rig)
    rig.app.faults.add("patches/", method="PATCH", status=503, headers={"Retry-After": "77"}, times=1)
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    assert rig.pauses == [77.0]
    rig.sync.refresh()
    await rig.sync.settled()
    assert patch.state.slug == "accepted"


async def test_one_patch_the_server_chokes_on_does_not_stop_the_others(rig: Rig) -> None:
    patches = await patches_on(rig, 8)
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
    patches = await patches_on(rig, 10, 4)
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
    (patch,) = await patches_on(rig)
    rig.road.losing = 1
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    assert patch.state.slug == "accepted"
    assert len(rig.store.intents(Status.WAITING)) == 1
    rig.sync.refresh()
    await rig.sync.settled()
    assert rig.store.intents() == []
    assert rig.road.count("PATCH") == 1


async def test_wishing_back_after_a_lost_answer_is_not_taken_for_done(rig: Rig) -> None:
    (patch,) = await patches_on(rig)
    rig.road.losing = 1
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    rig.sync.wish([patch.id], Field.STATE, "new")
    await rig.sync.settled()
    assert patch.state.slug == "accepted"
    assert len(rig.store.intents(Status.HELD)) == 1


async def test_a_sign_in_page_instead_of_an_answer_loses_no_write(rig: Rig) -> None:
    (patch,) = await patches_on(rig)
    rig.app.faults.add("patches/", garbage="html", times=2)
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    for _ in range(3):
        await rig.sync.settled()
        rig.sync.refresh()
    await rig.sync.settled()
    assert patch.state.slug == "accepted"


async def test_a_wish_while_another_is_under_way_follows_it(rig: Rig) -> None:
    (patch,) = await patches_on(rig)
    held = rig.road.hold("PATCH")
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await held.arrived.wait()
    rig.sync.wish([patch.id], Field.STATE, "rejected")
    assert rig.row(patch.id).patch.state == "rejected"
    held.released.set()
    await rig.sync.settled()
    assert patch.state.slug == "rejected"
    assert (rig.row(patch.id).patch.state, rig.row(patch.id).mark) == ("rejected", Mark.NONE)
    assert rig.road.count("PATCH") == 2


async def test_a_wish_taken_back_before_it_is_sent_sends_nothing(rig: Rig) -> None:
    (patch,) = await patches_on(rig)
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    rig.sync.wish([patch.id], Field.STATE, "new")
    await rig.sync.settled()
    assert rig.road.count("PATCH") == 0
    assert rig.store.intents() == []


async def test_cancelling_puts_back_what_has_not_gone_out(rig: Rig) -> None:
    patches = await patches_on(rig, 10, 4)
    held = rig.road.hold("PATCH")
    rig.sync.wish(ids(patches), Field.STATE, "accepted")
    await held.arrived.wait()
    dropped = rig.sync.cancel_writes()
    assert 36 <= dropped < 40
    held.released.set()
    await rig.sync.settled()
    states = [patch.state.slug for patch in patches]
    assert states.count("new") == dropped
    assert [rig.row(patch.id).patch.state for patch in patches] == states
    assert rig.store.intents() == []
    assert only_notice(rig).text == (
        f"{40 - dropped} of 40 patches set to accepted; {dropped} not sent and put back"
    )
    assert rig.sync.status.of == 0


async def test_cancelling_offline_ends_the_waiting(rig: Rig) -> None:
    patches = await patches_on(rig, 2)
    rig.road.broken = True
    rig.sync.wish(ids(patches), Field.STATE, "accepted")
    await rig.sync.settled()
    assert rig.sync.cancel_writes() == 2
    await rig.sync.settled()
    assert rig.row(patches[0].id).mark is Mark.NONE
    assert rig.notices[-1].text == "0 of 2 patches set to accepted; 2 not sent and put back"


async def test_a_read_from_before_a_write_does_not_bring_the_old_value_back(rig: Rig) -> None:
    (patch,) = await patches_on(rig)
    late = rig.road.hold("order=-date")
    rig.sync.refresh()
    await late.arrived.wait()
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    while rig.store.intents():
        await rig.store_changed()
    late.released.set()
    await rig.sync.settled()
    assert rig.row(patch.id).patch.state == "accepted"


async def test_what_waits_is_sent_by_the_next_start(rig: Rig) -> None:
    (patch,) = await patches_on(rig)
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


async def test_loose_patches_are_written_too(rig: Rig) -> None:
    loose = [rig.add_patch(f"loose {n}") for n in range(3)]
    await rig.start()
    rig.sync.wish(ids(loose), Field.STATE, "accepted")
    await rig.sync.settled()
    assert {patch.state.slug for patch in loose} == {"accepted"}


async def test_without_a_token_nothing_is_filed() -> None:
    rig = Rig(None)
    (patch,) = await patches_on(rig)
    assert rig.sync.wish([patch.id], Field.STATE, "accepted").changed == 0
    assert "token" in only_notice(rig).text
    assert rig.store.intents() == []
    rig.sync.learn_states(patch.id)
    await rig.sync.settled()
    assert rig.road.log == []
    await rig.sync.close()


async def test_states_are_learnt_once(rig: Rig) -> None:
    (patch,) = await patches_on(rig)
    rig.sync.learn_states(patch.id)
    rig.sync.learn_states(patch.id)
    await rig.sync.settled()
    rig.sync.learn_states(patch.id)
    await rig.sync.settled()
    assert rig.road.count("PATCH") == 1
    assert rig.store.states()[10] == "queued"
    assert patch.state.slug == "new"
    assert rig.notices == []


async def test_a_refusal_to_tell_the_states_is_quiet() -> None:
    rig = Rig(VISITOR)
    (patch,) = await patches_on(rig)
    before = rig.store.states()
    rig.sync.learn_states(patch.id)
    await rig.sync.settled()
    assert rig.notices == []
    assert rig.store.states() == before
    await rig.sync.close()


async def test_delegates_are_named_in_what_is_told(rig: Rig) -> None:
    (patch,) = await patches_on(rig)
    rig.sync.wish([patch.id], Field.DELEGATE, MIRA.id)
    await rig.sync.settled()
    assert only_notice(rig).text == f"{patch.name} delegated to mira"
