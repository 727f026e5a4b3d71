"""A switch of theme with a diff of 50,000 lines open, against the first page of that diff, opened cold.

Run by hand: ``python tests/bench/bench_themes.py [rounds]``.  Both are timed from outside, in a terminal
of 160 by 50, from the key to the last byte of its answer (``settled``, see ``terminal.py``).  The diff has
the whole screen and is opened from another one; after it the theme is switched, by a key of the benchmark's
own, to one that this run has not shown before.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import tempfile
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from textual.events import Event, Key

from tests.bench.bench_view import LEAP_QUIET, colored, open_reader, write_diffs
from tests.bench.figures import Figure, hide_settings, show
from tests.bench.opened import FILL, make_app, store_of
from tests.bench.rivals import SIZE
from tests.bench.terminal import run
from tui.config.themes import load_theme

ROUNDS = 5
LINES = 50_000
KEY = "\x1b[24~"
"""F12."""
THEMES = ("light", "contrast", "harbour", "ember")


def run_app(names: list[Path]) -> None:
    """Run the app on a series of some diffs; F12 shows another theme."""
    # What filling it leaves behind is not the app's memory.
    subprocess.run([sys.executable, "-m", "tests.bench.opened", FILL, *names], check=True)
    gc.disable()  # as tui.cli does
    app = make_app(store_of(names))
    go_on, themes = app.on_event, cycle(THEMES)

    async def on_event(event: Event) -> None:
        if isinstance(event, Key) and event.key == "f12":
            app.show_theme(load_theme(next(themes)))
        else:
            await go_on(event)

    app.on_event = on_event  # type: ignore[method-assign]
    app.run()


def time_switch(diffs: list[Path]) -> tuple[float, float, float]:
    """Return the seconds that the first page of the diff takes, those of a switch, and its kilobytes."""
    with run([sys.executable, "-m", "tests.bench.bench_themes", "--app", *map(str, diffs)], SIZE) as app:
        open_reader(app)
        app.press("]", quiet=LEAP_QUIET)
        app.press("]", quiet=LEAP_QUIET)
        opened = colored(app.press("]", quiet=LEAP_QUIET)).seconds
        switched = [app.press(KEY, quiet=LEAP_QUIET) for _ in THEMES]
    seconds = sum(answer.seconds for answer in switched) / len(THEMES)
    return opened, seconds, sum(len(answer.written) for answer in switched) / len(THEMES) / 1000


def measure(rounds: int = ROUNDS) -> list[Figure]:
    """Measure by turns."""
    with tempfile.TemporaryDirectory() as folder:
        diffs = list(write_diffs(Path(folder), LINES))
        times = [time_switch(diffs) for _ in range(rounds)]
    ratios = tuple(switched / opened for opened, switched, _ in times)
    written = tuple(kilobytes for _, _, kilobytes in times)
    what = f"switch of theme with a {LINES:,}-line C diff open, settled"
    return [
        Figure(what, "the first page of that diff, cold", ratios, 1.0),
        Figure("the same, written to the terminal of 160x50", "", written, unit="kB"),
    ]


if __name__ == "__main__":
    if "--app" in sys.argv:
        run_app([Path(name) for name in sys.argv[2:]])
    else:
        hide_settings()
        show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
