"""A program in a terminal of its own that answers nothing, and when a text has come out of it."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0


def seconds_until(text: str, argv: Sequence[str], columns: int = 120, rows: int = 36) -> float:
    """Return the seconds from starting a program to the moment at which it has written a text.

    The program is killed then.  Raises RuntimeError with the end of its output when it ends, or
    is silent for 30 seconds, before.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPATH": str(ROOT)}
    began = perf_counter()
    program = subprocess.Popen(
        argv, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    try:
        return _read_until(text.encode(), ours) - began
    finally:
        program.kill()
        program.wait()
        os.close(ours)


def _read_until(text: bytes, terminal: int) -> float:
    written = b""
    while text not in written:
        ready, _, _ = select.select([terminal], [], [], PATIENCE)
        try:
            piece = os.read(terminal, 65536) if ready else b""
        except OSError:  # Linux says EIO when the program has ended
            piece = b""
        if not piece:
            raise RuntimeError(f"{text!r} has not come out; the end was {written[-500:]!r}")
        written += piece
    return perf_counter()
