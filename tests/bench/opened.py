"""The app with a project whose patches are here: ``python -m tests.bench.opened FILE...``.

Its store, a file beside the first of them, holds one series with a patch for each, diff and all; the
server never answers.  So what a key does is timed without a network, in the app's own screens.
"""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tui.config.themes import DEFAULT_THEME, load_theme
from tui.core.model import Body, Patch, Person, Project, Series
from tui.sparing import end_sparing, spare_modules
from tui.store.store import Store
from tui.sync.server import Server
from tui.sync.sync import Sync

if TYPE_CHECKING:
    from tui.app import PwtuiApp
    from tui.screens.browser import Browser

FILL = Path("--fill")
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


def store_of(files: Sequence[Path]) -> Path:
    """Return where the store for some files is."""
    return files[0].with_name("opened.db")


def write_store(files: Sequence[Path]) -> None:
    """Make the store."""
    store_of(files).unlink(missing_ok=True)
    with closing(Store(store_of(files))) as store:
        fill(store, files)


def make_app(path: Path) -> PwtuiApp:
    """Return the app, to open on the series; imported as tui.cli does it."""
    spare_modules()
    from tui.app import PwtuiApp
    from tui.screens.browser import Browser

    end_sparing()

    def first() -> Browser:
        store = Store(path)
        return Browser(store, Sync(store, PROJECT, never, can_write=False), SERVER, PROJECT)

    return PwtuiApp(load_theme(DEFAULT_THEME), first)


if __name__ == "__main__":
    names = [Path(name) for name in sys.argv[1:]]
    if names[0] == FILL:
        write_store(names[1:])
    else:
        # What filling it leaves behind is not the app's memory.
        subprocess.run([sys.executable, "-m", "tests.bench.opened", FILL, *names], check=True)
        gc.disable()  # as tui.cli does
        make_app(store_of(names)).run()
