"""The memory of the app with 100,000 lines of a diff in colour, over that of an empty Textual app.

Run by hand: ``python tests/bench/bench_memory.py [lines]``.  Both run at the same time, in terminals
of 160 by 100; the app goes down page by page to the end of the diff, each page in colour before the
next key.  Counted are both programs with their children, shared pages by shares (PSS).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.bench_start import BARE
from tests.bench.bench_view import COLORED, count_colors, open_reader
from tests.bench.figures import Figure, hide_settings, show
from tests.bench.made_diff import make_patch
from tests.bench.terminal import Terminal, run

LINES = 100_000
SIZE = (160, 100)
QUIET = 0.02
LATEST = 3.0
"""Seconds without a byte after which the end is taken for reached."""
SHORT = 2_000
"""Bytes that a page exceeds by far, and a word on having reached the end does not."""


def page_through(app: Terminal) -> tuple[int, int]:
    """Go down to the end; return how many pages there were, and how many in colour."""
    pages = colored = short = 0
    while short < 3:
        written = app.press(" ", quiet=QUIET, patience=LATEST).written
        short = short + 1 if len(written) < SHORT else 0
        pages += not short
        colored += count_colors(written) >= COLORED
    return pages, colored


def measure(lines: int = LINES) -> list[Figure]:
    """Measure."""
    with tempfile.TemporaryDirectory() as folder:
        words, diff = Path(folder, "words.diff"), Path(folder, "big.diff")
        words.write_text("")
        diff.write_text(make_patch(lines))
        command = [sys.executable, "-m", "tests.bench.opened", str(words), str(diff)]
        with run([sys.executable, "-c", BARE], SIZE) as bare, run(command, SIZE) as app:
            bare.settle()
            open_reader(app)
            before = app.memory() - bare.memory()
            app.press("]")
            pages, colored = page_through(app)
            over = app.memory() - bare.memory()
    note = f"{pages} pages, {colored} seen in colour; {before:.1f} MB before it is opened"
    what = f"memory with all of a {lines:,}-line diff in colour"
    return [Figure(what, "over an empty Textual app", (over,), 25.0, note=note, unit="MB")]


if __name__ == "__main__":
    hide_settings()
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else LINES))
