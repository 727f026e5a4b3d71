"""The app's end of the pipes to the one process that lexes, and the deadline it keeps.

Nothing here waits longer than it is told to.  A process that makes no progress in time, ends, or
says what makes no sense is killed; the lines it was at stay plain, and a new one takes the rest.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import select
import subprocess
import sys
from array import array
from collections import deque
from time import perf_counter

from tui.diff.wire import CLASSES, HEAD, request

DEADLINE = 5.0
"""Seconds without an answer, after which a process is killed.  250 lines of C take 0.02.

A lexer that is stuck is ended by the system after a second of its own time (see tui.diff.worker): this is
for one that gets no time, and on a busy machine colour is to come in the end.
"""
STARTUP = 15.0
"""The same, while a process starts or reads a lexer from a disk that is slow."""
WINDOW = 12
"""Requests that may be under way; so what was asked for and scrolled by is soon dealt with."""
PROMPT = 0.05
"""Seconds of one request after which it is not worth to wait for the answer."""
USUAL = "c_cpp.CLexer"
"""The lexer of most diffs on mailing lists."""
CHUNK = 1 << 16
_START = "import sys; sys.path[:] = sys.argv[1:]; from tui.diff.worker import main; main()"


class Job:
    """Some lines that are being lexed, and the colours that are known of them."""

    __slots__ = ("_data", "_ends", "done", "failed", "wanted")

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        """How many lines' colours will come."""
        self.done = False
        self.failed = False
        """Whether the rest of the lines stays plain because a lexer was stuck, or broke."""
        self._ends = array("I")
        self._data: bytes | bytearray = bytearray()

    def spans(self, row: int) -> bytes | None:
        """Return the colours of one of the lines; None while they are to come."""
        if row >= len(self._ends):
            return b"" if self.done else None
        return bytes(self._data[self._ends[row - 1] if row else 0 : self._ends[row]])

    def take(self, lengths: array[int], data: bytes) -> bool:
        """Take the colours of the next lines; False if they make no sense."""
        if len(self._ends) + len(lengths) > self.wanted or sum(lengths) != len(data):
            return False
        if any(length % 2 for length in lengths) or max(data[::2], default=0) >= len(CLASSES):
            return False
        end = len(self._data)
        for length in lengths:
            end += length
            self._ends.append(end)
        self._data += data
        self.done = len(self._ends) == self.wanted
        if self.done:
            # They stay for long: without the room that they had to grow.
            self._ends, self._data = self._ends[:], bytes(self._data)
        return True

    def give_up(self) -> None:
        """Leave the lines that are not known plain."""
        self.done = self.failed = True


class Tinter:
    """Asks a process to lex, and takes its answers when polled.  The process starts when needed."""

    def __init__(self, command: list[str] | None = None) -> None:
        self._command = command or [sys.executable, "-I", "-S", "-c", _START, *sys.path]
        self._process: subprocess.Popen[bytes] | None = None
        self._jobs: deque[tuple[int, Job, bytes]] = deque()
        self._number = 0
        self._outgoing = bytearray()
        self._incoming = bytearray()
        self._is_ready = False
        """Whether the process has answered anything yet."""
        self._works = False
        """Whether any process has ever answered anything."""
        self._again = 0
        """The last request that was asked once more."""
        self._is_lexing = False
        """Whether the first job is being lexed."""
        self._since = 0.0
        self.is_broken = False
        """Whether no process can be had; then all stays plain."""

    @property
    def is_prompt(self) -> bool:
        """Whether an answer may be expected within a moment."""
        if self._jobs or not self._is_ready:
            # It may have been warmed, or have answered what nobody waits for any more.
            self.poll()
        if self.is_broken or not self._is_ready:
            return False
        return not self._jobs or perf_counter() - self._since < PROMPT

    @property
    def pid(self) -> int | None:
        """The process that lexes, if there is one."""
        return self._process.pid if self._process else None

    def ask(self, lexer: str, marked: list[str], *, guess: bool) -> Job | None:
        """Ask for the colours of lines, ``+`` before those wanted, and anything before the others.

        Returns None when too much is under way: ask again later.
        """
        if len(self._jobs) >= WINDOW:
            self.poll()
        if len(self._jobs) >= WINDOW:
            return None
        job = Job(sum(line[0] == "+" for line in marked))
        if self.is_broken or not job.wanted:
            job.give_up()
            return job
        self._number += 1
        data = request(self._number, lexer, marked, guess=guess)
        if not self._jobs:
            self._since = perf_counter()
            if self._process is not None and self._process.poll() is not None:
                self._kill()  # it ended while it had nothing to do
        self._jobs.append((self._number, job, data))
        if self._process is None:
            self._start()
        else:
            self._outgoing += data
            self._send()
        return job

    def warm(self) -> None:
        """Start the process, and let it load what most diffs need, so that the first one finds it ready."""
        if self._process is None:
            self.ask(USUAL, ["+"], guess=False)

    def poll(self, seconds: float = 0.0) -> None:
        """Take what answers there are, and wait so long for one where there is none."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return
        waiting = select.poll()
        waiting.register(process.stdout, select.POLLIN)
        if self._outgoing:
            waiting.register(process.stdin, select.POLLOUT)
        events = dict(waiting.poll(max(0.0, seconds) * 1000))
        if process.stdin.fileno() in events:
            self._send()
        if process.stdout.fileno() in events:
            self._receive()
        elif self._jobs and perf_counter() - self._since > (DEADLINE if self._is_lexing else STARTUP):
            self._fail()

    def close(self) -> None:
        """End the process, and everything it was asked."""
        self._kill()
        for _, job, _ in self._jobs:
            job.give_up()
        self._jobs.clear()

    # -- the process ---------------------------------------------------------

    def _start(self) -> None:
        """Start a process, and ask it all that is not answered."""
        try:
            self._process = subprocess.Popen(  # noqa: S603 - this Python, with our own module
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                start_new_session=True,
            )
        except OSError:
            self._break()
            return
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                os.set_blocking(pipe.fileno(), False)
        self._is_ready = self._is_lexing = False
        self._since = perf_counter()
        self._incoming.clear()
        self._outgoing[:] = b"".join(data for _, _, data in self._jobs)
        self._send()

    def _kill(self) -> None:
        if (process := self._process) is None:
            return
        self._process = None
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        process.wait()

    def _fail(self, *, ended: bool = False) -> None:
        """Kill the process; what it was at stays plain, the rest is another's.

        One that ``ended`` while it was at nothing, for want of requests, may not have seen the next: that
        is asked once more.
        """
        self._kill()
        again = bool(ended and self._works and self._jobs) and not self._is_lexing
        if again and self._again != self._jobs[0][0]:
            self._again = self._jobs[0][0]
        elif self._jobs:
            self._jobs.popleft()[1].give_up()
        if not self._works:
            self._break()
        elif self._jobs:
            self._start()

    def _break(self) -> None:
        """Do without colour, for no process comes up."""
        self.is_broken = True
        self.close()

    # -- what goes through the pipes -------------------------------------------

    def _send(self) -> None:
        pipe = self._process.stdin if self._process else None
        if pipe is None or not self._outgoing:
            return
        # A process that is gone is noticed when its answers end.
        with contextlib.suppress(BlockingIOError, BrokenPipeError):
            del self._outgoing[: os.write(pipe.fileno(), self._outgoing[:CHUNK])]

    def _receive(self) -> None:
        pipe = self._process.stdout if self._process else None
        if pipe is None:
            return
        data = os.read(pipe.fileno(), CHUNK)
        if not data:
            self._fail(ended=True)
            return
        self._incoming += data
        self._since = perf_counter()
        while len(self._incoming) >= HEAD.size:
            number, rows, size = HEAD.unpack_from(self._incoming)
            if not self._jobs or number != self._jobs[0][0] or rows > self._jobs[0][1].wanted:
                self._fail()
                return
            start = HEAD.size + 2 * rows
            if size > 1000 * rows:
                self._fail()
                return
            if len(self._incoming) < start + size:
                return
            lengths = array("H", bytes(self._incoming[HEAD.size : start]))
            if not self._jobs[0][1].take(lengths, bytes(self._incoming[start : start + size])):
                self._fail()
                return
            del self._incoming[: start + size]
            self._is_ready = self._works = self._is_lexing = True
            if self._jobs[0][1].done:
                self._jobs.popleft()
                self._is_lexing = False


_shared: list[Tinter] = []


def shared() -> Tinter:
    """Return the one of this app.  Its process ends with the app."""
    if not _shared:
        _shared.append(Tinter())
        atexit.register(_shared[0].close)
    return _shared[0]
