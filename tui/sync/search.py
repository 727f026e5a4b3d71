"""Searching the server's whole list for what a query asks: newest first, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tui.api.errors import ApiError
from tui.core.model import Page, Patch
from tui.sync.by_date import Span, read_by_date
from tui.sync.desk import Desk
from tui.sync.listing import SERIES_A_PAGE, Cursor
from tui.sync.server import Server
from tui.sync.tasks import together

if TYPE_CHECKING:
    from tui.core.query_server import ServerFilter

PATCHES_A_PAGE = 50
"""Of one filter: the series of each are asked for too, and the first rows shall be there soon."""

_BEFORE = timedelta(hours=1)
"""A series begins with its first mail, which may have come a while before one of its patches."""


@dataclass(slots=True)
class _Lane:
    """One filter, and how far its list has been read."""

    asked: ServerFilter
    cursor: Cursor = field(default_factory=Cursor)
    found: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Run:
    """One search, from the newest to where it has come."""

    lanes: list[_Lane]
    pages: int = 0
    """How many have been read."""

    @property
    def left(self) -> bool:
        """Whether a list has more."""
        return any(lane.cursor.left for lane in self.lanes)

    def show(self) -> str:
        """Say how far it is."""
        found = len(set().union(*(lane.found for lane in self.lanes)))
        return f"page {self.pages + 1}, {found} patches so far" if self.pages else "page 1"


class Search:
    """One search at a time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._run: _Run | None = None

    @property
    def left(self) -> bool:
        """Whether the server may have more."""
        return self._run is not None and self._run.left

    def begin(self, filters: Sequence[ServerFilter]) -> None:
        """Read the first page of each filter; another search ends, the same one goes on."""
        if self._run and [lane.asked for lane in self._run.lanes] == list(filters):
            self.retry()
            return
        self._run = _Run([_Lane(asked) for asked in filters]) if filters else None
        self._show("")
        self.need_more()

    def retry(self) -> None:
        """Begin again where the line broke before anything was read."""
        if self._run and not self._run.pages:
            self.need_more()

    def need_more(self) -> None:
        """Read the next page of each filter; nothing at the end and while one is under way."""
        run = self._run
        if run is None or not run.left:
            return

        async def work() -> None:
            try:
                await self._read(run)
            finally:
                if run is self._run:
                    self._show("")

        if self._desk.tasks.start(("search", id(run)), work, lambda error: self._fail(run, error)):
            self._show(run.show())

    def _fail(self, run: _Run, error: ApiError) -> None:
        """Tell what went wrong, but not of a search that is over, nor of a line that the status tells."""
        if run is self._run and not self._desk.status.offline:
            self._desk.complain(error)

    def _show(self, text: str) -> None:
        self._desk.status = self._desk.status._replace(searching=text)

    async def _read(self, run: _Run) -> None:
        """Read a page of each list that has more, then the series that they lack."""
        await together(*(self._read_lane(run, lane) for lane in run.lanes if lane.cursor.left))
        run.pages += 1

    async def _read_lane(self, run: _Run, lane: _Lane) -> None:
        page, began = lane.cursor.page + 1, self._desk.writes
        answer = await self._desk.ask(
            lambda server: ask_page(server, self._desk.link_name, lane.asked, page), heavy=True
        )
        self._desk.learn_project(answer.items)
        self._desk.take_patches(answer.items, began)
        lane.found.update(patch.id for patch in answer.items)
        if run is self._run:
            await self._read_series({p.series_id: p.date for p in answer.items if p.series_id})
        lane.cursor.note(page, lane.found, answer.next is not None)

    async def _read_series(self, dates: dict[int, datetime]) -> None:
        """Read those series of patches that are not stored."""
        desk, name = self._desk, self._desk.link_name
        stored = {row.series.id for row in desk.store.series_rows(dates)}
        missing = {id_: date for id_, date in dates.items() if id_ not in stored}

        async def read_page(span: Span, number: int) -> tuple[set[int], bool]:
            answer = await desk.ask(
                lambda server: server.series_page(
                    name,
                    page=number,
                    per_page=SERIES_A_PAGE,
                    since=span.since - _BEFORE,
                    before=span.before,
                )
            )
            desk.take_series(answer.items)
            return {series.id for series in answer.items}, answer.next is not None

        async def read_one(series_id: int) -> None:
            desk.take_series([await desk.ask(lambda server: server.series(series_id))])

        await read_by_date(missing, read_page, read_one)


async def ask_page(server: Server, project: str, asked: ServerFilter, page: int) -> Page[Patch]:
    """Ask for a page of the patches that a filter lets through.  Raises ApiError."""
    values = dict(asked)
    since, before = (
        datetime.fromisoformat(values[name]) if name in values else None for name in ("since", "before")
    )
    return await server.patches_page(
        project,
        page=page,
        per_page=PATCHES_A_PAGE,
        states=(values["state"],) if "state" in values else (),
        submitter=values.get("submitter", ""),
        delegate=values.get("delegate", ""),
        archived=values["archived"] == "true" if "archived" in values else None,
        text=values.get("q", ""),
        since=since,
        before=before,
    )
