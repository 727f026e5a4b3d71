"""What a full store costs: the start from it, its lists, a text that is here, and memory.

Run by hand: ``python tests/bench/bench_store.py [rounds]``.  Two stores are made, of 50,000 and of
1,000,000 patches (see ``made_store.py``); their server is a loopback port on which nobody listens.

- *Start*: as in ``bench_start.py``, the app and a bare Textual app by turns, from starting the process
  to the moment at which the newest row has come out of the terminal.  It is a second start: the
  cursor was left on a row of the first page.
- *Lists*: each query that a screen runs on the larger store, the first one of a connection that was
  just opened, against a frame at 60 Hz and against a plain SELECT by primary key of as many rows in
  the same round.
- *Enter*: in a terminal of 80 by 24, with the patches of a series in sight and their texts here: from
  the key to the last byte of the painted diff, colour and all, and the same once more for the diff
  that is open already.
- *Memory*: the app at rest, with its children, beside a bare Textual app; of shared pages each has
  its share (PSS).
"""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import sleep
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.bench_start import BARE
from tests.bench.figures import Figure, clock, hide_settings, show
from tests.bench.made_store import LONG, PROJECT, PROJECT_ID, make_store
from tests.bench.terminal import run, seconds_until
from tui.store.connection import connect
from tui.store.place import store_path
from tui.store.store import Store, open_store

ROUNDS = 11
MEMORY_ROUNDS = 3
FEW, MANY = 50_000, 1_000_000
BARE_APP = [sys.executable, "-c", BARE]
FRAME = 1 / 60
IN_SIGHT = 60
"""Rows of a tall terminal."""
WINDOW = 500
"""Series with which a list begins."""
AT_REST = 4.0
"""Seconds after the first paint at which the heap is in order and the process that lexes is there."""
NARROW = (80, 24)
QUIET = 0.3


class Kept(NamedTuple):
    """A store on disk, and how to start the app on it."""

    file: Path
    command: tuple[str, ...]
    newest: str
    """The beginning of the newest series' name, as much of it as any width shows."""

    @contextmanager
    def at_hand(self) -> Iterator[None]:
        """Let programs that start meanwhile find it, as a run that ended well leaves it."""
        open_store(self.file).close()
        os.environ["PWTUI_DATA"] = str(self.file.parent)
        yield
        del os.environ["PWTUI_DATA"]


def keep(folder: Path, server: str, patches: int) -> Kept:
    """Make a store of so many patches."""
    file = store_path(server, folder / str(patches))
    make_store(file, patches)
    with closing(open_store(file)) as store:
        row = store.series_rows(store.series_ids(PROJECT_ID, 1))[0]
    main = f"import sys; from tui.cli import main; sys.exit(main(['{PROJECT}', '--server', '{server}']))"
    return Kept(file, (sys.executable, "-c", main), row.series.name[:12])


@contextmanager
def deaf_server() -> Iterator[str]:
    """Hold a loopback port on which nobody listens; give its address."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{line.getsockname()[1]}"


def measure_starts(few: Kept, many: Kept, rounds: int) -> list[Figure]:
    """Measure by turns; the first round, which warms the disk, does not count."""
    ratios: dict[Kept, list[float]] = {few: [], many: []}
    for number in range(rounds + 1):
        bare = seconds_until("bare-and-ready", BARE_APP)
        for kept, found in ratios.items():
            with kept.at_hand():
                seconds = seconds_until(kept.newest, kept.command)
            found += [seconds / bare] if number else []
    against = "a bare Textual app to its one word"
    return [
        Figure(f"second start with {patches:,} patches in the store", against, tuple(ratios[kept]), target)
        for kept, patches, target in ((few, FEW, 1.25), (many, MANY, 1.5))
    ]


class Given(NamedTuple):
    """What a screen knows when it asks the store."""

    newest: list[int]
    """Series in sight."""
    older: list[int]
    """Series in sight far down the list."""
    long: int
    """A series of many patches,"""
    patches: list[int]
    """and these."""


def look_at(store: Store) -> Given:
    """Find what the queries are about."""
    ids = store.series_ids(PROJECT_ID)
    middle = len(ids) // 2
    long = next(id_ for id_ in ids if len(store.patch_ids(id_)) >= LONG)
    return Given(ids[:IN_SIGHT], ids[middle : middle + IN_SIGHT], long, store.patch_ids(long))


Query = Callable[[Store, Given], list[object]]
"""Asks for what a screen shows, and returns what came."""

QUERIES: dict[str, Query] = {
    "where one was": lambda store, _: [store.project(PROJECT), store.session(PROJECT)],
    "ids of a page of series": lambda store, _: [*store.series_ids(PROJECT_ID, WINDOW)],
    "the same at `G`": lambda store, _: [*store.series_ids(PROJECT_ID, WINDOW, from_end=True)],
    "rows of the series in sight": lambda store, given: [*store.series_rows(given.newest)],
    "rows of series far down": lambda store, given: [*store.series_rows(given.older)],
    "series in sight that lack patches": lambda store, given: [*store.unknown_series(given.newest)],
    "ids of a series' patches": lambda store, given: [*store.patch_ids(given.long)],
    "rows of a series' patches": lambda store, given: [*store.patch_rows(given.patches)],
    "counts of the bars": lambda store, _: [store.count_series(PROJECT_ID), store.count_intents()],
    "end of the list": lambda store, _: [store.last_series(PROJECT_ID), store.count_patches(PROJECT_ID)],
    "the outbox": lambda store, _: [*store.intents()],
    "the journal": lambda store, _: [*store.journal()],
    "what u and U take back": lambda store, _: [store.undoable(), store.redoable()],
    "a text": lambda store, given: [store.body(given.patches[0])],
}


def measure_queries(file: Path, rounds: int) -> list[Figure]:
    """Measure each query, on a connection of its own each time."""
    with closing(open_store(file)) as store:
        given = look_at(store)
        whole: Query = lambda store, _: [*store.series_ids(PROJECT_ID)]  # noqa: E731
    figures = [time_query(file, name, query, given, rounds) for name, query in QUERIES.items()]
    # Marking all of a list that size is no query of a page: how long it takes is told, and no more.
    all_ids = replace(time_query(file, "ids of all series, once at `*`", whole, given, rounds), target=None)
    return [*figures, all_ids]


def time_query(file: Path, name: str, query: Query, given: Given, rounds: int) -> Figure:
    """Measure a query."""
    frames, plain = [], []
    answer: list[object] = []
    for _ in range(rounds):
        with closing(open_store(file)) as store:
            answer.clear()
            seconds = clock(lambda: answer.extend(query(store, given)))
        frames.append(seconds / FRAME)
        plain.append(seconds / time_plain(file, max(1, len(answer))))
    note = f"{len(answer):,} rows, {median(plain):.1f} times a plain SELECT"
    return Figure(f"query: {name}", "a frame at 60 Hz", tuple(frames), 1.0, note=note)


def time_plain(file: Path, rows: int) -> float:
    """Return the seconds of a SELECT by primary key, on a connection that was just opened."""
    with closing(connect(str(file))) as db:
        db.execute("SELECT count(*) FROM project").fetchone()
        select = "SELECT id, name, date FROM patch WHERE id > 1000 ORDER BY id LIMIT ?"
        return clock(lambda: db.execute(select, (rows,)).fetchall())


def measure_enter(kept: Kept) -> list[Figure]:
    """Open one patch after the other, each one twice."""
    with closing(open_store(kept.file)) as store:
        patches = look_at(store).patches
    ratios = []
    with kept.at_hand(), run(kept.command, NARROW) as app:
        app.wait_for(kept.newest)
        sleep(AT_REST)
        app.press("\r", quiet=QUIET)
        for patch in patches:
            app.press("j", quiet=QUIET)
            first = app.press("\r", quiet=QUIET)
            if f"Say why {patch}".encode() not in first.written:
                raise RuntimeError(f"{patch} was not painted: {first.written[-500:]!r}")
            app.press("q", quiet=QUIET)
            again = app.press("\r", quiet=QUIET)
            app.press("q", quiet=QUIET)
            ratios.append(first.seconds / again.seconds)
    what, against = "Enter on a patch fetched ahead, to its painted diff", "the same diff, open already"
    return [
        Figure(what, against, tuple(ratios[1:]), 1.5),
        Figure("the first one of a run, which loads the diff view", against, tuple(ratios[:1])),
    ]


def measure_memory(kept: Kept) -> Figure:
    """Measure both at the same time, a few times."""
    ratios, megabytes = [], []
    for _ in range(MEMORY_ROUNDS):
        with run(BARE_APP) as bare, kept.at_hand(), run(kept.command) as app:
            bare.settle()
            app.wait_for(kept.newest)
            sleep(AT_REST)
            megabytes.append(app.memory())
            ratios.append(megabytes[-1] / bare.memory())
    note = f"{median(megabytes):.1f} MB, with the process that lexes"
    what = f"memory with {FEW:,} patches in the store, at rest"
    return Figure(what, "a bare Textual app", tuple(ratios), 2.0, note=note)


def measure(rounds: int = ROUNDS) -> list[Figure]:
    """Make the stores, and measure."""
    with tempfile.TemporaryDirectory(prefix="pwtui-bench-") as name, deaf_server() as server:
        few, many = (keep(Path(name), server, patches) for patches in (FEW, MANY))
        return [
            *measure_starts(few, many, rounds),
            *measure_queries(many.file, rounds),
            *measure_enter(few),
            measure_memory(few),
        ]


if __name__ == "__main__":
    hide_settings()
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
