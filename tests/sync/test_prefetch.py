"""Prefetch: the texts around the cursor, few at a time, not for ever, and never in the way."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from tests.sync.rig import Rig, ids
from tui.core.change import Change, Kind
from tui.demo.app import make_app
from tui.demo.world import CORPUS
from tui.store.trouble import StoreTrouble
from tui.sync.prefetch import LANES, MANY, MOST
from tui.sync.sync import Sync

pytestmark = pytest.mark.anyio


def here(rig: Rig, wanted: list[int]) -> list[int]:
    return [id_ for id_ in wanted if rig.store.has_body(id_)]


async def test_the_texts_of_a_series_come_from_the_cursor_on(rig: Rig) -> None:
    patches = ids(await rig.start_with(1, of=MANY))
    rig.sync.look_at(1, patches[2])
    await rig.sync.settled()
    assert here(rig, patches) == patches
    asked = [line.split("/", 4)[4] for line in rig.road.log]
    wanted = patches[2:] + patches[:2]
    assert asked[:MANY] == [f"{id_}/?" for id_ in wanted]
    assert [line.split("/comments/")[0] for line in asked[MANY:]] == [str(id_) for id_ in wanted]
    assert rig.store.talks(wanted).keys() == set(wanted)
    assert rig.road.most <= 4
    rig.road.log.clear()
    rig.sync.look_at(1, patches[0])
    await rig.sync.settled()
    assert rig.road.log == []


async def test_what_is_fetched_ahead_is_what_the_patch_has(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.sync.look_at(1, patch.id)
    await rig.sync.settled()
    body = rig.store.body(patch.id)
    assert body is not None
    assert (body.diff, body.content) == (patch.diff, patch.content)


async def test_the_cover_letter_and_the_next_two_series_come_too(rig: Rig) -> None:
    patches = ids(await rig.start_with(4, of=2))
    rig.add_cover(rig.app.world.series[1])
    rig.sync.refresh()
    await rig.sync.settled()
    rig.sync.look_at(1, None, near=[2, 3, 4])
    await rig.sync.settled()
    assert here(rig, [-900, *patches]) == [-900, *patches[:3], patches[4]]


async def test_many_texts_come_in_one_request(rig: Rig) -> None:
    made = await rig.start_with(1, of=50)
    patches = ids(made)
    rig.add_cover(rig.app.world.series[1])
    rig.sync.refresh()
    await rig.sync.settled()
    rig.road.log.clear()
    rig.road.most = 0
    rig.sync.look_at(1, None)
    await rig.sync.settled()
    assert here(rig, [-900, *patches]) == [-900, *patches]
    texts = [line for line in rig.road.log if "/comments/" not in line]
    assert sorted(line.rpartition("/api/")[2] for line in texts) == [
        "1.4/covers/900/?",
        "GET /series/1/mbox/?",
    ]
    assert rig.road.most == LANES
    body = rig.store.body(patches[3])
    assert body is not None
    assert body.diff == made[3].diff


async def test_a_server_without_mboxes_is_asked_text_by_text(rig: Rig) -> None:
    patches = ids(await rig.start_with(2, of=50))
    rig.app.faults.add("series/[0-9]+/mbox", status=403)
    rig.road.most = 0
    rig.sync.look_at(1, None)
    await rig.sync.settled()
    assert here(rig, patches) == patches[:MOST]
    assert rig.road.most == LANES
    rig.sync.look_at(2, None)
    await rig.sync.settled()
    assert here(rig, patches[50:]) == patches[50:][:MOST]
    assert rig.road.count("/mbox/") == 1
    assert rig.notices == []


@pytest.mark.parametrize(
    ("status", "body"), [(500, "no"), (404, "no"), (200, "<html>Are you a robot?</html>")]
)
async def test_where_an_mbox_does_not_come_texts_come_one_by_one(rig: Rig, status: int, body: str) -> None:
    patches = ids(await rig.start_with(1, of=9))
    rig.app.faults.add("series/[0-9]+/mbox", status=status, body=body)
    rig.sync.look_at(1, None)
    await rig.sync.settled()
    assert here(rig, patches) == patches
    assert rig.notices == []


async def test_what_cannot_be_kept_is_not_asked_for_again_and_again(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StoreTrouble("full")

    patches = ids(await rig.start_with(1, of=9))
    monkeypatch.setattr(rig.store, "put_ahead", refuse)
    for _ in range(2):
        rig.sync.look_at(1, None)
        await rig.sync.settled()
    assert rig.road.count("/mbox/") == 1
    assert here(rig, patches) == patches


async def test_a_server_without_comments_gives_texts(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    async def old(_: object) -> str:
        return "1.0"

    patches = ids(await rig.start_with(1, of=9))
    monkeypatch.setattr("tests.sync.rig.Buggy.negotiate", old)
    rig.sync._answers.version = ""
    held = rig.road.hold("/mbox/")
    rig.sync.look_at(1, None)
    await held.arrived.wait()
    while rig.sync._answers.version != "1.0":
        await asyncio.sleep(0)
    held.released.set()
    await rig.sync.settled()
    assert here(rig, patches) == patches


async def test_a_series_that_was_left_too_soon_is_read_whole_when_one_is_back(rig: Rig) -> None:
    patches = ids(await rig.start_with(2, of=9))
    held = rig.road.hold("series/1/mbox")
    rig.sync.look_at(1, None)
    await held.arrived.wait()
    rig.sync.look_at(2, None)
    await rig.sync.settled()
    rig.road.release()
    rig.sync.look_at(1, None)
    await rig.sync.settled()
    assert here(rig, patches) == patches
    assert rig.road.count("/series/1/mbox/") == 2
    assert rig.road.count("/patches/[0-9]+/[?]") == 0


async def test_what_an_mbox_does_not_have_is_not_looked_for_there_again(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    patches = ids(await rig.start_with(2, of=20))
    monkeypatch.setattr("tui.sync.prefetch.MOST_CHARACTERS", 4000)
    for series in (1, 2, 1):
        rig.sync.look_at(series, None)
        await rig.sync.settled()
    assert rig.road.count("GET /series/1/mbox/") == 1
    some = here(rig, patches[:20])
    assert some == patches[: len(some)]
    assert LANES < len(some) < 20


async def test_the_own_text_of_a_patch_comes_when_it_is_looked_at(rig: Rig) -> None:
    made = await rig.start_with(1, of=9)
    like = next(c for p in make_app(CORPUS).world.patches.values() for c in p.comments)
    answer = replace(like, parent=made[1])
    answer.__dict__["content"] = "Reviewed-by: Somebody With Long Names\n <somebody@example.org>\n"
    made[1].comments.append(answer)
    rig.sync.look_at(1, None)
    await rig.sync.settled()
    patch = made[1]
    counts = rig.store.talks([patch.id])[patch.id].counts
    assert counts is not None
    assert counts.reviewed == 1
    ahead = rig.store.body(patch.id)
    assert ahead is not None
    assert "Reviewed-by: Somebody" in ahead.content
    rig.changes.clear()
    rig.sync.need_body(patch.id)
    await rig.sync.settled()
    body = rig.store.body(patch.id)
    assert body is not None
    assert body.content == patch.content
    assert Change(Kind.BODIES, frozenset({patch.id})) in rig.changes
    rig.road.log.clear()
    rig.sync.need_body(patch.id)
    rig.sync.look_at(1, None)
    await rig.sync.settled()
    assert rig.road.log == []


async def test_a_text_that_is_nearly_it_is_enough_without_a_line(rig: Rig) -> None:
    patches = await rig.start_with(1, of=9)
    rig.sync.look_at(1, None)
    await rig.sync.settled()
    rig.road.broken = True
    rig.sync.refresh()
    await rig.sync.settled()
    rig.notices.clear()
    rig.sync.need_body(patches[2].id)
    await rig.sync.settled()
    assert rig.notices == []
    assert not rig.sync.trouble(patches[2].id)


async def test_that_the_own_text_cannot_be_had_is_not_told(rig: Rig) -> None:
    patches = await rig.start_with(1, of=9)
    rig.sync.look_at(1, None)
    await rig.sync.settled()
    rig.app.faults.add("patches/[0-9]+/$", status=500)
    rig.sync.need_body(patches[2].id)
    await rig.sync.settled()
    assert rig.notices == []
    assert rig.sync.trouble(patches[2].id)


async def test_texts_one_by_one_are_few_at_a_time(rig: Rig) -> None:
    patches = ids(await rig.start_with(1, of=MANY))
    rig.road.most = 0
    rig.sync.look_at(1, None)
    await rig.sync.settled()
    assert here(rig, patches) == patches
    assert rig.road.most == LANES


async def test_large_texts_end_it(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    patches = ids(await rig.start_with(1, of=MANY))
    monkeypatch.setattr("tui.sync.prefetch.MOST_CHARACTERS", 1)
    rig.sync.look_at(1, None)
    await rig.sync.settled()
    assert 1 <= len(here(rig, patches)) <= LANES < MANY


async def test_a_cursor_that_moves_on_gives_up_the_rest(rig: Rig) -> None:
    await rig.start_with(2, of=9)
    first, second = (ids(series.patches) for series in rig.app.world.series.values())
    held = rig.road.hold("series/1/mbox")
    rig.sync.look_at(1, None)
    await held.arrived.wait()
    rig.sync.look_at(2, None)
    await rig.sync.settled()
    assert here(rig, first) == []
    assert here(rig, second) == second
    held.released.set()


async def test_a_cursor_that_moves_on_gives_up_single_texts_too(rig: Rig) -> None:
    await rig.start_with(2, of=MANY)
    first, second = (ids(series.patches) for series in rig.app.world.series.values())
    held = rig.road.hold("patches/[0-9]")
    rig.sync.look_at(1, None)
    await held.arrived.wait()
    rig.sync.look_at(2, None)
    held.released.set()
    await rig.sync.settled()
    assert len(here(rig, first)) <= LANES
    assert here(rig, second) == second


async def test_who_waits_for_what_is_coming_does_not_ask_twice(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    held = rig.road.hold(f"patches/{patch.id}/")
    rig.sync.look_at(1, None)
    await held.arrived.wait()
    rig.sync.need_body(patch.id)
    held.released.set()
    await rig.sync.settled()
    assert rig.store.has_body(patch.id)
    assert rig.road.count(f"patches/{patch.id}/") - rig.road.count("/comments/") == 1


async def test_a_failure_is_told_only_to_who_waits(rig: Rig) -> None:
    first, second = await rig.start_with(1, of=2)
    rig.app.faults.add("patches/[0-9]", status=500)
    rig.sync.look_at(1, first.id)
    await rig.sync.settled()
    assert rig.notices == []
    held = rig.road.hold(f"patches/{first.id}/")
    rig.sync.look_at(1, first.id)
    await held.arrived.wait()
    rig.sync.need_body(first.id)
    held.released.set()
    await rig.sync.settled()
    assert len(rig.notices) == 1
    assert rig.sync.trouble(first.id)
    assert not rig.sync.trouble(second.id)


async def test_without_a_line_nothing_is_asked(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.road.broken = True
    rig.sync.refresh()
    await rig.sync.settled()
    rig.road.broken = False
    rig.road.log.clear()
    rig.sync.look_at(1, patch.id)
    await rig.sync.settled()
    assert rig.road.log == []


async def test_it_can_be_switched_off(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    await rig.sync.close()
    rig.sync = Sync(rig.store, "kiln-devel", rig.connect, can_write=True, prefetch=False)
    rig.sync.look_at(1, patch.id)
    await rig.sync.settled()
    assert rig.road.log == []
