"""What happens to an open file: a full disk, a lock, damage, and a clock that is years off."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tui.core.change import Change, Kind
from tui.core.intent import Field, Status, Wish
from tui.core.model import Body, Cover, Patch, Person, Series
from tui.store import connection
from tui.store.store import Store, open_store
from tui.store.trouble import StoreTrouble

DATE = datetime(2026, 1, 1)
ADA = Person(1, "Ada", "ada@example.org")


def patch(id_: int, name: str = "patch") -> Patch:
    return Patch(id_, 1, f"<{id_}>", name, DATE, ADA, "new")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(connection, "PATIENCE", 0.01)
    store = open_store(tmp_path / "server.sqlite")
    store.put_patches([patch(1), patch(2)])
    yield store
    store.close()


def wish(store: Store, patch_id: int = 1, value: str = "accepted") -> int:
    return store.file([Wish(patch_id, Field.STATE, "new", value)])


def fill(store: Store) -> None:
    """Store until nothing goes in any more."""
    with pytest.raises(StoreTrouble, match="the disk is full or fails; make room"):
        for id_ in range(10, 10_000):
            store.put_patches([patch(id_, "x" * 2000)])


@contextmanager
def small_disk(path: Path) -> Iterator[None]:
    """Let no file grow: what is written past the limit fails as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    log = path.with_name(f"{path.name}-wal")
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size + 20_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_on_a_full_disk_reading_goes_on_and_wishes_are_refused(store: Store) -> None:
    told: list[Change] = []
    store.listen(told.append)
    assert store.path is not None
    with small_disk(store.path):
        fill(store)
        assert Change(Kind.STORE) in told
        assert store.refuses.endswith("takes nothing in: the disk is full or fails; make room")
        with pytest.raises(StoreTrouble, match="make room"):
            store.file(Wish(i, Field.STATE, "new", "accepted") for i in range(200))
        assert store.intents() == []
        assert store.patch_rows([1])[0].patch.state == "new"
    told.clear()
    wish(store)
    assert store.refuses == ""
    assert Change(Kind.STORE) in told
    assert store.patch_rows([1])[0].patch.state == "accepted"


def test_a_text_that_cannot_be_kept_can_be_read(store: Store) -> None:
    assert store.path is not None
    told: list[Change] = []
    with small_disk(store.path):
        fill(store)
        store.listen(told.append)
        text = "".join(chr(0x100 + i * 7919 % 40_000) for i in range(60_000))
        for id_ in range(1, 31):
            store.put_body(id_, Body(id_, (), text, "diff"))
        assert told[-1] == Change(Kind.BODIES, frozenset({30}))
        assert store.body(30) == Body(30, (), text, "diff")
        assert [store.has_body(id_) for id_ in (1, 30)] == [False, True]
        cover = Cover(5, 1, "<5>", "cover", DATE, ADA), Body(5, (), text)
        store.put_cover(*cover)
        assert store.cover(5) == cover
    store.put_body(30, Body(30, (), "kept"))
    body = store.body(30)
    assert body is not None
    assert body.content == "kept"


def test_pages_that_run_out_inside_one_transaction_leave_nothing_of_it(store: Store) -> None:
    (pages,) = store._db.execute("PRAGMA page_count").fetchone()
    store._db.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreTrouble, match="make room"):
        store.put_patches(patch(id_, "x" * 900) for id_ in range(10, 100))
    assert store.patches([10]) == []
    assert store._db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    wish(store)
    assert [one.status for one in store.intents()] == [Status.WAITING]


def test_while_another_program_locks_the_file_reading_goes_on(store: Store) -> None:
    assert store.path is not None
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreTrouble, match="another program keeps it locked; end that one"):
            wish(store)
        assert "locked" in store.refuses
        assert store.lease("me", 10) is False
        assert store.patch_rows([1])[0].patch.name == "patch"
        other.execute("COMMIT")
    wish(store)
    assert store.refuses == ""


def test_a_lock_is_waited_for_once_and_not_by_every_write(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BRIEF", 0.001)

    def patience() -> int:
        return int(store._db.execute("PRAGMA busy_timeout").fetchone()[0])

    assert store.path is not None
    usual = patience()
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert store.lease("me", 10) is False
        assert patience() == 1 < usual  # milliseconds: each is one in which no key is answered
        other.execute("COMMIT")
    assert store.lease("me", 10)
    assert patience() == usual


def _damage(store: Store, name: str) -> None:
    """Overwrite the first page of a table or index behind the store's back."""
    assert store.path is not None
    (page,) = store._db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    store._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with store.path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    store._db.execute("PRAGMA shrink_memory")
    with closing(sqlite3.connect(store.path)) as other:  # a change from outside empties the page cache
        other.execute("CREATE TABLE IF NOT EXISTS outside (id INTEGER)")


def test_damage_met_while_reading_brings_a_new_file_with_the_open_wishes(store: Store) -> None:
    wish(store)
    _damage(store, "patch")
    told: list[Change] = []
    store.listen(told.append)
    assert store.patch_rows([1]) == []
    assert told == [Change(Kind.STORE), Change(Kind.ALL)]
    assert "1 open write rescued from it, held for you to decide" in store.remarks[-1]
    store.put_patches([patch(1)])
    assert store.patch_rows([1])[0].patch.state == "accepted"
    assert [one.status for one in store.intents()] == [Status.HELD]


def test_damage_met_while_writing_refuses_that_write_alone(store: Store) -> None:
    _damage(store, "series_by_date")
    with pytest.raises(StoreTrouble, match="The store was damaged"):
        store.put_patches([patch(7)])
    store.put_patches([patch(7)])
    assert store.series_ids(1) == [-7]


def test_a_mistake_of_ours_is_not_taken_for_damage(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        store.put_series([Series(1, 1, "series", DATE, ADA, total=None)])  # type: ignore[arg-type]
    assert (store.remarks, store.refuses) == ((), "")


@pytest.mark.parametrize("years", [-30, 30])
def test_a_clock_that_is_years_off_loses_nothing(store: Store, years: int) -> None:
    now = DATE + timedelta(days=365 * years)
    wish(store)
    store.settle([one.id for one in store.intents()])
    store.file([Wish(2, Field.STATE, "new", "rfc")], created=now)
    assert not any(store.prune(now, days=30, megabytes=1)[:2])
    assert store.series_ids(1) == [-1, -2]
    assert len(store.intents()) == 1
    assert store.patch_rows([2])[0].patch.state == "rfc"
