"""What a query finds in the store, and what it does not."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.store.test_comments import comment
from tests.store.test_store import ADA, BOB, EVE, PROJECT, START, patch, series
from tui.core.intent import Field, Status, Wish
from tui.core.model import Body, CheckState, Cover, Person
from tui.core.query import Query, Words
from tui.core.query_parse import DEEPEST, parse_query
from tui.store.store import Store

CARL = Person(2, "Carl Müller", "carl@corp.example.org")
NOW = START + timedelta(days=10)
WORDS = Words(maintainers=(BOB, EVE), me="bob", now=NOW)

MESSAGE = """Explain the frobnicator.

Reviewed-by: A <a@x>
reviewed-by: B <b@x>
Fixes: 1234
---
Acked-by: late
"""
DIFF = """diff --git a/hw/block/virtio-blk.c b/hw/block/virtio-blk.c
--- a/hw/block/virtio-blk.c
+++ b/hw/block/virtio-blk.c
@@ -1,2 +1,2 @@
 context_word();
-old_call(dev);
+devm_kmalloc(dev);
"""


def ask(text: str) -> Query:
    return parse_query(text, WORDS)


def found(store: Store, text: str) -> list[int]:
    """The series found, after every way to ask for them has said the same."""
    query = ask(text)
    ids = store.find_series(1, query)
    assert store.count_found(1, query) == len(ids)
    assert store.find_series(1, query, limit=1) == ids[:1]
    assert store.find_series(1, query, limit=2, from_end=True) == ids[-2:]
    assert store.find_series(1, query, below=ids[0] if ids else 99) == ids[1:]
    assert store.find_among(1, query, store.series_ids(1)) == set(ids)
    assert [id_ for id_ in ids if store.patch_ids(id_)] == [
        id_ for id_ in store.series_ids(1) if store.find_patches(id_, query)
    ]
    return ids


@pytest.fixture
def store() -> Store:
    """Series 1: two patches, a cover; 2: one patch of Carl's; 3: none stored; -40: loose."""
    store = Store()
    store.put_project(PROJECT)
    store.put_series(
        [
            series(1, 10, 11, name="net: rework rings", cover_id=9),
            series(2, 20, name="Fix 100% of a_b", submitter=CARL, version=3),
            series(3, 30, 31, name="net: unseen", submitter=CARL, received_all=False, received_total=1),
        ]
    )
    store.put_patches(
        [
            patch(10, 1, name="[1/2] net: one", state="accepted", check=CheckState.FAIL, delegate=BOB),
            patch(11, 1, name="[2/2] net: two", archived=True),
            patch(20, 2, name="[v3] Fix 100% of a_b", submitter=CARL, state="under-review", delegate=EVE),
            patch(40, None, name="loose end", date=START + timedelta(days=9)),
        ]
    )
    store.put_body(10, Body(10, (), MESSAGE, DIFF))
    cover = Cover(9, 1, "<9>", "[0/2] net: rework rings", START, ADA, 1)
    store.put_cover(cover, Body(9, (), "An overture in words."))
    return store


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", [-40, 3, 2, 1]),
        ("net:", [3, 1]),
        ("NET: rework", [1]),
        ("two", [1]),
        ("one two", []),
        ("carl", [3, 2]),
        ("corp.example", [3, 2]),
        ("MÜLLER", [3, 2]),
        ("100%", [2]),
        ("a_b", [2]),
        ("1%0", []),
        ("axb", []),
        ("-net:", [-40, 2]),
        ("frobnicator", [1]),
        ("frobn", [1]),
        ('"explain the frob"', [1]),
        ('"the explain"', []),
        ("obnicator", []),
        ("devm_kmalloc", [1]),
        ("kmalloc(dev)", [1]),
        ("old_call", [1]),
        ("context_word", []),
        ("overture", [1]),
        ("state:new", [-40, 1]),
        ("state:new,under-review", [-40, 2, 1]),
        ("-state:new", [2, 1]),
        ("state:accepted state:new", []),
        ("delegate:me", [1]),
        ("delegate:eve", [2]),
        ("delegate:EVE,me", [2, 1]),
        ("delegate:8", [2]),
        ("delegate:nobody", [-40, 1]),
        ("delegate:unknown", []),
        ("-delegate:unknown", [-40, 2, 1]),
        ("submitter:carl", [3, 2]),
        ("submitter:carl@corp.example.org", [3, 2]),
        ("submitter:arl@corp.example.org", []),
        ("archived:yes", [1]),
        ("archived:no", [-40, 2, 1]),
        ("archived:yes net: state:new", [1]),
        ("archived:yes state:accepted", []),
        ("check:fail", [1]),
        ("version:3", [2]),
        ("version:>1,1", [-40, 3, 2, 1]),
        ("-version:<3", [2]),
        ("age:<2d", [-40]),
        ("age:>2d", [3, 2, 1]),
        ("age:1d", [-40, 3, 2, 1]),
        ("since:2026-01-10", [-40]),
        ("before:2026-01-01T00:00:01", [2, 1]),
        ("has:cover", [1]),
        ("has:incomplete", [3]),
        ("has:patches", [-40, 2, 1]),
        ("-has:patches", [3]),
        ("has:disagree", [1]),
        ("has:comments,open", []),
        ("tag:reviewed-by", [1]),
        ("tag:reviewed-by>1", [1]),
        ("tag:reviewed-by>2", []),
        ("tag:acked-by", []),
        ("tag:acked-by<1", [1]),
        ("file:hw/block/virtio-blk.c", [1]),
        ("file:hw/block", [1]),
        ("file:./HW/", [1]),
        ("file:hw/*.c", [1]),
        ("file:*/virtio*", [1]),
        ("file:block", []),
        ("file:hw/bl", []),
        ("file:[", []),
        ("-file:hw net:", [1]),
        ("file:hw OR carl", [3, 2, 1]),
        ("net: OR state:under-review", [3, 2, 1]),
        ("-(net: OR carl)", [-40]),
    ],
)
def test_what_is_found(store: Store, text: str, ids: list[int]) -> None:
    assert found(store, text) == ids


def test_which_patches_of_a_series_are_found(store: Store) -> None:
    assert store.find_patches(1, ask("")) == [10, 11]
    assert store.find_patches(1, ask("rework")) == [10, 11]
    assert store.find_patches(1, ask("state:new")) == [11]
    assert store.find_patches(1, ask("file:hw OR archived:yes")) == [10, 11]
    assert store.find_patches(3, ask("net:")) == []


def test_open_wishes_lie_over_what_is_asked(store: Store) -> None:
    store.file([Wish(20, Field.STATE, "under-review", "accepted"), Wish(20, Field.ARCHIVED, False, True)])
    store.file([Wish(20, Field.DELEGATE, 8, None), Wish(11, Field.DELEGATE, None, 7)])
    assert found(store, "state:accepted archived:yes delegate:nobody") == [2]
    assert found(store, "state:under-review") == []
    assert found(store, "delegate:me archived:yes") == [1]
    store.file([Wish(20, Field.STATE, "accepted", "rfc")])
    assert found(store, "state:rfc") == [2]
    store.set_status([intent.id for intent in store.intents_of(20)], Status.FAILED, "no")
    assert found(store, "state:under-review delegate:eve archived:no") == [2]
    store.file([Wish(10, Field.STATE, "accepted", "new")])
    assert found(store, "has:disagree") == []


def test_a_limit_does_not_cut_before_the_series_that_is_asked_for(store: Store) -> None:
    query = ask("-zzz")
    assert store.find_series(1, query, limit=2) == [-40, 3]
    assert store.find_series(1, query, limit=1, through=2) == [-40, 3, 2]
    assert store.find_series(1, query, limit=2, through=-40) == [-40, 3]
    assert store.find_series(1, ask("carl"), limit=1, through=1) == [3]
    assert store.find_series(1, ask("carl"), limit=1, through=99) == [3]
    assert store.find_series(1, query, limit=1, through=3, from_end=True) == [3, 2, 1]
    assert store.find_series(1, ask("carl"), limit=1, through=3, from_end=True) == [3, 2]
    assert store.find_among(1, query, [2, 99]) == {2}


def test_another_project_is_left_alone(store: Store) -> None:
    store.put_series([series(50, name="net: other", project_id=2)])
    assert store.find_series(2, ask("net:")) == [50]
    assert found(store, "net:") == [3, 1]


@pytest.mark.parametrize(
    ("changes", "newer"),
    [
        ({"name": "net: rework rings v2", "version": 2}, [1]),
        ({"name": "[RFC] Net:  rework rings", "version": 2}, [1]),
        ({"name": "net: rework rings", "version": 1}, []),
        ({"name": "net: rework wheels", "version": 2}, []),
        ({"name": "net: rework rings", "version": 2, "submitter": CARL}, []),
        ({"name": "net: rework rings", "version": 2, "date": datetime(2020, 1, 1)}, []),
        ({"name": "net: rework rings", "version": 2, "project_id": 2}, []),
    ],
)
def test_a_newer_version(store: Store, changes: dict[str, object], newer: list[int]) -> None:
    store.put_series([series(60, 61, **changes)])
    assert store.find_series(1, ask("has:newer")) == newer
    store.forget_series([60])
    assert store.find_series(1, ask("has:newer")) == []


def test_what_is_stale_is_open_and_untouched(store: Store) -> None:
    def stale(days: int) -> list[int]:
        later = WORDS._replace(now=START + timedelta(days=days))
        return store.find_series(1, parse_query("has:stale", later))

    assert stale(29) == []
    assert stale(31) == [2, 1]
    assert stale(45) == [-40, 2, 1]
    store.put_patches([patch(20, 2, submitter=CARL, state="under-review", delegate=None)])
    assert stale(31) == [1]  # something happened on the day of this test
    store.put_patches([patch(11, 1, state="rejected")])
    assert stale(45) == [-40]


def test_notes(store: Store) -> None:
    with store._writing():
        store._db.execute("INSERT INTO note VALUES ('series', 3, 'later', ''), ('patch', 11, 'odd', '')")
    assert found(store, "has:note") == [3, 1]
    assert store.find_patches(1, ask("has:note")) == [11]
    store.forget()
    assert store._db.execute("SELECT count(*) FROM note").fetchone() == (2,)
    store.forget(wishes=True)
    assert store._db.execute("SELECT count(*) FROM note").fetchone() == (0,)


def test_who_sent_something(store: Store) -> None:
    assert store.submitters(1) == ("Ada <ada@example.org>", "Carl Müller <carl@corp.example.org>")
    assert store.submitters(2) == ()


@pytest.mark.parametrize(
    "text",
    [
        " ".join(f"w{number}" for number in range(200)),
        " OR ".join(f"-w{number}" for number in range(200)),
        "state:" + ",".join(f"s{number}" for number in range(200)),
        "".join(["(a OR -(b "] * (DEEPEST // 2)) + "delegate:me has:disagree" + "))" * (DEEPEST // 2),
        "".join(["(a -(b OR "] * (DEEPEST // 2)) + "has:disagree,stale,newer" + "))" * (DEEPEST // 2),
        "".join(["(state:a OR -(delegate:b "] * (DEEPEST // 2)) + "state:x" + "))" * (DEEPEST // 2),
        "x" * 10_000,
        "file:" + "*a" * 200 + " " + "file:" + "[" * 100,
        "\ud800 submitter:\udcff tag:x>5 file:\ud800 delegate:\ud800 -\ud800abc",
        "'; DROP TABLE patch; -- ?1 :name $x @y",
        '"\0" "a\0b" "*" "NEAR(a b)" "words:a" "^a" "a AND b"',
    ],
)
def test_queries_that_are_hard_on_sqlite(store: Store, text: str) -> None:
    assert set(found(store, text)) <= set(store.series_ids(1))
    assert store.remarks == ()


def test_what_was_answered_is_found_where_comments_were_read(store: Store) -> None:
    for text in ("has:comments", "has:open", "has:unread", "-has:comments"):
        assert found(store, text) == []
    store.put_comments(10, [comment(1, addressed=True), comment(2, addressed=False)])
    store.put_comments(20, [comment(3)], read=[3])
    store.put_comments(40, [])
    assert found(store, "has:comments") == [2, 1]
    assert found(store, "has:unread") == found(store, "has:open") == [1]
    assert store.find_patches(1, ask("has:open")) == [10]
    assert found(store, "-has:comments") == [-40]
    assert found(store, "has:unread,note") == [1]
    store.put_comments(-9, [comment(3)])
    assert store.find_patches(1, ask("has:comments")) == [10, 11]
    store.mark_comments([1, 2, -3], read=True)
    assert found(store, "has:unread") == []
    assert store.commented(1) == (3, 4)


def test_tags_count_who_gives_them_in_answers_too(store: Store) -> None:
    store.put_comments(10, [comment(1, "Reviewed-by: Aa <A@x>\nReviewed-by: C <c@x>\nAcked-by: D <d@x>")])
    store.put_comments(11, [comment(2, "> Acked-by: D <d@x>")])
    assert store.find_patches(1, ask("tag:reviewed-by>2")) == [10]
    assert store.find_patches(1, ask("tag:reviewed-by>3")) == []
    assert store.find_patches(1, ask("tag:acked-by")) == [10]
    assert store.find_patches(1, ask("tag:acked-by<1")) == [11]


def test_who_vouches_for_a_cover_letter_vouches_for_its_patches(store: Store) -> None:
    store.put_comments(10, [comment(1, "Tested-by: Aa <a@x>")])
    store.put_comments(-9, [comment(2, "Tested-by: Aa <a@x>\nTested-by: C <c@x>")])
    assert store.find_patches(1, ask("tag:tested-by")) == [10, 11]
    assert store.find_patches(1, ask("tag:tested-by>2")) == []
    assert found(store, "tag:tested-by>1") == [1]


def test_an_open_point_that_is_wished_to_be_addressed_is_none(store: Store) -> None:
    store.put_comments(10, [comment(1, addressed=False), comment(2, addressed=None)])
    store.file([Wish(10, Field.ADDRESSED, False, True, comment=1)])
    assert found(store, "has:open") == []
    store.file([Wish(10, Field.ADDRESSED, None, False, comment=2)])
    assert found(store, "has:open") == [1]
