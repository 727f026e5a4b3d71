"""A process that is killed at any moment leaves a sound file, and loses no wish that it had accepted."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tui.core.intent import Status
from tui.core.journal import Outcome
from tui.store.store import open_store

ROOT = Path(__file__).resolve().parent.parent.parent
ROUNDS = 10

CHILD = """
import sys
from datetime import datetime
from pathlib import Path
from tui.core.intent import Field, Status, Wish
from tui.core.model import Body, Patch, Person
from tui.store.store import open_store

path, first = Path(sys.argv[1]), int(sys.argv[2])
store = open_store(path)
assert not store.refuses and not store.remarks, (store.refuses, store.remarks)
ada = Person(1, "Ada", "ada@example.org")
for number in range(first, first + 100_000):
    patches = [Patch(number * 10 + i, 1, "<x>", "patch", datetime(2026, 1, 1), ada, "new") for i in range(9)]
    store.put_patches(patches)
    store.put_body(number * 10, Body(number * 10, (), "text " * 2000))
    store.file([Wish(patch.id, Field.STATE, "new", f"s{number}") for patch in patches], title=str(number))
    print(number, flush=True)
    if number % 3 == 0:
        intents = store.intents(Status.WAITING)[:5]
        store.set_status([one.id for one in intents], Status.SENDING)
        store.settle(one.id for one in intents)
"""


def run_and_kill(path: Path, first: int, lines: int) -> list[int]:
    """Let a child write until it has said so many lines, kill it, and return what it said to the end."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path), str(first)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    said = [int(child.stdout.readline()) for _ in range(lines)]
    child.send_signal(signal.SIGKILL)
    said += [int(line) for line in child.stdout.read().splitlines() if line]
    child.wait()
    child.stdout.close()
    return said


def test_a_killed_process_loses_no_accepted_wish_and_leaves_a_sound_file(tmp_path: Path) -> None:
    path = tmp_path / "server.sqlite"
    chance = random.Random(4)
    accepted: list[int] = []
    for turn in range(ROUNDS):
        accepted += run_and_kill(path, 1 + turn * 1000, chance.randrange(1, 12))
        with closing(sqlite3.connect(path)) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    store = open_store(path)
    assert (store.remarks, store.refuses) == ((), "")
    actions = {int(action.title): action for action in store.journal(10_000)}
    assert set(accepted) <= set(actions)
    assert len(actions) - len(accepted) <= ROUNDS  # filed, and killed before it could say so
    open_ = {(one.patch_id, one.wished) for one in store.intents()}
    for number in accepted:
        items = store.action_items(actions[number].id)
        assert [item.patch_id for item in items] == [number * 10 + i for i in range(9)]
        waiting = {(item.patch_id, item.after) for item in items if item.outcome is not Outcome.DONE}
        assert waiting <= open_
    store.requeue()
    assert store.intents(Status.SENDING) == []
    store.close()
