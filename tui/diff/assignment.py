"""Who goes with whom so that the sum of the costs is the least: the Hungarian method, O(n² m)."""

from __future__ import annotations

from collections.abc import Sequence

_FAR = 1 << 60


def assign(costs: Sequence[Sequence[int]]) -> list[int]:
    """Return for each row the column that it goes with; there are as many columns as rows at least."""
    rows, columns = len(costs), len(costs[0]) if costs else 0
    row_price, column_price = [0] * (rows + 1), [0] * (columns + 1)
    taken, way = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        taken[0] = row
        column = 0
        least = [_FAR] * (columns + 1)
        done = [False] * (columns + 1)
        while taken[column]:
            done[column] = True
            here, delta, nearest = taken[column], _FAR, 0
            price, line = row_price[here], costs[here - 1]
            for other in range(1, columns + 1):
                if done[other]:
                    continue
                cost = line[other - 1] - price - column_price[other]
                if cost < least[other]:
                    least[other], way[other] = cost, column
                if least[other] < delta:
                    delta, nearest = least[other], other
            for other in range(columns + 1):
                if done[other]:
                    row_price[taken[other]] += delta
                    column_price[other] -= delta
                else:
                    least[other] -= delta
            column = nearest
        while column:
            taken[column] = taken[way[column]]
            column = way[column]
    found = [-1] * rows
    for column in range(1, columns + 1):
        if taken[column]:
            found[taken[column] - 1] = column - 1
    return found
