"""The app of ``opened.py``, telling which steps of its loop take long: ``stepped FILE MILLISECONDS DIFF...``.

A line of the file is one step: its processor time and its time by the clock, and where it was, looked at
every few milliseconds, the most common places first.
"""

from __future__ import annotations

import asyncio
import gc
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from time import perf_counter, thread_time
from types import FrameType

from tests.bench.opened import FILL, make_app, store_of

EVERY = 0.004
"""Seconds of processor time between two looks."""
DEEP = 6
_OURS = str(Path(__file__).resolve().parents[2] / "tui")

_seen: Counter[str] = Counter()


def _look(number: int, frame: FrameType | None) -> None:
    """Note where the main thread is: the innermost functions, of the app alone where it is in them."""
    names: list[str] = []
    inner = ""
    while frame is not None and len(names) < DEEP:
        code = frame.f_code
        inner = inner or code.co_qualname
        if code.co_filename.startswith(_OURS):
            names.append(code.co_qualname)
        frame = frame.f_back
    if not names or names[0] != inner:
        names.insert(0, inner)
    _seen[" < ".join(names)] += 1


def watch(told: Path, long: float) -> None:
    """Tell of all steps from now on that take longer than so many milliseconds."""
    plain = asyncio.Handle._run

    def timed(handle: asyncio.Handle) -> None:
        _seen.clear()
        began, cpu = perf_counter(), thread_time()
        plain(handle)
        took = (thread_time() - cpu) * 1000
        if took > long:
            wall = (perf_counter() - began) * 1000
            where = "; ".join(f"{count} {names}" for names, count in _seen.most_common(3))
            with told.open("a") as file:
                file.write(f"{took:.0f} ms ({wall:.0f} by the clock): {where}\n")

    asyncio.Handle._run = timed  # type: ignore[method-assign, assignment]
    signal.signal(signal.SIGPROF, _look)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)


if __name__ == "__main__":
    told, long = Path(sys.argv[1]), float(sys.argv[2])
    names = [Path(name) for name in sys.argv[3:]]
    subprocess.run([sys.executable, "-m", "tests.bench.opened", FILL, *map(str, names)], check=True)
    gc.disable()  # as tui.cli does
    watch(told, long)
    make_app(store_of(names)).run()
