"""Marks of what was looked at: by content, through everything that leaves, until they are taken back."""

from __future__ import annotations

from pathlib import Path

from tests.store.test_notes import fill
from tests.store.test_opening import _overwrite
from tui.core.change import Change, Kind
from tui.store.store import Store, open_store

ONE, TWO = ("a1", "1|2"), ("a1", "3|4")


def test_contents_are_marked_and_not_patches() -> None:
    store = fill(Store())
    told: list[Change] = []
    store.listen(told.append)
    store.mark_looked_at([ONE, TWO, ONE], [50])
    assert [(change.kind, change.ids) for change in told] == [(Kind.PATCHES, frozenset({50}))]
    assert sorted(store.looked_at(["a1", "b2", 'odd"'])) == [ONE, TWO]
    store.mark_looked_at([ONE], [50], seen=False)
    assert store.looked_at(["a1"]) == [TWO]
    assert store.looked_at(["b2"]) == store.looked_at([]) == []


def test_marks_stay_when_what_they_are_of_leaves(tmp_path: Path) -> None:
    path = tmp_path / "store"
    store = fill(open_store(path))
    store.mark_looked_at([ONE], [50])
    store.forget_series([5])
    store.forget()
    store.close()
    store = open_store(path)
    assert store.looked_at(["a1"]) == [ONE]
    store.forget(wishes=True)
    assert store.looked_at(["a1"]) == []
    store.close()


def test_marks_are_taken_out_of_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "store"
    store = fill(open_store(path))
    store.mark_looked_at([ONE, TWO], [50])
    store.give_up("a test said so")
    assert sorted(store.looked_at(["a1"])) == [ONE, TWO]
    store.close()
    _overwrite(path)
    store = open_store(path)  # nothing can be read of this one
    assert store.remarks
    store.close()
