"""Several pwtui on one file: one syncs, the others hear of what changed and take over."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tui.core.change import Change, Kind
from tui.core.intent import Field, Status, Wish
from tui.core.model import Body, Patch, Person
from tui.store import changes
from tui.store.store import Store, open_store

DATE = datetime(2026, 1, 1)
ADA = Person(1, "Ada", "ada@example.org")
ROOT = Path(__file__).resolve().parent.parent.parent


def patch(id_: int, state: str = "new") -> Patch:
    return Patch(id_, 1, f"<{id_}>", "patch", DATE, ADA, state)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "server.sqlite"


@pytest.fixture
def two(path: Path) -> Iterator[tuple[Store, Store]]:
    stores = open_store(path), open_store(path)
    yield stores
    for store in stores:
        store.close()


def heard(store: Store) -> list[Change]:
    told: list[Change] = []
    store.listen(told.append)
    return told


def test_what_one_changes_the_other_is_told_once(two: tuple[Store, Store]) -> None:
    first, second = two
    mine, theirs = heard(first), heard(second)
    first.put_patches([patch(1)])
    first.put_patches([patch(2)])
    first.put_body(1, Body(1, (), "text"))
    assert theirs == []
    assert second.poll()
    assert theirs == [
        Change(Kind.SERIES, frozenset({-1, -2})),
        Change(Kind.PATCHES, frozenset({1, 2})),
        Change(Kind.BODIES, frozenset({1})),
    ]
    assert not second.poll()
    mine.clear()
    assert not first.poll()
    assert mine == []


def test_a_wish_of_one_is_seen_by_the_other(two: tuple[Store, Store]) -> None:
    first, second = two
    first.put_patches([patch(1)])
    second.poll()
    theirs = heard(second)
    first.file([Wish(1, Field.STATE, "new", "accepted")])
    assert second.poll()
    assert Change(Kind.PATCHES, frozenset({1})) in theirs
    assert second.patch_rows([1])[0].patch.state == "accepted"
    second.set_status([second.intents()[0].id], Status.SENDING)
    assert first.poll()
    assert first.intents()[0].status is Status.SENDING


def test_who_was_away_for_long_reads_everything_again(
    two: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two
    monkeypatch.setattr(changes, "KEPT", 50)
    for number in range(120):
        first.put_patches([patch(1, f"state-{number}")])
    theirs = heard(second)
    assert second.poll()
    assert theirs == [Change(Kind.ALL)]
    (count,) = first._db.execute("SELECT count(*) FROM change").fetchone()
    assert count < 200


def test_only_one_has_the_lease_until_it_gives_it_up(two: tuple[Store, Store]) -> None:
    first, second = two
    assert first.lease("first", 60)
    assert not second.lease("second", 60)
    assert first.lease("first", 60)
    first.free_lease("first")
    assert second.lease("second", 60)
    assert not first.lease("first", 60)


def test_a_lease_that_is_not_renewed_is_taken_over(
    two: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two
    now = time.time()
    assert first.lease("first", 10)
    monkeypatch.setattr(time, "time", lambda: now + 11)
    assert second.lease("second", 10)
    assert not first.lease("first", 10)
    monkeypatch.setattr(time, "time", lambda: now - 10**8)  # the clock goes back by years
    assert first.lease("first", 10)


def test_a_lease_of_a_process_that_is_gone_is_taken_over_at_once(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tui.store.store import open_store\n"
        "print(open_store(Path(sys.argv[1])).lease('child', 600))"
    )
    child = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert child.stdout == "True\n"
    store = open_store(path)
    assert store.lease("parent", 10)
    store.close()


def test_in_memory_everybody_has_the_lease() -> None:
    store = Store()
    assert store.lease("me", 10)
    assert not store.poll()


def test_a_file_that_another_set_aside_is_followed_to_the_new_one(two: tuple[Store, Store]) -> None:
    first, second = two
    first.put_patches([patch(1), patch(2)])
    first.file([Wish(1, Field.STATE, "new", "accepted")])
    first.give_up("pages are torn")
    theirs = heard(second)
    second.file([Wish(2, Field.STATE, "new", "rfc")])
    assert theirs[:2] == [Change(Kind.STORE), Change(Kind.ALL)]
    assert [(one.patch_id, one.status) for one in first.intents()] == [
        (1, Status.HELD),
        (2, Status.WAITING),
    ]
    assert first.path is not None
    asides = [file.name for file in first.path.parent.glob("*.damaged-*")]
    assert len({name.removesuffix("-wal").removesuffix("-shm") for name in asides}) == 1


def test_files_made_by_many_at_once_are_sound(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tui.store.store import open_store\n"
        "store = open_store(Path(sys.argv[1]))\n"
        "print(store.refuses, *store.remarks)\n"
        "store.put_states((sys.argv[2],), learnt=False)"
    )
    children = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(path), f"state-{number}"], cwd=ROOT, stdout=subprocess.PIPE
        )
        for number in range(4)
    ]
    assert [child.communicate()[0] for child in children] == [b"\n"] * 4
    store = open_store(path)
    assert {f"state-{number}" for number in range(4)} <= set(store.states())
    store.close()
