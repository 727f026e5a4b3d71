"""How soon the first rows show on a server that takes 200 ms a request, and how many it is asked.

Run by hand: ``python tests/bench/bench_first_rows.py [rounds]``.  The embedded server runs as a
process of its own, each answer 200 ms late; the whole app runs under Textual's headless driver and
reaches it over a socket.  The time is from the moment at which the app begins to ask to the moment
at which rows are painted, and to the one at which nothing is under way any more.  It is given in
requests: one, on an open connection, is measured in the same round.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.figures import Figure, hide_settings, show
from tests.bench.serving import Served, serve
from tui.commands.arguments import parse
from tui.screens.browser import Browser
from tui.session import make_session

ROUNDS = 7
DELAY = 0.2
SIZE = (120, 36)


async def open_project(served: Served) -> tuple[float, float]:
    """Open the project; return the seconds to its first rows and to when all is quiet."""
    os.environ["PWTUI_DATA"] = tempfile.mkdtemp(prefix="pwtui-bench-")  # a first start, each time
    app = make_session(parse([served.project, "--server", served.url])).make_app()
    async with app.run_test(size=SIZE):
        screen = app.screen
        assert isinstance(screen, Browser)
        while not screen.sync.status.loading:
            await asyncio.sleep(0)
        began = perf_counter()
        while not screen.series.ids:
            await asyncio.sleep(0.001)
        painted = asyncio.Event()
        app.call_after_refresh(painted.set)
        await painted.wait()
        rows = perf_counter() - began
        return rows, await quiet_since(screen) - began


async def quiet_since(screen: Browser) -> float:
    """Return since when nothing is under way: the first text is asked 0.12 s after its row is there."""
    since = perf_counter()
    while perf_counter() < since + 3 * DELAY:
        waits = perf_counter()
        await screen.sync.settled()
        if perf_counter() > waits + DELAY / 2:  # less is no request, but a busy machine
            since = perf_counter()
        await asyncio.sleep(0.01)
    return since


def measure(rounds: int = ROUNDS) -> list[Figure]:
    """Measure; the first round, in which httpx is imported, does not count."""
    rows, settled, requests = [], [], []
    with serve(DELAY) as served:
        os.environ["PWTUI_TOKEN"] = served.token
        for _ in range(rounds + 1):
            one = served.request_time(f"/api/projects/{served.project}/")
            served.forget_requests()
            first, last = asyncio.run(open_project(served))
            requests.append(served.count_requests())
            rows.append(first / one)
            settled.append(last / one)
        del os.environ["PWTUI_TOKEN"]
    against = "one request of that server"
    asked = f"{min(requests)}" if len(set(requests)) == 1 else f"{min(requests)} to {max(requests)}"
    return [
        Figure("first rows from a server with 200 ms a request", against, tuple(rows[1:])),
        Figure("the same, until all is there", against, tuple(settled[1:]), note=f"{asked} requests in all"),
    ]


if __name__ == "__main__":
    hide_settings()
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
