"""The embedded server as a process of its own, so that it shares no lock with what is measured."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import httpx

from tests.bench.terminal import ROOT
from tui.demo.world import CORPUS


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs."""

    url: str
    project: str
    token: str
    line: httpx.Client
    """A connection of the benchmark's own, kept alive."""

    def request_time(self, path: str, times: int = 3) -> float:
        """Return the median seconds of one request on an open connection."""
        seconds = []
        for _ in range(times):
            began = perf_counter()
            self.line.get(path).raise_for_status()
            seconds.append(perf_counter() - began)
        return sorted(seconds)[times // 2]

    def count_requests(self) -> int:
        """Return how many requests came since the last ``forget_requests``."""
        return len(self.line.get("/_demo/requests").json())

    def forget_requests(self) -> None:
        """Begin to count anew."""
        self.line.delete("/_demo/requests").raise_for_status()


@contextmanager
def serve(delay: float, corpus: Path = CORPUS) -> Iterator[Served]:
    """Run the server with a corpus; each answer is ``delay`` seconds late."""
    command = [sys.executable, "-m", "tui.demo", "--port", "0", "--faults", "--corpus", str(corpus)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            about = json.loads(process.stdout.readline())
            with httpx.Client(base_url=about["url"], trust_env=False) as line:
                line.post("/_demo/faults", json={"delay_all": delay}).raise_for_status()
                yield Served(about["url"], about["project"], about["token"], line)
        finally:
            process.terminate()
