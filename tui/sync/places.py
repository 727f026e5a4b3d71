"""From an address to what it names: the series or patch, brought into the store."""

from __future__ import annotations

from collections.abc import Callable

from tui.api.errors import ApiError, NotFound
from tui.core.change import Tone
from tui.core.model import Cover, Patch
from tui.core.place import Place, PlaceKind
from tui.sync.desk import Desk
from tui.sync.listing import read_patches_of

Found = Callable[[int, int | None], None]
"""Called with the series, and the patch; minus the cover letter's id for a cover letter."""


class Places:
    """Finds places on the server."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def locate(self, place: Place, found: Found) -> None:
        """Bring what a place names into the store, then call ``found``; else say what is wrong."""

        async def work() -> None:
            spot = await self._find(place)
            if spot is None:
                self._desk.say(f"{_words(place)} is not on this server; check the address", Tone.TROUBLE)
            else:
                found(*spot)

        def fail(error: ApiError) -> None:
            if isinstance(error, NotFound):
                self._desk.say(f"{_words(place)} is not on this server; check the address", Tone.TROUBLE)
            else:
                self._desk.complain(error)

        if place.kind in (PlaceKind.SERIES, PlaceKind.PATCH, PlaceKind.COVER):
            self._desk.tasks.start(("place", place), work, fail)

    async def _find(self, place: Place) -> tuple[int, int | None] | None:
        if place.kind is PlaceKind.SERIES:
            if not place.ref.isdecimal():
                return None
            await self._bring(int(place.ref))
            return int(place.ref), None
        if place.kind is PlaceKind.PATCH:
            patch = await self._find_patch(place)
            if patch is None:
                return None
            if patch.series_id is None:
                return -patch.id, patch.id
            await self._bring(patch.series_id)
            return patch.series_id, patch.id
        cover = await self._find_cover(place)
        if cover is None:
            return None
        if cover.series_id is None:
            self._desk.say(f"the {_words(place)} belongs to no series", Tone.TROUBLE)
            return None
        await self._bring(cover.series_id)
        return cover.series_id, -cover.id

    async def _find_patch(self, place: Place) -> Patch | None:
        desk, began = self._desk, self._desk.writes
        if place.ref.isdecimal():
            whole, body = await desk.ask(lambda server: server.patch(int(place.ref)))
            desk.take_patches([whole], began)
            desk.store.put_body(whole.id, body)
            return whole
        project = place.project or desk.link_name
        patch = await desk.ask(lambda server: server.find_patch(project, place.ref))
        if patch is not None:
            desk.take_patches([patch], began)
        return patch

    async def _find_cover(self, place: Place) -> Cover | None:
        desk = self._desk
        cover_id = int(place.ref) if place.ref.isdecimal() else 0
        if not cover_id:
            project = place.project or desk.link_name
            listed = await desk.ask(lambda server: server.find_cover(project, place.ref))
            if listed is None:
                return None
            cover_id = listed.id
        cover, body = await desk.ask(lambda server: server.cover(cover_id))
        desk.store.put_cover(cover, body)
        return cover

    async def _bring(self, series_id: int) -> None:
        """Fetch a series and its patches."""
        self._desk.take_series([await self._desk.ask(lambda server: server.series(series_id))])
        await read_patches_of(self._desk, [series_id])


def _words(place: Place) -> str:
    what = {PlaceKind.SERIES: "series", PlaceKind.PATCH: "patch"}.get(place.kind, "cover letter")
    return f"{what} {place.ref}"
