"""What two sequences have in common: in order, the same on both sides, and nearly all there is."""

from __future__ import annotations

from random import Random

import pytest

from tui.diff.alignment import count_lines
from tui.diff.matching import match, rising


def longest(a: list[int], b: list[int]) -> int:
    """Return how many items two sequences have in common at most, by the book."""
    sums = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            sums[i + 1][j + 1] = sums[i][j] + 1 if x == y else max(sums[i][j + 1], sums[i + 1][j])
    return sums[-1][-1]


@pytest.mark.parametrize("letters", [2, 3, 8, 30])
def test_what_is_matched_is_the_same_and_nearly_the_most(letters: int) -> None:
    random = Random(letters)
    found = most = 0
    for _ in range(300):
        a = [random.randrange(letters) for _ in range(random.randrange(15))]
        b = [item for item in a if random.random() < 0.8] + [random.randrange(letters)] * 2
        random.shuffle(b) if random.random() < 0.2 else None
        end = (0, 0)
        for i, j, size in match(a, b):
            assert size and i >= end[0] and j >= end[1] and ((i, j) == (0, 0) or (i, j) != end)
            assert a[i : i + size] == b[j : j + size]
            end = i + size, j + size
            found += size
        most += longest(a, b)
    assert found > 0.95 * most


def test_nothing_is_matched_where_nothing_is() -> None:
    assert match([], [1]) == match([1], []) == match([1, 2], [3]) == []


def test_what_would_take_too_long_is_not_matched() -> None:
    a = [n % 7 for n in range(3000)]
    b = [(n * n) % 5 + 3 for n in range(3000)]
    for i, j, size in match(a, b):
        assert a[i : i + size] == b[j : j + size]


def test_a_longest_rising_row() -> None:
    assert rising([]) == []
    assert rising([3, 0, 1, 4, 2]) in ([1, 2, 3], [1, 2, 4])
    assert rising([2, 1, 0]) in ([0], [1], [2])


def test_lines_are_counted_as_a_unified_diff_has_them() -> None:
    assert count_lines([(0, 0, 9)], 9, 9) == 0
    # Header, three lines of context, one removed, three of context.
    assert count_lines([(0, 0, 9), (10, 9, 9)], 19, 18) == 8
    # Two changes near each other are one hunk, with all between them.
    assert count_lines([(0, 0, 1), (2, 1, 6), (9, 7, 1)], 10, 8) == 1 + 1 + 1 + 6 + 1 + 1
    assert count_lines([(0, 0, 1), (2, 1, 7), (10, 8, 1)], 11, 9) == 2 + 1 + 1 + 6 + 1 + 1
    assert count_lines([], 2, 3) == 6
