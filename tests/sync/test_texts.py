"""Texts: one request each, and a trouble that stays in its place until the next try."""

from __future__ import annotations

import pytest

from tests.sync.rig import Rig, state
from tui.core.change import Change, Kind

pytestmark = pytest.mark.anyio


async def test_a_text_is_fetched_once(rig: Rig) -> None:
    patch = rig.add_series().patches[0]
    await rig.start()
    rig.sync.need_body(patch.id)
    rig.sync.need_body(patch.id)
    await rig.sync.settled()
    rig.sync.need_body(patch.id)
    await rig.sync.settled()
    body = rig.store.body(patch.id)
    assert body is not None
    assert body.diff == patch.diff
    assert len(rig.road.log) == 1
    assert Change(Kind.BODIES, frozenset({patch.id})) in rig.changes


async def test_a_text_brings_the_patch_up_to_date(rig: Rig) -> None:
    patch = rig.add_series().patches[0]
    await rig.start()
    patch.state = state("rfc")
    rig.sync.need_body(patch.id)
    await rig.sync.settled()
    assert rig.row(patch.id).patch.state == "rfc"


async def test_a_cover_letter_is_fetched_once(rig: Rig) -> None:
    cover = rig.add_cover(rig.add_series(2))
    await rig.start()
    rig.sync.need_cover(cover.id)
    rig.sync.need_cover(cover.id)
    await rig.sync.settled()
    found = rig.store.cover(cover.id)
    assert found is not None
    assert (found[0].name, found[1].content) == (cover.name, cover.content)
    assert len(rig.road.log) == 1


async def test_a_trouble_is_told_and_kept_until_the_next_try(rig: Rig) -> None:
    patch = rig.add_series().patches[0]
    await rig.start()
    rig.road.broken = True
    rig.sync.need_body(patch.id)
    rig.sync.need_cover(5)
    await rig.sync.settled()
    assert "is not there" in rig.sync.trouble(patch.id)
    assert "is not there" in rig.sync.trouble(-5)
    assert [change.ids for change in rig.changes if change.kind is Kind.BODIES] == [{patch.id}, {-5}]
    assert rig.notices[-1].retry
    rig.road.broken = False
    held = rig.road.hold(f"patches/{patch.id}/")
    rig.sync.need_body(patch.id)
    assert rig.sync.trouble(patch.id) == ""
    held.released.set()
    await rig.sync.settled()
    assert rig.store.body(patch.id) is not None


async def test_a_patch_that_is_gone_says_so(rig: Rig) -> None:
    await rig.start()
    rig.sync.need_body(4711)
    await rig.sync.settled()
    assert "has no patch 4711" in rig.sync.trouble(4711)


async def test_the_texts_of_a_series_are_fetched_together_each_once(rig: Rig) -> None:
    series = rig.add_series(4)
    cover = rig.add_cover(series)
    await rig.start()
    keys = [-cover.id, *(patch.id for patch in series.patches)]
    rig.sync.need_body(keys[2])
    rig.sync.need_texts(keys)
    rig.sync.need_texts(keys)
    await rig.sync.settled()
    assert all(map(rig.store.has_body, keys))
    assert len(rig.road.log) == len(keys)
    rig.sync.need_texts(keys)
    await rig.sync.settled()
    assert len(rig.road.log) == len(keys)


async def test_of_many_texts_one_that_is_gone_keeps_none_of_the_others_away(rig: Rig) -> None:
    patches = rig.add_series(2).patches
    await rig.start()
    rig.sync.need_texts([4711, *(patch.id for patch in patches)])
    await rig.sync.settled()
    assert "has no patch 4711" in rig.sync.trouble(4711)
    assert all(rig.store.has_body(patch.id) for patch in patches)


async def test_many_texts_are_given_up_where_there_is_no_line(rig: Rig) -> None:
    patches = rig.add_series(9).patches
    await rig.start()
    rig.road.broken = True
    rig.sync.need_texts([patch.id for patch in patches])
    await rig.sync.settled()
    assert sum(bool(rig.sync.trouble(patch.id)) for patch in patches) <= 2
    assert rig.notices[-1].retry
