"""What the screen does where nothing can be kept any more, and what it lets go of."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.screens.conftest import Sit
from tui.demo.server import DemoServer
from tui.store import base
from tui.store.place import store_path

pytestmark = pytest.mark.anyio

SERIES = "hw: reset values in tables"


async def test_a_store_that_cannot_be_kept_reads_on_and_refuses_wishes(
    sit: Sit, demo: DemoServer, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    async with sit((120, 36), data=tmp_path / "file") as seat:
        await seat.sees("Nothing is kept")
        await seat.loaded()
        await seat.press("escape", "s")
        await seat.sees("✗ Nothing is kept, and nothing can be changed")
        assert "State of" not in seat.text
        assert not [seen for seen in demo.requests if seen.method == "PATCH"]


@contextmanager
def full(db: sqlite3.Connection, *, durable: bool = False) -> Iterator[None]:
    """Fail as any transaction does on a full disk."""
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    raise error
    yield


async def test_on_a_full_disk_one_reads_on_and_nothing_can_be_changed(
    sit: Sit, demo: DemoServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit((120, 36), data=tmp_path / "kept") as seat:
        await seat.loaded()
        with monkeypatch.context() as disk:
            disk.setattr(base, "transaction", full)
            reader = await seat.reads(SERIES, 2)
            assert reader.document is not None
            await seat.press("a")
            await seat.until(lambda: "the disk is full or fails; make room" in seat.last_line)
            assert not seat.browser.store.intents()
        await seat.until(lambda: not seat.browser.store.refuses)  # what is written now and then shows it
        await seat.press("a")
        await seat.until(lambda: [seen for seen in demo.requests if seen.method == "PATCH"])


async def test_what_is_too_old_leaves_but_not_what_is_marked_in_sight_or_waits(
    sit: Sit, demo: DemoServer, tmp_path: Path
) -> None:
    async with sit((80, 24), data=tmp_path / "kept") as seat:
        await seat.loaded()
        browser, store = seat.browser, seat.browser.store
        while browser.sync.status.loaded != browser.sync.status.total:
            await seat.press("G")
            await seat.settled()
        await seat.press("G", "k", "k")
        demo.faults.add(method="PATCH", reset=True, times=None)
        wished = browser.series.current
        await seat.press("a")
        await seat.until(store.intents)
        await seat.press("k", "k", "k")
        marked = browser.series.current
        await seat.press("space", "g")
        before, shown = set(browser.series.ids), set(browser.series.visible_ids())
        browser.keep_days = 1
        browser._tidy()
        await seat.settled()
        kept = set(browser.series.ids)
        assert {marked, wished, *shown} <= kept < before
        assert store.count_series(1) < len(before)


async def test_a_store_that_was_set_aside_is_told_until_a_key_comes_server_or_not(
    sit: Sit, tmp_path: Path
) -> None:
    server = "http://127.0.0.1:9"
    path = store_path(server, tmp_path)
    path.write_bytes(b"no store at all" * 400)
    async with sit((120, 36), server=server, data=tmp_path) as seat:
        await seat.until(lambda: "is not there" in seat.last_line)
        await seat.settled()
        assert "The store was damaged" in seat.last_line, seat.text
        await seat.press("R")
        await seat.until(lambda: "is not there" in seat.last_line)
        assert "The store was damaged" not in seat.last_line
