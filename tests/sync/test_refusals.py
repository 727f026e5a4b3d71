"""Writes that are held or refused: the row, the line and the outbox all say so."""

from __future__ import annotations

import httpx
import pytest

from tests.sync.rig import Rig, ids, state
from tui.core.change import Tone
from tui.core.intent import Field, Status
from tui.core.rows import Mark
from tui.demo.model import Patch
from tui.demo.registry import VISITOR

pytestmark = pytest.mark.anyio


async def test_a_wish_is_held_when_somebody_else_was_there(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    patch.state = state("rejected")
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    assert rig.road.count("PATCH") == 0
    (intent,) = rig.store.intents(Status.HELD)
    for words in ("rejected", "new", "accepted"):
        assert words in intent.error
        assert words in rig.only_notice().text
    assert patch.name in rig.only_notice().text
    assert rig.only_notice().tone is Tone.TROUBLE
    assert (rig.row(patch.id).patch.state, rig.row(patch.id).mark) == ("accepted", Mark.HELD)
    assert rig.sync.status.waiting == 1


async def test_a_held_wish_is_sent_when_it_is_wished_again(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    patch.state = state("rejected")
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    assert rig.sync.wish([patch.id], Field.STATE, "accepted").changed == 1
    await rig.sync.settled()
    assert patch.state.slug == "accepted"
    assert rig.store.intents() == []


async def test_a_held_wish_gives_way_to_the_servers_value(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    patch.state = state("rejected")
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    rig.sync.wish([patch.id], Field.STATE, "rejected")
    await rig.sync.settled()
    assert rig.store.intents() == []
    assert (rig.row(patch.id).patch.state, rig.row(patch.id).mark) == ("rejected", Mark.NONE)
    assert rig.road.count("PATCH") == 0


async def test_one_field_held_does_not_hold_the_other(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    patch.state = state("rejected")
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    rig.sync.wish([patch.id], Field.ARCHIVED, True)
    await rig.sync.settled()
    assert patch.archived
    assert [intent.field for intent in rig.store.intents()] == [Field.STATE]


async def test_refused_patches_are_named_and_the_others_go_on(rig: Rig) -> None:
    patches = await rig.start_with(5, 4)
    bad = patches[3::7]
    for patch in bad:
        detail = '{"detail": "You do not have permission to perform this action."}'
        rig.app.faults.add(f"patches/{patch.id}/", method="PATCH", status=403, body=detail)
    rig.sync.wish(ids(patches), Field.STATE, "accepted")
    await rig.sync.settled()
    assert [patch.state.slug for patch in patches].count("accepted") == 17
    assert [(rig.row(p.id).patch.state, rig.row(p.id).mark) for p in bad] == [("new", Mark.NONE)] * 3
    notice = rig.only_notice()
    assert notice.text.startswith("17 of 20 patches set to accepted; 3 refused: ")
    for patch in bad:
        assert patch.name in notice.text
    assert f"perform this action: {bad[0].name}, " in notice.text
    failed = rig.store.intents(Status.FAILED)
    assert [intent.patch_id for intent in failed] == ids(bad)
    assert all("does not permit you" in intent.error for intent in failed)
    assert rig.sync.status.waiting == 0


async def test_an_outsider_is_refused_and_the_row_goes_back() -> None:
    rig = Rig(VISITOR)
    (patch,) = await rig.start_with()
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    assert patch.state.slug == "new"
    assert rig.row(patch.id).patch.state == "new"
    assert rig.only_notice().text.startswith(f"{patch.name} not set to accepted: ")
    await rig.sync.close()


async def test_values_that_the_server_does_not_take_fail(rig: Rig) -> None:
    first, second = await rig.start_with(2)
    rig.sync.wish([first.id], Field.STATE, "no-such-state")
    rig.sync.wish([second.id], Field.DELEGATE, VISITOR.id)
    await rig.sync.settled()
    assert [intent.patch_id for intent in rig.store.intents(Status.FAILED)] == ids([first, second])
    assert rig.store.intents(Status.WAITING) == []


@pytest.mark.parametrize("status", [400, 401, 404, 409])
async def test_every_refusal_fails_the_wish(rig: Rig, status: int) -> None:
    (patch,) = await rig.start_with()
    rig.app.faults.add("patches/", method="PATCH", status=status, body='{"detail": "no"}')
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    assert len(rig.store.intents(Status.FAILED)) == 1
    assert rig.only_notice().tone is Tone.TROUBLE


async def test_a_patch_that_is_gone_fails_and_the_others_go_on(rig: Rig) -> None:
    first, second = await rig.start_with(2)
    del rig.app.world.patches[first.id]
    first.series.patches.clear()  # type: ignore[union-attr]
    rig.sync.wish(ids([first, second]), Field.STATE, "accepted")
    await rig.sync.settled()
    assert second.state.slug == "accepted"
    assert [intent.patch_id for intent in rig.store.intents(Status.FAILED)] == [first.id]
    assert [patch.id for patch in rig.store.patches(ids([first, second]))] == [second.id]
    assert "1 refused: No Patch matches" in rig.only_notice().text


async def test_a_patch_that_a_write_does_not_find_but_a_look_does_stays(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.app.faults.add("patches/", method="PATCH", status=404, body='{"detail": "no"}')
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    assert rig.row(patch.id).patch.state == "new"


async def test_a_token_that_is_refused_on_reading_fails_what_was_wished(rig: Rig) -> None:
    patches = await rig.start_with(2)
    rig.app.faults.add("patches", status=403, body='{"detail": "Invalid token."}')
    rig.sync.wish(ids(patches), Field.STATE, "accepted")
    await rig.sync.settled()
    assert len(rig.store.intents(Status.FAILED)) == 2
    assert "token" in rig.only_notice().text


async def test_a_write_that_the_server_ignores_is_not_counted_as_done(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.app.faults.add("patches/", method="PATCH", status=200, body=await _answer(rig, patch))
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    assert len(rig.store.intents(Status.FAILED)) == 1
    assert rig.row(patch.id).patch.state == "new"
    assert "changed nothing" in rig.only_notice().text


async def _answer(rig: Rig, patch: Patch) -> str:
    """What the server says of a patch now, word for word."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(rig.app)) as client:
        return (await client.get(f"http://patchwork.invalid/api/patches/{patch.id}/")).text
