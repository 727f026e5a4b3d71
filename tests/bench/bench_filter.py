"""From a key in ``/`` to the rows that it leaves, painted, among 50,000 stored patches.

Run by hand: ``python tests/bench/bench_filter.py [rounds]``.  The app runs in a terminal of 120 by 36 on a
store that was made for it, its server out of reach; filters are typed letter by letter, each key when
the answer to the last one has settled.  What counts is the frame that brings the rows: it is the one with
the filter in the title of the list, and not the one with the letter in the line that is typed into, which
may come before it.  Beside every key its statement runs bare in this process, on the same file, its rows
fetched and thrown away.

Where that is shorter than painting takes, the ratio tells of painting; so the slowest of all keys, the one
that a hand would notice, has a row of its own.  It is the one whose median over the rounds is the greatest:
the longest of hundreds of single times is that of the key during which the machine did something else.
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.bench_store import FEW, deaf_server, keep
from tests.bench.figures import Figure, clock, hide_settings, show
from tests.bench.made_store import NEWEST, PROJECT_ID
from tests.bench.terminal import run
from tui.core.query import Words
from tui.core.query_parse import parse_query
from tui.store.find import select_series
from tui.store.find_terms import Sql
from tui.store.store import Store, open_store

ROUNDS = 5
FRAME, QUIET = 0.008, 0.1
"""Seconds without a byte that end the frame with the rows; all that follows: patches, the diff, colours."""
TYPED = ("phy leak", "ext4 quirk", "rings", "helper", "tools/perf", "zzz", "state:new", "version:>1 iio")


class Taken(NamedTuple):
    """The seconds of a key, and of its statement run bare."""

    key: float
    bare: float

    @property
    def ratio(self) -> float:
        """How many times as long the key took."""
        return self.key / self.bare


def measure(rounds: int = ROUNDS) -> list[Figure]:
    """Measure each key, once a round."""
    taken: defaultdict[str, list[Taken]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, deaf_server() as server:
        kept = keep(Path(folder), server, FEW)
        keys = [(text, at) for text in TYPED for at in range(len(text))]
        with kept.at_hand(), run(kept.command, (120, 36)) as app, closing(open_store(kept.file)) as store:
            app.settle(quiet=2.0)
            app.press("/")
            words = Words(store.states(), now=NEWEST)
            for text, at in keys * rounds:
                if not at:
                    app.press("\x15", quiet=0.3)
                typed = text[: at + 1]
                statement = select_series(PROJECT_ID, parse_query(typed, words, typing=True))
                fetch = partial(_fetch, store, statement)
                bare = min(clock(fetch) for _ in range(2))
                app.send(text[at])
                titled = app.wait_for(f"Series  / {typed}")
                rest = app.settle(quiet=FRAME, patience=FRAME).seconds
                taken[typed].append(Taken(max(titled, rest), bare))
                app.settle(quiet=QUIET, patience=QUIET)
            before = app.memory()
            for _ in range(23):
                app.press("\x15", quiet=0.3)
                for letter in "phy: fix a leak in an error path; ext4 helper":
                    app.press(letter, quiet=0.02)
            grown = app.memory() / before
    against = "its SELECT run bare"
    what = f"a key in `/` to the rows painted, {FEW:,} patches"
    slowest = max(taken, key=lambda typed: median(one.key for one in taken[typed]))
    return [
        Figure(what, against, tuple(one.ratio for some in taken.values() for one in some), 1.5),
        Figure(
            "the slowest of these keys", against, tuple(one.ratio for one in taken[slowest]), 1.5, slowest
        ),
        Figure("memory after 1,000 more keys", "before them", (grown,)),
    ]


def _fetch(store: Store, statement: Sql) -> None:
    store._db.execute(*statement).fetchall()


if __name__ == "__main__":
    hide_settings()
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
