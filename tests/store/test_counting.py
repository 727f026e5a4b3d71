"""What is counted is what rows show, open wishes laid over."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from statistics import median_low

import pytest

from tui.core.intent import Field, Status, Wish, value_of
from tui.core.model import Patch, Person, Project, Series, User
from tui.core.states import CLOSED_STATES, USUAL_STATES
from tui.core.tally import NOTHING, Load
from tui.store.store import Store

DATE = datetime(2026, 1, 1)
ADA, BOB = Person(1, "Ada", "ada@example.org"), Person(2, "Bob", "bob@example.org")
MIRA, JUN, OLD = User(11, "mira"), User(12, "jun"), User(13, "old")


@pytest.fixture(params=range(5))
def store(request: pytest.FixtureRequest) -> Store:
    """Return a store with patches in all states, and open, held and failed wishes on some."""
    dice = random.Random(request.param)
    store = Store()
    store.put_project(Project(1, "demo", "Demo", maintainers=(MIRA, JUN)))
    store.put_project(Project(2, "other", "Other", maintainers=(MIRA,)))
    patches = []
    for i in range(1, 41):
        project, date = 1 + (i % 7 == 0), DATE + timedelta(days=dice.randrange(300))
        ids = tuple(i * 10 + k for k in range(dice.randrange(1, 4)))
        store.put_series([Series(i, project, f"series {i}", date, ADA, patch_ids=ids)])
        patches += [
            Patch(
                id,
                project,
                f"<{id}>",
                "patch",
                date + timedelta(hours=k),
                ADA,
                dice.choice(USUAL_STATES),
                archived=dice.random() < 0.2,
                delegate=dice.choice((None, MIRA, OLD)),
                series_id=i,
            )
            for k, id in enumerate(ids)
        ]
    store.put_patches(patches)
    for patch in dice.sample(patches, 30):
        field, value = dice.choice(
            [(Field.STATE, "new"), (Field.STATE, "accepted"), (Field.DELEGATE, None), (Field.ARCHIVED, True)]
        )
        store.file([Wish(patch.id, field, value_of(patch, field), value)])
    for intent in store.intents():
        store.set_status([intent.id], dice.choice((Status.HELD, Status.FAILED, Status.SENDING)))
    return store


def _open(store: Store) -> dict[User | None, list[tuple[int, Patch]]]:
    found = defaultdict(list)
    for series_id in reversed(store.series_ids(1)):
        for row in store.patch_rows(store.patch_ids(series_id)):
            if row.patch.state not in CLOSED_STATES and not row.patch.archived:
                found[row.patch.delegate].append((series_id, row.patch))
    return found


def test_a_tally_is_what_the_rows_add_up_to(store: Store) -> None:
    ids = store.series_ids(1)[5:25]
    patches = [row.patch for id in ids for row in store.patch_rows(store.patch_ids(id))]
    tally = store.tally(ids)
    assert tally.states == Counter(patch.state for patch in patches)
    assert tally.delegates == Counter(patch.delegate for patch in patches)
    assert tally.oldest == min(row.series.date for row in store.series_rows(ids))


def test_parts_of_a_tally_add_up(store: Store) -> None:
    ids = store.series_ids(1)
    total = NOTHING
    for start in range(0, len(ids), 7):
        total = total.joined(store.tally(ids[start : start + 7]))
    assert total == store.tally(ids)
    assert store.tally([]) == NOTHING


def test_the_team_is_what_the_rows_add_up_to(store: Store) -> None:
    found = _open(store)
    team = store.team(1)
    assert [load.user for load in team][-1] is None
    assert {load.user for load in team} == {MIRA, JUN, None, *found}
    assert Load(JUN, is_maintainer=True) in team, "a maintainer with nothing to do is there"
    for load in team:
        mine = found.get(load.user, [])
        dates = {series_id: store.series_rows([series_id])[0].series.date for series_id, _ in mine}
        touched = [row.touched for row in store.series_rows(dates)]
        assert (load.patches, load.series) == (len(mine), len(dates))
        assert load.oldest == min(dates.values(), default=None)
        assert load.median == (median_low(sorted(dates.values())) if dates else None)
        assert load.is_maintainer == (load.user in (MIRA, JUN))
        assert load.untouched is None or touched


def test_open_patches_are_those_of_the_team(store: Store) -> None:
    found = _open(store)
    for user in (MIRA, OLD, None):
        ids = [id for some in store.open_patches(1, [user.id if user else None]).values() for id in some]
        assert sorted(ids) == sorted(patch.id for _, patch in found.get(user, []))
    both = store.open_patches(1, [MIRA.id, None])
    assert sum(map(len, both.values())) == len(found[MIRA]) + len(found.get(None, []))


def test_a_patch_that_changes_touches_its_series() -> None:
    store = Store()
    store.put_series([Series(1, 1, "one", DATE, ADA, patch_ids=(10,))])
    patch = Patch(10, 1, "<10>", "patch", DATE + timedelta(hours=1), ADA, "new", series_id=1)
    store.put_patches([patch])
    assert store.series_rows([1])[0].touched == patch.date
    store.put_patches([patch._replace(state="under-review")])
    touched = store.series_rows([1])[0].touched
    assert touched is not None
    assert touched > patch.date
    assert store.team(1)[-1].untouched == touched


def test_stacks_are_of_one_name_one_submitter_and_one_project() -> None:
    store = Store()
    names = {
        1: ("a fix", ADA, 1, 1),
        2: ("[v2] A  fix", ADA, 2, 1),
        3: ("a fix", BOB, 1, 1),
        4: ("a fix", ADA, 3, 2),
        5: ("a fix", ADA, 3, 1),
        6: ("", ADA, 1, 1),
        7: ("", ADA, 2, 1),
    }
    store.put_series(
        Series(id, project, name, DATE + timedelta(days=id), person, version=version)
        for id, (name, person, version, project) in names.items()
    )
    (stack,) = store.stacks([1])
    assert [one.id for one in stack] == [5, 2, 1]
    assert store.stacks(names) == [stack]
    assert store.stacks([3, 4, 6]) == []
