"""The journal tells what was done and what became of it; undo and redo work from it, after a restart too."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tui.core.intent import Field, Status, Value, Wish
from tui.core.journal import Outcome
from tui.core.model import Patch, Person
from tui.store.store import Store, open_store

DATE = datetime(2026, 1, 1)
ADA = Person(1, "Ada", "ada@example.org")


def put(store: Store, *ids: int, state: str = "new") -> None:
    store.put_patches([Patch(i, 1, f"<{i}>", f"patch {i}", DATE, ADA, state, series_id=1) for i in ids])


@pytest.fixture
def store() -> Store:
    store = Store()
    put(store, 10, 11)
    return store


def act(store: Store, *ids: int, seen: Value = "new", wished: Value = "accepted") -> int:
    return store.file([Wish(i, Field.STATE, seen, wished) for i in ids], key="s", title=f"to {wished}")


def deliver(store: Store) -> None:
    """Let the server have everything that waits."""
    for intent in store.intents(Status.WAITING):
        put(store, intent.patch_id, state=str(intent.wished))
        store.settle([intent.id])


def shown(store: Store) -> list[str]:
    return [row.patch.state for row in store.patch_rows([10, 11])]


def test_an_action_tells_when_what_and_how_far(store: Store) -> None:
    id_ = store.file(
        [Wish(i, Field.STATE, "new", "accepted") for i in (10, 11)], DATE, key="s", title="\ud800 odd"
    )
    store.settle([store.intents()[0].id])
    store.set_status([store.intents()[0].id], Status.HELD, "why")
    (action,) = store.journal()
    assert (action.id, action.created, action.key, action.title) == (id_, DATE, "s", "\ud800 odd")
    assert (action.number, dict(action.outcomes)) == (2, {Outcome.DONE: 1, Outcome.HELD: 1})
    ten, eleven = store.action_items(id_)
    assert (ten.patch_id, ten.before, ten.after, ten.outcome) == (10, "new", "accepted", Outcome.DONE)
    assert (eleven.outcome, eleven.error) == (Outcome.HELD, "why")


def test_the_newest_action_is_first_and_so_many_are_told(store: Store) -> None:
    ids = [act(store, 10, wished=f"state-{number}") for number in range(5)]
    assert [action.id for action in store.journal(3)] == ids[:1:-1]


def test_a_wish_that_was_replaced_dropped_or_had_nothing_to_send_says_so(store: Store) -> None:
    first = act(store, 10, 11)
    second = act(store, 10, seen="accepted", wished="new")
    store.settle([store.intents()[0].id], Outcome.DROPPED)
    outcomes = [item.outcome for id_ in (first, second) for item in store.action_items(id_)]
    assert outcomes == [Outcome.REPLACED, Outcome.DROPPED, Outcome.DONE]


def test_an_undo_of_what_waits_takes_it_back_and_a_redo_brings_it_again(store: Store) -> None:
    id_ = act(store, 10, 11)
    assert (store.undoable(), store.redoable()) == (id_, None)
    undone = store.undo(id_, key="u")
    assert undone.changed == 2
    assert (shown(store), store.intents()) == (["new", "new"], [])
    assert (store.undoable(), store.redoable()) == (None, undone.action_id)
    redone = store.undo(undone.action_id)
    assert (shown(store), len(store.intents())) == (["accepted", "accepted"], 2)
    assert (store.undoable(), store.redoable()) == (redone.action_id, None)


def test_an_undo_of_what_was_delivered_wishes_it_back_after_a_restart_too(tmp_path: Path) -> None:
    first = open_store(tmp_path / "server.sqlite")
    put(first, 10, 11)
    put(first, 11, state="rfc")
    first.file([Wish(10, Field.STATE, "new", "accepted"), Wish(11, Field.STATE, "rfc", "accepted")])
    deliver(first)
    first.close()
    store = open_store(tmp_path / "server.sqlite")
    id_ = store.undoable()
    assert id_ is not None
    assert store.undo(id_).changed == 2
    assert shown(store) == ["new", "rfc"]
    assert [(one.seen, one.wished) for one in store.intents()] == [("accepted", "new"), ("accepted", "rfc")]
    store.close()


def test_undos_go_back_one_by_one_and_redos_forth(store: Store) -> None:
    first = act(store, 10)
    deliver(store)
    second = act(store, 10, seen="accepted", wished="rfc")
    seen = []
    while (id_ := store.undoable()) is not None:
        store.undo(id_)
        seen.append((id_, shown(store)[0]))
    assert seen == [(second, "accepted"), (first, "new")]
    forth = []
    while (id_ := store.redoable()) is not None:
        store.undo(id_)
        forth.append(shown(store)[0])
    assert forth == ["accepted", "rfc"]
    assert [action.undone for action in store.journal()] == [False, False, True, True, False, False]


def test_something_new_ends_the_redos(store: Store) -> None:
    store.undo(act(store, 10))
    act(store, 11)
    assert store.redoable() is None


def test_what_somebody_wished_otherwise_since_stays(store: Store) -> None:
    first = act(store, 10, 11)
    deliver(store)
    act(store, 11, seen="accepted", wished="rfc")
    undone = store.undo(first)
    assert (undone.changed, undone.kept) == (1, 1)
    assert shown(store) == ["new", "rfc"]


def test_an_undo_drops_what_is_held_and_leaves_what_failed(store: Store) -> None:
    id_ = act(store, 10, 11)
    held, failed = store.intents()
    store.set_status([held.id], Status.HELD, "clash")
    store.set_status([failed.id], Status.FAILED, "no")
    assert store.undo(id_).changed == 1
    assert (shown(store), store.intents()) == (["new", "new"], [])


def test_what_came_to_nothing_is_not_undone(store: Store) -> None:
    act(store, 10)
    store.settle([store.intents()[0].id], Outcome.DROPPED)
    assert store.undoable() is None
    assert store.undo(999).action_id == 0


def test_an_action_is_taken_back_once(store: Store) -> None:
    id_ = act(store, 10)
    store.undo(id_)
    assert store.undo(id_).action_id == 0
    assert len(store.journal()) == 2
