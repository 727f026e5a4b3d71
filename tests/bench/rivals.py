"""The programs that the diff view is measured against: ``tig``, ``delta``, ``less``.

``DELTA`` may say which program ``delta`` is.  Where there is none, ``both_sides.py`` stands in for
it, and the table says so.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from tests.bench.figures import Figure, clock
from tests.bench.terminal import ROOT, run

SIZE = (160, 50)
TIG = shutil.which("tig")
LESS = shutil.which("less")
DELTA = os.environ.get("DELTA") or shutil.which("delta")
OVER = "`delta` over it" if DELTA else "Pygments over both sides of it, for want of `delta`"
PIPED = "`G` in `delta` piped to `less`" if DELTA else "`G` in the same piped to `less`"


def delta_command(diff: Path) -> str:
    """Return the shell command that writes a diff in colour."""
    if DELTA:
        return f"{shlex.quote(DELTA)} --paging=never < {shlex.quote(str(diff))}"
    script = str(ROOT / "tests" / "bench" / "both_sides.py")
    return shlex.join([sys.executable, script, str(diff)])


def not_run(what: str) -> list[Figure]:
    """Return the row that says that ``delta`` was not run, where it was not."""
    return [] if DELTA else [Figure(what, "`delta` itself (there is none on this machine)", ())]


def delta_time(diff: Path) -> float:
    """Return the seconds that ``delta`` takes for the whole of a diff, its output thrown away."""
    command = delta_command(diff)
    return clock(lambda: subprocess.run(command, shell=True, check=True, stdout=subprocess.DEVNULL))


def less_end_time(diff: Path) -> float:
    """Return the seconds from ``G``, on the first page of ``delta | less``, to ``(END)``."""
    with run(["sh", "-c", f"{delta_command(diff)} | less -R"], SIZE) as terminal:
        terminal.settle(quiet=0.1)
        terminal.send("G")
        return terminal.wait_for("(END)")


def tig_times(diff: Path, pages: int) -> tuple[float, list[float]]:
    """Return the seconds in which ``tig`` starts and reads a diff whole, and those of its pages."""
    lines = str(diff.read_text().count("\n")).encode()
    with run(["tig"], SIZE, stdin=diff) as terminal:
        answer = terminal.settle()
        if lines not in answer.written:
            raise RuntimeError(f"tig has not read {lines!r} lines: {answer.written[-500:]!r}")
        return answer.seconds, [terminal.press(" ", quiet=0.05).seconds for _ in range(pages)]
