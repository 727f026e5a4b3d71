"""Older versions fold under the newest, whatever comes, and no row leaves from under the cursor."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

from tui.core.versions import ALONE, Seat, Stack, Stacks, Version


class Shelf:
    """Stacks as a store has them, by a name each."""

    def __init__(self, **stacks: list[tuple[int, int]]) -> None:
        """Take (id, version) pairs; a higher id came later."""
        self.asked: list[int] = []
        self.named = stacks

    def read(self, ids: Iterable[int]) -> list[Stack]:
        """Return the stacks that some series are in."""
        asked = set(ids)
        self.asked += asked
        found = [some for some in self.named.values() if asked & {id for id, _ in some} and len(some) > 1]
        return [tuple(sorted((_version(*one) for one in some), reverse=True)) for some in found]

    def newest_first(self) -> list[int]:
        """Return the view: all series, the newest first."""
        return sorted((id for some in self.named.values() for id, _ in some), reverse=True)


def _version(id: int, number: int) -> Version:
    return Version(number, f"2026-01-{id:02}", id)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(foo=[(1, 1), (4, 2), (8, 3)], bar=[(2, 1), (9, 2)], lone=[(5, 1)])


def test_only_the_newest_version_shows_and_says_how_many_are_under_it(shelf: Shelf) -> None:
    stacks = Stacks(shelf.read)
    assert stacks.fold(shelf.newest_first()) == [9, 8, 5]
    assert [stacks.seat(id) for id in (9, 8, 5)] == [Seat(1), Seat(2), ALONE]
    assert stacks.older(8) == stacks.older(1) == [4, 1]
    assert stacks.older(5) == []


def test_the_end_of_a_view_has_no_row_that_is_under_one_further_up(shelf: Shelf) -> None:
    stacks = Stacks(shelf.read)
    whole = stacks.fold(shelf.newest_first())
    assert stacks.fold([5, 4, 2, 1], has=lambda ids: ids) == [id for id in whole if id < 6]
    assert stacks.fold([5, 4, 2, 1], has=lambda ids: {9} & set(ids)) == [5, 4]
    stacks.unfold(1)
    assert stacks.fold([5, 4, 2, 1], has=lambda ids: ids) == [5]


def test_a_stack_unfolds_under_its_top_and_folds_again_from_any_of_its_rows(shelf: Shelf) -> None:
    stacks = Stacks(shelf.read)
    ids = shelf.newest_first()
    stacks.fold(ids)
    assert stacks.toggle(8) == 8
    assert stacks.fold(ids) == [9, 8, 4, 1, 5]
    assert stacks.seat(8) == Seat(2, is_open=True)
    assert stacks.seat(4) == Seat(is_older=True)
    assert stacks.toggle(1) == 8
    assert stacks.fold(ids) == [9, 8, 5]
    assert stacks.toggle(5) is None


def test_what_is_sent_again_under_the_same_number_is_another_series() -> None:
    shelf = Shelf(pull=[(1, 1), (2, 1), (3, 1)], foo=[(4, 2), (5, 1)])
    assert Stacks(shelf.read).fold(shelf.newest_first()) == [5, 4, 3, 2, 1]


def test_in_a_view_without_the_newest_the_newest_that_it_has_is_on_top(shelf: Shelf) -> None:
    stacks = Stacks(shelf.read)
    assert stacks.fold([4, 2, 1]) == [4, 2]
    assert stacks.seat(4) == Seat(1)
    assert stacks.toggle(4) == 4
    assert stacks.fold([4, 2]) == [4, 1, 2], "also what the list does not go down to"


def test_a_newer_version_leaves_the_stack_with_the_cursor_as_it_was(shelf: Shelf) -> None:
    stacks = Stacks(shelf.read)
    stacks.fold(shelf.newest_first(), current=8)
    shelf.named["foo"].append((10, 4))
    ids = shelf.newest_first()
    assert stacks.fold(ids, current=8, changed=[10]) == [10, 9, 8, 5]
    assert (stacks.seat(10), stacks.seat(8)) == (ALONE, Seat(2))
    assert 8 in {one.id for one in stacks.held}
    assert stacks.fold(ids, current=8) == [10, 9, 8, 5], "as long as the cursor is there"
    assert stacks.fold(ids, current=9) == [10, 9, 5]
    assert stacks.held == ()
    assert stacks.seat(10) == Seat(3)


def test_a_second_version_leaves_the_first_one_under_the_cursor() -> None:
    shelf = Shelf(lone=[(5, 1)], other=[(3, 1)])
    stacks = Stacks(shelf.read)
    stacks.fold([5, 3], current=5)
    shelf.named["lone"].append((7, 2))
    assert stacks.fold([7, 5, 3], current=5, changed=[7]) == [7, 5, 3]
    assert stacks.fold([7, 5, 3], current=7) == [7, 3]


def test_an_unfolded_stack_stays_so_when_a_newer_version_comes(shelf: Shelf) -> None:
    stacks = Stacks(shelf.read)
    stacks.fold(shelf.newest_first())
    stacks.toggle(8)
    shelf.named["foo"].append((10, 4))
    assert stacks.fold(shelf.newest_first(), changed=[10]) == [10, 8, 4, 1, 9, 5]


def test_a_version_that_is_gone_leaves_its_stack(shelf: Shelf) -> None:
    stacks = Stacks(shelf.read)
    stacks.fold(shelf.newest_first())
    del shelf.named["foo"][2], shelf.named["bar"][1]
    assert stacks.fold(shelf.newest_first(), changed=[8, 9]) == [5, 4, 2]
    assert stacks.seat(2) == ALONE


def test_stacks_are_read_once(shelf: Shelf) -> None:
    stacks = Stacks(shelf.read)
    for _ in range(3):
        stacks.fold(shelf.newest_first())
    assert sorted(shelf.asked) == [1, 2, 4, 5, 8, 9]
    stacks.fold(shelf.newest_first(), changed=[5])
    assert shelf.asked[6:] == [5]


@pytest.mark.parametrize("seed", range(20))
def test_every_series_shows_once_or_is_under_one_that_shows(seed: int) -> None:
    dice = random.Random(seed)
    names = [f"s{dice.randrange(12)}" for _ in range(60)]
    shelf = Shelf()
    stacks = Stacks(shelf.read)
    current: int | None = None
    for id, name in enumerate(names, 1):
        shelf.named.setdefault(name, []).append((id, dice.randrange(1, 5)))
        ids = shelf.newest_first()
        shown = stacks.fold(ids, current=current, changed=[id])
        assert len(shown) == len(set(shown))
        assert current is None or current in shown
        for one in set(ids).difference(shown):
            assert any(one in stacks.older(top) for top in shown)
        assert [i for i in shown if not stacks.seat(i).is_older] == sorted(
            (i for i in shown if not stacks.seat(i).is_older), reverse=True
        )
        current = dice.choice(shown)
        if dice.random() < 0.3:
            current = stacks.toggle(current) or current
