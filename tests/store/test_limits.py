"""What is gone or old leaves; wishes, what is kept and what is new stay."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tui.core.change import Change, Kind
from tui.core.intent import Field, Wish
from tui.core.journal import Outcome
from tui.core.model import Body, Cover, EventCursor, Patch, Person, Project, Series
from tui.core.session import Session
from tui.store import limits
from tui.store.store import Store, open_store

DATE = datetime(2026, 1, 1)
ADA = Person(1, "Ada", "ada@example.org")


@pytest.fixture
def store() -> Store:
    """Return a store of ten series, a day apart, each with a patch of ten times its number."""
    store = Store()
    store.put_project(Project(1, "demo", "Demo"))
    days = range(1, 11)
    store.put_series(
        Series(i, 1, f"series {i}", DATE + timedelta(days=i), ADA, cover_id=i, patch_ids=(i * 10,))
        for i in days
    )
    store.put_patches(
        Patch(i * 10, 1, f"<{i}>", "patch", DATE + timedelta(days=i), ADA, "new", series_id=i) for i in days
    )
    for i in days:
        store.put_body(i * 10, Body(i * 10, (), "x" * 1000))
        store.put_cover(Cover(i, 1, f"<c{i}>", "cover", DATE, ADA, i), Body(i, (), "y" * 1000))
    return store


NOW = DATE + timedelta(days=10)


def test_series_leave_by_the_date_of_their_mail_with_all_that_is_in_them(store: Store) -> None:
    told: list[Change] = []
    store.listen(told.append)
    pruned = store.prune(NOW, days=3, megabytes=0)
    assert (pruned.series, pruned.patches, pruned.more) == (6, 6, False)
    assert store.series_ids(1) == [10, 9, 8, 7]
    assert (store.count_series(1), store.count_patches(1), store.last_series(1)) == (4, 4, 7)
    assert (store.patches([60]), store.body(60), store.cover(6)) == ([], None, None)
    assert store.body(70) is not None
    assert Change(Kind.SERIES, frozenset(range(1, 7))) in told
    assert store.prune(NOW, days=3, megabytes=0) == limits.Pruned()


def test_what_is_kept_or_wished_for_stays(store: Store) -> None:
    store.file([Wish(20, Field.STATE, "new", "accepted")])
    assert store.prune(NOW, days=3, megabytes=0, keep=[4]).series == 4
    assert store.series_ids(1) == [10, 9, 8, 7, 4, 2]
    assert len(store.intents()) == 1


def test_much_leaves_bit_by_bit(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "AT_ONCE", 4)
    steps = [store.prune(NOW, days=1, megabytes=0) for _ in range(3)]
    assert [(step.series, step.more) for step in steps] == [(4, True), (4, True), (0, False)]


def test_the_oldest_texts_leave_until_the_limit_is_met(store: Store) -> None:
    for i in range(100, 110):
        store.put_body(i, Body(i, (), random.Random(i).randbytes(150_000).hex()))
    assert store.sizes().text_bytes > 1_000_000
    store.file([Wish(30, Field.STATE, "new", "accepted")])
    pruned = store.prune(NOW, days=0, megabytes=1, keep=[2])
    assert pruned.series == 0
    assert pruned.texts > 0
    assert store.sizes().text_bytes <= 1_000_000
    assert [store.has_body(key) for key in (10, 20, 30, 109)] == [False, True, True, True]
    assert [store.has_body(-cover) for cover in (1, 2, 3)] == [False, True, True]
    assert not any(store.prune(NOW, days=0, megabytes=1))


def test_the_journal_leaves_with_its_time_but_not_what_is_open(store: Store) -> None:
    store.file([Wish(100, Field.STATE, "new", "rfc")], created=DATE)
    store.settle(one.id for one in store.intents())
    store.file([Wish(90, Field.STATE, "new", "rfc")], created=DATE)
    store.file([Wish(100, Field.ARCHIVED, False, True)], created=NOW)
    store.settle([store.intents()[1].id], Outcome.DROPPED)
    assert store.prune(NOW, days=3, megabytes=0).actions == 1
    assert [action.created for action in store.journal()] == [NOW, DATE]


def test_a_patch_that_is_gone_leaves_its_series_whole(store: Store) -> None:
    store.put_series([Series(3, 1, "series 3", DATE, ADA, patch_ids=(30, 31))])
    store.put_patches([Patch(31, 1, "<31>", "patch", DATE, ADA, "new", series_id=3)])
    store.file([Wish(31, Field.STATE, "new", "rfc")])
    told: list[Change] = []
    store.listen(told.append)
    assert store.forget_patches([31, 999]) == 1
    assert told == [Change(Kind.PATCHES, frozenset({31})), Change(Kind.SERIES, frozenset({3}))]
    assert store.patch_ids(3) == [30]
    assert store.unknown_series([3]) == []
    assert len(store.intents()) == 1


def test_a_series_that_is_gone_and_a_loose_patch_leave_nothing(store: Store) -> None:
    store.put_patches([Patch(500, 1, "<500>", "loose", DATE, ADA, "new")])
    assert store.forget_patches([500]) == 1
    assert store.forget_series([4, 999]) == 1
    assert store.series_ids(1) == [10, 9, 8, 7, 6, 5, 3, 2, 1]
    assert (store.patches([40, 500]), store.has_body(40), store.has_body(-4)) == ([], False, False)


def test_forgetting_everything_keeps_open_wishes_unless_told(store: Store) -> None:
    store.put_session("demo", Session(4))
    store.put_event_cursor(1, EventCursor(DATE, 7))
    store.file([Wish(10, Field.STATE, "new", "rfc")])
    store.settle(one.id for one in store.intents())
    store.file([Wish(20, Field.STATE, "new", "rfc")])
    store.forget()
    sizes = store.sizes()
    assert (sizes.series, sizes.patches, sizes.texts, sizes.open_wishes, sizes.actions) == (0, 0, 0, 1, 1)
    assert (store.session("demo"), store.event_cursor(1), store.project("demo")) == (None, None, None)
    assert (store.count_series(1), store.count_patches(1), store.last_series(1)) == (0, 0, None)
    store.forget(wishes=True)
    assert (store.intents(), store.journal()) == ([], [])


def test_forgetting_shrinks_the_file(tmp_path: Path) -> None:
    store = open_store(tmp_path / "server.sqlite")
    for i in range(1, 200):
        store.put_body(i, Body(i, (), "".join(chr(300 + (i * k) % 9000) for k in range(2000))))
    before = store.sizes().file_bytes
    store.forget()
    assert store.sizes().file_bytes < before / 2
    store.close()


def test_sizes_tell_what_is_kept(store: Store) -> None:
    sizes = store.sizes()
    assert (sizes.series, sizes.patches, sizes.texts) == (10, 10, 20)
    assert sizes.text_bytes >= 20_000
    assert (sizes.oldest, sizes.newest) == ("2026-01-02T00:00:00", "2026-01-11T00:00:00")


def test_where_the_user_was_and_the_last_event_come_back(store: Store) -> None:
    assert (store.session("demo"), store.event_cursor(1)) == (None, None)
    place = Session(3, -3, "patches", True, 9, 120)
    store.put_session("demo", Session(1))
    store.put_session("Demo", place)
    assert store.session("demo") == place
    cursor = EventCursor(datetime(2026, 1, 2, 3, 4, 5, 678), 99)
    store.put_event_cursor(1, EventCursor(DATE, 7))
    store.put_event_cursor(1, cursor)
    assert store.event_cursor(1) == cursor


def test_a_session_of_another_version_is_understood_as_far_as_it_goes(store: Store) -> None:
    store.put_session("demo", Session(3))
    told = '{"series_id": 5, "unheard_of": 1, "places": [[5, null], 7, [8], ["x", 1], [9, 1]]}'
    store._db.execute("UPDATE session SET place = ?", (told,))
    assert store.session("demo") == Session(5, places=((5, None), (9, 1)))


def test_a_window_of_the_list_reaches_to_the_series_asked_for(store: Store) -> None:
    assert store.series_ids(1, 3) == [10, 9, 8]
    assert store.series_ids(1, 3, through=5) == [10, 9, 8, 7, 6, 5]
    assert store.series_ids(1, 3, through=9) == [10, 9, 8]
    assert store.series_ids(1, 3, through=777) == [10, 9, 8]
    assert store.series_ids(1, 0) == []


def test_a_window_from_the_end_reaches_up(store: Store) -> None:
    assert store.series_ids(1, 3, from_end=True) == [3, 2, 1]
    assert store.series_ids(1, 3, through=5, from_end=True) == [5, 4, 3, 2, 1]
    assert store.series_ids(1, 3, through=2, from_end=True) == [3, 2, 1]
    assert store.series_ids(1, from_end=True) == store.series_ids(1)


def test_a_list_goes_on_below_a_series(store: Store) -> None:
    assert store.series_ids(1, 3, below=8) == [7, 6, 5]
    assert store.series_ids(1, 3, below=1) == []
    assert store.series_ids(1, 3, below=777) == []


def test_a_window_is_read_from_the_index_alone(store: Store) -> None:
    asked: list[str] = []
    store._db.set_trace_callback(asked.append)
    store.series_ids(1, 500)
    store.series_ids(1, 2, through=5)
    store.series_ids(1, 2, through=5, from_end=True)
    store.series_ids(1, 500, below=5)
    store.last_series(1)
    store.count_series(1)
    store.count_patches(1)
    store._db.set_trace_callback(None)
    plans = [row[3] for sql in asked for row in store._db.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert any("USING COVERING INDEX series_by_date" in plan for plan in plans)
    assert not any(plan.startswith("SCAN") or "B-TREE" in plan for plan in plans)
