"""From an address to what it names: the series or patch, brought into the store."""

from __future__ import annotations

from collections.abc import Callable

from tui.api.errors import ApiError, NotFound
from tui.core.model import Cover, Patch, Series
from tui.core.place import Place, PlaceKind
from tui.sync.desk import Desk
from tui.sync.patch_lists import read_patches_of

Found = Callable[[int, int | None], None]
"""Called with the series, and the patch; minus the cover letter's id for a cover letter."""


class Misplaced(ApiError):
    """An address leads to nothing that can be shown here."""

    retryable = False


class Places:
    """Finds places on the server."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._sought: Place | None = None

    @property
    def looking(self) -> bool:
        """Whether a place is being looked for."""
        return self._desk.tasks.running(("place", self._sought))

    def locate(self, place: Place, found: Found) -> None:
        """Bring what a place names into the store, then call ``found``; else say what is wrong."""

        async def work() -> None:
            try:
                spot = await self._find(place)
            except NotFound:
                spot = None
            if spot is None:
                raise Misplaced(f"{_words(place)} is not on this server; check the address")
            found(*spot)

        if place.kind in (PlaceKind.SERIES, PlaceKind.PATCH, PlaceKind.COVER):
            self._sought = place
            self._desk.tasks.start(("place", place), work, self._desk.complain)

    async def _find(self, place: Place) -> tuple[int, int | None] | None:
        if place.kind is PlaceKind.SERIES:
            if not place.ref.isdecimal():
                return None
            await self._bring(place, int(place.ref))
            return int(place.ref), None
        if place.kind is PlaceKind.PATCH:
            patch = await self._find_patch(place)
            if patch is None:  # a message id may be a cover letter's
                return None if place.ref.isdecimal() else await self._find_letter(place)
            if patch.series_id is None:
                return -patch.id, patch.id
            await self._bring(place, patch.series_id)
            return patch.series_id, patch.id
        return await self._find_letter(place)

    async def _find_letter(self, place: Place) -> tuple[int, int | None] | None:
        cover = await self._find_cover(place)
        if cover is None:
            return None
        if cover.series_id is None:
            raise Misplaced(f"{_words(place)} belongs to no series, so there is nothing to open")
        await self._bring(place, cover.series_id)
        return cover.series_id, -cover.id

    async def _find_patch(self, place: Place) -> Patch | None:
        desk, began = self._desk, self._desk.writes
        if place.ref.isdecimal():
            whole, body = await desk.ask(lambda server: server.patch(int(place.ref)))
            await self._claim(place, whole)
            desk.take_patches([whole], began)
            desk.store.put_body(whole.id, body)
            return whole
        project = place.project or desk.link_name
        patch = await desk.ask(lambda server: server.find_patch(project, place.ref))
        if patch is not None:
            await self._claim(place, patch)
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
        await self._claim(place, cover)
        desk.store.put_cover(cover, body)
        return cover

    async def _bring(self, place: Place, series_id: int) -> None:
        """Fetch a series and its patches."""
        series = await self._desk.ask(lambda server: server.series(series_id))
        await self._claim(place, series)
        self._desk.take_series([series])
        await read_patches_of(self._desk, [series_id])

    async def _claim(self, place: Place, item: Series | Patch | Cover) -> None:
        """Make sure that something is of our project: an address can name one and mean another."""
        desk = self._desk
        if desk.project is None:
            try:
                desk.store.put_project(await desk.ask(lambda server: server.project(desk.link_name)))
            except NotFound as error:
                raise Misplaced(str(error)) from None
        project = desk.project
        if project is not None and item.project_id != project.id:
            where = f"but in project {item.project_id} on this server"
            raise Misplaced(f"{_words(place)} is not in {desk.link_name}, {where}")


def _words(place: Place) -> str:
    what = {PlaceKind.SERIES: "series", PlaceKind.PATCH: "patch"}.get(place.kind, "cover letter")
    return f"{what} {place.ref}"
