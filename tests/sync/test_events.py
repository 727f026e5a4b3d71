"""Events: what changed since the last run, and only that, in few requests; each page once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.sync.between_runs import change, run_again
from tests.sync.rig import Rig, ids, state
from tui.api.client import Client
from tui.core.change import Kind
from tui.core.intent import Field

pytestmark = pytest.mark.anyio


async def test_fifty_changes_take_few_requests(kept: Rig) -> None:
    made = [kept.add_series(6) for _ in range(120)]
    await kept.start()
    while len(kept.series_ids()) < 120:
        kept.sync.need_older()
        await kept.sync.settled()
    kept.sync.need_patches(kept.series_ids())
    await kept.sync.settled()
    await kept.restart()
    kept.road.log.clear()
    touched = [series.patches[2] for series in made[::3]] + made[0].patches
    for patch in touched:
        change(kept, patch)
    new = [kept.add_series(2) for _ in range(4)]
    for series in new:
        kept.tell_series(series)
    kept.sync.start()
    shown = kept.series_ids()
    await kept.sync.settled()
    assert len(shown) == 120
    assert {kept.row(patch.id).patch.state for patch in touched} == {"accepted"}
    assert kept.series_ids()[:4] == [series.id for series in reversed(new)]
    assert kept.store.unknown_series(kept.series_ids()) == []
    assert len(kept.road.log) <= 6


async def test_a_run_in_which_nothing_happened_touches_no_row(kept: Rig) -> None:
    await kept.start_with(3, of=2)
    await run_again(kept)
    asked = ["GET /api/1.4/", "GET /api/1.4/events/", "GET /api/1.4/series/"]
    assert [line.split("?")[0] for line in kept.road.log] == asked
    assert kept.road.count("per_page=1$") == 1
    assert kept.sync.status.total == 3
    assert not [c for c in kept.changes if c.kind in (Kind.SERIES, Kind.PATCHES, Kind.PROJECT)]


async def test_a_server_that_does_not_tell_how_many_there_are_is_seldom_asked(
    kept: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    async def silent(self: Client, project: str) -> None:
        asked.append(project)

    monkeypatch.setattr(Client, "series_count", silent)
    await kept.start_with(1)
    await run_again(kept)
    assert len(asked) == 2  # once a run,
    await kept.beat()
    assert len(asked) == 3  # with what is on the screen,
    await kept.beat()
    assert len(asked) == 3  # and not with every look
    assert kept.sync.status.total is None


async def test_a_run_is_connecting_until_the_server_has_answered(kept: Rig) -> None:
    await kept.start_with(1)
    await kept.restart()
    hold = kept.road.hold(".")
    kept.sync.start()
    await hold.arrived.wait()
    assert kept.sync.status.connecting
    kept.road.release()
    await kept.sync.settled()
    assert not kept.sync.status.connecting


async def test_only_the_row_that_changed_is_told(kept: Rig) -> None:
    patches = await kept.start_with(3, of=2)
    change(kept, patches[3])
    await run_again(kept)
    told = {id_ for c in kept.changes if c.kind is Kind.PATCHES for id_ in c.ids}
    assert told == {patches[3].id}
    assert [row.fresh for row in kept.store.patch_rows(ids(patches[2:4]))] == [False, True]


async def test_an_event_is_followed_once(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    change(rig, patch)
    await rig.beat()
    rig.road.log.clear()
    rig.changes.clear()
    await rig.beat()
    assert [line for line in rig.road.log if "patches/" in line] == []


async def test_an_event_that_is_seen_late_is_not_missed(rig: Rig) -> None:
    first, second = await rig.start_with(2)
    rig.time += timedelta(minutes=10)
    change(rig, first)
    await rig.beat()
    late = rig.tell("patch-state-changed", patch=second)
    late.date -= timedelta(minutes=3)  # it was begun before, and committed after
    second.state = state("rfc")
    await rig.beat()
    assert rig.row(second.id).patch.state == "rfc"


async def test_a_clock_that_was_put_back_hides_nothing_for_long(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.time += timedelta(hours=2)
    rig.tell("patch-created")
    await rig.beat()
    rig.time -= timedelta(hours=1)
    change(rig, patch)
    for _ in range(20):
        await rig.beat()
    assert rig.row(patch.id).patch.state == "accepted"
    change(rig, patch, "rfc")
    await rig.beat()
    assert rig.row(patch.id).patch.state == "rfc"


async def test_what_happens_to_patches_that_are_not_here_is_no_news(rig: Rig) -> None:
    old = rig.add_series(300)
    rig.add_series(260)
    await rig.start()
    rig.store.forget_series([old.id])
    await rig.beat()
    rig.road.log.clear()
    change(rig, old.patches[0])
    await rig.beat()
    assert [line.split("?")[0] for line in rig.road.log if "events" not in line] == []


async def test_loose_patches_are_followed_too(rig: Rig) -> None:
    loose = [rig.add_patch(f"loose {number}") for number in range(5)]
    await rig.start()
    new = rig.add_patch("new")
    rig.tell("patch-created", patch=new)
    for patch in loose:
        change(rig, patch)
    await rig.beat()
    assert {rig.row(patch.id).patch.state for patch in loose} == {"accepted"}
    assert -new.id in rig.series_ids()
    assert rig.road.count("patches/") == 1


async def test_a_cover_letter_that_comes_late_is_in_its_row(rig: Rig) -> None:
    made = rig.add_series(2)
    await rig.start()
    rig.tell("cover-created", cover=rig.add_cover(made))
    await rig.beat()
    (row,) = rig.store.series_rows([made.id])
    assert row.series.cover_id == 900


async def test_what_is_gone_leaves_with_a_note(rig: Rig) -> None:
    whole, part = rig.add_series(2), rig.add_series(3)
    await rig.start()
    world = rig.app.world
    for patch in world.series.pop(whole.id).patches:
        del world.patches[patch.id]
    gone = part.patches.pop()
    del world.patches[gone.id]
    rig.tell("patch-state-changed", patch=gone)
    rig.tell("patch-state-changed", patch=whole.patches[0])
    await rig.beat()
    assert rig.series_ids() == [part.id]
    assert rig.store.patch_ids(part.id) == ids(part.patches)
    assert rig.only_notice().text == "Gone from the server, and from here: series series 1 and 1 more"


async def test_what_is_gone_leaves_on_refresh_although_no_event_tells_of_it(rig: Rig) -> None:
    whole, part = rig.add_series(2), rig.add_series(3)
    await rig.start()
    world = rig.app.world
    for patch in [*world.series.pop(whole.id).patches, part.patches.pop()]:
        del world.patches[patch.id]
    rig.sync.refresh()
    await rig.sync.settled()
    assert rig.series_ids() == [part.id]
    assert (rig.sync.status.loaded, rig.sync.status.total) == (1, 1)
    assert rig.store.patch_ids(part.id) == ids(part.patches)
    assert rig.only_notice().text == "Gone from the server, and from here: series series 1 and 1 more"


async def test_a_patch_without_its_text_on_the_server_leaves(rig: Rig) -> None:
    first, second = await rig.start_with(1, of=2)
    del rig.app.world.patches[first.id]
    rig.app.world.series[1].patches.remove(first)
    rig.sync.need_body(first.id)
    await rig.sync.settled()
    assert rig.store.patch_ids(1) == [second.id]
    assert rig.notices[-1].text == f"Gone from the server, and from here: {first.name}"


async def test_a_wish_stays_over_what_events_bring(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.app.faults.add("patches/", method="PATCH", status=503)
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    change(rig, patch, "rfc")
    await rig.beat()
    assert rig.row(patch.id).patch.state == "accepted"
    assert rig.store.patches([patch.id])[0].state == "rfc"


async def test_more_than_a_page_of_one_moment_is_read_to_its_end(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.time += timedelta(hours=1)
    for _ in range(600):
        rig.tell("patch-created")
    patch.state = state("accepted")
    rig.tell("patch-state-changed", patch=patch)
    await rig.beat()
    assert rig.row(patch.id).patch.state == "accepted"


@pytest.mark.parametrize("status", [403, 404])
async def test_a_server_without_events_is_asked_for_the_newest_page(rig: Rig, status: int) -> None:
    rig.app.faults.add("events/", status=status, body='{"detail": "no"}')
    (patch,) = await rig.start_with()
    assert rig.notices == []
    patch.state = state("accepted")
    made = rig.add_series()
    await rig.beat()
    assert rig.row(patch.id).patch.state == "accepted"
    assert made.id in rig.series_ids()
    assert rig.road.count("events/") == 0
    assert rig.notices == []


async def test_events_that_come_too_late_do_not_make_a_server_lost(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.road.late = "events/"
    patch.state = state("accepted")
    await rig.beat()
    assert not rig.sync.status.offline
    assert rig.row(patch.id).patch.state == "accepted"
    assert rig.notices == []


async def test_events_that_make_no_sense_are_told_once_and_the_newest_comes(rig: Rig) -> None:
    await rig.start_with()
    rig.app.faults.add("events/", garbage="json")
    made = rig.add_series()
    for _ in range(3):
        await rig.beat()
    assert made.id in rig.series_ids()
    assert "breaks off or is no JSON" in rig.only_notice().text
