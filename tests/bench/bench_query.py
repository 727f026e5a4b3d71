"""What a key in ``/`` costs among 50,000 stored patches, and what the index of texts costs.

Run by hand: ``python tests/bench/bench_query.py [keys]``.  Queries are typed letter by letter; at
each key all series that it finds are asked for.  That is compared, by turns and each the fastest of
three, with the same statement run bare, rows fetched and thrown away; and with the least that a list
could be narrowed by, ``name LIKE`` over the patches.  Of 2,000 patches the texts are here.  Then:
storing texts with the index, against storing them without; and memory after a thousand keys.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import process_time
from unittest.mock import patch as mocked

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.figures import Figure, clock, hide_settings, show
from tests.bench.made_diff import make_patch
from tests.bench.made_store import NEWEST, PROJECT, PROJECT_ID, make_store
from tui.core.model import Body
from tui.core.query import Query, Words
from tui.core.query_parse import parse_query
from tui.store import text_index
from tui.store.find import select_series
from tui.store.find_terms import Sql
from tui.store.store import Store, open_store

KEYS = 200
PATCHES = 50_000
TEXTS = 2_000
TYPED = (
    "net: phy fix a leak",
    "ext4 quirk",
    "rings, part 12",
    "state:new delegate:me rework",
    "state:new,under-review -archived:yes helper",
    "number 77",
    "tools/perf OR target/riscv",
    "has:disagree check:fail",
    '"sleep under the lock" age:<1y',
    "version:>1 has:cover iio",
    "file:drivers/* -drm",
    "zzz nothing has this",
)


def keys() -> Iterator[str]:
    """Yield what stands in the line after each key, over and over."""
    for text in cycle(TYPED):
        yield from (text[: end + 1] for end in range(len(text)))


def fill(path: Path) -> Store:
    """Make the store, and bring some texts into it."""
    make_store(path, PATCHES)
    store = open_store(path)
    store._db.execute("INSERT OR IGNORE INTO stack SELECT id, submitter_id, NULL FROM series")
    for series_id in store.series_ids(PROJECT_ID, TEXTS):
        for patch_id in store.patch_ids(series_id)[:1]:
            store.put_body(patch_id, text_of(patch_id))
    while store.index_some():
        pass
    return store


def text_of(patch_id: int) -> Body:
    """Make a text of some 6 kB."""
    return Body(
        patch_id, (), f"Say why {patch_id} is needed.\n" * 20, make_patch(120, files=3, seed=patch_id)
    )


def measure_keys(store: Store, number: int) -> list[Figure]:
    """Measure each key against its bare statement and against a bare LIKE."""
    project = store.project(PROJECT)
    assert project is not None
    words = Words(store.states(), project.maintainers, (), "user1", NEWEST)
    bare, like, seconds = [], [], []
    for text in islice(keys(), number):
        query = parse_query(text, words, typing=True)
        statement = select_series(PROJECT_ID, query)
        least = [_round(store, query, statement, text) for _ in range(3)]
        whole, same, names = (min(times) for times in zip(*least, strict=True))
        bare.append(whole / same)
        like.append(whole / names)
        seconds.append(whole)
    note = f"worst {max(bare):.2f}"
    slowest = f"{1000 * median(seconds):.0f} ms here, at most {1000 * max(seconds):.0f}"
    return [
        Figure(f"a key in / among {PATCHES:,} patches", "the same SELECT bare", tuple(bare), 1.5, note),
        Figure("the same key", "a bare LIKE over the names of patches", tuple(like), note=slowest),
    ]


def _round(store: Store, query: Query, statement: Sql, text: str) -> tuple[float, float, float]:
    name = "SELECT DISTINCT series_id FROM patch WHERE project_id = ? AND name LIKE ?"
    return (
        _cpu(lambda: store.find_series(PROJECT_ID, query)),
        _cpu(lambda: store._db.execute(*statement).fetchall()),
        _cpu(lambda: store._db.execute(name, (PROJECT_ID, f"%{text}%")).fetchall()),
    )


def _cpu(work: Callable[[], object]) -> float:
    """Return the seconds of this process alone: nothing here waits, and keys are short."""
    began = process_time()
    work()
    return process_time() - began


def measure_index(folder: Path) -> list[Figure]:
    """Measure storing texts with the index against storing them without, and the room of both."""
    times, rooms, each = [], [], []
    bodies = [text_of(id_) for id_ in range(1, 501)]
    for number in range(3):
        with_, size = _store_texts(folder / f"with{number}", bodies)
        with mocked.object(text_index, "put"):
            without, less = _store_texts(folder / f"without{number}", bodies)
        times.append(with_ / without)
        rooms.append(size / less)
        each.append(1000 * (with_ - without) / len(bodies))
    note = f"{min(each):.2f} ms more on this machine"
    return [
        Figure("storing a text of 6 kB and indexing it", "storing it", tuple(times), note=note),
        Figure("the file with its index", "the file without", tuple(rooms)),
    ]


def _store_texts(path: Path, bodies: list[Body]) -> tuple[float, int]:
    """Store texts; return the seconds that took, and the bytes of the file."""

    def put() -> None:
        for body in bodies:
            store.put_body(body.id, body)

    with closing(open_store(path)) as store:
        seconds = clock(put)
        store._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return seconds, store.sizes().file_bytes


def measure_memory(store: Store) -> list[Figure]:
    """Measure the most memory after a thousand keys against that after a hundred."""
    words = Words(me="user1", now=NEWEST)
    peaks = []
    for number in (100, 1000):
        for text in islice(keys(), number):
            store.find_series(PROJECT_ID, parse_query(text, words, typing=True))
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return [Figure("peak memory after 1,000 keys", "after 100", (peaks[1] / peaks[0],), 1.02)]


def measure(number: int = KEYS) -> list[Figure]:
    """Return all figures."""
    with tempfile.TemporaryDirectory(prefix="pwtui-bench-") as folder:
        with closing(fill(Path(folder, "store"))) as store:
            figures = [*measure_keys(store, number), *measure_memory(store)]
        return [*figures, *measure_index(Path(folder))]


if __name__ == "__main__":
    hide_settings()
    show(measure(*map(int, sys.argv[1:])))
