"""The longest frame of 1,000 mixed keys in a 100,000-line diff, against the median one.

Run by hand: ``python tests/bench/bench_frames.py [keys]``.  The keys move by lines, pages, hunks and
files, leap to both ends, and lay the diff out side by side or wrapped and back, as chance has it with
a fixed seed.  Each is written when the answer to the last one has settled (0.03 s of silence).  A
frame is the time from a key to the last byte of its answer; a key that finds nothing to do, within
0.1 s, has none.  What comes between two answers is colour that came later than that: the note says
how often there was some.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.bench_view import open_reader
from tests.bench.figures import Figure, hide_settings, show
from tests.bench.made_diff import make_patch
from tests.bench.rivals import SIZE
from tests.bench.terminal import run

KEYS = 1_000
MIX = (
    " " * 30 + "b" * 15 + ")" * 10 + "(" * 6 + "}" * 3 + "{" * 2 + "jjjjjkkk" + "\x04\x04\x04\x15" + "Gg||ww"
)
"""Space and b turn pages, ctrl+d and ctrl+u half ones; | is side by side, w wraps."""
QUIET, NOTHING = 0.03, 0.1


def time_keys(diff: Path, keys: int) -> tuple[list[float], int]:
    """Return the seconds of each key's answer, and how many came in pieces with a longer pause."""
    chance = random.Random(1)
    seconds: list[float] = []
    with run([sys.executable, "-m", "tests.bench.opened", str(diff)], SIZE) as app:
        open_reader(app)
        app.press("}")
        for _ in range(keys):
            answer = app.press(chance.choice(MIX), quiet=QUIET, patience=NOTHING)
            if answer.written:
                seconds.append(answer.seconds)
        return seconds, app.late


def measure(keys: int = KEYS) -> list[Figure]:
    """Measure."""
    with tempfile.TemporaryDirectory() as folder:
        diff = Path(folder, "big.diff")
        diff.write_text(make_patch(100_000))
        seconds, late = time_keys(diff, keys)
    note = f"{len(seconds):,} answers, {late} of them with a late part"
    ratio = max(seconds) / median(seconds)
    what = f"longest frame of {keys:,} mixed keys in a 100,000-line diff"
    return [Figure(what, "the median one", (ratio,), 4.0, note=note)]


if __name__ == "__main__":
    hide_settings()
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else KEYS))
