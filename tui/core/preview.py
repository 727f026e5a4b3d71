"""What an action on marked rows will change, and what it will not: counted before it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tui.core.deed import Step
from tui.core.intent import Field, Value, Wish
from tui.core.rows import PatchRow

Numbers = tuple[tuple[Value, int], ...]
"""Values, and how many patches have each; the most frequent first."""
Groups = Mapping[int, Sequence[PatchRow]]
"""The ids of rows of a list, and the patches that each stands for: those of a series, or the one."""


class Marked(NamedTuple):
    """What marks have chosen."""

    shown: Groups
    hidden: Groups
    """Marked, and not in the list at the moment: they are left out until the user takes them in."""
    gone: frozenset[int] = frozenset()
    """Marked, and not there any more."""

    def rows(self, *, hidden: bool) -> Groups:
        """Return what an action is for."""
        return {**self.shown, **self.hidden} if hidden else self.shown


class Shift(NamedTuple):
    """What becomes of one field."""

    step: Step
    before: Numbers
    """What the patches that change have now."""


class Part(NamedTuple):
    """One row of the list, and what becomes of its patches."""

    id: int
    changes: int
    """Of how many patches something changes."""
    total: int
    now: Numbers
    """What those that change have now: of the first field, the state where that is the archive."""
    already: int
    """How many have all that is wished."""
    barred: int
    """How many the server does not let us change."""


class Preview(NamedTuple):
    """All of it."""

    wishes: tuple[Wish, ...]
    """What is filed when the user agrees: exactly this was shown."""
    shifts: tuple[Shift, ...]
    parts: tuple[Part, ...]
    barred: tuple[tuple[str, int], ...] = ()
    """Why the server does not let us change some, in its own words, and how many."""

    @property
    def changes(self) -> int:
        """Of how many patches something changes."""
        return sum(part.changes for part in self.parts)

    @property
    def rows(self) -> int:
        """In how many rows something changes."""
        return sum(bool(part.changes) for part in self.parts)

    @property
    def already(self) -> int:
        """How many patches have all that is wished."""
        return sum(part.already for part in self.parts)


def preview(
    groups: Groups, steps: Sequence[Step], wishes: Sequence[Wish], barred: Mapping[int, str]
) -> Preview:
    """Count what wishes for the patches of some rows change.

    ``wishes`` are for none of the ``barred`` patches, of which the server has said why not.
    """
    shifts = tuple(
        Shift(step, _count(wish.seen for wish in wishes if wish.field is step.field)) for step in steps
    )
    first = steps[0].field
    seen = {wish.patch_id: wish.seen for wish in wishes if wish.field is first}
    changing = {wish.patch_id for wish in wishes}
    parts, reasons = [], []
    for id, rows in groups.items():
        refused = [barred[row.patch.id] for row in rows if row.patch.id in barred]
        changed = [row.patch for row in rows if row.patch.id in changing]
        if first is Field.ARCHIVED:
            now = _count(patch.state for patch in changed)
        else:
            now = _count(seen[patch.id] for patch in changed if patch.id in seen)
        already = len(rows) - len(changed) - len(refused)
        parts.append(Part(id, len(changed), len(rows), now, already, len(refused)))
        reasons += refused
    return Preview(tuple(wishes), shifts, tuple(parts), tuple(Counter(reasons).most_common()))


def _count(values: Iterable[Value]) -> Numbers:
    return tuple(Counter(values).most_common())
