"""The diff view in a terminal of 160 by 50, against ``tig``, ``delta`` and ``less``.

Run by hand: ``python tests/bench/bench_view.py [rounds]``.  In each round the app starts anew with
patches in its store (see ``opened.py``), the diff gets the whole screen, and keys are timed from
outside: from the key to the last byte of its answer (``settled``, see ``terminal.py``; 1 s of
silence for what opens or leaps, 0.1 s for a page, of which 10 are taken).  An answer must have
brought syntax colours, or the round fails.  What it is compared with runs in the same round.

The big diff has 100,000 lines of C in 12 files, so that its first page holds the message, the
diffstat and the first hunk; it is opened from another diff.  A first diff, at which the app loads
its lexers, has a row of its own.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from time import sleep
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from unidiff.patch import PatchSet

from tests.bench import rivals
from tests.bench.figures import Figure, clock, hide_settings, show
from tests.bench.made_diff import make_hunk, make_patch
from tests.bench.rivals import SIZE, delta_time, less_end_time, tig_times
from tests.bench.terminal import Answer, Terminal, run
from tui.config.themes import DEFAULT_THEME, load_theme

ROUNDS = 3
PAGES = 10
LEAP_QUIET, PAGE_QUIET = 1.0, 0.1
READY = 2.0
"""Seconds after the start at which the app has put its heap in order."""
COLORED = 10
"""Runs of syntax colour that a page of this C has at least; those here have 15 to 45."""


class Diffs(NamedTuple):
    """The files that are opened, in the order of the series."""

    words: Path
    """No diff: what is in sight at the start loads no lexer."""
    other: Path
    small: Path
    big: Path
    hunk: Path
    """One hunk of 66,000 lines."""


class Times(NamedTuple):
    """What one round of the app took, in seconds."""

    first: float
    opened: float
    end: float
    hunk_end: float
    pages: float
    """The median page down in the big diff."""
    small_pages: float
    """In the small one."""
    wide_pages: float
    """In the big one, side by side."""
    written: float
    """Kilobytes of a page."""
    wide_written: float
    """Of one side by side."""


def write_diffs(folder: Path, lines: int = 100_000) -> Diffs:
    """Make the diffs."""
    diffs = Diffs(*(folder / f"{name}.diff" for name in Diffs._fields))
    diffs.words.write_text("")
    diffs.other.write_text(make_patch(lines, seed=2))
    diffs.small.write_text(make_patch(1_000, files=4, seed=3))
    diffs.big.write_text(make_patch(lines))
    diffs.hunk.write_text(make_hunk(lines * 66 // 100))
    return diffs


def count_colors(written: bytes) -> int:
    """Return how often text in a syntax colour begins in what was written."""
    colors = load_theme(DEFAULT_THEME).colors
    roles = (colors.keyword, colors.type, colors.string, colors.number, colors.comment, colors.preproc)
    codes = (";".join(str(int(role[i : i + 2], 16)) for i in (1, 3, 5)) for role in roles)
    return len(re.findall(rb"38;2;(?:%s)\b" % "|".join(codes).encode(), written))


def colored(answer: Answer) -> Answer:
    """Return an answer.  Raises RuntimeError where it brought no syntax colour."""
    if count_colors(answer.written) < COLORED:
        raise RuntimeError(f"no colour came within {answer.seconds:.3f} s: {answer.written[-500:]!r}")
    return answer


def open_reader(terminal: Terminal) -> None:
    """Give the first patch the whole screen, once the app is at rest, and choose one column.

    So wide the reader would choose two, which nothing that it is compared with has.
    """
    terminal.settle()
    sleep(READY)
    for key in "\r\rz|":
        terminal.press(key)


def turn_pages(terminal: Terminal) -> list[Answer]:
    """Go down page by page."""
    return [colored(terminal.press(" ", quiet=PAGE_QUIET)) for _ in range(PAGES)]


def time_app(diffs: Diffs) -> Times:
    """Start the app, and press keys."""
    with run([sys.executable, "-m", "tests.bench.opened", *map(str, diffs)], SIZE) as app:
        open_reader(app)
        first = colored(app.press("]", quiet=LEAP_QUIET)).seconds
        app.press("]")
        opened = colored(app.press("]", quiet=LEAP_QUIET)).seconds
        end = colored(app.press("G", quiet=LEAP_QUIET)).seconds
        app.press("g")
        pages = turn_pages(app)
        app.press("|")
        wide = turn_pages(app)
        app.press("|")
        app.press("[")
        small_pages = turn_pages(app)
        app.press("]")
        app.press("]")
        hunk_end = colored(app.press("G", quiet=LEAP_QUIET)).seconds
    return Times(
        first,
        opened,
        end,
        hunk_end,
        pages=median(page.seconds for page in pages),
        small_pages=median(page.seconds for page in small_pages),
        wide_pages=median(page.seconds for page in wide),
        written=sum(len(page.written) for page in pages) / PAGES / 1000,
        wide_written=sum(len(page.written) for page in wide) / PAGES / 1000,
    )


def measure(rounds: int = ROUNDS) -> list[Figure]:
    """Measure by turns."""
    ours: list[Times] = []
    tig: list[tuple[float, list[float]]] = []
    delta: list[tuple[float, float, float]] = []
    parsed: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        diffs = write_diffs(Path(folder))
        for _ in range(rounds):
            ours.append(time_app(diffs))
            parsed.append(clock(lambda: PatchSet.from_filename(str(diffs.big))))
            if rivals.TIG:
                tig.append(tig_times(diffs.big, PAGES))
            ends = (less_end_time(diffs.big), less_end_time(diffs.hunk)) if rivals.LESS else (0.0, 0.0)
            delta.append((delta_time(diffs.big), *ends))
    return [*_opened(ours, tig, delta, parsed), *_ends(ours, delta), *_pages(ours, tig)]


def _over(times: Iterable[float], others: Iterable[float]) -> tuple[float, ...]:
    return tuple(time / other for time, other in zip(times, others, strict=False) if other)


def _opened(
    ours: list[Times],
    tig: list[tuple[float, list[float]]],
    delta: list[tuple[float, float, float]],
    parsed: list[float],
) -> list[Figure]:
    what = "key to the coloured, settled first page of a 100,000-line C diff"
    opened, first = [times.opened for times in ours], [times.first for times in ours]
    whole = [seconds for seconds, _ in tig]
    reading = "`tig`, started on it and reading it whole"
    return [
        *rivals.not_run("the next row, and the two of `G`"),
        Figure(what, rivals.OVER, _over([times[0] for times in delta], opened), 40.0, faster=True),
        Figure("the same", reading, _over(opened, whole), 0.8),
        Figure("the same", "unidiff alone parsing it", _over(opened, parsed), 1.5),
        Figure("the same, where it is the first diff of a session", reading, _over(first, whole)),
    ]


def _ends(ours: list[Times], delta: list[tuple[float, float, float]]) -> list[Figure]:
    end, hunk_end = [times.end for times in ours], [times.hunk_end for times in ours]
    big, hunk = [times[1] for times in delta], [times[2] for times in delta]
    return [
        Figure("`G` on that diff", rivals.PIPED, _over(big, end), 80.0, faster=True),
        Figure("`G` into one hunk of 66,000 lines", rivals.PIPED, _over(hunk, hunk_end), 30.0, faster=True),
    ]


def _pages(ours: list[Times], tig: list[tuple[float, list[float]]]) -> list[Figure]:
    big, wide = [times.pages for times in ours], [times.wide_pages for times in ours]
    small = [times.small_pages for times in ours]
    theirs = [median(pages) for _, pages in tig]
    written, wide_written = (tuple(kind) for kind in zip(*(times[7:] for times in ours), strict=True))
    return [
        Figure("a page down in that diff", "one in a diff of 1,000 lines", _over(big, small), 1.1),
        Figure("the same", "one in `tig`", _over(big, theirs), 10.0),
        Figure("the same, side by side", "one in `tig`", _over(wide, theirs)),
        Figure("written to the terminal for a page of 160x50", "", written, 21.0, unit="kB"),
        Figure("the same, side by side", "", wide_written, unit="kB"),
    ]


if __name__ == "__main__":
    hide_settings()
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
