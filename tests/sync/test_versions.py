"""Older versions of a series are found on the server, wherever the list is."""

from __future__ import annotations

import pytest

from tests.sync.rig import Rig

pytestmark = pytest.mark.anyio


async def test_versions_are_looked_for_by_name_and_submitter_once(rig: Rig) -> None:
    old, new, other = rig.add_series(), rig.add_series(), rig.add_series()
    old.name, new.name, other.name = "[PATCH] ring: grow (it)", "[PATCH v2] ring: grow (it)", "ring: grow"
    new.version = 2
    await rig.start()
    rig.store.forget_series([old.id, other.id])
    assert not rig.store.stacks([new.id])
    rig.sync.need_versions(new.id)
    assert rig.sync.looks_for_versions(new.id)
    rig.sync.need_versions(new.id)
    await rig.sync.settled()
    assert [version.id for version in rig.store.stacks([new.id])[0]] == [new.id, old.id]
    assert not rig.store.series_rows([other.id])
    asked = len(rig.road.log)
    rig.sync.need_versions(new.id)
    rig.sync.need_versions(4711)
    await rig.sync.settled()
    assert len(rig.road.log) == asked


async def test_they_are_looked_for_again_after_a_trouble(rig: Rig) -> None:
    series = rig.add_series()
    await rig.start()
    rig.road.broken = True
    rig.sync.need_versions(series.id)
    await rig.sync.settled()
    assert rig.notices[-1].retry
    rig.road.broken = False
    asked = len(rig.road.log)
    rig.sync.need_versions(series.id)
    await rig.sync.settled()
    assert len(rig.road.log) == asked + 1
