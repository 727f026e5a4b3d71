"""What CI says of patches: the newest of each context, how many of each state, and what changed.

A server keeps every check that was ever filed.  As in Patchwork, the newest of a context counts,
and of two owners who report the same context each one's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tui.core.model import Check, CheckState
from tui.core.stacks import name_key

GROUPS = (CheckState.FAIL, CheckState.WARNING, CheckState.PENDING, CheckState.SUCCESS)
"""The worst first: the state of a patch is the first of these that one of its contexts has."""


def find_newest(checks: Iterable[Check]) -> list[Check]:
    """Return the check that counts of each context and owner, in the order of their contexts."""
    newest: dict[tuple[str, int], Check] = {}
    for check in sorted(checks, key=_age):
        newest[_line(check)] = check
    return sorted(newest.values(), key=lambda check: (check.context.casefold(), check.context, _line(check)))


def find_history(checks: Iterable[Check], of: Check) -> list[Check]:
    """Return all checks of the context and owner of one, the newest first."""
    return sorted((check for check in checks if _line(check) == _line(of)), key=_age, reverse=True)


def _age(check: Check) -> tuple[object, int]:
    return check.date, check.id


def _line(check: Check) -> tuple[str, int]:
    return check.context, check.user.id if check.user else 0


def group(newest: Iterable[Check]) -> list[tuple[CheckState, list[Check]]]:
    """Return checks by their states, the worst first, without states that none has."""
    by_state: dict[CheckState, list[Check]] = {state: [] for state in GROUPS}
    for check in newest:
        by_state[check.state].append(check)
    return [(state, found) for state, found in by_state.items() if found]


def find_worst(states: Iterable[CheckState]) -> CheckState | None:
    """Return the worst of some states as a patch's own check has it; None where there are none.

    Of one patch what is pending is worse than a success: it may still fail.
    """
    found = set(states)
    return next((state for state in GROUPS if state in found), None)


def count(checks: Iterable[Check]) -> tuple[tuple[CheckState, int], ...]:
    """Return how many contexts have which state, for ``3✓ 1✗``: success, warning, failure, pending."""
    counts = Counter(check.state for check in find_newest(checks))
    order = (CheckState.SUCCESS, CheckState.WARNING, CheckState.FAIL, CheckState.PENDING)
    return tuple((state, counts[state]) for state in order if counts[state])


class Matrix(NamedTuple):
    """The checks of a series: a row for each patch, a column for each context."""

    contexts: tuple[str, ...]
    """Those that fail somewhere first, then by name."""
    patch_ids: tuple[int, ...]
    cells: Mapping[tuple[int, str], CheckState]
    """By patch and context; nothing where that context has not reported."""

    def state(self, patch_id: int, context: str) -> CheckState | None:
        """Return what a context says of a patch, the worst where several owners report it."""
        return self.cells.get((patch_id, context))

    def worst_of(self, patch_id: int) -> CheckState | None:
        """Return the worst that any context says of a patch."""
        return find_worst(state for (id, _), state in self.cells.items() if id == patch_id)


def make_matrix(checks: Mapping[int, Sequence[Check]], patch_ids: Sequence[int]) -> Matrix:
    """Lay out the checks of some patches, given by patch, in the order of their ids given."""
    cells: dict[tuple[int, str], CheckState] = {}
    for patch_id in patch_ids:
        for state, found in reversed(group(find_newest(checks.get(patch_id, ())))):
            cells.update(((patch_id, check.context), state) for check in found)
    states: dict[str, set[CheckState]] = {}
    for (_, context), state in cells.items():
        states.setdefault(context, set()).add(state)
    worst = {context: GROUPS.index(find_worst(found) or GROUPS[-1]) for context, found in states.items()}
    contexts = sorted(worst, key=lambda context: (worst[context], context.casefold(), context))
    return Matrix(tuple(contexts), tuple(patch_ids), cells)


class Turn(NamedTuple):
    """A context that says something else of a series than of an earlier version of it."""

    context: str
    before: CheckState | None
    """The worst of the earlier version's patches; None where it had not reported."""
    after: CheckState | None
    patch_ids: tuple[int, ...]
    """Patches of the newer version that it says something worse, or better, of; in the series' order."""

    @property
    def turned_red(self) -> bool:
        """Whether it fails now and did not."""
        return self.after is CheckState.FAIL and self.before is not CheckState.FAIL

    @property
    def turned_green(self) -> bool:
        """Whether all is well now where it was not."""
        return self.after is CheckState.SUCCESS and self.before in (CheckState.FAIL, CheckState.WARNING)


def compare(
    before: Matrix, after: Matrix, names: Mapping[int, str], *, pairs: Mapping[int, int] | None = None
) -> list[Turn]:
    """Return what changed between two versions of a series: what turned red first, then green, then the rest.

    ``names`` are the subjects of all patches; patches of one subject are versions of each other,
    unless ``pairs`` says of which (newer to older).  A context that was never heard of in one of
    the versions is told, too.
    """
    paired = pairs if pairs is not None else pair_by_name(before.patch_ids, after.patch_ids, names)
    contexts = dict.fromkeys((*after.contexts, *before.contexts))
    turns = [turn for context in contexts if (turn := _turn(context, before, after, paired))]
    return sorted(turns, key=lambda turn: (not turn.turned_red, not turn.turned_green))


def pair_by_name(older: Iterable[int], newer: Iterable[int], names: Mapping[int, str]) -> dict[int, int]:
    """Return the older patch of each newer one that has the same subject, each only once."""
    left: dict[str, list[int]] = {}
    for id in older:
        left.setdefault(name_key(names.get(id, "")), []).append(id)
    pairs = {}
    for id in newer:
        same = left.get(name_key(names.get(id, "")))
        if same:
            pairs[id] = same.pop(0)
    return pairs


def _turn(context: str, before: Matrix, after: Matrix, pairs: Mapping[int, int]) -> Turn | None:
    was = find_worst(_states(before, context))
    now = find_worst(_states(after, context))
    changed = [
        id
        for id in after.patch_ids
        if (state := after.state(id, context)) and state is not before.state(pairs.get(id, 0), context)
    ]
    if was is now:
        # The whole says the same: worth a word only where a patch fails that did not.
        red = [id for id in changed if after.state(id, context) is CheckState.FAIL and id in pairs]
        return Turn(context, was, now, tuple(red)) if red and was is CheckState.FAIL else None
    of_now = [id for id in changed if after.state(id, context) is now]
    return Turn(context, was, now, tuple(of_now))


def _states(matrix: Matrix, context: str) -> list[CheckState]:
    return [state for id in matrix.patch_ids if (state := matrix.state(id, context))]
