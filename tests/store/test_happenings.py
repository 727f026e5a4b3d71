"""What is told of events is kept once, within bounds, and read by whoever has the file open."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tui.core.change import Change, Kind
from tui.core.inbox import Happening, Topic
from tui.core.model import Comment, Person, Project, Series
from tui.store.happenings import MOST
from tui.store.store import Store

DAY = datetime(2026, 3, 1)
ADA = Person(1, "Ada", "ada@example.org")


@pytest.fixture
def store() -> Store:
    return filled(Store())


def filled(store: Store) -> Store:
    store.put_project(Project(1, "demo", "Demo"))
    store.put_series([Series(id_, 1, f"series {id_}", DAY, ADA) for id_ in (4, 5)])
    return store


def happening(id: int, series_id: int = 4, topic: Topic = Topic.SERIES, **what: object) -> Happening:
    return Happening(id, topic, DAY, series_id)._replace(**what)  # type: ignore[arg-type]


def test_a_happening_is_kept_once_and_stays_read(store: Store) -> None:
    store.put_happenings(1, [happening(1)])
    store.mark_read([1])
    store.put_happenings(1, [happening(1)])
    assert [(line.ids, line.read) for line in store.inbox(1)] == [((1,), True)]
    assert store.count_unread(1) == 0


def test_the_newest_of_many_stay_of_each_project(store: Store) -> None:
    store.put_project(Project(2, "other", "Other"))
    store.put_series([Series(9, 2, "other", DAY, ADA)])
    store.put_happenings(2, [happening(1, 9)])
    many = [happening(n, topic=Topic.STATE, patch_id=n, before=str(n)) for n in range(10, 20_010)]
    for start in range(0, len(many), 250):
        store.put_happenings(1, many[start : start + 250])
    lines = store.inbox(1)
    assert (len(lines), lines[0].ids, lines[-1].ids) == (MOST, (20_009,), (20_010 - MOST,))
    assert store.count_unread(1) == MOST
    assert len(store.inbox(2)) == 1


def test_what_is_old_leaves_with_the_old_series(store: Store) -> None:
    store.put_happenings(1, [happening(1, date=DAY - timedelta(days=40)), happening(2)])
    store.prune(DAY, 30, 0, keep=[4, 5])
    assert [line.ids for line in store.inbox(1)] == [(2,)]


def test_what_is_forgotten_is_told_no_more(store: Store) -> None:
    store.put_happenings(1, [happening(1), happening(2, 5)])
    store.forget_series([5])
    assert [line.ids for line in store.inbox(1)] == [(1,)]
    store.forget()
    assert (store.inbox(1), store.count_unread(1)) == ([], 0)


def test_a_change_is_told_only_when_there_is_one(store: Store) -> None:
    told: list[Change] = []
    store.listen(told.append)
    store.put_happenings(1, [happening(1)])
    store.put_happenings(1, [happening(1), happening(3, topic=Topic.CHECK, patch_id=3, after="success")])
    store.mark_read([1, 7])
    store.mark_read([1])
    store.forget_series([77])
    assert told == [Change(Kind.INBOX, frozenset({1}))] * 2


def test_another_process_hears_of_it(tmp_path: Path) -> None:
    ours, theirs = filled(Store(tmp_path / "one")), Store(tmp_path / "one")
    told: list[Change] = []
    theirs.poll()
    theirs.listen(told.append)
    ours.put_happenings(1, [happening(1)])
    theirs.poll()
    assert told == [Change(Kind.INBOX, frozenset({1}))]
    theirs.mark_read([1])
    assert ours.count_unread(1) == 0
    ours.close()
    theirs.close()


@pytest.mark.parametrize("text", ["\ud800", "a\x00b", "'; DROP TABLE happening; --", "x" * 100_000])
def test_any_text_is_kept(store: Store, text: str) -> None:
    store.put_happenings(1, [happening(1, topic=Topic.STATE, who=text, before=text)])
    assert len(store.inbox(1)) == store.count_unread(1) == 1


def test_who_wrote_a_comment_is_told_as_soon_as_it_is_stored(store: Store) -> None:
    told = happening(1, topic=Topic.COMMENT, patch_id=10, comment_id=7)
    cover = happening(2, 5, Topic.COMMENT, cover_id=10, comment_id=-7)
    store.put_happenings(1, [told, cover])
    assert [line.who for line in store.inbox(1)] == ["", ""]
    changes: list[Change] = []
    store.listen(changes.append)
    store.put_comments(10, [Comment(7, "<7>", DAY, "Re: one", ADA, "")])
    assert [line.who for line in store.inbox(1)] == ["", "Ada"]
    assert Change(Kind.INBOX, frozenset({1})) in changes
    nameless = Person(2, "", "ben@example.org")
    store.put_comments(-10, [Comment(7, "<8>", DAY, "Re: cover", nameless, "")])
    assert [line.who for line in store.inbox(1)] == ["ben@example.org", "Ada"]


def test_several_who_wrote_on_one_day_are_counted(store: Store) -> None:
    comments = [happening(n, topic=Topic.COMMENT, patch_id=10, comment_id=n) for n in (1, 2, 3)]
    store.put_happenings(1, comments)
    people = [Person(n, name, f"{name}@example.org") for n, name in ((1, "Ada"), (2, "Ben"), (3, "Ada"))]
    store.put_comments(10, [Comment(one.id, "", DAY, "", one, "") for one in people])
    (line,) = store.inbox(1)
    assert (line.who, line.what) == ("Ada +1", "3 comments")
