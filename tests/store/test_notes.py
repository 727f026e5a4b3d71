"""Notes stay: over everything that leaves, in a damaged file, and until a typed yes."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.store.test_opening import _cut, _overwrite
from tui.core.change import Change, Kind
from tui.core.model import Patch, Person, Project, Series
from tui.store.store import Store, open_store

DATE = datetime(2026, 1, 1)
ADA = Person(1, "Ada", "ada@example.org")


def fill(store: Store) -> Store:
    store.put_project(Project(1, "demo", "Demo"))
    store.put_series([Series(5, 1, "five", DATE, ADA, patch_ids=(50, 51))])
    store.put_patches(Patch(i, 1, f"<{i}>", "patch", DATE, ADA, "new", series_id=5) for i in (50, 51))
    store.put_patches([Patch(60, 1, "<60>", "loose", DATE, ADA, "new")])
    return store


def test_a_note_shows_on_its_row_and_on_the_series_of_its_patch() -> None:
    store = fill(Store())
    told: list[Change] = []
    store.listen(told.append)
    store.put_note(Kind.PATCHES, 51, "ask Ada\nabout this")
    assert [row.noted for row in store.patch_rows([50, 51])] == [False, True]
    assert [row.noted for row in store.series_rows([5])] == [True]
    assert store.note(Kind.PATCHES, 51) == "ask Ada\nabout this"
    assert store.notes_within(5) == [(51, "ask Ada\nabout this")]
    assert {change.kind: change.ids for change in told} == {Kind.PATCHES: {51}, Kind.SERIES: {5}}
    store.put_note(Kind.PATCHES, 51, "")
    assert not store.series_rows([5])[0].noted
    store.put_note(Kind.SERIES, 5, "mine")
    assert store.series_rows([5])[0].noted
    assert not store.patch_rows([50])[0].noted


def test_a_loose_patch_and_its_series_have_one_note() -> None:
    store = fill(Store())
    store.put_note(Kind.SERIES, -60, "here")
    assert store.note(Kind.PATCHES, 60) == "here"
    assert store.series_rows([-60])[0].noted
    assert store.patch_rows([60])[0].noted


def test_any_text_can_be_a_note() -> None:
    store = fill(Store())
    hostile = "\x1b[31m \u202e \ud800 [bold] ' \" ; DROP TABLE note"
    store.put_note(Kind.SERIES, 5, hostile)
    assert store.note(Kind.SERIES, 5) == hostile


def test_notes_outlast_what_they_are_about() -> None:
    store = fill(Store())
    store.put_note(Kind.SERIES, 5, "keep")
    store.put_note(Kind.PATCHES, 50, "keep")
    store.forget_patches([51])
    store.put_series([Series(6, 1, "six", DATE + timedelta(days=90), ADA)])
    assert store.prune(DATE + timedelta(days=90), days=1, megabytes=1).patches == 2
    store.forget()
    assert (store.note(Kind.SERIES, 5), store.note(Kind.PATCHES, 50)) == ("keep", "keep")
    fill(store)
    assert store.series_rows([5])[0].noted
    assert store.sizes().notes == 2
    store.forget(wishes=True)
    assert store.sizes().notes == 0


def test_a_note_is_rescued_from_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "data" / "server.sqlite"
    store = fill(open_store(path))
    store.put_note(Kind.SERIES, 5, "keep\nthis")
    store.put_patches(
        Patch(i, 1, f"<{i}>", "p" * 900, DATE, ADA, "new", series_id=5) for i in range(100, 200)
    )
    store.close()
    _cut(path)
    store = open_store(path)
    assert "1 note too" in store.remarks[0]
    assert store.note(Kind.SERIES, 5) == "keep\nthis"
    store.close()


def test_where_nothing_can_be_read_nothing_is_rescued(tmp_path: Path) -> None:
    path = tmp_path / "data" / "server.sqlite"
    store = fill(open_store(path))
    store.put_note(Kind.SERIES, 5, "lost")
    store.close()
    _overwrite(path)
    store = open_store(path)
    assert "note" not in store.remarks[0]
    assert store.note(Kind.SERIES, 5) == ""
    store.close()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_note_that_cannot_be_kept_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "data" / "server.sqlite"
    open_store(path).close()
    path.chmod(0o400)
    store = open_store(path)
    assert store.refuses
    store.close()
