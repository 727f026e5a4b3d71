"""The process that lexes: a loop over requests, each answered bit by bit (tui.diff.wire)."""

from __future__ import annotations

import gc
import signal
import sys
from time import perf_counter

from tui.diff.late_modules import delay_tables
from tui.diff.lexers import load_lexer
from tui.diff.opening import guess_opening
from tui.diff.tint import tint
from tui.diff.wire import SIZE, Spans, answer

TYPE_CHECKING = False  # ``typing`` takes 1 MB of this process
if TYPE_CHECKING:
    from typing import BinaryIO

LIMIT = 1.0
"""Seconds of processor time for one request; then the system ends the process.

A regular expression that is stuck sees neither a signal's handler nor that the app is gone.
"""
REST = 60.0
"""Seconds without a request after which the system ends the process: 8 MB; the next one starts another."""
SOON = 0.002
"""Seconds after which what is lexed is told, although more will follow."""


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    signal.setitimer(signal.ITIMER_REAL, REST)
    while len(size := requests.read(SIZE.size)) == SIZE.size:
        signal.setitimer(signal.ITIMER_REAL, 0)
        data = requests.read(*SIZE.unpack(size)).decode("utf-8", "surrogatepass")
        number, lexer, guess, *lines = data.split("\n")
        _serve_one(int(number), lexer, lines, guess == "1", answers)
        signal.setitimer(signal.ITIMER_REAL, REST)


def _serve_one(number: int, name: str, marked: list[str], guess: bool, answers: BinaryIO) -> None:
    lexer = load_lexer(name)
    answers.write(answer(number, []))
    answers.flush()
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    pending: list[Spans] = []
    if lexer is None:
        pending = [b"" for line in marked if line[0] == "+"]
    else:
        lines = [line[1:] for line in marked]
        opening = guess_opening(type(lexer).__name__, lines) if guess else ""
        told = perf_counter()
        for line, spans in zip(marked, tint(lexer, lines, opening), strict=True):
            if line[0] == "+":
                pending.append(spans)
                if perf_counter() - told > SOON:
                    answers.write(answer(number, pending))
                    answers.flush()
                    pending.clear()
                    told = perf_counter()
    signal.setitimer(signal.ITIMER_PROF, 0)
    if pending:
        answers.write(answer(number, pending))
    answers.flush()


def main() -> None:
    """Serve the process that started this one."""
    gc.disable()  # nothing here grows by cycles, and a collection would come between two answers
    delay_tables()
    serve(sys.stdin.buffer, sys.stdout.buffer)
