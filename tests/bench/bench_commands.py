"""What a command that only prints takes, against Python starting and doing nothing.

Run by hand: ``python tests/bench/bench_commands.py [rounds]``.  Each round starts both, one right
after the other; their output goes nowhere.
"""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.figures import Figure, clock, hide_settings, show

ROUNDS = 21
ROOT = Path(__file__).resolve().parents[2]
WORDS = ("--help", "--version", "keys", "themes")


def start(code: str) -> None:
    """Run Python to its end."""
    subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, cwd=ROOT, check=True)


def measure(rounds: int = ROUNDS) -> list[Figure]:
    """Measure by turns; the first round, which compiles and warms the disk, does not count."""
    figures = []
    for word in WORDS:
        code = f"import sys; from tui.cli import main; sys.exit(main([{word!r}]))"
        ratios = [clock(partial(start, code)) / clock(partial(start, "pass")) for _ in range(rounds + 1)]
        figures.append(Figure(f"`pwtui {word}`", "`python -c pass`", tuple(ratios[1:]), 4.0))
    return figures


if __name__ == "__main__":
    hide_settings()
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
