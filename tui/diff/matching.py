"""Which items of two sequences are the same ones, in order: lines of two diffs, each as a number.

What begins and ends alike is taken first, then items that are there once on either side, as
patience diff does it, and Myers' O(ND) between those (An O(ND) Difference Algorithm, 1986).  Not
always the most that can be matched, but near it, and 500 lines take half a millisecond.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

STEPS = 256
"""Differences that Myers goes through between two items matched otherwise; beyond them nothing is."""

Blocks = list[tuple[int, int, int]]
"""Where a run begins on either side, and how long it is; in order, and none touches the next."""


def match(a: Sequence[int], b: Sequence[int]) -> Blocks:
    """Return the runs that two sequences have in common."""
    found: Blocks = []
    todo = [(0, len(a), 0, len(b))]
    while todo:
        i, i_end, j, j_end = todo.pop()
        head = 0
        shorter = min(i_end - i, j_end - j)
        while head < shorter and a[i + head] == b[j + head]:
            head += 1
        if head:
            found.append((i, j, head))
            i, j, shorter = i + head, j + head, shorter - head
        tail = 0
        while tail < shorter and a[i_end - 1 - tail] == b[j_end - 1 - tail]:
            tail += 1
        if tail:
            i_end, j_end = i_end - tail, j_end - tail
            found.append((i_end, j_end, tail))
        if i == i_end or j == j_end:
            continue
        anchors = _anchors(a, b, i, i_end, j, j_end)
        if not anchors:
            found += _myers(a, b, i, i_end, j, j_end)
            continue
        for x, y in anchors:
            if x >= i and y >= j:
                todo.append((i, x, j, y))
                size = 1
                while x + size < i_end and y + size < j_end and a[x + size] == b[y + size]:
                    size += 1
                found.append((x, y, size))
                i, j = x + size, y + size
        todo.append((i, i_end, j, j_end))
    return list(_joined(sorted(found)))


def _joined(blocks: Blocks) -> Iterator[tuple[int, int, int]]:
    """Yield runs, those that touch as one."""
    i = j = size = 0
    for x, y, more in blocks:
        if x == i + size and y == j + size:
            size += more
            continue
        if size:
            yield i, j, size
        i, j, size = x, y, more
    if size:
        yield i, j, size


def _anchors(
    a: Sequence[int], b: Sequence[int], i: int, i_end: int, j: int, j_end: int
) -> list[tuple[int, int]]:
    """Return the items that are there once on either side, as many as are in the same order."""
    left, right = a[i:i_end], b[j:j_end]
    once = {item for item, count in Counter(right).items() if count == 1}
    once &= {item for item, count in Counter(left).items() if count == 1}
    if not once:
        return []
    places = {item: place for place, item in enumerate(right, j) if item in once}
    pairs = [(place, places[item]) for place, item in enumerate(left, i) if item in once]
    return [pairs[n] for n in rising([place for _, place in pairs])]


def rising(numbers: Sequence[int]) -> list[int]:
    """Return which of some numbers, all of them different, make up a longest rising row."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for n, number in enumerate(numbers):
        place = bisect_left(tops, number)
        before.append(ends[place - 1] if place else -1)
        tops[place : place + 1] = [number]
        ends[place : place + 1] = [n]
    row: list[int] = []
    n = ends[-1] if ends else -1
    while n >= 0:
        row.append(n)
        n = before[n]
    return row[::-1]


def _myers(a: Sequence[int], b: Sequence[int], i: int, i_end: int, j: int, j_end: int) -> Blocks:
    """Return the most that two pieces have in common; nothing where that is more than STEPS away."""
    left, right = a[i:i_end], b[j:j_end]
    n, m = len(left), len(right)
    if set(left).isdisjoint(right):
        return []
    most = min(n + m, STEPS)
    origin = most + 1
    furthest = [-1] * (2 * most + 3)
    furthest[origin + 1] = 0
    trace: list[list[int]] = []
    for steps in range(most + 1):
        trace.append(furthest[origin - steps - 1 : origin + steps + 2])
        for k in range(-steps + 2 * max(0, steps - m), steps - 2 * max(0, steps - n) + 1, 2):
            x, below = furthest[origin + k - 1] + 1, furthest[origin + k + 1]
            if k == -steps or (k != steps and x <= below):
                x = below
            y = x - k
            while x < n and y < m and left[x] == right[y]:
                x += 1
                y += 1
            furthest[origin + k] = x
            if x >= n and y >= m:
                return _walk_back(trace, i, j, n, m)
    return []


def _walk_back(trace: list[list[int]], i: int, j: int, x: int, y: int) -> Blocks:
    """Return the runs of the way that led to a place."""
    blocks: Blocks = []
    for steps in range(len(trace) - 1, 0, -1):
        furthest, k = trace[steps], x - y
        below, beside = furthest[k + steps + 2], furthest[k + steps]
        down = k == -steps or (k != steps and beside < below)
        start = below if down else beside
        came = start if down else start + 1
        if x > came:
            blocks.append((i + came, j + came - k, x - came))
        x, y = start, start - (k + 1 if down else k - 1)
    if x:
        blocks.append((i, j, x))
    return blocks[::-1]
