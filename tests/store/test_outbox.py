"""Wishes lie over what the server said until they are confirmed, refused or given up."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime

import pytest

from tui.core.change import Change, Kind
from tui.core.intent import Field, Status, Value, Wish
from tui.core.model import Patch, Person, Project, Series, User
from tui.core.rows import Mark
from tui.store.connection import MIGRATIONS, connect, migrate
from tui.store.outbox import read_intents
from tui.store.store import Store

DATE = datetime(2026, 1, 1)
ADA = Person(1, "Ada", "ada@example.org")
BOB = User(7, "bob")


@pytest.fixture
def store() -> Store:
    store = Store()
    store.put_project(Project(1, "demo", "Demo", maintainers=(BOB,)))
    store.put_series([Series(1, 1, "series", DATE, ADA, total=2, patch_ids=(10, 11))])
    store.put_patches([Patch(i, 1, f"<{i}>", f"patch {i}", DATE, ADA, "new", series_id=1) for i in (10, 11)])
    return store


def wish(store: Store, field: Field, seen: Value, wished: Value, patch_id: int = 10) -> int:
    return store.file([Wish(patch_id, field, seen, wished)])


def state(store: Store) -> str:
    return store.patch_rows([10])[0].patch.state


def test_a_wish_lies_over_the_patch_and_its_series(store: Store) -> None:
    wish(store, Field.STATE, "new", "accepted")
    wish(store, Field.DELEGATE, None, 7)
    wish(store, Field.ARCHIVED, False, True)
    row = store.patch_rows([10])[0]
    assert (row.patch.state, row.patch.delegate, row.patch.archived) == ("accepted", BOB, True)
    assert row.mark is Mark.WAITING
    above = store.series_rows([1])[0]
    assert (dict(above.states), above.delegates) == ({"new": 1, "accepted": 1}, (BOB,))
    assert (above.known, above.mark, above.archived) == (2, Mark.WAITING, False)
    assert store.patches([10])[0].state == "new"


def test_a_delegate_taken_away_or_never_heard_of_shows(store: Store) -> None:
    wish(store, Field.DELEGATE, None, 99)
    delegate = store.patch_rows([10])[0].patch.delegate
    assert delegate is not None
    assert delegate.username == "user 99"
    wish(store, Field.DELEGATE, 99, None)
    assert store.patch_rows([10])[0].patch.delegate is None


@pytest.mark.parametrize(
    ("status", "shown", "mark"),
    [
        (Status.WAITING, "accepted", Mark.WAITING),
        (Status.SENDING, "accepted", Mark.WAITING),
        (Status.HELD, "accepted", Mark.HELD),
        (Status.FAILED, "new", Mark.NONE),
    ],
)
def test_only_open_wishes_lie_over(store: Store, status: Status, shown: str, mark: Mark) -> None:
    wish(store, Field.STATE, "new", "accepted")
    store.set_status([store.intents()[0].id], status, "why")
    assert state(store) == shown
    assert store.patch_rows([10])[0].mark is mark
    assert store.series_rows([1])[0].mark is mark
    assert store.intents(status)[0].error == "why"


def test_filing_and_settling_are_told(store: Store) -> None:
    changes: list[Change] = []
    store.listen(changes.append)
    both = [Change(Kind.PATCHES, frozenset({10})), Change(Kind.SERIES, frozenset({1}))]
    wish(store, Field.STATE, "new", "accepted")
    assert changes == both
    store.settle([store.intents()[0].id])
    assert changes == both * 2
    assert store.intents() == []


def test_the_wishes_of_one_action_share_its_number(store: Store) -> None:
    first = store.file([Wish(i, Field.STATE, "new", "accepted") for i in (10, 11)])
    second = wish(store, Field.ARCHIVED, False, True)
    assert [intent.action_id for intent in store.intents()] == [first, first, second]
    assert first != second
    store.settle(intent.id for intent in store.intents())
    assert wish(store, Field.ARCHIVED, False, True) > second


def test_a_newer_wish_takes_the_place_of_an_unsent_one_and_keeps_what_was_seen(store: Store) -> None:
    wish(store, Field.STATE, "new", "accepted")
    wish(store, Field.STATE, "accepted", "rejected")
    (intent,) = store.intents()
    assert (intent.seen, intent.wished) == ("new", "rejected")


def test_wishing_back_what_was_seen_leaves_nothing_to_send(store: Store) -> None:
    wish(store, Field.STATE, "new", "accepted")
    wish(store, Field.STATE, "accepted", "new")
    assert store.intents() == []
    assert state(store) == "new"


@pytest.mark.parametrize("status", [Status.HELD, Status.FAILED])
def test_a_wish_after_trouble_starts_from_what_was_seen_then(store: Store, status: Status) -> None:
    wish(store, Field.STATE, "new", "accepted")
    store.set_status([store.intents()[0].id], status, "why")
    wish(store, Field.STATE, "rfc", "accepted")
    (intent,) = store.intents()
    assert (intent.seen, intent.status, intent.error) == ("rfc", Status.WAITING, "")


def test_a_wish_on_top_of_one_under_way_waits_behind_it(store: Store) -> None:
    wish(store, Field.STATE, "new", "accepted")
    first = store.intents()[0]
    store.set_status([first.id], Status.SENDING)
    wish(store, Field.STATE, "accepted", "rejected")
    assert [intent.wished for intent in store.intents()] == ["accepted", "rejected"]
    assert state(store) == "rejected"
    store.set_status([first.id], Status.FAILED, "no")
    assert store.intents(Status.WAITING)[0].seen == "new"


def test_outcomes_count_as_attempts(store: Store) -> None:
    wish(store, Field.STATE, "new", "accepted")
    id_ = store.intents()[0].id
    store.set_status([id_], Status.SENDING)
    store.set_status([id_], Status.WAITING, "nobody there")
    store.set_status([id_], Status.SENDING)
    assert store.intents()[0].attempts == 1
    assert store.count_intents()[Status.SENDING] == 1
    store.requeue()
    assert store.intents()[0].status is Status.WAITING


def test_what_an_older_version_may_have_sent_counts_as_tried() -> None:
    with closing(connect(":memory:")) as db:
        for path in MIGRATIONS[:2]:
            db.executescript(path.read_text(encoding="utf-8"))
        db.execute("INSERT INTO action (created) VALUES ('2026-01-01')")
        db.executemany(
            "INSERT INTO outbox (action_id, patch_id, field, seen, wished, status, attempts)"
            " VALUES (1, ?, 'state', '\"new\"', '\"accepted\"', ?, ?)",
            [(1, "waiting", 0), (2, "waiting", 1), (3, "sending", 0)],
        )
        migrate(db)
        assert [intent.tried for intent in read_intents(db, Status)] == [(), ("accepted",), ("accepted",)]


def test_a_value_that_was_sent_without_an_answer_stays_with_the_next_wish(store: Store) -> None:
    wish(store, Field.STATE, "new", "accepted")
    id_ = store.intents()[0].id
    store.set_status([id_], Status.SENDING)
    store.set_status([id_], Status.WAITING, "nobody there")
    wish(store, Field.STATE, "accepted", "new")
    (intent,) = store.intents()
    assert (intent.seen, intent.wished, intent.tried) == ("new", "new", ("accepted",))
    assert intent.ours == ("new", "accepted")
