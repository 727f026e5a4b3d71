"""How long 100 patches of 25 series take to be set to a state, on a server with 100 ms a request.

Run by hand: ``python tests/bench/bench_bulk.py [rounds]``.  The embedded server runs as a process of
its own, each answer 100 ms late.  The app's sync writes over a socket, four requests at a time, after
a look at what the server has; the time is from the wish to the last confirmed write.  Beside it
git-pw sets the same patches by one command, where ``GIT_PW`` says which program that is, or one of
this name is on the PATH.  Both are compared with 100 / 4 requests of this server, of which some are
measured in the same round.  Then the same with 500 patches of 20 series, and a store on disk; and how
long one undo takes to bring all of them back.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.figures import Figure, clock, hide_settings, show
from tests.bench.serving import Served, serve
from tui.api.client import Client
from tui.core.credentials import Credentials
from tui.core.intent import Field
from tui.store.store import Store
from tui.sync.sync import Sync

ROUNDS = 3
DELAY = 0.1
SERIES, PATCHES, AT_ONCE = 25, 100, 4
MANY = 500
OURS = ("accepted", "rejected")
THEIRS = ("rfc", "deferred")
"""Each write sets another state than the last, or there would be nothing to write."""


def make_corpus(path: Path) -> None:
    """Write 500 mails with patches, 25 a series."""
    parts = MANY // 20
    with path.open("w", encoding="utf-8") as file:
        for series in range(20):
            for part in range(1, parts + 1):
                first = f"<{series}-1@example.org>"
                file.write(
                    "From kiln Thu Jan  1 00:00:00 1970\nFrom: Mira Halvorsen <mira@example.org>\n"
                    "To: kiln-devel@lists.example.org\n"
                    f"Subject: [PATCH {part}/{parts}] part {part} of {series}\n"
                    f"Date: Tue, 31 Mar 2026 {series:02}:{part:02}:00 +0000\n"
                    f"Message-ID: <{series}-{part}@example.org>\n"
                    f"{f'In-Reply-To: {first}' if part > 1 else 'X-Mailer: git-send-email'}\n"
                    "List-Id: <kiln-devel.lists.example.org>\n\nA line.\n---\n"
                    "diff --git a/kiln.c b/kiln.c\n--- a/kiln.c\n+++ b/kiln.c\n@@ -1 +1 @@\n-a\n+b\n\n"
                )


async def choose(sync: Sync, store: Store, count: int) -> list[int]:
    """Read the project, and return some patches of its 25 largest series: four of each, then more."""
    sync.start()
    await sync.settled()
    assert sync.project is not None
    ids = store.series_ids(sync.project.id)
    sync.need_patches(ids)
    await sync.settled()
    largest = sorted((store.patch_ids(id) for id in ids), key=len, reverse=True)[:SERIES]
    by_turns = [patches[n] for n in range(len(largest[0])) for patches in largest if n < len(patches)]
    return by_turns[:count]


async def set_state(sync: Sync, ids: Sequence[int], state: str) -> tuple[float, int]:
    """Set patches to a state; return the seconds until all are confirmed, and how many were not so."""
    began = perf_counter()
    action = sync.wish(ids, Field.STATE, state)
    await sync.settled()
    return perf_counter() - began, action.changed


async def take_back(sync: Sync) -> tuple[float, int]:
    """Undo what was done last; return the seconds until all is confirmed, and how many came back."""
    began = perf_counter()
    action = sync.undo()
    await sync.settled()
    return perf_counter() - began, action.changed


def run_git_pw(program: str, served: Served, ids: Sequence[int], state: str) -> None:
    """Set patches to a state with one command of git-pw."""
    where = ["--server", f"{served.url}/api/1.2", "--project", served.project, "--token", served.token]
    command = [program, *where, "patch", "update", "--state", state, *map(str, ids)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


async def take_turns(
    served: Served, rounds: int, git_pw: str, store: Store, count: int
) -> tuple[list[float], list[float], list[float]]:
    """Return what each round took, in a fourth of ``count`` requests: the sync, its undo, and git-pw."""

    async def connect() -> Client:
        return Client(served.url, Credentials(served.url, served.token), verify=False)

    sync = Sync(store, served.project, connect, can_write=True)
    ids = await choose(sync, store, count)
    await set_state(sync, ids, THEIRS[1])
    ours, undone, theirs = [], [], []
    for number in range(rounds):
        worth = count / AT_ONCE * served.request_time(f"/api/patches/{ids[number]}/")
        seconds, changed = await set_state(sync, ids, OURS[number % 2])
        assert (changed, sync.status.waiting) == (count, 0)
        ours.append(seconds / worth)
        worth = count / AT_ONCE * served.request_time(f"/api/patches/{ids[number]}/")
        seconds, changed = await take_back(sync)
        assert (changed, sync.status.waiting) == (count, 0)
        undone.append(seconds / worth)
        if git_pw:
            theirs.append(clock(partial(run_git_pw, git_pw, served, ids, THEIRS[number % 2])) / worth)
            sync.refresh(store.series_ids(sync.project.id if sync.project else 0))
            await sync.settled()
    await sync.close()
    return ours, undone, theirs


def measure(rounds: int = ROUNDS) -> list[Figure]:
    """Measure by turns."""
    git_pw = os.environ.get("GIT_PW") or shutil.which("git-pw") or ""
    with serve(DELAY) as served:
        ours, _, theirs = asyncio.run(take_turns(served, rounds, git_pw, Store(), PATCHES))
    with tempfile.TemporaryDirectory(prefix="pwtui-bench-") as folder:
        corpus = Path(folder, "many.mbox")
        make_corpus(corpus)
        with serve(DELAY, corpus) as served, closing(Store(Path(folder, "store"))) as store:
            many, undone, _ = asyncio.run(take_turns(served, rounds, "", store, MANY))
    against = f"{PATCHES} / {AT_ONCE} requests of that server"
    return [
        Figure("100 patches of 25 series set to a state, 100 ms a request", against, tuple(ours), 1.3),
        Figure("the same with `git-pw patch update`", against, tuple(theirs)),
        Figure(
            f"{MANY} patches of 20 series, with a store on disk",
            f"{MANY} / {AT_ONCE} requests",
            tuple(many),
            1.15,
        ),
        Figure(f"their undo: {MANY} patches set back", f"{MANY} / {AT_ONCE} requests", tuple(undone), 1.15),
    ]


if __name__ == "__main__":
    hide_settings()
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
