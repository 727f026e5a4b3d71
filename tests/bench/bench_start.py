"""How long ``pwtui --demo`` takes to its first rows, against a bare Textual app.

Run by hand: ``python tests/bench/bench_start.py [rounds]``.  Both run as processes of their own in
a pseudo-terminal of 120 by 36 that answers nothing, by turns, with their bytecode cached.  The time
is from starting the process to the moment at which a text has come out of the terminal: the name of
the newest series, and the one word of an app with one ``Static``.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.figures import Figure, hide_settings, show
from tests.bench.terminal import seconds_until
from tui.demo.app import make_app
from tui.demo.registry import MAIN_PROJECT
from tui.demo.subjects import strip_prefixes

ROUNDS = 11
BARE = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("bare-and-ready")

Bare().run()
"""
DEMO = "import sys; from tui.cli import main; sys.exit(main(['--demo']))"
"""What the command ``pwtui --demo`` does."""


def newest_series() -> str:
    """Return the beginning of the first row's name, as much of it as any width shows."""
    world = make_app().world
    newest = max((s for s in world.series.values() if s.project is MAIN_PROJECT), key=lambda s: s.date)
    return strip_prefixes(newest.name or "")[:12]


def measure(rounds: int = ROUNDS) -> list[Figure]:
    """Measure by turns; the first round, which compiles and warms the disk, does not count."""
    name = newest_series()
    ratios = []
    for _ in range(rounds + 1):
        bare = seconds_until("bare-and-ready", [sys.executable, "-c", BARE])
        ratios.append(seconds_until(name, [sys.executable, "-c", DEMO]) / bare)
    against = "a bare Textual app to its one word"
    return [Figure("start of `pwtui --demo` to its first rows", against, tuple(ratios[1:]), 2.0)]


if __name__ == "__main__":
    hide_settings()
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
