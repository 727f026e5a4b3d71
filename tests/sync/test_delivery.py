"""Writes: shown at once, looked at before they are sent, and summed up in a line."""

from __future__ import annotations

import pytest

from tests.sync.rig import Rig, ids, state
from tui.core.change import Notice, Tone
from tui.core.intent import Field
from tui.core.rows import Mark
from tui.demo.registry import MIRA, TOMASZ

pytestmark = pytest.mark.anyio


async def test_a_wish_shows_at_once_and_is_confirmed(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    action = rig.sync.wish([patch.id], Field.STATE, "accepted")
    assert action.changed == 1
    assert (rig.row(patch.id).patch.state, rig.row(patch.id).mark) == ("accepted", Mark.WAITING)
    assert rig.sync.status.waiting == 1
    await rig.sync.settled()
    assert patch.state.slug == "accepted"
    assert (rig.row(patch.id).patch.state, rig.row(patch.id).mark) == ("accepted", Mark.NONE)
    assert rig.store.intents() == []
    assert rig.only_notice() == Notice(f"{patch.name} set to accepted", Tone.GOOD)
    status = rig.sync.status
    assert (status.waiting, status.done, status.of) == (0, 0, 0)


async def test_delegates_and_archiving_go_the_same_way(rig: Rig) -> None:
    (patch,) = await rig.start_with()
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
    first, second = await rig.start_with(2)
    first.state = state("accepted")
    rig.sync.refresh()
    await rig.sync.settled()
    assert rig.sync.wish(ids([first]), Field.STATE, "accepted").changed == 0
    assert rig.sync.wish(ids([first, second]), Field.STATE, "accepted").changed == 1


async def test_many_patches_are_read_in_one_request_and_written_four_at_a_time(rig: Rig) -> None:
    patches = await rig.start_with(25, 4)
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
    assert rig.only_notice() == Notice("100 of 100 patches set to accepted", Tone.GOOD)


async def test_what_is_on_the_server_already_is_done_without_a_write(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    patch.state = state("accepted")
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    assert rig.road.count("PATCH") == 0
    assert rig.store.intents() == []


async def test_a_wish_while_another_is_under_way_follows_it(rig: Rig) -> None:
    (patch,) = await rig.start_with()
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
    (patch,) = await rig.start_with()
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    rig.sync.wish([patch.id], Field.STATE, "new")
    await rig.sync.settled()
    assert rig.road.count("PATCH") == 0
    assert rig.store.intents() == []


async def test_cancelling_puts_back_what_has_not_gone_out(rig: Rig) -> None:
    patches = await rig.start_with(10, 4)
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
    assert rig.only_notice().text == (
        f"{40 - dropped} of 40 patches set to accepted; {dropped} not sent and put back"
    )
    assert rig.sync.status.of == 0


async def test_a_read_from_before_a_write_does_not_bring_the_old_value_back(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    late = rig.road.hold("order=-date")
    rig.sync.refresh()
    await late.arrived.wait()
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    while rig.store.intents():
        await rig.store_changed()
    late.released.set()
    await rig.sync.settled()
    assert rig.row(patch.id).patch.state == "accepted"


async def test_loose_patches_are_written_too(rig: Rig) -> None:
    loose = [rig.add_patch(f"loose {n}") for n in range(3)]
    await rig.start()
    rig.sync.wish(ids(loose), Field.STATE, "accepted")
    await rig.sync.settled()
    assert {patch.state.slug for patch in loose} == {"accepted"}


async def test_without_a_token_nothing_is_filed() -> None:
    rig = Rig(None)
    (patch,) = await rig.start_with()
    assert rig.sync.wish([patch.id], Field.STATE, "accepted").changed == 0
    assert "token" in rig.only_notice().text
    assert rig.store.intents() == []
    rig.sync.learn_states(patch.id)
    await rig.sync.settled()
    assert rig.road.log == []
    await rig.sync.close()


async def test_delegates_are_named_in_what_is_told(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.sync.wish([patch.id], Field.DELEGATE, MIRA.id)
    await rig.sync.settled()
    assert rig.only_notice().text == f"{patch.name} delegated to mira"
