"""The app with a project whose patches are here: ``python -m tests.bench.opened FILE...``.

Its store holds one series with a patch for each file, diff and all; the server never answers.  So
what a key does is timed without a network, in the app's own screens.
"""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tui.app import PwtuiApp
from tui.config.themes import DEFAULT_THEME, load_theme
from tui.core.model import Body, Patch, Person, Project, Series
from tui.screens.browser import Browser
from tui.store.store import Store
from tui.sync.server import Server
from tui.sync.sync import Sync

SERVER, PROJECT = "https://bench.invalid", "bench"
NAME = "net: rework the rings"
_SUBMITTER = Person(1, "Ada Bench", "ada@example.org")
_DATE = datetime(2026, 3, 1, 12, 0)


def fill(store: Store, files: Sequence[Path]) -> None:
    """Put the series into a store."""
    ids = range(1, len(files) + 1)
    store.put_project(Project(1, PROJECT, "Benchmarks"))
    series = Series(1, 1, NAME, _DATE, _SUBMITTER, total=len(files), patch_ids=tuple(ids))
    store.put_series([series])
    store.put_patches(
        Patch(
            id,
            1,
            f"<{id}@example.org>",
            f"[{id}/{len(files)}] {file.stem}",
            _DATE,
            _SUBMITTER,
            "new",
            series_id=1,
        )
        for id, file in zip(ids, files, strict=True)
    )
    for id, file in zip(ids, files, strict=True):
        store.put_body(id, Body(id, (), "Made up.\n", file.read_text()))


async def never() -> Server:
    """Wait for a server for ever."""
    return await asyncio.Event().wait()  # type: ignore[return-value]


def make_app(files: Sequence[Path]) -> PwtuiApp:
    """Return the app, to open on the series."""

    def first() -> Browser:
        store = Store()
        fill(store, files)
        return Browser(store, Sync(store, PROJECT, never, can_write=False), SERVER, PROJECT)

    return PwtuiApp(load_theme(DEFAULT_THEME), first)


if __name__ == "__main__":
    gc.disable()  # as tui.cli does
    make_app([Path(name) for name in sys.argv[1:]]).run()
