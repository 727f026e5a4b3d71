"""What an action on marked rows will change is counted before it is done."""

from __future__ import annotations

from datetime import datetime

from tui.core.deed import Step
from tui.core.intent import Field, Wish, value_of
from tui.core.model import Patch, Person, User
from tui.core.preview import Marked, Part, Preview, preview
from tui.core.rows import PatchRow

ADA = Person(1, "Ada", "ada@example.org")
TOMASZ = User(7, "tomasz")
ACCEPT = Step(Field.STATE, "accepted")
ARCHIVE = Step(Field.ARCHIVED, True)


def row(id: int, state: str = "new", delegate: User | None = None, archived: bool = False) -> PatchRow:
    date = datetime(2026, 1, 1)
    return PatchRow(Patch(id, 1, f"<{id}>", f"patch {id}", date, ADA, state, archived, delegate))


GROUPS = {1: [row(10), row(11), row(12, "rfc")], 2: [row(20, "accepted", TOMASZ), row(21, "rfc", TOMASZ)]}


def plan(*steps: Step, barred: dict[int, str] | None = None) -> Preview:
    wishes = [
        Wish(one.patch.id, field, value_of(one.patch, field), value)
        for rows in GROUPS.values()
        for one in rows
        if one.patch.id not in (barred or {})
        for field, value in steps
        if value_of(one.patch, field) != value
    ]
    return preview(GROUPS, steps, wishes, barred or {})


def test_it_counts_from_what_to_what_and_what_is_so_already() -> None:
    found = plan(ACCEPT)
    assert [shift.before for shift in found.shifts] == [(("new", 2), ("rfc", 2))]
    assert found.parts == (
        Part(1, 3, 3, (("new", 2), ("rfc", 1)), already=0, barred=0),
        Part(2, 1, 2, (("rfc", 1),), already=1, barred=0),
    )
    assert (found.changes, found.rows, found.already) == (4, 2, 1)


def test_what_the_server_does_not_allow_is_counted_by_its_reasons() -> None:
    found = plan(ACCEPT, barred={10: "no", 20: "no", 21: "never"})
    assert found.barred == (("no", 2), ("never", 1))
    assert [(part.changes, part.already, part.barred) for part in found.parts] == [(2, 0, 1), (0, 0, 2)]
    assert (found.changes, found.rows) == (2, 1)


def test_several_fields_are_counted_apart_and_their_patches_once() -> None:
    found = plan(ACCEPT, ARCHIVE)
    assert [shift.before for shift in found.shifts] == [(("new", 2), ("rfc", 2)), ((False, 5),)]
    assert (found.changes, found.already) == (5, 0)
    assert found.parts[1].now == (("rfc", 1),)


def test_an_archive_tells_the_states_of_what_is_archived() -> None:
    assert plan(ARCHIVE).parts[1].now == (("accepted", 1), ("rfc", 1))


def test_a_delegate_is_told_by_id_and_nobody_by_none() -> None:
    assert plan(Step(Field.DELEGATE, 3)).shifts[0].before == ((None, 3), (7, 2))
    assert plan(Step(Field.DELEGATE, None)).changes == 2


def test_nothing_to_change_is_no_wish() -> None:
    found = preview({2: GROUPS[2][:1]}, [ACCEPT], [], {})
    assert (found.wishes, found.changes, found.rows, found.already) == ((), 0, 0, 1)


def test_hidden_rows_are_in_it_when_they_are_taken_in() -> None:
    marked = Marked({1: GROUPS[1]}, {2: GROUPS[2]}, frozenset({3}))
    assert list(marked.rows(hidden=False)) == [1]
    assert list(marked.rows(hidden=True)) == [1, 2]
