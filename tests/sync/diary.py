"""What a run of tests/sync/killed.py wrote down of its deeds, and what follows from it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Note = Literal["asked", "filed", "idle"]
"""What a run is about to wish; what it has filed; what it has filed with nothing to be sent."""


@dataclass(slots=True)
class Wished:
    """What was wished of one patch, as the diary has it."""

    last: set[str]
    """What may be the last that was filed; at first, what the server had."""
    all: list[str] = field(default_factory=list)
    """In order, what may never have been filed with it."""
    filed: int = 0
    """How often something was filed that the server must hear of."""
    owed: bool = True
    """Whether the last wish is known to have been filed, and is to reach the server."""


def write_note(diary: int, what: Note, wishes: Mapping[int, object]) -> None:
    """Write a line into a file; one that is there survives the process."""
    os.write(diary, f"{json.dumps([what, list(wishes.items())])}\n".encode())


def read_diary(path: Path, initial: Mapping[int, str]) -> dict[int, Wished]:
    """Return what was wished of each patch."""
    wished = {patch_id: Wished({state}) for patch_id, state in initial.items()}
    for what, patch_id, state in _read_lines(path):
        one = wished[patch_id]
        one.owed = what == "filed"
        if what == "asked":
            one.all.append(state)
            one.last.add(state)
        else:
            one.last = {state}
            one.filed += what == "filed"
    return wished


def _read_lines(path: Path) -> Iterator[tuple[Note, int, str]]:
    for line in path.read_text().splitlines() if path.exists() else ():
        what, wishes = json.loads(line)
        for patch_id, state in wishes:
            yield what, patch_id, state
