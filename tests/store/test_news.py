"""A row that news changed is marked until it was under the cursor; what we did ourselves is no news."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tui.core.change import Change, Kind
from tui.core.intent import Field, Wish
from tui.core.model import CheckState, EventCursor, Patch, Person, Series, User
from tui.core.query import Query
from tui.store.store import Store

DATE = datetime(2026, 1, 1)
ADA = Person(1, "Ada", "ada@example.org")
SERIES = Series(1, 1, "series", DATE, ADA, total=2, patch_ids=(10, 11))


def patch(id_: int = 10, **changes: object) -> Patch:
    one = Patch(id_, 1, f"<{id_}>", f"patch {id_}", DATE, ADA, "new", series_id=1)
    return one._replace(**changes)  # type: ignore[arg-type]


@pytest.fixture
def store() -> Store:
    store = Store()
    store.put_series([SERIES])
    store.put_patches([patch(10), patch(11)])
    return store


def fresh(store: Store) -> tuple[bool, bool, bool]:
    """Return what is marked: the series, and its two patches."""
    ten, eleven = store.patch_rows([10, 11])
    return store.series_rows([1])[0].fresh, ten.fresh, eleven.fresh


def test_what_has_just_come_or_comes_again_is_not_marked(store: Store) -> None:
    store.put_series([SERIES])
    store.put_patches([patch(10), patch(11)])
    assert fresh(store) == (False, False, False)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "accepted"},
        {"delegate": User(7, "bob")},
        {"archived": True},
        {"check": CheckState.FAIL},
        {"name": "[v2] patch 10"},
        {"commit_ref": "abc"},
    ],
)
def test_what_a_row_tells_otherwise_marks_it_and_its_series(store: Store, changes: dict[str, object]) -> None:
    store.put_patches([patch(10, **changes), patch(11)])
    assert fresh(store) == (True, True, False)


def test_what_no_row_tells_marks_nothing(store: Store) -> None:
    store.put_patches([patch(10, web_url="elsewhere", hash="abc")])
    assert fresh(store) == (False, False, False)


def test_a_series_that_grew_is_marked(store: Store) -> None:
    store.put_series([SERIES._replace(received_total=2, patch_ids=(10, 11, 12))])
    assert fresh(store) == (True, False, False)


def test_a_mark_leaves_with_the_cursor_and_is_told(store: Store) -> None:
    store.put_patches([patch(10, state="accepted"), patch(11, state="accepted")])
    told: list[Change] = []
    store.listen(told.append)
    store.mark_seen(patch_ids=[10])
    assert fresh(store) == (True, False, True)
    store.mark_seen([1], [11])
    store.mark_seen([1], [10, 11])
    assert fresh(store) == (False, False, False)
    assert told == [
        Change(Kind.PATCHES, frozenset({10})),
        Change(Kind.SERIES, frozenset({1})),
        Change(Kind.PATCHES, frozenset({11})),
    ]


def test_our_own_write_that_came_true_is_no_news(store: Store) -> None:
    store.file([Wish(10, Field.STATE, "new", "accepted"), Wish(11, Field.DELEGATE, None, 7)])
    store.put_patches([patch(10, state="accepted"), patch(11, delegate=User(7, "bob"))])
    store.settle(intent.id for intent in store.intents())
    assert fresh(store) == (False, False, False)


def test_what_else_came_with_our_write_is_news(store: Store) -> None:
    store.file([Wish(10, Field.STATE, "new", "accepted")])
    store.put_patches([patch(10, state="accepted", archived=True)])
    assert fresh(store) == (True, True, False)


def test_a_loose_patch_marks_its_series_of_one_until_it_gets_a_real_one(store: Store) -> None:
    store.put_patches([patch(20, series_id=None)])
    store.put_patches([patch(20, series_id=None, state="rfc")])
    assert store.series_rows([-20])[0].fresh
    store.put_patches([patch(20, state="rfc")])
    assert store.series_rows([-20]) == []
    assert fresh(store) == (False, False, False)


def test_what_comes_after_the_list_was_read_once_is_news(store: Store) -> None:
    def other(id_: int, days: int) -> Series:
        return SERIES._replace(id=id_, date=DATE + timedelta(days=days), patch_ids=())

    store.put_series([other(2, 1)])
    assert not store.series_rows([2])[0].fresh, "the list was never read: all of it has just come"
    store.put_event_cursor(1, EventCursor(DATE, 7))
    store.put_series([other(3, 2), other(4, -1)])
    assert store.series_rows([3])[0].fresh
    assert not store.series_rows([4])[0].fresh, "an older page is no news"
    assert store.count_fresh(1, Query()) == 1
    store.mark_seen(series_ids=[3])
    assert store.count_fresh(1, Query()) == 0
