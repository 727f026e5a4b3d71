"""Lists: the newest first after one round trip, older ones on demand, each patch asked for once."""

from __future__ import annotations

import asyncio

import pytest

from tests.sync.rig import Rig, state
from tui.core.change import Change, Kind, Tone

pytestmark = pytest.mark.anyio


def add(rig: Rig, series: int, patches: int = 1) -> list[int]:
    return [rig.add_series(patches).id for _ in range(series)]


async def test_start_is_one_round_of_requests(rig: Rig) -> None:
    ids = add(rig, 3, 2)
    held = rig.road.hold("GET")
    rig.sync.start()
    assert rig.sync.status.loading
    await held.arrived.wait()
    for _ in range(50):
        await asyncio.sleep(0)
    assert len(rig.road.log) == 4
    held.released.set()
    await rig.sync.settled()
    assert rig.series_ids() == ids[::-1]
    assert [row.states for row in rig.store.series_rows(ids)] == [(("new", 2),)] * 3
    assert (rig.sync.status.loaded, rig.sync.status.total, rig.sync.status.loading) == (3, 3, False)
    assert rig.sync.project is not None
    assert rig.sync.project.maintainers
    assert len(rig.road.log) == 6
    assert rig.connected == 1
    assert Change(Kind.STATUS) in rig.changes


async def test_the_first_answer_shows_rows_before_the_others_are_here(rig: Rig) -> None:
    add(rig, 2)
    project, patches = rig.road.hold("projects/"), rig.road.hold("patches/")
    shown = asyncio.Event()
    rig.store.listen(lambda change: shown.set() if change.kind is Kind.SERIES else None)
    rig.sync.start()
    await shown.wait()
    assert len(rig.series_ids()) == 2
    project.released.set()
    patches.released.set()
    await rig.sync.settled()
    assert rig.sync.project is not None
    assert rig.sync.project.name == "Kiln Development"


async def test_starting_twice_asks_once(rig: Rig) -> None:
    rig.sync.start()
    rig.sync.start()
    await rig.sync.settled()
    assert len(rig.road.log) == 6


async def test_an_unreachable_server_is_told_once_and_refresh_recovers(rig: Rig) -> None:
    add(rig, 1)
    rig.road.broken = True
    rig.sync.start()
    await rig.sync.settled()
    (notice,) = rig.notices
    assert (notice.tone, notice.retry) == (Tone.TROUBLE, True)
    assert rig.sync.status.offline
    rig.road.broken = False
    rig.sync.refresh()
    await rig.sync.settled()
    assert not rig.sync.status.offline
    assert len(rig.series_ids()) == 1
    assert len(rig.notices) == 1


async def test_an_unknown_project_is_named(rig: Rig) -> None:
    add(rig, 1)
    rig.app.world.projects.clear()
    rig.sync.start()
    await rig.sync.settled()
    (notice,) = rig.notices
    assert "project kiln-devel" in notice.text
    assert not notice.retry


async def test_an_empty_project_is_no_trouble(rig: Rig) -> None:
    await rig.start()
    assert rig.series_ids() == []
    assert rig.sync.status.total == 0
    assert rig.notices == []
    rig.sync.need_older()
    await rig.sync.settled()
    assert rig.road.log == []


async def test_older_pages_come_on_demand_and_end(rig: Rig) -> None:
    ids = add(rig, 120)
    await rig.start()
    assert rig.series_ids() == ids[:-51:-1]
    rig.sync.need_older()
    rig.sync.need_older()
    await rig.sync.settled()
    assert rig.series_ids() == ids[:-101:-1]
    assert rig.road.count("series/") == 1
    rig.sync.need_older()
    await rig.sync.settled()
    rig.road.log.clear()
    rig.sync.need_older()
    await rig.sync.settled()
    assert rig.series_ids() == ids[::-1]
    assert rig.road.log == []


async def test_pages_that_shift_bring_no_doubles_and_still_get_on(rig: Rig) -> None:
    ids = add(rig, 120)
    await rig.start()
    late = add(rig, 60)
    rig.sync.need_older()
    await rig.sync.settled()
    shown = rig.series_ids()
    assert len(shown) == len(set(shown))
    assert set(shown) - set(ids[-50:]) <= set(ids + late)
    assert set(shown) & set(ids[:-50])


async def test_a_refresh_after_a_long_time_leaves_no_hole(rig: Rig) -> None:
    ids = add(rig, 60)
    await rig.start()
    ids += add(rig, 130)
    rig.sync.refresh()
    await rig.sync.settled()
    assert rig.series_ids()[:180] == ids[::-1][:180]


async def test_loose_patches_come_with_the_list(rig: Rig) -> None:
    loose = rig.add_patch("loose")
    await rig.start()
    assert rig.series_ids() == [-loose.id]
    assert rig.sync.status.loaded == 0


async def test_patches_of_several_series_come_in_one_request(rig: Rig) -> None:
    ids = add(rig, 60, 6)
    await rig.start()
    lacking = rig.store.unknown_series(rig.series_ids())
    assert lacking
    rig.sync.need_patches(lacking)
    rig.sync.need_patches(lacking)
    await rig.sync.settled()
    rig.sync.need_patches(lacking)
    await rig.sync.settled()
    assert rig.store.unknown_series(ids) == []
    assert len(rig.road.log) == 1
    assert rig.road.log[0].count("series=") == len(lacking)


async def test_patches_that_are_just_coming_are_not_asked_for_again(rig: Rig) -> None:
    ids = add(rig, 3)
    held = rig.road.hold("GET /api/patches/")
    shown = asyncio.Event()
    rig.store.listen(lambda change: shown.set() if change.kind is Kind.SERIES else None)
    rig.sync.start()
    await held.arrived.wait()
    await shown.wait()
    rig.sync.need_patches(ids)
    held.released.set()
    await rig.sync.settled()
    assert rig.store.unknown_series(ids) == []
    assert rig.road.count("patches/") == 1


async def test_a_series_of_more_than_a_page_is_read_to_its_end(rig: Rig) -> None:
    big = rig.add_series(600)
    await rig.start()
    rig.sync.need_patches([big.id])
    await rig.sync.settled()
    assert len(rig.store.patch_ids(big.id)) == 600
    assert rig.road.count("patches/") == 3


async def test_a_series_that_is_gone_does_not_hide_the_patches_of_others(rig: Rig) -> None:
    ids = add(rig, 8, 40)
    await rig.start()
    lacking = rig.store.unknown_series(ids)
    assert len(lacking) > 1
    for patch in rig.app.world.series.pop(lacking[0]).patches:
        del rig.app.world.patches[patch.id]
    rig.sync.need_patches(lacking)
    await rig.sync.settled()
    assert rig.store.unknown_series(ids) == []
    assert [len(rig.store.patch_ids(id_)) for id_ in lacking[1:]] == [40] * (len(lacking) - 1)


async def test_a_patch_that_is_gone_from_its_series_is_not_waited_for(rig: Rig) -> None:
    big = rig.add_series(260)
    await rig.start()
    gone = next(patch for patch in big.patches if patch.id not in rig.store.patch_ids(big.id))
    big.patches.remove(gone)
    del rig.app.world.patches[gone.id]
    rig.sync.need_patches([big.id])
    await rig.sync.settled()
    assert rig.store.unknown_series([big.id]) == []
    assert rig.store.patch_ids(big.id) == [patch.id for patch in big.patches]


async def test_patches_that_could_not_be_fetched_can_be_asked_for_again(rig: Rig) -> None:
    big = rig.add_series(260)
    await rig.start()
    rig.road.broken = True
    rig.sync.need_patches([big.id])
    await rig.sync.settled()
    assert rig.notices[-1].retry
    rig.road.broken = False
    rig.sync.need_patches([big.id])
    await rig.sync.settled()
    assert rig.store.unknown_series([big.id]) == []


async def test_refresh_brings_what_changed_also_in_the_older_series_on_screen(rig: Rig) -> None:
    old, *_ = add(rig, 60)
    big = rig.add_series(300)
    await rig.start()
    rig.sync.need_older()
    rig.sync.need_patches([big.id, old])
    await rig.sync.settled()
    changed = [rig.app.world.series[id_].patches[0] for id_ in (old, big.id)]
    for patch in changed:
        patch.state = state("accepted")
    rig.sync.refresh([old])
    await rig.sync.settled()
    assert [rig.row(patch.id).patch.state for patch in changed] == ["accepted", "accepted"]


async def test_a_refresh_that_fails_keeps_what_was_there(rig: Rig) -> None:
    add(rig, 2)
    await rig.start()
    rig.road.broken = True
    rig.sync.refresh()
    await rig.sync.settled()
    assert len(rig.series_ids()) == 2
    assert len(rig.notices) == 1
    assert rig.sync.status.offline


@pytest.mark.parametrize(("status", "words"), [(500, "trouble of its own"), (429, "slow down")])
async def test_an_answer_that_is_none_is_told_and_not_taken_for_offline(
    rig: Rig, status: int, words: str
) -> None:
    rig.app.faults.add("series", status=status, body='{"detail": "kiln is hot"}')
    rig.sync.start()
    await rig.sync.settled()
    (notice,) = rig.notices
    assert words in notice.text
    assert not rig.sync.status.offline


async def test_closing_cancels_and_closes_the_line(rig: Rig) -> None:
    held = rig.road.hold("GET")
    rig.sync.start()
    await held.arrived.wait()
    await rig.sync.close()
    assert rig.road.closed
    assert rig.notices == []
    await rig.sync.settled()


async def test_nothing_begins_after_closing(rig: Rig) -> None:
    patch = rig.add_series().patches[0]
    await rig.start()
    await rig.sync.close()
    rig.sync.refresh()
    rig.sync.need_body(patch.id)
    await rig.sync.settled()
    assert rig.road.log == []
    assert not rig.sync.status.loading
