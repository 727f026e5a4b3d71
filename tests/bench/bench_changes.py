"""Comparing two versions of a series, against ``git range-diff`` on the same commits.

Run by hand: ``python tests/bench/bench_changes.py [rounds]``.  A series of 20 patches with 10,000
lines: all patches paired, and an interdiff of each pair that differs.  git reads its commits, we
have the texts.  Then 50 made pairs of versions: whether patches are paired as git pairs them.
"""

from __future__ import annotations

import gc
import sys
import tempfile
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.figures import Figure, clock, hide_settings, show
from tests.bench.made_versions import Maker, commit, range_diff, read_pairs, read_texts, run_git
from tui.diff.changes import Comparison, Fate
from tui.diff.interdiff import write_interdiff
from tui.diff.sheet import Text

ROUNDS = 7
PAIRS = 50
PATCHES, LINES = 20, 300


def compare_all(olds: list[Text], news: list[Text]) -> int:
    """Compare two versions and write the interdiff of each pair that differs; return how long all are."""
    comparison = Comparison(olds, news).run()
    pairs = [row for row in comparison.rows if row.fate in (Fate.CHANGED, Fate.REWORDED)]
    return sum(len(write_interdiff(comparison.pairing.alignment(row.old, row.new))) for row in pairs)


def measure(rounds: int = ROUNDS) -> list[Figure]:
    """Measure by turns; the first round does not count."""
    return [*_measure_time(rounds), _measure_pairs()]


def _measure_time(rounds: int) -> list[Figure]:
    figures = []
    for deeds, what in ((6, "a rebase, some patches changed"), (40, "all patches changed")):
        with tempfile.TemporaryDirectory(prefix="pwtui-bench-") as name:
            folder = Path(name)
            run_git(folder, "init", "--quiet")
            maker = Maker(7)
            old = maker.version(PATCHES, LINES)
            new = maker.next(old, deeds)
            maker.rebase(new)
            commit(folder, "v2", old)
            commit(folder, "v3", new)
            olds, news = read_texts(folder, "v2"), read_texts(folder, "v3")
            lines = sum(text.diff.count("\n") for text in olds)
            ratios = []
            for _ in range(rounds + 1):
                gc.collect()
                ours = clock(partial(compare_all, olds, news))
                ratios.append(ours / clock(partial(range_diff, folder, "v2", "v3")))
            told = f"{len(olds)} patches, {lines:,} lines; {what}"
            figures.append(
                Figure("Interdiff of two versions", "git range-diff", tuple(ratios[1:]), 1.0, told)
            )
    return figures


def _measure_pairs() -> Figure:
    same = 0
    with tempfile.TemporaryDirectory(prefix="pwtui-bench-") as name:
        folder = Path(name)
        run_git(folder, "init", "--quiet")
        for seed in range(PAIRS):
            maker = Maker(1000 + seed)
            old = maker.version(maker.random.randrange(2, 16), maker.random.randrange(5, 120))
            new = maker.next(old, maker.random.randrange(1, 9))
            commit(folder, f"a{seed}", old)
            commit(folder, f"b{seed}", new)
            ours = Comparison(read_texts(folder, f"a{seed}"), read_texts(folder, f"b{seed}")).run()
            pairs, gits = set(ours.pairing.pairs.items()), read_pairs(folder, f"a{seed}", f"b{seed}")
            same += pairs == gits
            if pairs != gits:
                told = f"only ours {sorted(pairs - gits)}, only git's {sorted(gits - pairs)}"
                sys.stderr.write(f"seed {seed}: {told}; {', '.join(new.happened)}\n")
    return Figure(
        "Patches paired as git does", "50 made pairs of versions", (same,), 48, unit="of 50", faster=True
    )


def main() -> None:
    """Measure and print."""
    hide_settings()
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))


if __name__ == "__main__":
    main()
