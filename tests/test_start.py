"""What a start has loaded when the first rows are painted: the rest comes when it is needed.

A module that is named here was measured, and found to be loaded long before anybody needed it.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from tui.core.model import Body, Patch, Person, Project, Series
from tui.core.session import Session
from tui.sparing import SPARED
from tui.store.place import data_folder, store_path
from tui.store.store import open_store

SERVER = "http://127.0.0.1:9"
LATER = (
    # What takes a text apart and draws it: there is none before a row has been looked at.
    *("tui.diff.review", "tui.diff.sheet", "tui.diff.substance", "tui.diff.index", "tui.diff.document"),
    *("tui.diff.message", "tui.diff.prose", "tui.diff.stat", "tui.widgets.reader_rows"),
    # What shows what an action would change.
    "tui.core.preview",
)
SECOND_START = """
import sys
from tui import sparing
from tui.commands.arguments import parse
sparing.spare_modules()
from tui.session import make_session
sparing.end_sparing()
import asyncio
from tui.screens.browser import Browser

loaded = []
show_text = Browser._show_text

def note(browser, **options):  # behind the first paint of the rows
    assert browser.series.ids
    loaded.extend(() if loaded else sys.modules)
    show_text(browser, **options)

async def look():
    app = make_session(parse(sys.argv[1:])).make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        while not loaded:
            await pilot.pause()
    print(*loaded)

Browser._show_text = note
asyncio.run(look())
"""


@pytest.fixture
def first_loaded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> set[str]:
    """Return what a second start has loaded when its rows are painted."""
    ada, then = Person(1, "Ada", "ada@example.org"), datetime(2026, 3, 1)
    with closing(
        open_store(store_path(SERVER, data_folder({"PWTUI_DATA": str(tmp_path / "data")})))
    ) as store:
        store.put_project(Project(1, "kiln", "Kiln"))
        store.put_series([Series(1, 1, "Reset values", then, ada, total=1, patch_ids=(1,))])
        store.put_patches([Patch(1, 1, "<1@example.org>", "Reset", then, ada, "new", series_id=1)])
        store.put_body(1, Body(1, (), "Why.\n", "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n"))
        store.put_session("kiln", Session(series_id=1, top=1))
    answer = subprocess.run(
        [sys.executable, "-c", SECOND_START, "kiln", "--server", SERVER],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(answer.stdout.split())


def test_a_second_start_paints_its_rows_before_it_loads_what_they_do_not_need(first_loaded: set[str]) -> None:
    assert "tui.screens.browser" in first_loaded
    assert not first_loaded.intersection(LATER)


def test_what_is_spared_is_not_loaded_before_the_first_rows(first_loaded: set[str]) -> None:
    assert not first_loaded.intersection(SPARED)
