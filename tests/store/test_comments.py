"""Comments go into the store whole, are unread until somebody read them, and add up in the rows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.store.test_store import START, heard, patch, series
from tui.core.change import Change, Kind
from tui.core.intent import Field, Wish
from tui.core.model import Body, Comment, Person
from tui.core.rows import NO_TALK, Counts
from tui.store.store import Store

BEN = Person(2, "Ben", "ben@example.org")


def comment(id_: int, content: str = "", **changes: object) -> Comment:
    one = Comment(id_, f"<c{id_}@example.org>", START + timedelta(hours=id_), f"Re: {id_}", BEN, content)
    return one._replace(**changes)  # type: ignore[arg-type]


@pytest.fixture
def store() -> Store:
    """A series of two patches with a cover letter, and a loose patch."""
    store = Store()
    store.put_series([series(1, 10, 11, cover_id=10)])
    store.put_patches([patch(10, 1), patch(11, 1), patch(12, None)])
    return store


def test_everything_of_a_comment_comes_back(store: Store) -> None:
    whole = comment(
        5,
        "\ud800 text\0 " * 1000,
        headers=(("References", "<a>"), ("References", "<b>")),
        addressed=False,
        web_url="https://example.org/5",
        about=10,
    )
    store.put_comments(10, [whole])
    (row,) = store.comments([10])
    assert row.comment == whole
    assert row.unread


def test_comments_on_a_patch_and_a_cover_of_one_number_are_kept_apart(store: Store) -> None:
    store.put_comments(10, [comment(5, "of the patch")])
    store.put_comments(-10, [comment(5, "of the cover")])
    rows = store.comments([-10, 10])
    assert [(row.comment.key, row.comment.content) for row in rows] == [
        (-5, "of the cover"),
        (5, "of the patch"),
    ]
    store.mark_comments([-5], read=True)
    assert [row.unread for row in store.comments([-10, 10])] == [False, True]


def test_comments_come_by_date(store: Store) -> None:
    store.put_comments(10, [comment(7), comment(8, date=START), comment(6)])
    assert [row.comment.id for row in store.comments([10])] == [8, 6, 7]


def test_what_was_read_stays_read_and_what_the_server_has_no_more_leaves(store: Store) -> None:
    store.put_comments(10, [comment(5), comment(6), comment(7)], read=[7])
    assert [row.unread for row in store.comments([10])] == [True, True, False]
    store.mark_comments([5], read=True)
    store.put_comments(10, [comment(5, addressed=True), comment(7), comment(8)])
    rows = store.comments([10])
    assert [(row.comment.id, row.comment.addressed, row.unread) for row in rows] == [
        (5, True, False),
        (7, None, False),
        (8, None, True),
    ]


def test_only_what_really_changed_is_told(store: Store) -> None:
    store.put_comments(-10, [comment(5)])
    changes = heard(store)
    store.put_comments(-10, [comment(5)])
    store.mark_comments([-5], read=False)
    assert changes == []
    store.mark_comments([-5], read=True)
    assert set(changes) == {
        Change(Kind.COMMENTS, frozenset({-10})),
        Change(Kind.SERIES, frozenset({1})),
    }
    changes.clear()
    store.put_comments(11, [])
    assert set(changes) == {
        Change(Kind.PATCHES, frozenset({11})),
        Change(Kind.SERIES, frozenset({1})),
        Change(Kind.COMMENTS, frozenset({11})),
    }


def test_rows_count_what_is_unread_and_open_and_who_vouches(store: Store) -> None:
    assert store.patch_rows([10])[0].talk == NO_TALK
    store.put_body(10, Body(10, (), "why\n\nAcked-by: Ada <ada@example.org>\n---\nTested-by: nobody"))
    store.put_comments(10, [comment(5, "Acked-by: A. <ada@example.org>\n> Tested-by: me", addressed=False)])
    store.put_comments(11, [comment(6, "Reviewed-by: Ben <ben@example.org>"), comment(7)], read=[7])
    store.put_comments(-10, [comment(6, "Reviewed-by: Ben <ben@example.org>\nTested-by: x")])
    one, two = store.patch_rows([10, 11])
    assert (one.talk.total, one.talk.unread, one.talk.open) == (1, 1, 1)
    assert (one.talk.counts, two.talk.counts) == (Counts(acked=1), Counts(reviewed=1))
    (row,) = store.series_rows([1])
    assert (row.talk.total, row.talk.unread, row.talk.open) == (4, 3, 1)
    assert row.talk.counts == Counts(acked=1, reviewed=1, tested=1)
    assert row.talk.fetched is not None
    assert dict(store.talks([10, 11]))[10] == one.talk
    assert store.talks([-10])[-10].counts == Counts(reviewed=1, tested=1)


def test_a_series_of_which_not_all_comments_were_read_says_so(store: Store) -> None:
    store.put_comments(10, [])
    (row,) = store.series_rows([1])
    assert row.talk.fetched is None
    assert row.talk.counts == Counts()


def test_nothing_is_counted_where_neither_text_nor_comments_are_here(store: Store) -> None:
    (row,) = store.series_rows([1])
    assert row.talk == NO_TALK
    store.put_body(11, Body(11, (), "why"))
    assert store.series_rows([1])[0].talk.counts == Counts()
    assert [row.talk.counts for row in store.patch_rows([10, 11])] == [None, Counts()]


def test_a_loose_patch_counts_for_its_series_of_one(store: Store) -> None:
    store.put_comments(12, [comment(5, "Tested-by: x")])
    assert store.series_rows([-12])[0].talk.counts == Counts(tested=1)


def test_comments_leave_with_what_they_are_about(store: Store) -> None:
    for about in (10, 11, -10, 12):
        store.put_comments(about, [comment(abs(about) + 90, "Acked-by: x")])
    store.forget_patches([12])
    assert store.comments([12]) == []
    assert len(store.comments([10, 11, -10])) == 3
    store.forget_series([1])
    for table in ("comment", "talk", "trailer"):
        assert store._db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_all_that_is_forgotten_is_gone(store: Store) -> None:
    store.put_comments(10, [comment(5, "Acked-by: x")])
    store.forget()
    assert store.comments([10]) == []
    assert dict(store.talks([10])) == {}


def test_what_has_an_open_wish_of_a_comment_stays(store: Store) -> None:
    store.put_series([series(2, 20, date=START + timedelta(days=400))])
    store.put_comments(-10, [comment(5)])
    store.put_comments(12, [comment(6)])
    store.file([Wish(-10, Field.ADDRESSED, None, True, -5)])
    store.prune(START + timedelta(days=400), 100, 0)
    assert store.series_ids(1) == [2, 1]
    assert len(store.comments([-10, 12])) == 1


def test_undo_leaves_a_comment_that_is_marked_otherwise_by_now(store: Store) -> None:
    store.put_comments(10, [comment(5), comment(6)])
    action = store.file([Wish(10, Field.ADDRESSED, None, True, 5), Wish(10, Field.ADDRESSED, None, True, 6)])
    store.settle(intent.id for intent in store.intents())
    store.put_comments(10, [comment(5, addressed=True), comment(6, addressed=False)])
    undone = store.undo(action)
    assert (undone.changed, undone.kept) == (1, 1)
    (intent,) = store.intents()
    assert (intent.comment, intent.seen, intent.wished) == (5, True, None)
    assert store.intents_of(10) == []
    assert len(store.intents_of(10, 5)) == 1
