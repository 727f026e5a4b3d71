"""A made-up store, as years on a busy list leave one: ``python -m tests.bench.made_store FILE PATCHES``.

It is the same for a number of patches.  Rows go in in bulk, through the schema of ``tui.store``; of
each table there is what lists and start read.  A write of a whole series waits, a thousand actions
are in the journal, and the texts under the cursor are here, as if they had been fetched ahead.
"""

from __future__ import annotations

import random
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.made_diff import make_patch
from tui.core.intent import Field, Wish
from tui.core.model import Body, EventCursor
from tui.core.session import Session
from tui.store.connection import open_database, transaction
from tui.store.store import Store, open_store

PROJECT, PROJECT_ID = "bench", 1
NEWEST = datetime(2026, 3, 31, 17, 0)
PEOPLE, MAINTAINERS = 4000, 20
SIZES = (1, 2, 3, 4, 5, 7, 10, 15, 24)
HOW_MANY = (44, 12, 10, 8, 7, 7, 6, 4, 2)
"""Series of each size, in 100: four patches a series."""
STATES = ("new", "under-review", "accepted", "rejected", "changes-requested", "superseded", "not-applicable")
OFTEN = (50, 6, 20, 3, 8, 10, 3)
CHECKS = ("pending", "success", "warning", "fail")
AREAS = ("net: phy", "hw/arm", "drm/amd/display", "mm/slub", "tools/perf", "ext4", "iio: adc", "target/riscv")
DEEDS = (
    "rework the rings",
    "fix a leak in an error path",
    "do not sleep under the lock",
    "add a quirk",
    "use the helper",
)
LONG = 10
"""The cursor was left on the newest series of so many patches; its texts are here."""
ACTIONS = 1000


class Made(NamedTuple):
    """A series with its patches, as rows of the tables."""

    series: tuple[object, ...]
    patches: list[tuple[object, ...]]
    cover: tuple[object, ...] | None


def make_series(patches: int) -> Iterator[Made]:
    """Make series until there are so many patches, the oldest first."""
    chance = random.Random(patches)
    date = NEWEST - timedelta(minutes=30) * (patches // 4)
    made = 0
    for number in count(1):
        size = min(chance.choices(SIZES, HOW_MANY)[0], patches - made)
        if not size:
            return
        yield _make_one(chance, number, range(made + 1, made + size + 1), date)
        made += size
        date += timedelta(minutes=chance.randint(1, 60))


def _make_one(chance: random.Random, number: int, ids: range, date: datetime) -> Made:
    version = chance.choice((1, 1, 1, 2, 3, 5))
    who = 1 + int(PEOPLE * chance.random() ** 4)  # a few send most
    name = f"{chance.choice(AREAS)}: {chance.choice(DEEDS)} ({number})"
    state = chance.choices(STATES, OFTEN)[0]
    delegate = chance.randint(1, MAINTAINERS) if chance.random() < 0.3 else None
    url = f"https://patchwork.example.org/project/{PROJECT}"
    rows: list[tuple[object, ...]] = []
    for place, id_ in enumerate(ids, 1):
        at = (date + timedelta(seconds=place)).isoformat()
        msgid = f"<{date:%Y%m%d%H%M%S}.{number}-{place}-someone@example.org>"
        title = f"[{f'v{version},' if version > 1 else ''}{place}/{len(ids)}] {name}, part {place}"
        own = state if chance.random() < 0.9 else chance.choice(STATES)
        check = chance.choice(CHECKS)
        archived = own in ("superseded", "accepted") and chance.random() < 0.5
        hashed, address = f"{id_:040x}", f"{url}/patch/{msgid[1:-1]}/"
        rows.append(
            (
                id_,
                PROJECT_ID,
                number,
                msgid,
                title,
                at,
                who,
                own,
                archived,
                delegate,
                check,
                hashed,
                "",
                "",
                address,
            )
        )
    at, listed = date.isoformat(), " ".join(map(str, ids))
    head = (number, PROJECT_ID, number, f"<{number}-0@example.org>", f"[0/{len(ids)}] {name}", at, who, url)
    cover = head if len(ids) > 1 else None
    counts = (version, len(ids), len(ids), True, number if cover else None, listed)
    series = (number, PROJECT_ID, name, at, who, *counts, f"{url}/list/?series={number}")
    return Made(series, rows, cover)


def _put_people(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO project VALUES (?, ?, 'Benchmarks', 'b@example.org', '')", (PROJECT_ID, PROJECT))
    people = ((id_, f"Person Number {id_}", f"{id_}@example.org") for id_ in range(1, PEOPLE + 1))
    db.executemany("INSERT INTO person VALUES (?, ?, ?)", people)
    users = [(id_, f"user{id_}", "User", f"Number {id_}", "") for id_ in range(1, MAINTAINERS + 1)]
    db.executemany("INSERT INTO account VALUES (?, ?, ?, ?, ?)", users)
    db.executemany(
        "INSERT INTO maintainer VALUES (?, ?, ?)", [(PROJECT_ID, user[0], user[0]) for user in users]
    )
    db.executemany("INSERT INTO state VALUES (?, ?)", [(slug, at) for at, slug in enumerate(STATES)])


def _put_rows(db: sqlite3.Connection, patches: int) -> None:
    series = make_series(patches)
    while some := list(islice(series, 20_000)):
        with transaction(db):
            db.executemany(
                f"INSERT INTO series VALUES ({', '.join('?' * 12)})",
                (one.series for one in some),
            )
            db.executemany(
                f"INSERT INTO patch VALUES ({', '.join('?' * 15)})",
                (row for one in some for row in one.patches),
            )
            db.executemany(
                f"INSERT INTO cover VALUES ({', '.join('?' * 8)})",
                (one.cover for one in some if one.cover),
            )


def _put_deeds(store: Store) -> None:
    """Do things, of which the last one waits; leave the cursor near the top, and the texts there."""
    series = store.series_ids(PROJECT_ID, ACTIONS + 1)
    for id_ in reversed(series):
        patches = store.patches(store.patch_ids(id_))
        store.settle(one.id for one in store.intents())
        wishes = [Wish(patch.id, Field.STATE, patch.state, "under-review") for patch in patches]
        store.file(wishes, key="s", title=f"{len(wishes)} patches set to under-review")
    left = next(id_ for id_ in series if len(store.patch_ids(id_)) >= LONG)
    for patch_id in store.patch_ids(left):
        diff = make_patch(200, files=3, seed=patch_id)
        store.put_body(patch_id, Body(patch_id, (), f"Say why {patch_id} is needed.\n", diff))
    store.put_body(-left, Body(left, (), "Say what it is about.\n"))  # a cover has its series' number
    store.put_session(PROJECT, Session(left, top=series[0]))
    store.put_event_cursor(PROJECT_ID, EventCursor(NEWEST, 5 * series[0]))


def make_store(path: Path, patches: int) -> None:
    """Make the store in a new file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(open_database(str(path))) as db:
        db.execute("PRAGMA synchronous = OFF")
        with transaction(db):
            _put_people(db)
        _put_rows(db, patches)
    with closing(open_store(path)) as store:
        _put_deeds(store)


if __name__ == "__main__":
    make_store(Path(sys.argv[1]), int(sys.argv[2]))
