"""All benchmarks, and one table of them for the README.  Run by hand: ``python tests/bench/run.py``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench import bench_bulk, bench_diff, bench_first_rows, bench_start
from tests.bench.figures import hide_settings, show

if __name__ == "__main__":
    hide_settings()
    diff = bench_diff.measure()  # before the others, which import Pygments
    show([*bench_start.measure(), *bench_first_rows.measure(), *bench_bulk.measure(), *diff])
