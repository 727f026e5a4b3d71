"""Flags in the rows are what a query finds, for every series of the corpus, and the help explains them."""

from __future__ import annotations

import pytest

from tests.conftest import NOW
from tests.screens.conftest import Sit
from tui.core.flags import Flag, flags_of
from tui.core.intent import Field, Wish
from tui.core.query import Words
from tui.core.query_parse import parse_query
from tui.demo.server import DemoServer

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("days", [30, 5, 0])
async def test_a_query_finds_the_rows_with_a_flag(sit: Sit, demo: DemoServer, days: int) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        await seat.press("G")
        await seat.settled()
        store = seat.browser.store
        project = store.project(demo.project)
        assert project is not None
        some = [id for series in store.series_ids(project.id)[::5] for id in store.patch_ids(series)[:1]]
        store.file([Wish(id, Field.STATE, "new", "rfc") for id in some[::2]])
        store._db.execute("DELETE FROM touch WHERE series_id % 3")
        store._db.execute("UPDATE series SET received_all = 0 WHERE id % 4 = 0")
        rows = store.series_rows(store.series_ids(project.id))
        for flag in Flag:
            query = parse_query(f"has:{flag}", Words(now=NOW, stale_days=days))
            found = set(store.find_series(project.id, query))
            assert found == {row.series.id for row in rows if flag in flags_of(row, NOW, days)}
            assert found or days == 0


async def test_flags_stand_before_the_name_and_in_the_help(sit: Sit) -> None:
    async with sit((120, 40)) as seat:
        await seat.loaded()
        await seat.sees("≠ +4 virtio: stop")
        await seat.press("question_mark", *"sign")
        for words in (
            "≠",
            "Patches disagree",
            "has:incomplete",
            "for 30 days",
            "has:note",
            "older versions are",
        ):
            assert words in seat.text
        await seat.press("enter")
        assert seat.browser.query_text == "has:disagree"
        await seat.sees("≠ +4 virtio: stop")


async def test_comments_are_counted_in_rows_and_explained_in_the_help(sit: Sit) -> None:
    async with sit((200, 60)) as seat:
        await seat.loaded()
        await seat.goes_to("snapshots of a running mach")
        await seat.sees("☐4 ", "15/15", "☐2 snapshot: write what no")
        (series,) = seat.browser.store.series_rows([seat.browser.series.current or 0])
        patches = seat.browser.store.patch_ids(series.series.id)
        keys = [row.comment.key for row in seat.browser.store.comments(patches)]
        seat.browser.store.mark_comments(keys, read=True)
        await seat.sees(" 2/15 ")
        await seat.press("question_mark", *"two")
        await seat.press("enter")
        assert seat.browser.query_text == "has:open"
        await seat.sees("☐4 ")


async def test_a_query_for_comments_says_of_how_many_patches_they_were_read(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        seat.browser.show_query("has:unread")
        await seat.sees("comments on ", "patches were read")
