"""Actions on many patches and of several fields: filed as planned, told in one line, undone as one."""

from __future__ import annotations

import pytest

from tests.sync.rig import Rig, ids, state
from tui.core.deed import Step
from tui.core.intent import Field, Status
from tui.demo.registry import TOMASZ

pytestmark = pytest.mark.anyio

ACCEPT, ARCHIVE = Step(Field.STATE, "accepted"), Step(Field.ARCHIVED, True)


async def test_an_action_of_several_fields_is_one_and_is_undone_as_one(rig: Rig) -> None:
    *_, third = patches = await rig.start_with(3)
    third.state = state("accepted")
    rig.sync.refresh()
    await rig.sync.settled()
    rig.notices.clear()
    wishes = rig.sync.plan(ids(patches), [ACCEPT, Step(Field.DELEGATE, TOMASZ.id), ARCHIVE])
    assert len(wishes) == 8
    assert rig.sync.file(wishes, key="A").changed == 3
    await rig.sync.settled()
    assert [(p.state.slug, p.delegate, p.archived) for p in patches] == [("accepted", TOMASZ, True)] * 3
    title = "set to accepted and delegated to tomasz and archived"
    assert (rig.store.journal()[0].title, rig.store.journal()[0].key) == (f"3 patches {title}", "A")
    assert rig.road.count("PATCH") == 3, "the wishes of one patch go out in one request"
    rig.sync.undo()
    await rig.sync.settled()
    assert [p.state.slug for p in patches] == ["new", "new", "accepted"]
    assert [(p.delegate, p.archived) for p in patches] == [(None, False)] * 3
    assert len(rig.store.journal()) == 2


async def test_what_was_planned_and_changed_by_somebody_since_is_held(rig: Rig) -> None:
    first, second = await rig.start_with(2)
    wishes = rig.sync.plan(ids([first, second]), [ACCEPT])
    first.state = state("rfc")
    rig.sync.refresh()
    await rig.sync.settled()
    rig.sync.file(wishes)
    await rig.sync.settled()
    assert (first.state.slug, second.state.slug) == ("rfc", "accepted")
    assert [intent.patch_id for intent in rig.store.intents(Status.HELD)] == [first.id]


async def test_what_was_planned_and_is_gone_since_is_refused_by_name(rig: Rig) -> None:
    first, second = await rig.start_with(1, 2)
    wishes = rig.sync.plan(ids([first, second]), [ACCEPT])
    del rig.app.world.patches[first.id]
    rig.notices.clear()
    rig.sync.file(wishes)
    await rig.sync.settled()
    assert second.state.slug == "accepted"
    assert rig.notices[-1].text.startswith("1 of 2 patches set to accepted; 1 refused: ")
    assert first.name in rig.notices[-1].text


async def test_nothing_planned_is_nothing_done(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    assert rig.sync.plan([patch.id], [Step(Field.STATE, "new")]) == []
    assert rig.sync.file([]).id == 0
    assert rig.store.journal() == []


async def test_what_the_server_did_not_permit_is_known_until_it_does(rig: Rig) -> None:
    first, second = await rig.start_with(2)
    no = '{"detail": "You do not have permission to perform this action."}'
    rig.app.faults.add(f"patches/{first.id}/", method="PATCH", status=403, body=no, times=1)
    rig.sync.wish(ids([first, second]), Field.STATE, "accepted")
    await rig.sync.settled()
    assert dict(rig.sync.barred) == {first.id: "You do not have permission to perform this action."}
    rig.sync.wish([first.id], Field.STATE, "accepted")
    await rig.sync.settled()
    assert (first.state.slug, dict(rig.sync.barred)) == ("accepted", {})


async def test_three_hundred_patches_are_set_and_undone_as_one(kept: Rig) -> None:
    patches = await kept.start_with(12, 25)
    kept.sync.need_patches(kept.series_ids())
    await kept.sync.settled()
    kept.road.log.clear()
    before = [patch.state.slug for patch in patches]
    assert kept.sync.file(kept.sync.plan(ids(patches), [ACCEPT, ARCHIVE]), key="A").changed == 300
    await kept.sync.settled()
    assert {(patch.state.slug, patch.archived) for patch in patches} == {("accepted", True)}
    assert kept.store.journal()[0].number == 600
    kept.notices.clear()
    assert kept.sync.undo(key="u").changed == 600
    assert kept.notices[0].text == "Undid: 300 patches set to accepted and archived"
    await kept.sync.settled()
    assert [patch.state.slug for patch in patches] == before
    assert not any(patch.archived for patch in patches)
    assert kept.store.intents() == []
    assert kept.road.count("PATCH") == 600
