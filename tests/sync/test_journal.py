"""Undo and redo: whole actions, sent or not, of this run or an earlier one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.sync.rig import Rig, ids, state
from tui.core.change import Notice, Tone
from tui.core.intent import Field, Status
from tui.core.journal import Outcome
from tui.core.rows import Mark
from tui.demo.model import Patch
from tui.demo.registry import TOMASZ

pytestmark = pytest.mark.anyio


def slugs(patches: Sequence[Patch]) -> list[str]:
    """The server's states."""
    return [patch.state.slug for patch in patches]


def shown(rig: Rig, patches: Sequence[Patch]) -> list[str]:
    """The states as the rows show them."""
    return [row.patch.state for row in rig.store.patch_rows(ids(list(patches)))]


async def set_state(rig: Rig, patches: Sequence[Patch], slug: str) -> None:
    """Set a state and wait until the server has it."""
    rig.sync.wish(ids(list(patches)), Field.STATE, slug, key="s")
    await rig.sync.settled()


async def test_an_action_is_undone_before_it_was_sent(rig: Rig) -> None:
    patches = await rig.start_with(3)
    rig.road.broken = True
    await set_state(rig, patches, "accepted")
    rig.notices.clear()
    assert rig.sync.undo().changed == 3
    assert rig.only_notice() == Notice("Undid: 3 patches set to accepted", Tone.GOOD)
    assert rig.store.intents() == []
    assert {row.mark for row in rig.store.patch_rows(ids(patches))} == {Mark.NONE}
    rig.road.broken = False
    rig.sync.refresh()
    await rig.sync.settled()
    assert rig.road.count("PATCH") == 0
    assert shown(rig, patches) == slugs(patches) == ["new"] * 3


async def test_an_action_is_undone_after_it_was_sent(rig: Rig) -> None:
    patches = await rig.start_with(2, 2)
    patches[0].state = state("rfc")
    rig.sync.refresh()
    await rig.sync.settled()
    await set_state(rig, patches, "accepted")
    rig.sync.undo(key="u")
    assert shown(rig, patches) == ["rfc", "new", "new", "new"]
    await rig.sync.settled()
    assert slugs(patches) == ["rfc", "new", "new", "new"]
    newest, first = rig.store.journal()
    assert (newest.title, newest.key, newest.undoes) == ("Undid: 4 patches set to accepted", "u", first.id)
    assert (first.title, first.key, first.undone) == ("4 patches set to accepted", "s", True)


async def test_all_fields_are_undone(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.sync.wish([patch.id], Field.DELEGATE, TOMASZ.id)
    rig.sync.wish([patch.id], Field.ARCHIVED, True)
    await rig.sync.settled()
    rig.sync.undo()
    rig.sync.undo()
    await rig.sync.settled()
    assert (patch.delegate, patch.archived) == (None, False)
    titles = [action.title for action in rig.store.journal()]
    assert titles == [
        f"Undid: {patch.name} delegated to tomasz",
        f"Undid: {patch.name} archived",
        f"{patch.name} archived",
        f"{patch.name} delegated to tomasz",
    ]


async def test_of_what_was_undone_while_it_waited_only_the_undo_is_told(rig: Rig) -> None:
    patches = await rig.start_with(2)
    rig.road.broken = True
    await set_state(rig, patches, "accepted")
    rig.sync.undo()
    await rig.sync.settled()
    assert rig.notices[-1].text == "Undid: 2 patches set to accepted"


@pytest.mark.parametrize("offline", [False, True])
async def test_undo_and_redo_go_back_and_forth_as_in_an_editor(rig: Rig, offline: bool) -> None:
    patches = await rig.start_with(2)
    rig.road.broken = offline
    for slug in ("accepted", "rejected"):
        await set_state(rig, patches, slug)
    for verb, slug in [
        (rig.sync.undo, "accepted"),
        (rig.sync.undo, "new"),
        (rig.sync.undo, "new"),
        (rig.sync.redo, "accepted"),
        (rig.sync.redo, "rejected"),
        (rig.sync.redo, "rejected"),
        (rig.sync.undo, "accepted"),
        (rig.sync.redo, "rejected"),
        (rig.sync.undo, "accepted"),
        (rig.sync.undo, "new"),
        (rig.sync.redo, "accepted"),
    ]:
        verb()
        assert shown(rig, patches) == [slug] * 2
        await rig.sync.settled()
        assert offline or slugs(patches) == [slug] * 2
    rig.road.broken = False
    rig.sync.refresh()
    await rig.sync.settled()
    assert slugs(patches) == ["accepted"] * 2
    assert rig.store.intents() == []
    assert {notice.text for notice in rig.notices if "thing" in notice.text} == {
        "Nothing to undo",
        "Nothing to redo",
    }


async def test_nothing_is_redone_after_something_new(rig: Rig) -> None:
    patches = await rig.start_with(2)
    await set_state(rig, patches, "accepted")
    rig.sync.undo()
    await set_state(rig, patches[:1], "rejected")
    rig.notices.clear()
    assert rig.sync.redo().changed == 0
    assert rig.only_notice().text == "Nothing to redo"
    await rig.sync.settled()
    assert slugs(patches) == ["rejected", "new"]


async def test_an_undo_while_writes_are_under_way_follows_them(rig: Rig) -> None:
    patches = await rig.start_with(4, 2)
    held = rig.road.hold("PATCH")
    rig.sync.wish(ids(patches), Field.STATE, "accepted")
    await held.arrived.wait()
    rig.sync.undo()
    assert shown(rig, patches) == ["new"] * 8
    held.released.set()
    await rig.sync.settled()
    assert slugs(patches) == shown(rig, patches) == ["new"] * 8
    assert rig.store.intents() == []
    assert rig.road.count("PATCH") <= 8


async def test_what_was_changed_since_is_left_alone_and_said(rig: Rig) -> None:
    patches = await rig.start_with(4)
    await set_state(rig, patches, "accepted")
    patches[0].state = state("rfc")
    rig.sync.refresh()
    await rig.sync.settled()
    await set_state(rig, patches[1:2], "rejected")
    rig.notices.clear()
    rig.sync.undo(rig.store.journal()[1].id)
    text = "Undid: 4 patches set to accepted; 2 back, 2 were changed since and left alone"
    assert rig.notices[0] == Notice(text, Tone.INFO)
    await rig.sync.settled()
    assert slugs(patches) == ["rfc", "rejected", "new", "new"]


async def test_what_somebody_else_changed_unseen_is_held(rig: Rig) -> None:
    first, second = await rig.start_with(2)
    await set_state(rig, [first, second], "accepted")
    first.state = state("rfc")
    rig.sync.undo()
    await rig.sync.settled()
    assert slugs([first, second]) == ["rfc", "new"]
    (intent,) = rig.store.intents(Status.HELD)
    assert (intent.patch_id, intent.seen, intent.wished) == (first.id, "accepted", "new")


async def test_an_undo_that_leaves_all_alone_lets_the_next_one_go_further(rig: Rig) -> None:
    first, second = await rig.start_with(2)
    await set_state(rig, [first], "accepted")
    await set_state(rig, [second], "accepted")
    second.state = state("rfc")
    rig.sync.refresh()
    await rig.sync.settled()
    rig.notices.clear()
    assert rig.sync.undo().changed == 0
    assert rig.only_notice().text.endswith("0 back, 1 was changed since and left alone")
    rig.sync.undo()
    await rig.sync.settled()
    assert slugs([first, second]) == ["new", "rfc"]


async def test_held_and_refused_wishes_are_given_up(rig: Rig) -> None:
    first, second, _ = patches = await rig.start_with(3)
    first.state = state("rfc")
    rig.app.faults.add(f"patches/{second.id}/", method="PATCH", status=403, times=1)
    await set_state(rig, patches, "accepted")
    assert {intent.status for intent in rig.store.intents()} == {Status.HELD, Status.FAILED}
    rig.notices.clear()
    rig.sync.undo()
    assert rig.notices[0].text == "Undid: 3 patches set to accepted; 2 back, 1 had not come true"
    await rig.sync.settled()
    assert slugs(patches) == shown(rig, patches) == ["rfc", "new", "new"]
    assert rig.store.intents() == []


async def test_an_action_is_undone_once(rig: Rig) -> None:
    patches = await rig.start_with(2)
    await set_state(rig, patches, "accepted")
    first = rig.store.journal()[0].id
    rig.sync.undo(first)
    await rig.sync.settled()
    rig.notices.clear()
    assert rig.sync.undo(first).changed == 0
    assert rig.only_notice().text == "Undone already: 2 patches set to accepted"
    assert rig.sync.undo(99).changed == 0
    assert rig.notices[-1].text == "Nothing to undo"


async def test_undoing_an_undo_from_the_journal_is_a_redo(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    await set_state(rig, [patch], "accepted")
    undo = rig.sync.undo()
    await rig.sync.settled()
    rig.notices.clear()
    rig.sync.undo(undo.id)
    assert rig.only_notice().text == f"Redid: {patch.name} set to accepted"
    await rig.sync.settled()
    assert patch.state.slug == "accepted"


async def test_an_action_of_an_earlier_run_is_undone(kept: Rig) -> None:
    patches = await kept.start_with(2)
    await set_state(kept, patches, "accepted")
    await kept.restart()
    await kept.start()
    kept.sync.undo()
    await kept.sync.settled()
    assert slugs(patches) == ["new", "new"]
    await kept.restart()
    await kept.start()
    kept.sync.redo()
    await kept.sync.settled()
    assert slugs(patches) == ["accepted", "accepted"]


async def test_an_action_that_an_earlier_run_did_not_send_is_undone(kept: Rig) -> None:
    patches = await kept.start_with(2)
    kept.road.broken = True
    await set_state(kept, patches, "accepted")
    await kept.restart()
    kept.sync.undo()
    await kept.sync.settled()
    assert kept.store.intents() == []
    assert shown(kept, patches) == ["new", "new"]
    assert kept.store.journal()[1].outcomes == ((Outcome.REPLACED, 2),)


async def test_what_a_killed_run_was_sending_is_undone_without_a_clash(kept: Rig) -> None:
    (patch,) = await kept.start_with()
    held = kept.road.hold("PATCH")
    kept.sync.wish([patch.id], Field.STATE, "accepted")
    await held.arrived.wait()
    await kept.kill()
    (intent,) = kept.store.intents()
    assert (intent.status, intent.tried, patch.state.slug) == (Status.SENDING, ("accepted",), "accepted")
    kept.sync.undo()
    assert kept.row(patch.id).patch.state == "new"
    await kept.start()
    assert (patch.state.slug, kept.store.intents()) == ("new", [])
