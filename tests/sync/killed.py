"""Runs of pwtui without a terminal, in processes that somebody else kills.

``python -m tests.sync.killed`` imports everything once and forks a process for each order that it
reads, so that a run begins in milliseconds.  A run syncs, sets states in bulk, undoes and redoes,
and writes down what it is about to wish, and what it has filed, before it does anything else.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests.sync.diary import Note, write_note
from tui.api.client import Client
from tui.api.wire import Limits
from tui.core.credentials import Credentials
from tui.core.intent import Field, Intent, Status, Value
from tui.core.journal import Outcome
from tui.core.model import Patch
from tui.store.store import Store, open_store
from tui.sync.delivery import pause
from tui.sync.sync import Sync

STATES = ("under-review", "accepted", "rejected", "rfc", "not-applicable", "superseded", "deferred")
"""Each deed sets the next one, so that a write out of its turn shows."""

SENDS = b"sends\n"


class Order(NamedTuple):
    """What a run is to do."""

    store: str
    diary: str
    """The file in which it writes down its deeds."""
    url: str
    token: str
    project: str
    seed: int
    deeds: int
    """How many; then it waits until nothing waits, and ends."""
    tells: int
    """Before which write it tells ``SENDS`` on standard output; 0 for none."""


class Telling(Client):
    """A client that tells when it sends a certain write."""

    writes = 0
    tells = 0

    async def set_patch(self, patch_id: int, changes: Mapping[Field, Value]) -> Patch:
        """Write, and tell of it first."""
        self.writes += 1
        if self.writes == self.tells:
            os.write(1, SENDS)
        return await super().set_patch(patch_id, changes)


class Run:
    """One life of a process."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.dice = random.Random(order.seed)
        self.store: Store = open_store(Path(order.store))
        self.sync = Sync(
            self.store,
            order.project,
            self.connect,
            can_write=True,
            pause=self.pause,
            rest=self.rest,
            beat=self.pause,
            tick=self.rest,
        )
        self.diary = os.open(order.diary, os.O_RDWR | os.O_APPEND | os.O_CREAT)
        self.turn = os.pread(self.diary, 1 << 26, 0).count(b"asked")

    async def connect(self) -> Client:
        """Make a client that gives up soon."""
        limits = Limits(silence=2.0, tries=2, backoff=0.01, longest_wait=0.1)
        credentials = Credentials(self.order.url, self.order.token)
        client = Telling(self.order.url, credentials, verify=False, limits=limits)
        client.tells = self.order.tells
        return client

    async def pause(self, seconds: float, woken: asyncio.Event) -> None:
        """Wait a hundredth of it between two tries."""
        await pause(seconds / 100, woken)

    async def rest(self, seconds: float) -> None:
        """Wait a hundredth of it for a server that is away."""
        await asyncio.sleep(seconds / 100)

    async def live(self) -> None:
        """Do all deeds, then wait until the server has heard of everything."""
        self.sync.start()
        while self.sync.project is None or not self.patches():
            await self.sync.settled()
            self.sync.refresh()
        for _ in range(self.order.deeds):
            self.do()
            for _ in range(self.dice.choice((0, 1, 10, 100))):
                await asyncio.sleep(0)
            if self.dice.random() < 0.6:
                await self.sync.settled()
        while self.store.intents(Status.WAITING, Status.SENDING):
            await self.sync.settled()
            self.sync.retry([])
        await self.sync.settled()
        await self.sync.close()
        self.store.close()

    def patches(self) -> list[int]:
        """Return all patches that are known."""
        series = self.store.series_ids(self.sync.project.id) if self.sync.project else []
        return [id_ for one in series for id_ in self.store.patch_ids(one)]

    def do(self) -> None:
        """Do one thing, and write it down before and after."""
        held = self.store.intents(Status.HELD)
        match self.dice.randrange(8):
            case 0 | 1:
                self.take_back(self.store.undoable())
            case 2:
                self.take_back(self.store.redoable(), redo=True)
            case 3:
                self.sync.refresh()
            case 4 if held:
                self.decide(self.dice.choice(held))
            case _:
                known = self.patches()
                some = self.dice.sample(known, self.dice.randint(1, len(known)))
                state = STATES[self.turn % len(STATES)]
                self.note("asked", dict.fromkeys(some, state))
                action = self.sync.wish(some, Field.STATE, state)
                self.note_filed(action.id)
                filed = {item.patch_id for item in self.store.action_items(action.id)}
                self.note("idle", {id_: state for id_ in some if id_ not in filed})  # they were so

    def take_back(self, action_id: int | None, redo: bool = False) -> None:
        """Undo or redo."""
        if action_id is None:
            return
        self.note("asked", {item.patch_id: item.before for item in self.store.action_items(action_id)})
        action = self.sync.redo() if redo else self.sync.undo()
        self.note_filed(action.id)

    def decide(self, held: Intent) -> None:
        """Send a held wish over what the server has, or give it up."""
        self.note("asked", {held.patch_id: held.wished})
        mine = self.dice.random() < 0.5
        self.sync.decide(held.id, mine)
        shown = self.store.patch_rows([held.patch_id])[0].patch.state
        self.note("filed" if mine else "idle", {held.patch_id: shown})

    def note_filed(self, action_id: int) -> None:
        """Write down what an action has filed: what is done already has nothing to be sent."""
        items = self.store.action_items(action_id)
        idle = [item for item in items if item.outcome is Outcome.DONE]
        self.note("filed", {item.patch_id: item.after for item in items if item not in idle})
        self.note("idle", {item.patch_id: item.after for item in idle})

    def note(self, what: Note, wishes: dict[int, Value]) -> None:
        """Write a line into the diary."""
        self.turn += what == "asked"
        write_note(self.diary, what, wishes)


def serve() -> None:
    """Fork a process for each line of standard input; tell its number, then how it ended."""
    for line in sys.stdin:
        process = os.fork()
        if not process:
            asyncio.run(Run(Order(*json.loads(line))).live())
            os._exit(0)
        print(process, flush=True)
        print(os.waitpid(process, 0)[1], flush=True)


if __name__ == "__main__":
    serve()
