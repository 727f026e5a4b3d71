"""How long a 50,000-line diff takes to its first page in colour, against unidiff's full parse of it.

Run by hand: ``python tests/bench/bench_open.py [rounds]``.  As in ``bench_view.py`` the app runs in a
terminal of 160 by 50, the diff is opened from another one, and the time is from the key to the last
byte of an answer that brought colours.  unidiff parses the same file in the same round.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from unidiff.patch import PatchSet

from tests.bench.bench_view import LEAP_QUIET, colored, open_reader, write_diffs
from tests.bench.figures import Figure, clock, hide_settings, show
from tests.bench.rivals import SIZE
from tests.bench.terminal import run

ROUNDS = 5
LINES = 50_000


def measure(rounds: int = ROUNDS) -> list[Figure]:
    """Measure by turns."""
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        diffs = write_diffs(Path(folder), LINES)
        files = [str(file) for file in (diffs.words, diffs.other, diffs.big)]
        for _ in range(rounds):
            with run([sys.executable, "-m", "tests.bench.opened", *files], SIZE) as app:
                open_reader(app)
                colored(app.press("]", quiet=LEAP_QUIET))
                opened = colored(app.press("]", quiet=LEAP_QUIET)).seconds
            ratios.append(opened / clock(lambda: PatchSet.from_filename(str(diffs.big))))
    what = "key to the coloured first page of a 50,000-line diff"
    return [Figure(what, "unidiff alone parsing it", tuple(ratios), 1.5)]


if __name__ == "__main__":
    hide_settings()
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
