"""What goes into the store comes out of it, newest first, and tells only what really changed."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tui.core.change import Change, Kind
from tui.core.model import Body, CheckState, Cover, Patch, Person, Project, Series, User
from tui.core.states import USUAL_STATES
from tui.store.store import Store

START = datetime(2026, 1, 1)
ADA = Person(1, "Ada", "ada@example.org")
BOB = User(7, "bob", "Bob", "Builder", "bob@example.org")
EVE = User(8, "eve")
PROJECT = Project(1, "demo", "Demo", "demo@example.org", "https://example.org", (BOB, EVE))


def series(id_: int, *patch_ids: int, **changes: object) -> Series:
    date = START + timedelta(hours=id_)
    one = Series(id_, 1, f"series {id_}", date, ADA, total=len(patch_ids), patch_ids=patch_ids)
    return one._replace(**changes)  # type: ignore[arg-type]


def patch(id_: int, series_id: int | None, **changes: object) -> Patch:
    one = Patch(id_, 1, f"<{id_}@example.org>", f"patch {id_}", START, ADA, "new", series_id=series_id)
    return one._replace(**changes)  # type: ignore[arg-type]


@pytest.fixture
def store() -> Store:
    return Store()


def heard(store: Store) -> list[Change]:
    changes: list[Change] = []
    store.listen(changes.append)
    return changes


def test_everything_of_a_patch_comes_back(store: Store) -> None:
    whole = patch(
        5,
        3,
        state="under-review",
        archived=True,
        delegate=BOB,
        check=CheckState.WARNING,
        hash="abc",
        commit_ref="def",
        pull_url="https://example.org/pull",
        web_url="https://example.org/5",
        date=datetime(2026, 1, 2, 3, 4, 5, 678),
    )
    store.put_patches([whole])
    assert store.patches([5]) == [whole]
    assert store.patch_rows([5])[0].patch == whole


def test_everything_of_a_series_a_cover_and_a_project_comes_back(store: Store) -> None:
    whole = series(3, 6, 5, version=4, received_total=2, received_all=False, cover_id=9, web_url="w")
    store.put_series([whole])
    assert store.series_rows([3])[0].series == whole
    cover = Cover(9, 1, "<9@example.org>", "[0/2] x", START, ADA, 3, "w")
    body = Body(9, (("Received", "a"), ("Received", "b")), "text")
    store.put_cover(cover, body)
    assert store.cover(9) == (cover, body)
    store.put_project(PROJECT)
    assert store.project("DEMO") == PROJECT


def test_a_patch_and_a_cover_of_the_same_number_keep_their_own_texts(store: Store) -> None:
    store.put_cover(Cover(9, 1, "<c>", "cover", START, ADA), Body(9, (), "of the cover"))
    store.put_body(9, Body(9, (), "of the patch", "diff"))
    found = store.cover(9)
    assert found is not None
    assert found[1].content == "of the cover"
    assert store.body(9) == Body(9, (), "of the patch", "diff")


@pytest.mark.parametrize("text", ["\ud800 alone", "nul \0 inside", "\x1b[31m", "'; DROP TABLE patch; --", ""])
def test_foreign_text_is_stored_as_it_is(store: Store, text: str) -> None:
    store.put_patches([patch(1, None, name=text, submitter=Person(4, text, text))])
    store.put_body(1, Body(1, ((text, text),), text, text))
    assert store.patches([1])[0].name == text
    assert store.series_rows([-1])[0].series.submitter == Person(4, text, text)
    assert store.body(1) == Body(1, ((text, text),), text, text)


def test_series_come_newest_first_and_by_number_within_a_second(store: Store) -> None:
    same = START + timedelta(hours=9)
    store.put_series([series(1), series(5, date=same), series(6, date=same), series(2)])
    store.put_series([series(7, project_id=2)])
    assert store.series_ids(1) == [6, 5, 2, 1]


def test_rows_keep_the_order_asked_for_and_leave_out_what_is_missing(store: Store) -> None:
    store.put_series([series(1), series(2)])
    store.put_patches([patch(10, 1), patch(11, 1)])
    assert [row.series.id for row in store.series_rows([2, 99, 1])] == [2, 1]
    assert [row.patch.id for row in store.patch_rows([11, 99, 10])] == [11, 10]


def test_patches_stand_in_the_order_of_the_series_and_late_ones_last(store: Store) -> None:
    store.put_series([series(1, 12, 10, 11)])
    store.put_patches([patch(10, 1), patch(12, 1), patch(14, 1)])
    assert store.patch_ids(1) == [12, 10, 14]


def test_a_series_is_unknown_until_all_its_patches_are_stored(store: Store) -> None:
    store.put_series([series(1, 10, 11), series(2, 12), series(3)])
    store.put_patches([patch(10, 1)])
    assert store.unknown_series([3, 2, 1, 99]) == [2, 1]
    store.put_patches([patch(11, 1), patch(12, 2)])
    assert store.unknown_series([1, 2, 3]) == []


def test_a_series_adds_up_its_patches(store: Store) -> None:
    store.put_series([series(1, 10, 11, 12), series(2, 13)])
    store.put_patches(
        [
            patch(10, 1, state="accepted", check=CheckState.SUCCESS, archived=True),
            patch(11, 1, delegate=BOB, check=CheckState.FAIL),
            patch(12, 1, delegate=BOB),
        ]
    )
    row, empty = store.series_rows([1, 2])
    assert (row.known, row.states, row.check) == (3, (("new", 2), ("accepted", 1)), CheckState.FAIL)
    assert (row.delegates, row.archived) == ((BOB,), False)
    assert (empty.known, empty.states, empty.check, empty.archived) == (0, (), None, False)


def test_a_loose_patch_is_a_series_of_one_until_it_gets_a_real_one(store: Store) -> None:
    store.put_patches([patch(10, None)])
    assert store.series_ids(1) == [-10]
    assert store.patch_ids(-10) == [10]
    assert store.series_of(10) == -10
    assert store.patches([10])[0].series_id is None
    assert store.count_series(1) == 0
    store.put_series([series(3, 10)])
    changes = heard(store)
    store.put_patches([patch(10, 3)])
    assert store.series_ids(1) == [3]
    assert Change(Kind.SERIES, frozenset({-10, 3})) in changes


def test_only_what_is_new_or_different_is_told(store: Store) -> None:
    store.put_series([series(1, 10, 11), series(2, 12)])
    store.put_patches([patch(10, 1), patch(11, 1), patch(12, 2)])
    changes = heard(store)
    store.put_series([series(1, 10, 11), series(2, 12)])
    store.put_patches([patch(10, 1), patch(11, 1), patch(12, 2)])
    assert changes == []
    store.put_patches([patch(10, 1), patch(11, 1, state="rfc"), patch(12, 2)])
    assert changes == [Change(Kind.PATCHES, frozenset({11})), Change(Kind.SERIES, frozenset({1}))]


def test_a_body_is_told_by_its_id_and_a_cover_by_minus_its_id(store: Store) -> None:
    changes = heard(store)
    store.put_body(4, Body(4, (), "text"))
    store.put_cover(Cover(5, 1, "<c>", "cover", START, ADA), Body(5, (), "text"))
    assert [change.ids for change in changes if change.kind is Kind.BODIES] == [{4}, {-5}]


def test_a_listener_sees_the_new_value_and_can_leave(store: Store) -> None:
    seen: list[str] = []
    leave = store.listen(lambda change: seen.extend(p.state for p in store.patches(change.ids)))
    store.put_patches([patch(10, 1)])
    assert seen == ["new"]
    leave()
    store.put_patches([patch(10, 1, state="rfc")])
    assert seen == ["new"]


def test_a_listed_project_does_not_wipe_the_maintainers_of_its_detail(store: Store) -> None:
    store.put_project(PROJECT)
    changes = heard(store)
    store.put_project(PROJECT._replace(maintainers=()))
    assert changes == []
    store.put_project(PROJECT._replace(maintainers=(EVE,)))
    assert changes == [Change(Kind.PROJECT, frozenset({1}))]
    project = store.project("demo")
    assert project is not None
    assert project.maintainers == (EVE,)


def test_states_are_the_usual_ten_and_what_was_seen_until_the_server_tells(store: Store) -> None:
    store.put_patches([patch(10, 1, state="mainlined"), patch(11, 1, state="accepted")])
    assert store.states() == (*USUAL_STATES, "mainlined")
    changes = heard(store)
    store.put_states(("queued", "new"), learnt=True)
    store.put_states(("queued", "new"), learnt=True)
    assert changes == [Change(Kind.STATES)]
    assert store.states() == ("queued", "new", "mainlined", "accepted")


def test_a_failed_write_leaves_nothing_behind(store: Store) -> None:
    class Broken(Exception):
        pass

    def two() -> object:
        yield patch(10, 1)
        raise Broken

    changes = heard(store)
    with pytest.raises(Broken):
        store.put_patches(two())  # type: ignore[arg-type]
    assert store.patches([10]) == []
    assert changes == []


def test_a_store_on_disk_is_there_again(tmp_path: Path) -> None:
    path = str(tmp_path / "store.sqlite")
    first = Store(path)
    first.put_patches([patch(10, None)])
    first.close()
    second = Store(path)
    assert [row.series.name for row in second.series_rows(second.series_ids(1))] == ["patch 10"]
    second.close()


def test_a_series_that_lists_a_patch_twice_has_it_once(store: Store) -> None:
    store.put_series([series(1, 10, 10, 11)])
    store.put_patches([patch(10, 1), patch(11, 1)])
    assert store.patch_ids(1) == [10, 11]
    assert store.unknown_series([1]) == []
