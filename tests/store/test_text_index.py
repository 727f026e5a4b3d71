"""The index of texts follows what is stored: it comes, changes, leaves, and is made for what was there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.test_find import ask
from tests.store.test_migrations import OLDEST, ROWS
from tests.store.test_store import ADA, START, patch, series
from tui.core.model import Body
from tui.core.query import Words
from tui.core.query_parse import parse_query
from tui.store import text_index
from tui.store.store import Store
from tui.store.text_index import DEAD, LETTERS, PATHS, changed_paths


def body(id_: int, message: str = "", diff: str = "") -> Body:
    return Body(id_, (), message, diff)


@pytest.fixture
def store() -> Store:
    store = Store()
    store.put_series([series(1, 10, 11)])
    store.put_patches([patch(10, 1), patch(11, 1)])
    return store


def patches(store: Store, text: str) -> list[int]:
    return store.find_patches(1, ask(text))


def rows(store: Store, table: str) -> int:
    return int(store._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_a_text_that_changes_is_found_by_what_it_is_now(store: Store) -> None:
    store.put_body(10, body(10, "before\n\nAcked-by: a", "+++ b/old/x\n+one\n"))
    assert store.indexed(1) == (1, 2)
    store.put_body(10, body(10, "after\n\nTested-by: a", "--- a/new/x\n+++ b/new/x\n+two\n"))
    for text in ("before", "tag:acked-by", "file:old", "one"):
        assert patches(store, text) == []
    for text in ("after", "tag:tested-by", "file:new", "two"):
        assert patches(store, text) == [10]
    assert store.indexed(1) == (1, 2)


def test_what_leaves_is_not_found_and_leaves_nothing_behind(store: Store) -> None:
    for id_ in (10, 11):
        store.put_body(id_, body(id_, "words\n\nAcked-by: a", "--- a/new/x\n+++ b/new/x\n"))
    store.forget_patches([10])
    assert patches(store, "words") == [11]
    assert [rows(store, table) for table in ("indexed", "patch_file", "trailer")] == [1, 1, 1]
    store.forget_series([1])
    assert [rows(store, table) for table in ("indexed", "patch_file", "trailer", "stack")] == [0] * 4


def test_a_text_that_is_pruned_is_not_found_any_more(store: Store) -> None:
    for id_ in (10, 11):
        store.put_body(id_, body(id_, f"words {id_} " * 100_000))
    store.prune(START, 0, 1, keep=())
    left = rows(store, "body")
    assert len(patches(store, "words")) == left == store.indexed(1)[0]


def test_all_that_is_forgotten_is_not_found(store: Store) -> None:
    store.put_body(10, body(10, "words"))
    store.forget()
    store.put_series([series(1, 10)])
    store.put_patches([patch(10, 1)])
    assert patches(store, "words") == []
    store.put_body(10, body(10, "others"))
    assert patches(store, "words") == []
    assert patches(store, "others") == [10]


def test_what_was_stored_before_there_was_an_index_comes_in_in_small_steps(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(OLDEST.read_text(encoding="utf-8") + ROWS)
        for id_ in range(100, 135):
            db.execute(f"INSERT INTO body VALUES ({id_}, '[]', 'text', '+diff')")
        db.execute(
            "INSERT INTO series VALUES"
            " (4, 1, '[v2] Series', '2026-01-02T00:00:00', 1, 2, 1, 1, 1, NULL, '', '')"
        )
        db.commit()
    store = Store(path)
    assert store.find_series(1, parse_query("text OR has:newer", Words())) == []
    steps = 1
    while store.index_some():
        steps += 1
    assert steps == 4
    assert store.find_series(1, parse_query("text", Words())) == [3]
    assert store.find_series(1, parse_query("cover", Words())) == [3]
    assert store.find_series(1, parse_query("has:newer", Words())) == [3]
    assert store.indexed(1) == (1, 3)
    assert not store.index_some()
    store.close()


def test_an_index_of_what_has_mostly_left_is_made_anew(store: Store) -> None:
    for number in range(DEAD + 5):
        store.put_body(10, body(10, f"word{number}"))
    assert rows(store, "text_index_docsize") == DEAD + 5
    while store.index_some():
        pass
    assert rows(store, "text_index_docsize") == 1
    assert patches(store, f"word{DEAD + 4}") == [10]


def test_a_store_that_keeps_nothing_indexes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "folder"
    path.mkdir()
    store = Store(path)
    assert store.refuses
    assert not store.index_some()


@pytest.mark.parametrize("text", ["\ud800 alone", "nul \0 here", "", "\udcff" * 99])
def test_any_text_is_taken(store: Store, text: str) -> None:
    store.put_body(10, body(10, f"{text} before", f"diff --git a/{text}x b/{text}x\n+{text}\n+after\n"))
    assert store.body(10) is not None
    assert patches(store, "after") == [10]


def test_a_long_text_is_indexed_up_to_a_limit(store: Store) -> None:
    lines = "".join(f"+line{number}\n" for number in range(LETTERS))
    store.put_body(10, body(10, "message " * LETTERS + "end", lines))
    assert patches(store, "line1") == [10]
    assert patches(store, f"line{LETTERS - 1}") == []
    assert patches(store, "end") == []
    many = "".join(f"diff --git a/f{number} b/f{number}\n" for number in range(PATHS + 100))
    assert len(changed_paths(many)) == PATHS


@pytest.mark.parametrize(
    ("diff", "paths"),
    [
        ("", []),
        ("diff --git a/x b/x\n--- a/x\n+++ b/x\n--- not\n+++ names\n", ["x"]),
        ("diff --git a/old b/new\nrename from old\nrename to new\n", ["old", "new"]),
        ('diff --git "a/\\303\\251 x" "b/\\303\\251 x"\n', ["é x"]),
        ("--- a/x.c\t2026-01-01\n+++ b/x.c\t2026-01-02\n", ["x.c"]),
        ("--- /dev/null\n+++ b/x.c\n", ["x.c"]),
        ("--- lonely\n", []),
    ],
)
def test_the_paths_that_a_diff_changes(diff: str, paths: list[str]) -> None:
    assert changed_paths(diff) == paths


def test_trailers_are_found_whatever_their_case_above_the_rule(store: Store) -> None:
    message = (
        "Say: why\n\nAcked-by: a\nacked-by: b\nCo-developed-by:c\nFixes: 1\nAcked-by:\n---\nAcked-by: c\n"
    )
    store.put_body(10, body(10, message))
    found = store._db.execute("SELECT name, who FROM trailer ORDER BY 1, 2").fetchall()
    assert found == [("acked-by", "a"), ("acked-by", "b"), ("co-developed-by", "c"), ("fixes", "1")]


def test_the_keys_of_versions_are_worked_out_as_series_come(store: Store) -> None:
    store.put_series([series(2, name="[v2] Series 1", submitter=ADA, version=2)])
    keys = store._db.execute("SELECT series_id, key FROM stack ORDER BY 1").fetchall()
    assert keys == [(1, "series 1"), (2, "series 1")]
    assert text_index.put_some(store._db) is False
