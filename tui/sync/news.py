"""From events to what they are about: only what was touched is read again, in as few lists as do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from tui.core.check_reading import CheckReading
from tui.core.model import Event
from tui.sync.by_date import Span, read_by_date
from tui.sync.desk import Desk
from tui.sync.patch_lists import PATCHES_A_PAGE, SERIES_A_REQUEST
from tui.sync.rereading import Rereading

SERIES_A_PAGE = 50

Dated = dict[int, datetime | None]
"""Ids, with the dates of their mails."""


class News:
    """Follows events into the store.

    What happened to a patch that is not stored is no news: it is read when somebody gets there.
    What is new, is: its series is read, and its patches with it.
    """

    def __init__(self, desk: Desk, rereading: Rereading) -> None:
        self._desk = desk
        self._rereading = rereading
        self._read: set[int] = set()
        self._until = 0

    def begin(self, until: int = 0) -> None:
        """Begin a run.  A series read in it stands for all events up to the id ``until``."""
        self._until = until
        self._read.clear()

    async def take(self, events: Sequence[Event]) -> None:
        """Read again what events are about.  Raises ApiError, and then they are not done with."""
        past = [event for event in events if event.id <= self._until]
        done = self._read if len(past) == len(events) else set[int]()
        series = {id_: date for id_, date in self._touched_series(events).items() if id_ not in done}
        await read_by_date(series, self._read_series_page, self._rereading.read_series)
        checked = [event.patch_id for event in events if event.category == "check-created" and event.patch_id]
        before = self._desk.store.check_readings(checked) if checked else {}
        lists = ({*series, *self._series_of_patches(events)} - done) if events else set[int]()
        await self._read_patches(sorted(lists, reverse=True))
        if self._until:
            self._read |= lists
        self._note_checks(before)
        await read_by_date(self._loose(events), self._read_patches_page, self._rereading.read_patch)
        await read_by_date(self._late_covers(events, series), self._read_no_page, self._read_cover)

    def _note_checks(self, before: Mapping[int, CheckReading]) -> None:
        """Note what happened to checks that were read; the patch's own, read just now, may have told."""
        now = self._desk.store.check_readings(before) if before else {}
        self._desk.store.note_check_news([id_ for id_ in now if now[id_].news == before[id_].news])

    def _touched_series(self, events: Sequence[Event]) -> Dated:
        """Return the series that began, and those stored that got more patches."""
        told = {event.series_id: event.series_date for event in events if event.series_id}
        stored = {row.series.id for row in self._desk.store.series_rows(told)}
        began = {event.series_id for event in events if event.category == "series-created"}
        return {id_: date for id_, date in told.items() if id_ in stored or id_ in began}

    def _series_of_patches(self, events: Sequence[Event]) -> set[int]:
        """Return the series of the stored patches that something happened to."""
        asked = {event.patch_id for event in events if event.patch_id}
        return {patch.series_id for patch in self._desk.store.patches(asked) if patch.series_id}

    def _loose(self, events: Sequence[Event]) -> Dated:
        """Return loose patches that something happened to, and new ones that no series has brought."""
        told = {event.patch_id: event.patch_date for event in events if event.patch_id}
        new = {event.patch_id for event in events if event.category == "patch-created"}
        stored = {patch.id: patch for patch in self._desk.store.patches(told)}
        loose = {id_ for id_, patch in stored.items() if patch.series_id is None}
        return {id_: date for id_, date in told.items() if id_ in loose or id_ in new - stored.keys()}

    def _late_covers(self, events: Sequence[Event], series: Mapping[int, object]) -> Dated:
        """Return new cover letters of no series that was just read: they came after its patches."""
        had = {row.series.cover_id for row in self._desk.store.series_rows(series)}
        new = (event.cover_id for event in events if event.cover_id and event.category == "cover-created")
        return {id_: None for id_ in new if id_ not in had}

    async def _read_patches(self, series_ids: Sequence[int]) -> None:
        for start in range(0, len(series_ids), SERIES_A_REQUEST):
            await self._rereading.read(series_ids[start : start + SERIES_A_REQUEST])

    async def _read_series_page(self, span: Span, number: int) -> tuple[set[int], bool]:
        name = self._desk.link_name
        page = await self._desk.ask(
            lambda server: server.series_page(
                name, page=number, per_page=SERIES_A_PAGE, order="date", since=span.since, before=span.before
            )
        )
        self._desk.take_series(page.items)
        return {series.id for series in page.items}, page.next is not None

    async def _read_patches_page(self, span: Span, number: int) -> tuple[set[int], bool]:
        name, began = self._desk.link_name, self._desk.writes
        page = await self._desk.ask(
            lambda server: server.patches_page(
                name, page=number, per_page=PATCHES_A_PAGE, order="date", since=span.since, before=span.before
            )
        )
        self._desk.take_patches(page.items, began)
        return {patch.id for patch in page.items}, page.next is not None

    async def _read_no_page(self, span: Span, number: int) -> tuple[set[int], bool]:
        return set(), False

    async def _read_cover(self, cover_id: int) -> None:
        """Read a cover letter, and then its series, whose row has it."""
        cover, body = await self._desk.ask(lambda server: server.cover(cover_id))
        self._desk.store.put_cover(cover, body)
        if cover.series_id:
            await self._rereading.read_series(cover.series_id)
