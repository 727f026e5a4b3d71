"""Whatever state the file is in, the store opens, and says what it could not use."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from tui.core.intent import Field, Status, Wish
from tui.core.model import Body, Patch, Person
from tui.store import connection
from tui.store.connection import VERSION
from tui.store.store import Store, find_damage, open_store
from tui.store.trouble import StoreTrouble

DATE = datetime(2026, 1, 1)
ADA = Person(1, "Ada", "ada@example.org")


def patch(id_: int) -> Patch:
    return Patch(id_, 1, f"<{id_}>", f"patch {id_}", DATE, ADA, "new")


def wish(store: Store, *patch_ids: int) -> int:
    return store.file([Wish(i, Field.STATE, "new", "accepted") for i in patch_ids], key="s", title="accept")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a file with 40 patches, texts, and two open wishes."""
    path = tmp_path / "data" / "server.sqlite"
    store = open_store(path)
    store.put_patches(patch(i) for i in range(1, 41))
    for i in range(1, 41):
        store.put_body(i, Body(i, (), f"text {i} " * 300, "diff"))
    wish(store, 1, 2)
    store.close()
    return path


def test_only_the_owner_can_look_into_it(path: Path) -> None:
    path.chmod(0o644)
    store = open_store(path)
    store.put_patches([patch(50)])
    modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    assert set(modes.values()) == {0o600}
    assert f"{path.name}-wal" in modes
    assert path.parent.stat().st_mode & 0o777 == 0o700
    store.close()


def _overwrite(path: Path) -> None:
    path.write_bytes(b"this is no database, and it is longer than a header of one " * 100)


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 5000)


def _zero_the_outbox(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'outbox'").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(bytes(4096))


def _make_foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.executescript("CREATE TABLE recipe (id INTEGER); INSERT INTO recipe VALUES (1);")


@pytest.mark.parametrize(
    ("damage", "rescued"), [(_overwrite, 0), (_cut, 2), (_zero_the_outbox, 0), (_make_foreign, 0)]
)
def test_what_cannot_be_used_is_set_aside(path: Path, damage: Callable[[Path], None], rescued: int) -> None:
    damage(path)
    before = path.read_bytes()
    store = open_store(path)
    (remark,) = store.remarks
    (aside,) = (file for file in path.parent.iterdir() if ".damaged-" in file.name)
    assert remark.startswith("The store was damaged (")
    assert aside.name in remark
    assert aside.read_bytes() == before
    held = store.intents(Status.HELD)
    assert [(one.patch_id, one.wished) for one in held] == [(1, "accepted"), (2, "accepted")][:rescued]
    assert (f"{rescued} open writes rescued" if rescued else "no open write found") in remark
    store.put_patches([patch(1)])
    assert store.refuses == ""
    store.close()
    again = open_store(path)
    assert again.remarks == ()
    assert len(again.intents()) == rescued
    again.close()


def test_what_is_rescued_keeps_its_action_and_says_why_it_is_held(path: Path) -> None:
    _cut(path)
    store = open_store(path)
    (action,) = store.journal()
    assert (action.key, action.title, action.number) == ("s", "accept", 2)
    assert "look whether it is what you wished" in store.intents()[0].error
    store.close()


def test_a_wish_of_a_comment_is_rescued_as_one(path: Path) -> None:
    store = open_store(path)
    store.file([Wish(1, Field.ADDRESSED, None, True, comment=7), Wish(-1, Field.ADDRESSED, False, True, -7)])
    store.close()
    _cut(path)
    store = open_store(path)
    held = store.intents(Status.HELD)
    assert [(one.patch_id, one.comment, one.seen) for one in held] == [
        (1, 0, "new"),
        (2, 0, "new"),
        (1, 7, None),
        (-1, -7, False),
    ]
    assert [item.comment for item in store.action_items(held[-1].action_id)] == [-7, 7]
    store.close()


def test_a_second_damage_on_the_same_day_overwrites_nothing(path: Path) -> None:
    for _ in range(3):
        _overwrite(path)
        open_store(path).close()
    assert len([file for file in path.parent.iterdir() if ".damaged-" in file.name]) == 3


@pytest.mark.parametrize("change", ["ALTER TABLE action DROP COLUMN title", "ALTER TABLE action ADD x TEXT"])
def test_a_newer_file_is_set_aside_and_its_wishes_go_on(path: Path, change: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.executescript(
            f"{change}; UPDATE outbox SET status = 'sending' WHERE patch_id = 2;"
            f"PRAGMA user_version = {VERSION + 3};"
        )
    store = open_store(path)
    (remark,) = store.remarks
    assert remark.startswith(f"The store is of a newer pwtui (its schema has number {VERSION + 3}")
    assert remark.endswith("2 open writes taken over from it")
    waiting = store.intents(Status.WAITING)
    assert [(one.patch_id, one.tried) for one in waiting] == [(1, ()), (2, ("accepted",))]
    assert store.patches([1]) == []
    assert [file for file in path.parent.iterdir() if ".newer-" in file.name]
    store.close()


def test_no_damaged_byte_makes_opening_or_reading_raise(path: Path) -> None:
    chance = random.Random(5)
    raw = path.read_bytes()
    asides = 0
    for number in range(30):
        damaged = bytearray(raw)
        for _ in range(chance.choice([1, 20, 400])):
            damaged[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        place = path.parent / f"{number}.sqlite"
        place.write_bytes(damaged[: chance.choice([len(raw), len(raw), chance.randrange(len(raw))])])
        store = open_store(place)
        for id_ in store.series_ids(1):
            store.series_rows([id_]), store.patch_rows(store.patch_ids(id_)), store.body(-id_)
        store.intents(), store.journal(), store.states(), store.sizes()
        asides += bool(store.remarks)
        store.close()
    assert asides > 10


def test_a_look_through_the_file_finds_what_was_not_read(path: Path) -> None:
    assert find_damage(path) == ""
    with closing(sqlite3.connect(path)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'patch_by_series'").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 100)
    store = open_store(path)
    assert store.remarks == ()
    damage = find_damage(path)
    assert damage
    store.give_up(damage)
    assert len(store.remarks) == 1
    assert [one.patch_id for one in store.intents(Status.HELD)] == [1, 2]
    assert find_damage(path) == ""
    store.close()


def test_where_no_file_can_be_all_is_in_memory_and_wishes_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    store = open_store(tmp_path / "file" / "server.sqlite")
    assert store.refuses.startswith("Nothing is kept, and nothing can be changed: ")
    store.put_patches([patch(1)])
    store.put_body(1, Body(1, (), "text"))
    assert store.patch_rows([1])[0].patch.name == "patch 1"
    with pytest.raises(StoreTrouble, match="nothing can be changed"):
        wish(store, 1)
    assert store.patch_rows([1])[0].patch.state == "new"
    assert not store.lease("me", 10)
    store.close()


@pytest.fixture
def foreign_folder() -> Iterator[Path]:
    """Return a folder that only root can write in, and be somebody else for the test."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        if os.getuid() == 0:
            os.seteuid(0)
        folder.chmod(0o755)


def test_a_file_in_a_folder_that_is_read_only_can_be_read(path: Path, foreign_folder: Path) -> None:
    copy = foreign_folder / path.name
    shutil.copy(path, copy)
    copy.chmod(0o444)
    if os.getuid() == 0:
        copy.chmod(0o644)
        os.seteuid(65534)
    else:
        copy.chmod(0o400)
        foreign_folder.chmod(0o555)
    store = open_store(copy)
    assert str(copy) in store.refuses
    assert store.patch_rows([3])[0].patch.name == "patch 3"
    store.put_patches([patch(50)])
    assert store.patch_rows([50])[0].patch.name == "patch 50"
    with pytest.raises(StoreTrouble):
        wish(store, 3)
    store.close()


def test_a_file_that_another_program_locks_is_left_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.01)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("COMMIT")
        store = open_store(path)
        assert "another program keeps it locked" in store.refuses
        assert store.remarks == ()
        store.put_patches([patch(1)])
        assert store.patch_rows([1])[0].patch.name == "patch 1"
        with pytest.raises(StoreTrouble):
            wish(store, 1)
        store.close()
    store = open_store(path)
    assert (store.refuses, len(store.intents())) == ("", 2)
    store.close()
