"""Kills runs of pwtui at random moments, and looks each time at what they left behind."""

from __future__ import annotations

import json
import os
import random
import re
import select
import signal
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path

from tests.sync.diary import Wished, read_diary
from tests.sync.faulty import ROOT, Server, serve
from tests.sync.killed import SENDS, Order
from tests.sync.meddler import Meddler
from tui.core.intent import Field, Intent, Status
from tui.core.rows import Mark
from tui.store.store import open_store


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
        self.theirs: dict[int, dict[str, bool]] = {}
        """Of patches that somebody else has set: the states, and whether it was they who set it last."""
        self.filed: defaultdict[int, int] = defaultdict(int)
        self.since: defaultdict[int, int] = defaultdict(int)
        """The last of the states that the server had before the run that filed the last wish."""
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
        for id_, one in wished.items():
            if one.filed > self.filed[id_]:
                self.filed[id_], self.since[id_] = one.filed, len(self.said[id_]) - 1
        self._check_writes(wished)
        self._check_store(wished)

    def _check_writes(self, wished: dict[int, Wished]) -> None:
        """Everything that we said was wished, in the order in which it was wished, each once.

        What somebody else has set back to what the user saw is set once more.
        """
        changes, self.event = self.server.changes(self.event)
        for patch_id, state, ours in changes:
            wishes, start = wished[patch_id].all, self.matched[patch_id]
            theirs = self.theirs.get(patch_id, {})
            again = theirs.get(self.said[patch_id][-1]) and state in wishes[:start][-1:]
            if ours and not again:
                heard = f"patch {patch_id} was set to {state} after {self.said[patch_id]}; wished: {wishes}"
                assert state in wishes[start:], heard
                self.matched[patch_id] = wishes.index(state, start) + 1
            if theirs or not ours:
                self.theirs.setdefault(patch_id, {})[state] = not ours
            self.deaths["writes heard" if ours else "writes of somebody else"] += 1
            self.said[patch_id].append(state)

    def _check_store(self, wished: dict[int, Wished]) -> None:
        store = open_store(self.store)
        with closing(store):
            assert (store.remarks, store.refuses) == ((), ""), "the file could not be used"
            open_ = {i.patch_id: i for i in store.intents() if i.field is Field.STATE}
            self.deaths["died with open writes"] += bool(open_)
            self.deaths["died while sending"] += any(i.tried for i in store.intents())
            self.deaths["died with held writes"] += bool(store.intents(Status.HELD))
            for row in store.patch_rows(list(self.initial)):
                id_, state, one = row.patch.id, row.patch.state, wished[row.patch.id]
                if id_ in open_:
                    assert state == open_[id_].wished, f"the row of {id_} shows {state}, not {open_[id_]}"
                    assert state in one.last, f"{id_} is wished {state}; the last wish was one of {one.last}"
                    self._check_mark(row.mark, open_[id_])
                else:
                    assert state in self.said[id_], f"{id_} shows {state}, the server said {self.said[id_]}"
                    self._check_delivered(id_, one)

    def _check_mark(self, mark: Mark, intent: Intent) -> None:
        """A write is held only because of somebody else, and says what the server has."""
        id_ = intent.patch_id
        if mark is not Mark.HELD:
            return
        told = re.fullmatch(r"the server has (.+) now, you saw (.+) and wish (.+); decide.*", intent.error)
        assert told is not None, f"{id_} is held, and all it says is {intent.error!r}"
        theirs = self.theirs.get(id_, {}).get(told[1])
        assert theirs, f"nobody else has set {id_} to {told[1]}: {self.said[id_]}"
        assert told[3] == intent.wished, f"{intent} tells of another wish"

    def _check_delivered(self, id_: int, one: Wished) -> None:
        """Where nothing waits the server has what was wished last, or had it until somebody else came."""
        said = self.said[id_]
        if id_ not in self.theirs:
            assert said[-1] in one.last, f"{id_} is {said[-1]}, nothing waits, and wished was {one.last}"
        elif one.owed:
            had = said[self.since[id_] :]
            assert one.last.intersection(had), f"{id_} was {had}, nothing waits, and wished was {one.last}"

    def finish(self) -> None:
        """Look at what must be true when all was delivered: what is held is there to be decided on."""
        self.check()
        with closing(open_store(self.store)) as store:
            held = {intent.patch_id for intent in store.intents(Status.HELD)}
            assert len(held) == len(store.intents())
            rows = {patch.id: patch.state for patch in store.patches(list(self.initial))}
            assert rows == self.server.states()


def kill(folder: Path, seed: int, kills: int, oldest: float, *, meddles: bool = False) -> Trial:
    """Kill so many runs on one store, each within ``oldest`` seconds; raise AssertionError with the seed.

    With ``meddles``, somebody else writes to the same patches meanwhile.
    """
    dice = random.Random(seed)
    with serve(folder) as server, nursery() as cradle:
        trial = Trial(server, folder)
        patches = list(trial.initial)
        meddler = Meddler(server.about["url"], random.Random(seed), patches)
        try:
            for number in range(kills):
                server.misbehave(dice, patches)
                tells = dice.choice((0, 1, 2, 4, 8, 16))
                order = trial.order(dice.randrange(2**32), 10**6, tells)
                with meddler.at_work() if meddles else nullcontext():
                    ended = cradle.run(order, dice.uniform(0, oldest / 4 if tells else oldest))
                server.behave()
                assert ended == signal.SIGKILL, f"run {number} ended by itself: {ended}"
                trial.check()
            ended = cradle.run(trial.order(seed, 3), 60)
            assert ended == 0, f"with a line that holds, a run ended so: {ended}"
            trial.finish()
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from error
        finally:
            meddler.close()
        return trial
