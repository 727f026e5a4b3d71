"""How many remarks of made comments are placed at their line of the diff, and how many at a wrong one.

Run by hand: ``python tests/bench/bench_quotes.py [cases] [seed]``.  What is counted is remarks:
right, wrong (at another line, or one that should have none), and not placed.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.figures import Figure, show
from tests.bench.made_quotes import Case, make_cases
from tui.core.letter import read_letter
from tui.diff.index import index_diff
from tui.diff.quotable import Quotable
from tui.diff.remarks import place_remarks

CASES = 600


def judge(case: Case) -> tuple[int, int, int]:
    """Return how many remarks of a case are right, wrong and missing."""
    placed = [
        remark.line
        for remark in place_remarks(read_letter(case.content), Quotable(index_diff(case.diff), case.message))
    ]
    right = sum((Counter(placed) & Counter(case.lines)).values())
    wrong = len(placed) - right
    return right, wrong, max(0, len(case.lines) - right - wrong)


def measure(cases: int = CASES, seed: int = 7) -> list[Figure]:
    """Measure."""
    totals = [0, 0, 0]
    by_habit: dict[str, list[int]] = {}
    for case in make_cases(cases, seed):
        counts = judge(case)
        for number, count in enumerate(counts):
            totals[number] += count
        for habit in case.name.split(", ")[:2]:
            of_habit = by_habit.setdefault(habit, [0, 0, 0])
            for number, count in enumerate(counts):
                of_habit[number] += count
        if "-v" in sys.argv and counts[1] + counts[2]:
            sys.stdout.write(f"{case.name}: {counts}\n")
    for habit, (right, wrong, missing) in sorted(by_habit.items()) if "-v" in sys.argv else ():
        sys.stdout.write(f"{habit:24} right {right:5} wrong {wrong:4} not placed {missing:4}\n")
    all_ = sum(totals)
    note = f"{all_:,} remarks in {cases:,} comments"
    return [
        Figure(
            "remarks at their right line",
            "all remarks",
            (100 * totals[0] / all_,),
            95,
            note=note,
            faster=True,
            unit="%",
        ),
        Figure("remarks at a wrong line", "all remarks", (100 * totals[1] / all_,), 1, note=note, unit="%"),
    ]


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    show(measure(*numbers))
