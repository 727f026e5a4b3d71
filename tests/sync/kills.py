"""Kills runs of pwtui at random moments, and looks each time at what they left behind."""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.sync.killed import SENDS, Order
from tui.core.intent import Field
from tui.core.rows import Mark
from tui.demo.world import CORPUS
from tui.store.store import open_store

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

    def changes(self, after: int) -> tuple[list[tuple[int, str]], int]:
        """Return patch and state of each change after an event, and the number of the last event."""
        found: dict[int, tuple[int, str]] = {}
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
                told = event["payload"]
                found[event["id"]] = (told["patch"]["id"], told["current_state"])
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


class Nursery:
    """Where the processes come from."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def run(self, order: Order, seconds: float) -> int:
        """Run a process, and kill it when it is so old; return how it ended: 0 when by itself and well.

        The age of one that tells when it sends counts from there.
        """
        pipes = self._process
        assert pipes.stdin is not None
        assert pipes.stdout is not None
        pipes.stdin.write(json.dumps(order).encode() + b"\n")
        pipes.stdin.flush()
        number = int(pipes.stdout.readline())
        line = pipes.stdout.readline() if order.tells else SENDS
        if line == SENDS:
            if not select.select([pipes.stdout], [], [], seconds)[0]:
                os.kill(number, signal.SIGKILL)
            line = pipes.stdout.readline()
        return int(line)


@contextmanager
def nursery() -> Iterator[Nursery]:
    """Begin with everything imported."""
    command = [sys.executable, "-m", "tests.sync.killed"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, bufsize=0) as process:
        yield Nursery(process)
        assert process.stdin is not None
        process.stdin.close()


@dataclass(slots=True)
class Wished:
    """What was wished of one patch, as the diary has it."""

    last: set[str]
    """What may be the last that was filed; at first, what the server had."""
    all: list[str] = field(default_factory=list)
    """In order, what may never have been filed with it."""


def read_diary(path: Path, initial: dict[int, str]) -> dict[int, Wished]:
    """Return what was wished of each patch."""
    wished = {patch_id: Wished({state}) for patch_id, state in initial.items()}
    for line in path.read_text().splitlines() if path.exists() else ():
        what, wishes = json.loads(line)
        for patch_id, state in wishes:
            one = wished[patch_id]
            if what == "asked":
                one.all.append(state)
                one.last.add(state)
            else:
                one.last = {state}
    return wished


class Trial:
    """One store through many lives: what has to be true after each death."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.server = server
        self.store, self.diary = folder / "store", folder / "diary"
        self.initial = server.states()
        self.said = {patch_id: [state] for patch_id, state in self.initial.items()}
        """Each state that the server had."""
        self.event = 0
        self.matched: defaultdict[int, int] = defaultdict(int)
        """How many wishes of a patch came before the one that the server heard last."""
        self.deaths: defaultdict[str, int] = defaultdict(int)
        """How many processes died when how many writes were open, and so on; for the figures."""
        _, self.event = server.changes(0)

    def order(self, seed: int, deeds: int, tells: int = 0) -> Order:
        """Return what a run is to do."""
        about = self.server.about
        where = (str(self.store), str(self.diary), about["url"], about["token"], about["project"])
        return Order(*where, seed, deeds, tells)

    def check(self) -> None:
        """Look at file, outbox, rows and server; raise AssertionError where a promise is broken."""
        if not self.store.exists():
            return
        with closing(sqlite3.connect(self.store)) as db:
            assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "the file is damaged"
        wished = read_diary(self.diary, self.initial)
        self._check_writes(wished)
        self._check_store(wished)

    def _check_writes(self, wished: dict[int, Wished]) -> None:
        """Everything the server heard was wished, in the order in which it was wished, each once."""
        changes, self.event = self.server.changes(self.event)
        for patch_id, state in changes:
            wishes, start = wished[patch_id].all, self.matched[patch_id]
            heard = f"patch {patch_id} was set to {state} after {self.said[patch_id]}; wished: {wishes}"
            assert state in wishes[start:], heard
            self.matched[patch_id] = wishes.index(state, start) + 1
            self.said[patch_id].append(state)

    def _check_store(self, wished: dict[int, Wished]) -> None:
        store = open_store(self.store)
        with closing(store):
            assert (store.remarks, store.refuses) == ((), ""), "the file could not be used"
            held = {i.patch_id: i.wished for i in store.intents() if i.field is Field.STATE}
            self.deaths["died with open writes"] += bool(held)
            self.deaths["died while sending"] += any(i.tried for i in store.intents())
            for row in store.patch_rows(list(self.initial)):
                id_, state = row.patch.id, row.patch.state
                last = wished[id_].last
                if id_ in held:
                    assert row.mark is Mark.WAITING, f"nobody else was there, and {id_} is {row.mark}"
                    assert state == held[id_], f"the row of {id_} shows {state}, wished is {held[id_]}"
                    assert state in last, f"{id_} is wished {state}; the last wish was one of {last}"
                else:
                    assert state in self.said[id_], f"{id_} shows {state}, the server said {self.said[id_]}"
                    now = self.said[id_][-1]
                    assert now in last, f"{id_} is {now} and nothing waits; the last wish was one of {last}"

    def finish(self) -> None:
        """Look at what must be true when all was delivered."""
        self.check()
        with closing(open_store(self.store)) as store:
            assert store.intents() == []
            rows = store.patch_rows(list(self.initial))
            assert {row.patch.id: row.patch.state for row in rows} == self.server.states()


def kill(folder: Path, seed: int, kills: int, oldest: float) -> Trial:
    """Kill so many runs on one store, each within ``oldest`` seconds; raise AssertionError with the seed."""
    dice = random.Random(seed)
    with serve(folder) as server, nursery() as cradle:
        trial = Trial(server, folder)
        patches = list(trial.initial)
        try:
            for number in range(kills):
                server.misbehave(dice, patches)
                tells = dice.choice((0, 1, 2, 4, 8, 16))
                order = trial.order(dice.randrange(2**32), 10**6, tells)
                ended = cradle.run(order, dice.uniform(0, oldest / 4 if tells else oldest))
                server.behave()
                assert ended == signal.SIGKILL, f"run {number} ended by itself: {ended}"
                trial.check()
            ended = cradle.run(trial.order(seed, 3), 60)
            assert ended == 0, f"with a line that holds, a run ended so: {ended}"
            trial.finish()
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from error
        trial.deaths["writes heard"] = sum(map(len, trial.said.values())) - len(trial.said)
        return trial
