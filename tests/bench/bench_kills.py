"""What 500 kills at random moments leave behind, with a server that fails at random.

Run by hand: ``python tests/bench/bench_kills.py [kills] [seed]``.  Runs begin, sync and write in
bulk on one store, and are killed within 0.3 s, most of them while they send; after each, file,
outbox, rows and what the server heard are looked at (see tests/sync/kills.py).  Then the same again
while another client sets states of the same patches.  It takes about a third of a second a kill,
ends with the numbers of what was met, and at the first broken promise.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.figures import hide_settings
from tests.sync.kills import kill

KILLS = 500


def main(kills: int = KILLS, seed: int = 1) -> None:
    """Kill, and say what was met; raises AssertionError with the seed where a promise is broken."""
    for meddles in (False, True):
        with tempfile.TemporaryDirectory(prefix="pwtui-kills-") as folder:
            trial = kill(Path(folder), seed, kills, 0.3, meddles=meddles)
        met = ", ".join(f"{number} {what}" for what, number in trial.deaths.items())
        company = "somebody else writing" if meddles else "nobody else"
        sys.stdout.write(f"{kills} kills with seed {seed} and {company}: no promise broken; {met}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    hide_settings()
    main(*map(int, sys.argv[1:3]))
