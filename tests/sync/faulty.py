"""The embedded server in a process of its own, which fails at random when told to."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import httpx

from tui.demo.registry import MIRA
from tui.demo.world import CORPUS

ROOT = Path(__file__).resolve().parents[2]
MAILS = (
    "53-agent-timeouts",
    "69-blk-errors",
    "68-vsock-rfc",
    "91-start-stack",
    "93-agent-riscv",
    "89-net-offload",
)
FAULTS: tuple[dict[str, object], ...] = (
    {"status": 500},
    {"status": 502},
    {"status": 503, "headers": {"Retry-After": "1"}},
    {"status": 429},
    {"reset": True},
    {"cut": True},
    {"garbage": "html"},
    {"garbage": "json"},
    {"delay": 0.02},
)
"""``cut`` loses the answer to a write that took place."""


class Heard(NamedTuple):
    """A change of a state that the server tells of."""

    patch_id: int
    state: str
    ours: bool
    """Whether it was pwtui's, and not somebody else's."""


@dataclass(frozen=True, slots=True)
class Server:
    """The embedded server, in a process of its own."""

    about: dict[str, str]
    line: httpx.Client

    def misbehave(self, dice: random.Random, patches: list[int]) -> None:
        """Have some requests go wrong in some way."""
        for _ in range(dice.randrange(12)):
            path = f"patches/{dice.choice(patches)}/" if patches and dice.random() < 0.7 else "/api/"
            fault = dice.choice(FAULTS) | {"path": path, "times": dice.randint(1, 2)}
            if dice.random() < 0.6:
                fault["method"] = "PATCH"
            self.line.post("/_demo/faults", json=fault).raise_for_status()

    def behave(self) -> None:
        """Let all go well."""
        self.line.delete("/_demo/faults").raise_for_status()

    def states(self) -> dict[int, str]:
        """Return the state of each patch."""
        answer = self.line.get("/api/patches/", params={"per_page": 250})
        return {patch["id"]: patch["state"] for patch in answer.raise_for_status().json()}

    def changes(self, after: int) -> tuple[list[Heard], int]:
        """Return the changes after an event, and the number of the last event."""
        found: dict[int, Heard] = {}
        page, newest = 1, after
        while True:
            query: dict[str, str | int] = {
                "category": "patch-state-changed",
                "order": "-date",
                "per_page": 250,
                "page": page,
            }
            answer = self.line.get("/api/events/", params=query).raise_for_status()
            for event in answer.json():
                told, by = event["payload"], event["actor"]["username"]
                found[event["id"]] = Heard(told["patch"]["id"], told["current_state"], by == MIRA.username)
            if min(found, default=0) <= after or "next" not in answer.links:
                break
            page += 1
        newest = max(found, default=after)
        return [found[id_] for id_ in sorted(found) if id_ > after], newest


@contextmanager
def serve(folder: Path) -> Iterator[Server]:
    """Run the server with a few series."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for name in MAILS:
        shutil.copy(CORPUS / f"{name}.mbox", corpus)
    command = [sys.executable, "-m", "tui.demo", "--port", "0", "--faults", "--corpus", str(corpus)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            about = json.loads(process.stdout.readline())
            with httpx.Client(base_url=about["url"], trust_env=False) as line:
                line.headers["Authorization"] = f"Token {about['token']}"
                yield Server(about, line)
        finally:
            process.terminate()
