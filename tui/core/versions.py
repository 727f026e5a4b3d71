"""Versions of one series as a stack: the newest on top, the older ones folded under it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple


class Version(NamedTuple):
    """A series of a stack; they sort from the oldest to the newest."""

    version: int
    date: str
    """Naive ISO 8601."""
    id: int

    def is_older(self, other: Version) -> bool:
        """Say whether the other one takes its place: its number is higher, and it did not come before.

        What is sent again under the same number is another series: pull requests are.
        """
        return self.version < other.version and self.date <= other.date


Stack = tuple[Version, ...]
"""All series of one name by one submitter that are stored, two at least, the newest first."""
Read = Callable[[Iterable[int]], Iterable[Stack]]
"""Reads the stacks that some series are in."""
Has = Callable[[Collection[int]], Iterable[int]]
"""Says which of some series a view has, although the list does not reach up to them."""


class Seat(NamedTuple):
    """Where a row of the list stands in its stack."""

    under: int = 0
    """How many older versions belong under it; 0 where it is not on top."""
    is_open: bool = False
    """Whether these show."""
    is_older: bool = False
    """Whether it is an older version itself, and shows under the top."""


ALONE = Seat()


class Stacks:
    """Folds a list of series, and knows what it folded.  Stacks are read once, until they change."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._known: set[int] = set()
        """Series whose stacks were asked for."""
        self._stacked: dict[int, tuple[Version, Stack]] = {}
        """Of these, those that are not alone."""
        self._tops: dict[int, Version] = {}
        """What each stack is folded under, by the id of its newest version, which may be another one."""
        self._opened: set[int] = set()
        """Series whose stacks are unfolded."""
        self.held: Stack = ()
        """The stack that stays as it was, although a newer version has come: the cursor is in it."""

    def fold(
        self,
        ids: Sequence[int],
        *,
        current: int | None = None,
        changed: Iterable[int] = (),
        has: Has | None = None,
    ) -> list[int]:
        """Return the list with older versions folded under the newest one that it has.

        ``changed`` are series that are to be read anew.  Where ``current``, the row under the
        cursor, would leave because a newer version has come, its stack stays as it was.  With
        ``has``, for the end of a view, those are not there either that are under one further up.
        """
        before = None if current is None else self._top_of(current)
        self._learn(ids, self.kin(changed))
        found = [one for one in map(self._stacked.get, ids) if one]
        if has:
            others = {other.id for _, stack in found for other in stack}.difference(ids)
            found += [self._stacked[id] for id in has(others)]
        self._tops = _find_tops(found)
        self.held = self._hold(current, before, ids)
        hidden = {one.id for one, stack in found if one.is_older(self._tops[stack[0].id])}
        folded = [id for id in ids if id not in hidden] if hidden else list(ids)
        for newest, top in self._tops.items() if self._opened else ():
            stack = self._stacked[newest][1]
            if self._is_open(stack) and top.id in folded:
                at = folded.index(top.id) + 1
                folded[at:at] = self._under(stack, top)
        return folded

    def _learn(self, ids: Iterable[int], changed: set[int]) -> None:
        """Read the stacks of series that are not known, or that have changed."""
        self._known -= changed
        for id in changed:
            self._stacked.pop(id, None)
        unknown = [id for id in ids if id not in self._known]
        self._known.update(unknown)
        for stack in self._read(unknown) if unknown else ():
            self._stacked.update({one.id: (one, stack) for one in stack})

    def _top_of(self, id: int) -> int:
        """Return the series that another one is folded under; the same where it is under none."""
        one, stack = self._stacked.get(id, (None, ()))
        top = self._tops.get(stack[0].id) if stack else None
        return top.id if one and top and one.is_older(top) else id

    def _hold(self, current: int | None, before: int | None, ids: Sequence[int]) -> Stack:
        """Keep the cursor's stack under the top that it had; return it if there is a newer one."""
        if current is None or before is None or before not in ids:
            return ()
        _, stack = self._stacked.get(current, (None, ()))
        top, its_stack = self._stacked.get(before, (None, ()))
        if top is None or its_stack is not stack or not top.is_older(self._tops.get(stack[0].id, top)):
            return ()
        self._tops[stack[0].id] = top
        return stack

    @staticmethod
    def _under(stack: Stack, top: Version) -> list[int]:
        return [one.id for one in stack if one.is_older(top)]

    def _is_open(self, stack: Stack) -> bool:
        return bool(self._opened) and not self._opened.isdisjoint(one.id for one in stack)

    # -- what a row and a key need ---------------------------------------------------

    def seat(self, id: int) -> Seat:
        """Return where a row of the list, as it was folded last, stands."""
        one, stack = self._stacked.get(id, (None, ()))
        top = self._tops.get(stack[0].id) if stack else None
        if one is None or top is None:
            return ALONE
        if top.id == id:
            return Seat(len(self._under(stack, top)), self._is_open(stack))
        return Seat(is_older=one.is_older(top))

    def kin(self, ids: Iterable[int]) -> set[int]:
        """Return these series and all that are in a stack with one of them."""
        found = set(ids)
        for id in ids:
            found.update(other.id for other in self._stacked.get(id, (None, ()))[1])
        return found

    def versions(self, id: int) -> Stack:
        """Return the stack that a series is in; nothing where it is alone."""
        return self._stacked.get(id, (None, ()))[1]

    def older(self, id: int) -> list[int]:
        """Return what is older than the newest version of a series that is stored, the newest first."""
        _, stack = self._stacked.get(id, (None, ()))
        return self._under(stack, stack[0]) if stack else []

    def toggle(self, id: int) -> int | None:
        """Unfold the stack of a row, or fold it; return its top, None where there is nothing to fold."""
        top, stack = self._stacked.get(self._top_of(id), (None, ()))
        if top is None or not self._under(stack, top):
            return None
        if self._is_open(stack):
            self._opened.difference_update(one.id for one in stack)
        else:
            self._opened.add(id)
        return top.id

    def unfold(self, id: int) -> None:
        """Unfold the stack of a series, so that it shows."""
        self._opened.add(id)


def _find_tops(found: Iterable[tuple[Version, Stack]]) -> dict[int, Version]:
    """Return the newest version of each stack that the list has, by the id of the newest that there is."""
    tops: dict[int, Version] = {}
    for one, stack in found:
        newest = stack[0].id
        top = tops.get(newest)
        if top is None or one > top:
            tops[newest] = one
    return tops
