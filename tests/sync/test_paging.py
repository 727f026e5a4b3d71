"""Pages: none is asked for without end, and no wish for older ones is forgotten."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.sync.rig import Rig
from tui.core.model import Page, Patch, Series
from tui.sync import patch_lists

pytestmark = pytest.mark.anyio

ENDLESS = 10_000
"""The last page, as a server that does not count names it."""


def ignore_pages(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the server give the first page for any, and always name one more."""
    series_page, patches_page = rig.client.series_page, rig.client.patches_page

    async def first_series(
        project: str, *, page: int = 1, per_page: int = 50, order: str = "-date"
    ) -> Page[Series]:
        first = await series_page(project, per_page=per_page, order=order)
        return Page(first.items, page, ENDLESS)

    async def first_patches(
        project: str = "",
        *,
        page: int = 1,
        per_page: int = 250,
        order: str = "-date",
        series: Sequence[int] = (),
    ) -> Page[Patch]:
        first = await patches_page(project, per_page=per_page, order=order, series=series)
        return Page(first.items, page, ENDLESS)

    monkeypatch.setattr(rig.client, "series_page", first_series)
    monkeypatch.setattr(rig.client, "patches_page", first_patches)


async def test_a_server_that_ignores_pages_is_not_read_for_ever(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(60):
        rig.add_series()
    await rig.start()
    shown = rig.series_ids()
    ignore_pages(rig, monkeypatch)
    for _ in range(3):
        rig.sync.need_older()
        await rig.sync.settled()
    assert rig.series_ids() == shown
    assert len(rig.road.log) < 10


async def test_patches_of_a_server_that_ignores_pages_come_to_an_end(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    big = rig.add_series(300)
    await rig.start()
    ignore_pages(rig, monkeypatch)
    rig.sync.need_patches([big.id])
    await rig.sync.settled()
    assert len(rig.store.patch_ids(big.id)) >= 250
    assert rig.store.unknown_series([big.id]) == []
    assert len(rig.road.log) == 2


async def test_pages_that_never_end_are_bounded(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    made = rig.add_series()
    await rig.start()
    (like,) = rig.store.patches([made.patches[0].id])
    monkeypatch.setattr(patch_lists, "MOST_PAGES_OF_PATCHES", 7)
    asked: list[int] = []

    async def ever_new(
        project: str = "",
        *,
        page: int = 1,
        per_page: int = 250,
        order: str = "-date",
        series: Sequence[int] = (),
    ) -> Page[Patch]:
        asked.append(page)
        return Page((like._replace(id=10_000 + page),), page, ENDLESS)

    monkeypatch.setattr(rig.client, "patches_page", ever_new)
    rig.store.put_series([rig.store.series_rows([made.id])[0].series._replace(patch_ids=(like.id, 77))])
    rig.sync.need_patches([made.id])
    await rig.sync.settled()
    assert asked == [1, 2, 3, 4, 5, 6, 7]


async def test_a_series_that_lists_a_patch_twice_is_asked_for_once(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    big = rig.add_series(300)
    await rig.start()
    # Even a store that goes on to lack something must not keep the work going.
    monkeypatch.setattr(rig.store, "unknown_series", lambda ids: [i for i in ids if i == big.id])
    rig.sync.need_patches([big.id])
    await rig.sync.settled()
    assert rig.road.count("patches/") == 2


async def test_older_ones_asked_for_while_their_patches_are_on_the_road_come(rig: Rig) -> None:
    ids = [rig.add_series(6).id for _ in range(160)]
    await rig.start()
    held = rig.road.hold("GET .*patches/.*page=2")
    rig.sync.need_older()
    while len(rig.series_ids()) < 100:
        await rig.store_changed()
    await held.arrived.wait()
    rig.sync.need_older()
    held.released.set()
    await rig.sync.settled()
    assert rig.series_ids() == ids[:-151:-1]


async def test_older_ones_asked_for_while_shown_patches_are_read_again_come(rig: Rig) -> None:
    ids = [rig.add_series(6).id for _ in range(160)]
    await rig.start()
    rig.sync.need_patches(ids[-50:])
    await rig.sync.settled()
    held = rig.road.hold("GET .*order=id")
    rig.sync.refresh()
    await held.arrived.wait()
    rig.sync.need_older()
    while len(rig.series_ids()) < 100:
        await rig.store_changed()
    held.released.set()
    await rig.sync.settled()
    assert rig.series_ids() == ids[:-101:-1]
    assert not rig.sync.status.loading


async def test_a_wish_for_older_ones_is_dropped_with_the_reading_that_failed(rig: Rig) -> None:
    ids = [rig.add_series().id for _ in range(160)]
    await rig.start()
    held = rig.road.hold("GET .*page=2")
    rig.app.faults.add("series.*page=2", status=500, times=1)
    rig.sync.need_older()
    await held.arrived.wait()
    rig.sync.need_older()
    held.released.set()
    await rig.sync.settled()
    assert rig.series_ids() == ids[:-51:-1]
    rig.sync.refresh()
    await rig.sync.settled()
    assert rig.series_ids() == ids[:-51:-1]
    rig.sync.need_older()
    await rig.sync.settled()
    assert rig.series_ids() == ids[:-101:-1]


async def test_older_ones_asked_for_before_the_first_answer_come_after_it(rig: Rig) -> None:
    ids = [rig.add_series().id for _ in range(120)]
    rig.sync.start()
    rig.sync.need_older()
    await rig.sync.settled()
    assert rig.series_ids() == ids[:-101:-1]
