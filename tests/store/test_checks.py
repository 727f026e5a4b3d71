"""Checks are kept whole with how fresh they are; what the user files is kept until the server has it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from tests.store.test_opening import _overwrite
from tui.core.change import Change, Kind
from tui.core.check_draft import CheckDraft
from tui.core.intent import Status
from tui.core.journal import Outcome
from tui.core.model import Check, CheckState, Patch, Person, Project, Series, User
from tui.store.store import Store

NOON = datetime(2026, 1, 1, 12)
ADA = Person(1, "Ada", "ada@example.org")
CI = User(7, "kiln-ci", "Kiln", "CI", "ci@example.org")
DRAFT = CheckDraft(CheckState.FAIL, "unit", "1 of 9 failed", "https://ci.example.org/1")


def patch(id: int, check: CheckState = CheckState.PENDING) -> Patch:
    return Patch(id, 1, f"<{id}>", f"patch {id}", NOON, ADA, "new", series_id=5, check=check)


def check(id: int, patch_id: int = 50, state: CheckState = CheckState.FAIL) -> Check:
    return Check(id, patch_id, NOON + timedelta(minutes=id), state, "unit", "it \x1b[31m", "https://x/", CI)


def fill(store: Store) -> Store:
    store.put_project(Project(1, "demo", "Demo"))
    store.put_series([Series(5, 1, "five", NOON, ADA, patch_ids=(50, 51))])
    store.put_patches([patch(50), patch(51)])
    return store


def told(store: Store) -> list[Change]:
    changes: list[Change] = []
    store.listen(changes.append)
    return changes


def test_checks_come_back_as_they_were_with_their_history() -> None:
    store = fill(Store())
    checks = [check(1), check(2, state=CheckState.SUCCESS)]
    store.put_checks(50, reversed(checks))
    assert store.checks([50, 51]) == {50: checks}
    assert store.check_readings([50])[50].news == 0


def test_none_is_something_else_than_unread() -> None:
    store = fill(Store())
    changes = told(store)
    store.put_checks(50, [])
    assert store.checks([50, 51]) == {50: []}
    assert changes == [Change(Kind.CHECKS, frozenset({50}))]
    store.put_checks(50, [])
    assert len(changes) == 1


def test_what_the_server_has_no_more_leaves() -> None:
    store = fill(Store())
    store.put_checks(50, [check(1), check(2)])
    changes = told(store)
    store.put_checks(50, [check(2)])
    assert store.checks([50]) == {50: [check(2)]}
    assert changes == [Change(Kind.CHECKS, frozenset({50}))]


def test_another_check_of_the_patch_is_news() -> None:
    store = fill(Store())
    store.put_checks(50, [check(1)])
    store.put_patches([patch(50, CheckState.FAIL), patch(51, CheckState.FAIL)])
    assert store.check_readings([50, 51])[50].news == 1
    assert 51 not in store.check_readings([51])


def test_an_event_is_news_of_what_was_read_only() -> None:
    store = fill(Store())
    store.put_checks(50, [])
    changes = told(store)
    store.note_check_news([50, 51])
    assert changes == [Change(Kind.CHECKS, frozenset({50}))]
    assert {id: one.news for id, one in store.check_readings([50, 51]).items()} == {50: 1}
    store.note_check_news([51])
    assert len(changes) == 1


def test_what_happens_while_they_are_read_stays_news() -> None:
    store = fill(Store())
    store.put_checks(50, [])
    store.note_check_news([50])
    store.note_check_news([50])
    store.put_checks(50, [check(1)], known_news=1)
    assert store.check_readings([50])[50].news == 1
    store.put_checks(50, [check(1)], known_news=1)
    assert store.check_readings([50])[50].news == 0


def test_checks_leave_with_their_patch_and_come_to_none_that_is_gone() -> None:
    store = fill(Store())
    store.put_checks(50, [check(1)])
    store.forget_patches([50])
    assert store.checks([50]) == {}
    store.put_checks(50, [check(1)])
    assert store.checks([50]) == {}
    fill(store)
    assert store.checks([50]) == {}


def test_forgetting_everything_forgets_checks_and_asks_for_those_on_their_way() -> None:
    store = fill(Store())
    store.put_checks(50, [check(1)])
    store.file_check([50], DRAFT, key="c", title="check")
    store.forget()
    assert store.checks([50]) == {}
    assert [one.draft for one in store.filings()] == [DRAFT]
    assert store.sizes().open_wishes == 1
    store.forget(wishes=True)
    assert store.filings() == []


def test_a_check_that_was_just_filed_stands_beside_the_others() -> None:
    store = fill(Store())
    store.add_check(check(3))
    assert store.checks([50]) == {}  # the others are not known, so it would stand for all
    store.put_checks(50, [check(1)])
    store.add_check(check(3))
    assert [one.id for one in store.checks([50])[50]] == [1, 3]


def test_the_server_s_clock_is_told_by_its_events() -> None:
    assert fill(Store()).server_ahead(1) == timedelta()


# What the user files


def test_what_is_filed_waits_and_is_in_the_journal() -> None:
    store = fill(Store())
    changes = told(store)
    action = store.file_check([50, 51], DRAFT, key="c", title="unit: fail filed")
    assert Change(Kind.CHECKS, frozenset({50, 51})) in changes
    first, second = store.filings()
    assert (first.patch_id, second.patch_id) == (50, 51)
    assert (first.draft, first.status, first.action_id) == (DRAFT, Status.WAITING, action)
    (row,) = store.journal()
    assert (row.key, row.title, row.number, row.lasting) == ("c", "unit: fail filed", 2, True)
    assert row.outcomes == ((Outcome.WAITING, 2),)
    assert store.count_filings() == {Status.WAITING: 2}


def test_what_was_refused_keeps_what_was_said_of_its_fields() -> None:
    store = fill(Store())
    store.file_check([50], DRAFT, key="c", title="t")
    (one,) = store.filings()
    store.send_filing(one.id, 9)
    assert store.filings()[0].after == 9
    store.fail_filing(one.id, "no", {"context": "No slug \ud800"})
    (one,) = store.filings()
    assert (one.status, one.error, one.faults, one.attempts) == (
        Status.FAILED,
        "no",
        {"context": "No slug \ud800"},
        1,
    )
    assert store.retry_filings([one.id]) == 1
    (one,) = store.filings()
    assert (one.status, one.error, one.faults, one.after) == (Status.WAITING, "", {}, None)


def test_what_the_server_has_is_done_and_is_not_to_be_undone() -> None:
    store = fill(Store())
    action = store.file_check([50], DRAFT, key="c", title="t")
    assert store.undoable() == action  # it has not gone out
    store.settle_filings([store.filings()[0].id])
    assert store.filings() == []
    assert store.undoable() is None
    assert store.journal()[0].outcomes == ((Outcome.DONE, 1),)


def test_what_is_given_up_is_dropped_unless_it_is_being_sent() -> None:
    store = fill(Store())
    store.file_check([50, 51], DRAFT, key="c", title="t")
    first, second = store.filings()
    store.send_filing(first.id, 0)
    assert store.drop_filings([first.id, second.id]) == 1
    assert [one.id for one in store.filings()] == [first.id]
    assert set(store.journal()[0].outcomes) == {(Outcome.SENDING, 1), (Outcome.DROPPED, 1)}


def test_what_a_killed_run_was_sending_waits_again_and_may_have_arrived(tmp_path: Path) -> None:
    store = fill(Store(tmp_path / "store"))
    store.file_check([50], DRAFT, key="c", title="t")
    store.send_filing(store.filings()[0].id, 4)
    store.close()
    store = Store(tmp_path / "store")
    store.requeue_filings()
    (one,) = store.filings()
    assert (one.status, one.after, one.attempts) == (Status.WAITING, 4, 1)
    store.close()


def test_a_patch_with_a_check_on_its_way_does_not_leave() -> None:
    store = fill(Store())
    store.file_check([50], DRAFT, key="c", title="t")
    store.put_series([Series(6, 1, "six", NOON + timedelta(days=99), ADA)])
    store.prune(NOON + timedelta(days=999), 30, 0)
    assert store.patch_ids(5) == [50, 51]
    assert len(store.journal()) == 1
    store.settle_filings([store.filings()[0].id])
    store.prune(NOON + timedelta(days=999), 30, 0)
    assert store.patch_ids(5) == []


def test_a_check_on_its_way_outlasts_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "store"
    store = fill(Store(path))
    store.file_check([50], DRAFT, key="c", title="a title")
    store.close()
    store = Store(path)
    store.give_up("a test says so")
    (one,) = store.filings()
    assert (one.patch_id, one.draft, one.status) == (50, DRAFT, Status.FAILED)
    assert "1 open write rescued" in store.remarks[-1]
    assert store.journal()[0].title == "a title"
    store.close()
    _overwrite(path)
    assert Store(path).filings() == []  # nothing can be read, and nothing raises


def test_another_process_hears_of_checks(tmp_path: Path) -> None:
    store, other = fill(Store(tmp_path / "store")), Store(tmp_path / "store")
    other.poll()
    changes = told(other)
    store.put_checks(50, [check(1)])
    assert other.poll()
    assert Change(Kind.CHECKS, frozenset({50})) in changes
    store.close()
    other.close()


def test_a_draft_is_kept_by_its_patches_until_it_is_taken_away(tmp_path: Path) -> None:
    store = fill(Store(tmp_path / "store"))
    store.put_check_draft([51, 50], DRAFT)
    store.put_check_draft([50], DRAFT._replace(context="a\x00b\ud800"))
    store.close()
    store = Store(tmp_path / "store")
    assert store.check_draft([50, 51]) == DRAFT
    assert store.check_draft([51]) is None
    store.put_check_draft([50, 51], None)
    assert store.check_draft([50, 51]) is None
    assert store.check_draft([50]) is not None
    store.forget()
    assert store.check_draft([50]) is not None
    store.forget(wishes=True)
    assert store.check_draft([50]) is None
    store.close()


def test_a_draft_outlasts_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "store"
    store = fill(Store(path))
    store.put_check_draft([50], DRAFT)
    store.give_up("a test says so")
    assert store.check_draft([50]) == DRAFT
    store.close()
