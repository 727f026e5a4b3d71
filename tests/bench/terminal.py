"""A program in a terminal of its own that answers nothing, and when what has come out of it.

**Settled** is what the benchmarks of the diff view go by: a key is written, and the time that counts
is the one from there to the last byte of what came out before the terminal was silent for so long
(``quiet``).  The silence itself does not count.  What comes out after a longer silence counts for
nothing, so ``quiet`` must be longer than any pause that a program makes within an answer.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0
"""Seconds of silence after which a program that should say something is given up."""
QUIET = 0.3
"""Seconds without a byte that end an answer of which it is unknown how it comes: several times
what a worker process takes to start, and longer than any timer of the app."""


class Answer(NamedTuple):
    """What came out of a terminal until it was silent."""

    seconds: float
    """From the key, or the start, to the last byte."""
    written: bytes


class Terminal:
    """A program that runs in a terminal."""

    def __init__(self, ours: int, process: subprocess.Popen[bytes], began: float) -> None:
        self._ours = ours
        self._began = began
        self.process = process
        self.late = 0
        """How often something came out after an answer had been taken for settled."""

    def send(self, keys: str) -> None:
        """Write keys; time counts from now.  What came out before them is no part of the answer."""
        while select.select([self._ours], [], [], 0)[0] and self._read():
            self.late += 1
        self._began = perf_counter()
        os.write(self._ours, keys.encode())

    def press(self, keys: str, *, quiet: float = QUIET, patience: float = PATIENCE) -> Answer:
        """Write keys, and return all that comes of it; nothing, where ``patience`` ends before."""
        self.send(keys)
        return self.settle(quiet=quiet, patience=patience)

    def settle(self, *, quiet: float = QUIET, patience: float = PATIENCE) -> Answer:
        """Return what comes out until it is silent, timed from the last key or the start.

        Raises RuntimeError with the end of the output when the program ends.
        """
        pieces: list[bytes] = []
        last = self._began
        while select.select([self._ours], [], [], quiet if pieces else patience)[0]:
            piece = self._read()
            last = perf_counter()
            if not piece:
                raise RuntimeError(f"it has ended; the end was {b''.join(pieces)[-2000:]!r}")
            pieces.append(piece)
        return Answer(last - self._began, b"".join(pieces))

    def wait_for(self, text: str) -> float:
        """Return the seconds from the last key or the start until a text has come out.

        Raises RuntimeError with the end of the output when the program ends, or is silent for 30
        seconds, before.
        """
        written = b""
        while text.encode() not in written:
            ready, _, _ = select.select([self._ours], [], [], PATIENCE)
            piece = self._read() if ready else b""
            if not piece:
                raise RuntimeError(f"{text!r} has not come out; the end was {written[-500:]!r}")
            written += piece
        return perf_counter() - self._began

    def _read(self) -> bytes:
        try:
            return os.read(self._ours, 65536)
        except OSError:  # Linux says EIO when the program has ended
            return b""

    def memory(self) -> float:
        """Return the megabytes of the program and its children; what is shared counts by shares."""
        return sum(_share(pid) for pid in _family(self.process.pid)) / 1000


@contextmanager
def run(
    argv: Sequence[str], size: tuple[int, int] = (120, 36), stdin: Path | None = None
) -> Iterator[Terminal]:
    """Run a program in a terminal of so many columns and rows; it is killed at the end.

    With ``stdin`` it reads that file there, and keys from the terminal, as pagers do.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPATH": str(ROOT)}
    source = os.open(stdin, os.O_RDONLY) if stdin else os.dup(theirs)

    def take_terminal() -> None:
        fcntl.ioctl(1, termios.TIOCSCTTY, 0)

    began = perf_counter()
    process = subprocess.Popen(
        argv,
        stdin=source,
        stdout=theirs,
        stderr=theirs,
        env=environment,
        start_new_session=True,
        preexec_fn=take_terminal,
    )
    os.close(theirs)
    os.close(source)
    try:
        yield Terminal(ours, process, began)
    finally:
        for pid in reversed(_family(process.pid)):
            os.kill(pid, 9)
        process.wait()
        os.close(ours)


def seconds_until(text: str, argv: Sequence[str]) -> float:
    """Return the seconds from starting a program to the moment at which it has written a text."""
    with run(argv) as terminal:
        return terminal.wait_for(text)


def _family(pid: int) -> list[int]:
    """Return a process and those that it started, and so on."""
    children: list[str] = []
    for task in Path("/proc", str(pid), "task").glob("*/children"):
        children += task.read_text().split()
    return [pid, *(other for child in children for other in _family(int(child)))]


def _share(pid: int) -> int:
    """Return the kilobytes of a process, of shared pages its share."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
