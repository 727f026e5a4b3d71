"""An address becomes a series and a patch in the store, or a clear word."""

from __future__ import annotations

import pytest

from tests.sync.rig import SERVER, Rig
from tui.core.change import Tone
from tui.core.place import Place, PlaceKind

pytestmark = pytest.mark.anyio

Spot = tuple[int, int | None]


async def locate(rig: Rig, kind: PlaceKind, ref: str, project: str = "kiln-devel") -> list[Spot]:
    spots: list[Spot] = []
    rig.sync.locate(Place(kind, SERVER, project, ref), lambda *spot: spots.append(spot))
    await rig.sync.settled()
    return spots


async def test_a_series_comes_with_its_patches(rig: Rig) -> None:
    series = rig.add_series(3)
    assert await locate(rig, PlaceKind.SERIES, str(series.id)) == [(series.id, None)]
    assert rig.series_ids() == [series.id]
    assert rig.store.patch_ids(series.id) == [patch.id for patch in series.patches]


@pytest.mark.parametrize("by_number", [True, False])
async def test_a_patch_comes_with_its_series(rig: Rig, by_number: bool) -> None:
    series = rig.add_series(3)
    patch = series.patches[1]
    ref = str(patch.id) if by_number else patch.bare_msgid
    assert await locate(rig, PlaceKind.PATCH, ref) == [(series.id, patch.id)]
    assert len(rig.store.patch_ids(series.id)) == 3


async def test_a_loose_patch_is_a_series_of_its_own(rig: Rig) -> None:
    patch = rig.add_patch("loose")
    assert await locate(rig, PlaceKind.PATCH, patch.bare_msgid) == [(-patch.id, patch.id)]
    assert rig.store.series_rows([-patch.id])[0].series.name == "loose"


@pytest.mark.parametrize("ref", ["900", "900@example.org"])
async def test_a_cover_letter_comes_as_minus_its_number(rig: Rig, ref: str) -> None:
    series = rig.add_series(2)
    rig.add_cover(series)
    assert await locate(rig, PlaceKind.COVER, ref) == [(series.id, -900)]
    assert rig.store.cover(900) is not None


@pytest.mark.parametrize("kind", [PlaceKind.SERIES, PlaceKind.PATCH, PlaceKind.COVER])
@pytest.mark.parametrize("ref", ["4711", "nothing@example.org"])
async def test_what_is_not_there_is_named(rig: Rig, kind: PlaceKind, ref: str) -> None:
    assert await locate(rig, kind, ref) == []
    (notice,) = rig.notices
    assert ref in notice.text
    assert notice.tone is Tone.TROUBLE


async def test_an_unreachable_server_says_so_and_the_place_can_be_tried_again(rig: Rig) -> None:
    series = rig.add_series()
    rig.road.broken = True
    assert await locate(rig, PlaceKind.SERIES, str(series.id)) == []
    assert rig.notices[-1].retry
    rig.road.broken = False
    assert await locate(rig, PlaceKind.SERIES, str(series.id)) == [(series.id, None)]


async def test_a_project_is_no_spot_in_it(rig: Rig) -> None:
    assert await locate(rig, PlaceKind.PROJECT, "") == []
    assert rig.road.log == []


@pytest.mark.parametrize("kind", [PlaceKind.SERIES, PlaceKind.PATCH, PlaceKind.COVER])
@pytest.mark.parametrize("started", [True, False])
async def test_what_is_of_another_project_is_told_and_not_opened(
    rig: Rig, kind: PlaceKind, started: bool
) -> None:
    series = rig.add_series(2)
    cover = rig.add_cover(series)
    other = next(one for one in rig.app.world.projects.values() if one != series.project)
    series.project = cover.project = other
    for patch in series.patches:
        patch.project = other
    if started:
        await rig.start()
    ref = {PlaceKind.SERIES: series.id, PlaceKind.PATCH: series.patches[0].id, PlaceKind.COVER: cover.id}[
        kind
    ]
    assert await locate(rig, kind, str(ref)) == []
    (notice,) = rig.notices
    assert f"{ref} is not in kiln-devel, but in project {other.id} on this server" in notice.text
    assert notice.tone is Tone.TROUBLE
    assert rig.sync.project is not None
    assert (rig.sync.project.id, rig.series_ids()) != (other.id, [series.id])


async def test_a_cover_letter_of_no_series_says_so_once(rig: Rig) -> None:
    cover = rig.add_cover(None)
    assert await locate(rig, PlaceKind.COVER, str(cover.id)) == []
    (notice,) = rig.notices
    assert "belongs to no series" in notice.text
