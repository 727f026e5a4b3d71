"""All benchmarks, and one table of them for the README.  Run by hand: ``python tests/bench/run.py``.

It takes some five minutes, and wants a machine that does nothing else.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench import (
    bench_bulk,
    bench_changes,
    bench_colour,
    bench_commands,
    bench_filter,
    bench_first_rows,
    bench_frames,
    bench_index,
    bench_memory,
    bench_open,
    bench_query,
    bench_quotes,
    bench_start,
    bench_store,
    bench_talk,
    bench_themes,
    bench_view,
)
from tests.bench.figures import Figure, hide_settings, show

PARTS = (
    bench_start,
    bench_commands,
    bench_store,
    bench_filter,
    bench_first_rows,
    bench_bulk,
    bench_changes,
    bench_talk,
    bench_quotes,
    bench_open,
    bench_query,
    bench_view,
    bench_themes,
    bench_index,
    bench_frames,
    bench_memory,
)


def count_wrong_lines() -> list[Figure]:
    """Return the share of wrongly coloured lines of each language."""
    figures = []
    for language in bench_colour.LANGUAGES:
        wrong, lines = bench_colour.measure(language, [])
        share = (100 * wrong / lines,) if lines else ()
        what = f"wrongly coloured lines, {language}"
        note = f"of {lines:,} on this machine"
        figures.append(Figure(what, "lexing the true file", share, 2.0, note=note, unit="%"))
    return figures


if __name__ == "__main__":
    colours = count_wrong_lines()  # reads sources from the home folder, which is hidden next
    hide_settings()
    show([*(figure for part in PARTS for figure in part.measure()), *colours])
