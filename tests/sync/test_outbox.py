"""The outbox by hand: retried, dropped, decided; kept over restarts; refused where nothing can be kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.sync.rig import Rig, ids, state
from tui.core.change import Notice, Tone
from tui.core.intent import Field, Intent, Status
from tui.core.rows import Mark
from tui.demo.model import Patch

pytestmark = pytest.mark.anyio


async def hold(rig: Rig) -> tuple[Patch, Intent]:
    """A wish that is held: the user saw new, somebody else made it rfc, accepted is wished."""
    (patch,) = await rig.start_with()
    patch.state = state("rfc")
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    (intent,) = rig.store.intents(Status.HELD)
    rig.notices.clear()
    return patch, intent


async def test_neither_seen_nor_wished_is_held_and_says_why(rig: Rig) -> None:
    patch, intent = await hold(rig)
    why = "the server has rfc now, you saw new and wish accepted; decide in the outbox"
    assert (intent.error, intent.attempts) == (why, 1)
    assert (rig.row(patch.id).patch.state, rig.row(patch.id).mark) == ("accepted", Mark.HELD)
    status = rig.sync.status
    assert (status.waiting, status.held, status.failed) == (1, 1, 0)
    assert rig.road.count("PATCH") == 0


async def test_mine_is_sent_over_what_the_server_has(rig: Rig) -> None:
    patch, intent = await hold(rig)
    assert rig.sync.decide(intent.id, mine=True)
    assert rig.store.intents()[0].seen == "rfc"
    await rig.sync.settled()
    assert (patch.state.slug, rig.store.intents()) == ("accepted", [])
    rig.sync.undo()
    await rig.sync.settled()
    assert patch.state.slug == "rfc"


async def test_mine_is_held_again_when_it_changed_once_more(rig: Rig) -> None:
    patch, intent = await hold(rig)
    patch.state = state("deferred")
    rig.sync.decide(intent.id, mine=True)
    await rig.sync.settled()
    (again,) = rig.store.intents()
    assert (patch.state.slug, again.status, again.seen) == ("deferred", Status.HELD, "rfc")


async def test_theirs_leaves_what_the_server_has(rig: Rig) -> None:
    patch, intent = await hold(rig)
    assert rig.sync.decide(intent.id, mine=False)
    await rig.sync.settled()
    assert (patch.state.slug, rig.row(patch.id).patch.state) == ("rfc", "rfc")
    assert (rig.store.intents(), rig.sync.status.held) == ([], 0)
    assert rig.sync.decide(intent.id, mine=True) is False


async def test_a_held_one_that_is_tried_again_is_looked_at_again(rig: Rig) -> None:
    patch, intent = await hold(rig)
    assert rig.sync.retry([intent.id]) == 1
    await rig.sync.settled()
    assert [one.status for one in rig.store.intents()] == [Status.HELD]
    patch.state = state("new")
    rig.sync.retry([intent.id])
    await rig.sync.settled()
    assert (patch.state.slug, rig.store.intents()) == ("accepted", [])


async def test_a_refused_one_is_tried_again(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.app.faults.add("patches/", method="PATCH", status=403, times=1)
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    (intent,) = rig.store.intents()
    assert (intent.status, intent.attempts, rig.sync.status.failed) == (Status.FAILED, 1, 1)
    assert intent.error
    assert rig.sync.retry([intent.id, 99]) == 1
    assert rig.row(patch.id).patch.state == "accepted"
    await rig.sync.settled()
    assert (patch.state.slug, rig.store.intents(), rig.sync.status.failed) == ("accepted", [], 0)


async def test_a_refused_one_with_a_newer_wish_on_it_gives_way(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.app.faults.add("patches/", method="PATCH", status=403, times=1)
    held = rig.road.hold("PATCH")
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await held.arrived.wait()
    rig.sync.wish([patch.id], Field.STATE, "rejected")
    rig.road.broken = True
    rig.road.release()
    await rig.sync.settled()
    refused, newer = rig.store.intents()
    assert (refused.status, newer.status, newer.seen) == (Status.FAILED, Status.WAITING, "new")
    assert rig.sync.retry([refused.id]) == 0
    rig.road.broken = False
    rig.sync.retry([newer.id])
    await rig.sync.settled()
    assert (patch.state.slug, rig.store.intents()) == ("rejected", [])


async def test_one_that_waits_for_its_next_try_is_tried_now(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.road.broken = True
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    (intent,) = rig.store.intents()
    assert intent.error
    rig.road.broken = False
    rig.sync.retry([intent.id])
    await rig.sync.settled()
    assert patch.state.slug == "accepted"


async def test_dropped_ones_are_not_sent(rig: Rig) -> None:
    patches = await rig.start_with(3)
    rig.road.broken = True
    rig.sync.wish(ids(patches), Field.STATE, "accepted")
    await rig.sync.settled()
    first, second, _ = rig.store.intents()
    assert rig.sync.drop([first.id, second.id]) == 2
    assert rig.sync.status.waiting == 1
    rig.road.broken = False
    rig.sync.refresh()
    await rig.sync.settled()
    assert [patch.state.slug for patch in patches] == ["new", "new", "accepted"]


async def test_one_that_is_being_sent_is_not_dropped(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    held = rig.road.hold("PATCH")
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await held.arrived.wait()
    assert rig.sync.drop([rig.store.intents()[0].id]) == 0
    rig.road.release()
    await rig.sync.settled()
    assert (patch.state.slug, rig.store.intents()) == ("accepted", [])


async def test_a_clash_under_a_newer_wish_leaves_one_to_decide(kept: Rig) -> None:
    (patch,) = await kept.start_with()
    held = kept.road.hold("PATCH")
    kept.sync.wish([patch.id], Field.STATE, "accepted")
    await held.arrived.wait()
    kept.sync.wish([patch.id], Field.STATE, "rejected")
    await kept.kill()
    patch.state = state("rfc")
    await kept.start()
    (intent,) = kept.store.intents()
    assert (intent.status, intent.seen, intent.wished) == (Status.HELD, "new", "rejected")
    kept.sync.decide(intent.id, mine=True)
    await kept.sync.settled()
    assert patch.state.slug == "rejected"


async def test_offline_wishes_go_out_after_a_restart_in_order(kept: Rig) -> None:
    patches = await kept.start_with(2, 2)
    kept.road.broken = True
    kept.sync.wish(ids(patches), Field.STATE, "accepted")
    kept.sync.wish(ids(patches[:1]), Field.STATE, "rejected")
    kept.sync.wish(ids(patches[1:2]), Field.ARCHIVED, True)
    await kept.sync.settled()
    await kept.restart()
    assert [row.patch.state for row in kept.store.patch_rows(ids(patches))] == ["rejected"] + ["accepted"] * 3
    kept.sync.start()
    await kept.sync.settled()
    assert kept.sync.status.waiting == 5
    patches[3].state = state("accepted")
    kept.road.broken = False
    kept.sync.refresh()
    await kept.sync.settled()
    assert [patch.state.slug for patch in patches] == ["rejected"] + ["accepted"] * 3
    assert patches[1].archived
    assert kept.road.count("PATCH") == 3
    assert kept.store.intents() == []


async def test_wishes_are_refused_where_they_cannot_be_kept(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        rig = Rig(path="/proc/pwtui/store")  # no folder can be made there, not even by root
    else:
        tmp_path.chmod(0o500)
        rig = Rig(path=tmp_path / "store")
    (patch,) = await rig.start_with()
    assert rig.row(patch.id).patch.state == "new"
    action = rig.sync.wish([patch.id], Field.STATE, "accepted")
    assert (action.changed, rig.row(patch.id).patch.state) == (0, "new")
    assert "nothing can be changed" in action.refused
    assert rig.notices[-1] == Notice(action.refused, Tone.TROUBLE)
    assert rig.store.intents() == []
    await rig.sync.close()


async def test_a_disk_that_fills_up_loses_no_wish(kept: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = await kept.start_with(2)
    held = kept.road.hold("PATCH")
    kept.sync.wish([first.id], Field.STATE, "accepted")
    await held.arrived.wait()
    db = kept.store._db
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages}")
    kept.notices.clear()
    refused = ""
    for _ in range(200):  # what is free in its pages is used up first
        action = kept.sync.wish([second.id], Field.STATE, "rejected" if _ % 2 else "rfc")
        refused = action.refused
        if refused:
            break
    assert "full" in refused
    assert "full" in kept.store.refuses
    shown = kept.row(second.id).patch.state
    kept.road.release()
    await kept.sync.settled()
    assert kept.pauses
    db.execute("PRAGMA max_page_count = 1000000")
    kept.sync.retry([])
    await kept.sync.settled()
    assert (first.state.slug, second.state.slug) == ("accepted", shown)
    assert (kept.store.intents(), kept.store.refuses) == ([], "")
