"""A second start: the last screen from disk before any request, news in place, and everything offline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.strip import Strip

from tests.screens.conftest import Seat, Sit
from tui.config.settings import Settings
from tui.core.intent import Status
from tui.core.place import parse_place
from tui.demo.server import DemoServer
from tui.screens import showing
from tui.screens.resting import IDLE
from tui.session import Session
from tui.where import Where
from tui.widgets.listing import Listing
from tui.widgets.reader import Reader
from tui.widgets.rows import FRESH

pytestmark = pytest.mark.anyio

SERIES = "hw: reset values in tables"
SIZES = [(80, 24), (120, 36), (200, 60)]


@pytest.mark.parametrize("size", SIZES)
async def test_a_second_start_shows_the_last_screen_before_any_request(
    sit: Sit, demo: DemoServer, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with sit(size, data=tmp_path / "kept") as seat:
        reader = await seat.reads(SERIES, 2)
        await seat.press("pagedown", "j", "j", "j")
        await seat.until(lambda: reader.is_settled)
        await seat.settled()
        place = seat.browser.series.current, seat.browser.patches.current, reader.text_at(reader.cursor)
        folds, row = reader.spot.folds, reader.line - reader.row
    demo.faults.add(path=".*", reset=True, times=None)
    demo.requests.clear()
    async with sit(size, data=tmp_path / "kept") as seat:
        await seat.until(seat.shows_its_patch)
        reader = seat.browser.reader
        await seat.until(lambda: reader.is_settled)
        assert seat.at(Where.DIFF)
        text = reader.text_at(reader.cursor)
        assert (seat.browser.series.current, seat.browser.patches.current, text) == place
        assert reader.spot.folds == folds
        assert reader.line - reader.row == row or reader.row == 0
        await seat.sees("offline")


async def test_a_second_start_paints_rows_before_the_text_beside_them(
    sit: Sit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit((120, 36), data=tmp_path / "kept") as seat:
        await seat.loaded()
        await seat.goes_to(SERIES)
        await seat.until(seat.shows_its_patch)
        await seat.settled()
    order: list[str] = []
    draw, read = Listing.render_line, Reader.read

    def note_row(listing: Listing, y: int) -> Strip:
        order.append("row" if listing.ids else "nothing")
        return draw(listing, y)

    def note_text(reader: Reader, *texts: str, **about: Any) -> None:
        order.append("text")
        read(reader, *texts, **about)

    monkeypatch.setattr(Listing, "render_line", note_row)
    monkeypatch.setattr(Reader, "read", note_text)
    async with sit((120, 36), data=tmp_path / "kept") as seat:
        await seat.until(seat.shows_its_patch)
    assert order.index("row") < order.index("text")


@pytest.mark.parametrize("size", SIZES)
async def test_the_list_is_scrolled_as_it_was(sit: Sit, tmp_path: Path, size: tuple[int, int]) -> None:
    async with sit(size, data=tmp_path / "kept") as seat:
        await seat.loaded()
        await seat.press(*["pagedown"] * 3, *["k"] * 4)
        await seat.settled()
        place = seat.browser.series.current, seat.browser.series.visible_ids()
    async with sit(size, data=tmp_path / "kept") as seat:
        assert (seat.browser.series.current, seat.browser.series.visible_ids()) == place
        await seat.loaded()
        assert (seat.browser.series.current, seat.browser.series.visible_ids()) == place


async def test_a_named_place_goes_before_the_last_one(sit: Sit, demo: DemoServer, tmp_path: Path) -> None:
    async with sit((120, 36), data=tmp_path / "kept") as seat:
        await seat.loaded()
        other = await seat.goes_to(SERIES)
        await seat.press("g")
        await seat.settled()
    place = parse_place(f"{demo.url}/project/{demo.project}/list/?series={other}")
    async with sit((120, 36), data=tmp_path / "kept", place=place) as seat:
        await seat.until(lambda: seat.at(Where.PATCHES))
        assert seat.browser.series.current == other


async def test_the_place_is_kept_while_the_cursor_rests(sit: Sit, tmp_path: Path) -> None:
    async with sit((120, 36), data=tmp_path / "kept") as seat:
        await seat.loaded()
        id = await seat.goes_to(SERIES)
        kept = seat.browser.store.session
        await seat.until(lambda: (left := kept(seat.browser.project)) and left.series_id == id)


@pytest.mark.parametrize("size", SIZES)
async def test_rows_that_come_in_above_keep_the_cursors_row_in_its_line(
    sit: Sit, size: tuple[int, int]
) -> None:
    async with sit(size) as seat:
        await seat.loaded()
        await seat.press(*["j"] * 7)
        listing, store = seat.browser.series, seat.browser.store
        before = listing.visible_ids(), listing.current
        newest = store.series_rows(listing.ids[:1])[0].series
        for number in range(1, 4):
            store.put_series([newest._replace(id=900_000 + number, name=f"new {number}")])
        await seat.settled()
        assert 900_003 in listing.ids
        assert (listing.visible_ids(), listing.current) == before
        await seat.sees("↑ 3 new")
        await seat.press("g")
        await seat.until(lambda: "↑" not in seat.text)


async def test_older_rows_that_the_server_was_asked_for_are_no_news_above(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.press(*["j"] * 7)
        listing, store = seat.browser.series, seat.browser.store
        newest = store.series_rows(listing.ids[:1])[0].series
        found = min(store.series_ids(newest.project_id)) - 1
        store.put_series([newest._replace(id=found, name="found"), newest._replace(id=900_001, name="new")])
        await seat.sees("↑ 1 new")
        assert {found, 900_001} < set(listing.ids)


async def test_what_came_in_above_is_not_above_any_more_when_one_is_over_it(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        for _ in range(3):
            await seat.press("G")
            await seat.settled()
        listing, store = seat.browser.series, seat.browser.store
        second = store.series_rows(listing.ids[1:2])[0].series
        far = store.series_rows(listing.ids[25:26])[0].series
        store.put_series([second._replace(id=900_001, name="high"), far._replace(id=900_002, name="low")])
        await seat.sees("↑ 2 new")
        await seat.press("g")
        await seat.until(lambda: listing.visible_ids()[0] == listing.ids[0])
        assert 900_002 not in listing.visible_ids()
        await seat.until(lambda: "↑" not in seat.text)


async def test_a_row_that_changed_is_marked_until_it_was_under_the_cursor(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.press("g")
        listing, store = seat.browser.series, seat.browser.store
        third = listing.ids[2]
        patch = store.patches(store.patch_ids(third)[:1])[0]
        store.put_patches([patch._replace(state="rejected" if patch.state != "rejected" else "new")])
        await seat.until(lambda: FRESH in seat.text.split("\n")[5])
        await seat.press("j", "j")
        assert store.series_rows([third])[0].fresh
        await seat.press("j")
        await seat.until(lambda: FRESH not in seat.text.split("\n")[5])
        assert not store.series_rows([third])[0].fresh


async def test_the_top_does_not_say_online_before_the_server_has_answered(
    sit: Sit, demo: DemoServer, tmp_path: Path
) -> None:
    async with sit((120, 36), data=tmp_path / "kept") as seat:
        await seat.loaded()
    demo.faults.add(path=".*", delay=60, times=None)
    async with sit((120, 36), data=tmp_path / "kept") as seat:
        await seat.sees("connecting")
        assert "online" not in seat.text


async def test_what_was_read_can_be_read_offline_and_the_top_says_since_when(
    sit: Sit, demo: DemoServer, tmp_path: Path
) -> None:
    async with sit((120, 36), data=tmp_path / "kept") as seat:
        await seat.reads(SERIES, 1)
        await seat.settled()
    demo.faults.add(path=".*", reset=True, times=None)
    async with sit((120, 36), data=tmp_path / "kept") as seat:
        await seat.sees("offline since", "next try")
        await seat.press("escape", "escape")
        await seat.until(lambda: seat.at(Where.SERIES))
        series_id = await seat.goes_to(SERIES)
        await seat.press("enter", "enter")
        await seat.until(seat.shows_its_patch)
        await seat.press("a")
        assert seat.browser.store.series_rows([series_id])[0].mark
        await seat.sees("1 write waiting (O)")
        await seat.press("escape", "escape", "q")
        await seat.sees("goes out at the next start")
    demo.faults.clear()
    async with sit((120, 36), data=tmp_path / "kept") as seat:
        await seat.until(lambda: not seat.browser.store.intents())
        assert not seat.browser.store.intents(Status.FAILED)
        assert [seen for seen in demo.requests if seen.method == "PATCH"]


async def test_a_project_once_found_is_opened_without_a_search(demo: DemoServer, tmp_path: Path) -> None:
    settings = Settings(server=demo.url)
    app = Session(settings, parse_place(demo.project)).make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        seat = Seat(app, pilot)
        await seat.until(lambda: len(app.screen_stack) == 2)
        await seat.loaded()
    demo.faults.add(path=".*", reset=True, times=None)
    app = Session(settings, parse_place(demo.project)).make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        seat = Seat(app, pilot)
        assert seat.browser.series.ids
        await seat.sees("offline")


async def test_the_list_takes_more_of_the_store_near_its_ends(
    sit: Sit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with sit((80, 24), data=tmp_path / "kept") as seat:
        await seat.loaded()
        while (status := seat.browser.sync.status).loaded != status.total:
            await seat.press("G")
            await seat.settled()
        stored, shown = len(seat.browser.unfolded), list(seat.browser.series.ids)
        await seat.press("g")
    monkeypatch.setattr(showing, "WINDOW", 40)
    async with sit((80, 16), data=tmp_path / "kept") as seat:
        listing = seat.browser.series
        seat.browser._window = 40
        await seat.settled()
        listing.jump(listing.ids[-1])
        current = listing.current
        await seat.until(lambda: len(seat.browser.unfolded) == 80)
        assert listing.current == current
        await seat.press("G")
        await seat.until(lambda: listing.current == listing.ids[-1])
        before = len(seat.browser.unfolded)
        assert before < stored
        assert listing.ids == shown[-len(listing.ids) :], "folded as the whole list is"
        listing.jump(listing.ids[4])
        current, line = listing.current, listing.cursor - listing.scroll_offset.y
        await seat.until(lambda: len(seat.browser.unfolded) > before)
        assert (listing.current, listing.cursor - listing.scroll_offset.y) == (current, line)
        assert "new" not in seat.text.splitlines()[1], "rows further up are no news"
        listing.jump(listing.ids[0])
        await seat.until(lambda: len(seat.browser.unfolded) == stored)
        assert listing.ids == shown
        await seat.press("G", "g")
        assert len(seat.browser.unfolded) == 40
        assert listing.current == shown[0] == listing.ids[0]


async def test_no_mark_is_left_out_of_the_list_by_going_to_its_end(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        browser, listing = seat.browser, seat.browser.series
        while browser.sync.status.loaded != browser.sync.status.total:  # or more comes below the last row
            await seat.press("G")
            await seat.settled()
        monkeypatch.setattr(showing, "WINDOW", 10)
        browser._window = 10
        await seat.press("G", "space", "g")
        assert len(listing.shown_marks) == 1
        assert listing.cursor == 0
        await seat.press("escape", "g", "space", "G")
        assert len(listing.shown_marks) == 1
        assert listing.cursor == len(listing.ids) - 1


async def test_texts_near_the_cursor_are_here_before_they_are_opened(sit: Sit, demo: DemoServer) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        store = seat.browser.store
        series_id = await seat.goes_to(SERIES)
        await seat.until(lambda: all(store.has_body(id) for id in store.patch_ids(series_id)))
        await seat.settled()
        demo.requests.clear()
        await seat.press("enter", "j", "enter")
        assert seat.shows_its_patch()
        await seat.settled()
        asked = [seen.path for seen in demo.requests if "/patches/" in seen.path]
        assert not [
            path for path in asked if not path.endswith(("/checks/", f"/{seat.browser.patches.current}/"))
        ]


@pytest.mark.parametrize("keys", [("pagedown", "j", "j"), ("}", "j"), ("}", "j", "z", "k")])
async def test_a_message_that_comes_anew_leaves_the_cursor_on_its_line(
    sit: Sit, keys: tuple[str, ...]
) -> None:
    async with sit((80, 24)) as seat:
        reader = await seat.reads(SERIES, 2)
        await seat.settled()
        store, id = seat.browser.store, seat.browser.patches.current
        assert id is not None
        await seat.press(*keys)
        body = store.body(id)
        assert body is not None
        before = reader.text_at(reader.cursor), reader.line - reader.row
        assert reader.document is not None
        rows = reader.document.count - reader.document.diff
        folded = len(reader.document.folds)
        documents = [reader.document]
        for content in (f"One\ntwo\n{body.content}\nthree\nfour", body.content):
            store.put_body(id, body._replace(content=content))
            await seat.until(lambda: reader.document is not documents[-1] and reader.is_settled)
            assert (reader.text_at(reader.cursor), reader.line - reader.row) == before
            assert reader.document is not None
            assert len(reader.document.folds) == folded
            assert reader.document.count - reader.document.diff == rows
            documents.append(reader.document)
        store.put_body(id, body._replace(headers=(("From", "nobody"),)))
        await seat.settled()
        assert reader.document is documents[-1]


async def test_a_setting_keeps_texts_from_being_fetched_ahead(demo: DemoServer) -> None:
    place = parse_place(f"{demo.url}/project/{demo.project}/list/")
    app = Session(Settings(prefetch=False), place).make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        seat = Seat(app, pilot)
        await seat.loaded()
        seat.browser.rested()
        await seat.settled()
        assert not [
            id
            for s in seat.browser.series.ids
            for id in seat.browser.store.patch_ids(s)
            if seat.browser.store.has_body(id)
        ]


async def test_the_server_is_asked_less_while_nobody_looks(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        told: list[bool] = []
        monkeypatch.setattr(seat.browser.sync, "idle", told.append)
        for _ in range(IDLE + 2):
            seat.browser.each_minute()
        assert told == [True]
        await seat.press("j", "j")
        assert told == [True, False]
