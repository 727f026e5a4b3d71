"""The newest check of each context counts; a series is a matrix; versions are compared."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tui.core.checks import (
    Turn,
    compare,
    count,
    find_history,
    find_newest,
    find_worst,
    group,
    make_matrix,
    pair_by_name,
)
from tui.core.model import Check, CheckState, User

FAIL, WARNING = CheckState.FAIL, CheckState.WARNING
PENDING, SUCCESS = CheckState.PENDING, CheckState.SUCCESS
CI = User(1, "ci")
OTHER = User(2, "other")
NOON = datetime(2026, 3, 1, 12)


def check(id: int, state: CheckState, context: str, patch: int = 10, user: User | None = CI) -> Check:
    return Check(id, patch, NOON + timedelta(minutes=id), state, context, user=user)


def test_the_newest_of_a_context_counts() -> None:
    checks = [check(3, SUCCESS, "b"), check(1, FAIL, "a"), check(2, SUCCESS, "a")]
    assert [one.id for one in find_newest(checks)] == [2, 3]
    assert find_newest(checks) == find_newest(reversed(checks))


def test_of_one_moment_the_later_number_counts() -> None:
    first = check(1, FAIL, "a")
    assert find_newest([check(2, SUCCESS, "a")._replace(date=first.date), first])[0].id == 2


def test_owners_speak_for_themselves() -> None:
    checks = [check(1, FAIL, "a"), check(2, SUCCESS, "a", user=OTHER), check(3, PENDING, "a", user=None)]
    assert [one.id for one in find_newest(checks)] == [3, 1, 2]
    assert [one.id for one in find_history(checks, checks[0])] == [1]


def test_a_history_has_the_newest_first() -> None:
    checks = [check(1, PENDING, "a"), check(5, SUCCESS, "b"), check(3, FAIL, "a"), check(4, SUCCESS, "a")]
    assert [one.id for one in find_history(checks, checks[0])] == [4, 3, 1]


def test_groups_have_the_worst_first() -> None:
    checks = [check(1, SUCCESS, "a"), check(2, FAIL, "c"), check(3, SUCCESS, "b"), check(4, PENDING, "d")]
    found = [(state, [one.context for one in some]) for state, some in group(checks)]
    assert found == [(FAIL, ["c"]), (PENDING, ["d"]), (SUCCESS, ["a", "b"])]


def test_counts_are_those_of_contexts() -> None:
    checks = [check(1, FAIL, "a"), check(2, SUCCESS, "a"), check(3, SUCCESS, "b"), check(4, FAIL, "c")]
    assert count(checks) == ((SUCCESS, 2), (FAIL, 1))
    assert count([]) == ()


def test_what_is_pending_is_worse_than_a_success() -> None:
    assert find_worst([SUCCESS, PENDING]) is PENDING
    assert find_worst([PENDING, WARNING, SUCCESS]) is WARNING
    assert find_worst(CheckState) is FAIL
    assert find_worst([]) is None


def test_a_matrix_has_what_fails_first() -> None:
    checks = {
        10: [check(1, SUCCESS, "build"), check(2, FAIL, "unit")],
        11: [check(3, SUCCESS, "build", 11), check(4, FAIL, "build", 11, OTHER), check(5, PENDING, "a", 11)],
    }
    matrix = make_matrix(checks, [10, 11, 12])
    assert matrix.contexts == ("build", "unit", "a")
    assert matrix.patch_ids == (10, 11, 12)
    assert matrix.state(10, "build") is SUCCESS
    assert matrix.state(11, "build") is FAIL  # the worse of two owners
    assert matrix.state(12, "build") is None
    assert [matrix.worst_of(id) for id in matrix.patch_ids] == [FAIL, FAIL, None]


NAMES = {
    10: "[PATCH v2 1/2] one", 11: "[PATCH v2 2/2] two",
    20: "[PATCH v3 1/3] one", 21: "[PATCH v3 2/3] two", 22: "[PATCH v3 3/3] three",
}  # fmt: skip


def compared(before: dict[int, list[Check]], after: dict[int, list[Check]]) -> list[Turn]:
    return compare(make_matrix(before, [10, 11]), make_matrix(after, [20, 21, 22]), NAMES)


def test_what_turned_red_comes_first_then_what_turned_green() -> None:
    before = {
        10: [check(1, SUCCESS, "a"), check(2, FAIL, "b")],
        11: [check(3, SUCCESS, "a"), check(9, SUCCESS, "s")],
    }
    after = {
        20: [check(4, SUCCESS, "a", 20), check(5, SUCCESS, "b", 20)],
        21: [check(6, FAIL, "a", 21), check(8, SUCCESS, "s", 21)],
        22: [check(7, PENDING, "new", 22)],
    }
    red, green, new = compared(before, after)
    assert red == Turn("a", SUCCESS, FAIL, (21,))
    assert red.turned_red
    assert not red.turned_green
    assert green == Turn("b", FAIL, SUCCESS, (20,))
    assert green.turned_green
    assert new == Turn("new", None, PENDING, (22,))
    assert not (new.turned_red or new.turned_green)


def test_a_context_that_fails_of_another_patch_is_told() -> None:
    before = {10: [check(1, FAIL, "a")], 11: [check(2, SUCCESS, "a")]}
    after = {20: [check(3, SUCCESS, "a", 20)], 21: [check(4, FAIL, "a", 21)]}
    assert compared(before, after) == [Turn("a", FAIL, FAIL, (21,))]
    assert compared(before, {20: [check(3, FAIL, "a", 20)]}) == []


def test_a_context_that_is_silent_now_is_told() -> None:
    assert compared({10: [check(1, FAIL, "a")]}, {}) == [Turn("a", FAIL, None, ())]


def test_what_fails_from_the_start_has_turned_red() -> None:
    (turn,) = compared({}, {22: [check(1, FAIL, "a", 22)]})
    assert turn.turned_red


def test_the_same_in_both_is_nothing() -> None:
    assert compared({10: [check(1, FAIL, "a")]}, {20: [check(2, FAIL, "a", 20)]}) == []


def test_patches_of_one_subject_are_paired_once() -> None:
    names = {1: "[1/2] Fix", 2: "[2/2] fix", 3: "[v2,1/3] fix", 4: "[v2,2/3] FIX", 5: "[v2,3/3] fix"}
    assert pair_by_name([1, 2], [3, 4, 5], names) == {3: 1, 4: 2}


@pytest.mark.parametrize("size", [0, 1])
def test_a_series_without_checks_is_an_empty_matrix(size: int) -> None:
    matrix = make_matrix({}, list(range(1, size + 1)))
    assert matrix.contexts == ()
    assert compare(matrix, matrix, {}) == []
