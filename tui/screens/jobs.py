"""Commands that run behind the app: what they write, how they end, and ending them."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress

MOST = 10_000
"""Lines that are kept of what a command writes, the last ones."""
LONGEST = 1 << 16
"""Bytes of one line; one that is longer is cut into several."""
GRACE = 3.0
"""Seconds from asking a command to end until it is made to."""


class Job:
    """One command, or several one after the other as long as each goes well."""

    def __init__(self, name: str, commands: Sequence[str], wrote: Callable[[str], None]) -> None:
        """``wrote`` is called with each line, as it came."""
        self.name = name
        self.lines: deque[str] = deque(maxlen=MOST)
        self.stopped = False
        self._commands = commands
        self._wrote = wrote
        self._process: asyncio.subprocess.Process | None = None

    async def run(self) -> str:
        """Run it to its end; return why it failed, or nothing."""
        try:
            for command in self._commands:
                if trouble := "was stopped" if self.stopped else await self._run(command):
                    return trouble
        finally:
            self._signal(signal.SIGKILL)
        return ""

    async def _run(self, command: str) -> str:
        plain = {**os.environ, "TERM": "dumb", "NO_COLOR": "1", "PAGER": "cat", "GIT_PAGER": "cat"}
        try:
            self._process = process = await asyncio.create_subprocess_shell(
                command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,  # so that what it starts is ended with it, and ctrl+c is not for it
                env=plain,
                limit=LONGEST,
            )
        except OSError as error:
            return f"cannot be started: {error.strerror}"
        await self._read(process)
        status = await process.wait()
        self._process = None
        if self.stopped:
            return "was stopped"
        if status < 0:
            return f"was ended by signal {-status}"
        return f"ended with status {status}" if status else ""

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        rest = b""
        while process.stdout and (piece := await process.stdout.read(LONGEST)):
            *lines, rest = (rest + piece).split(b"\n")
            for line in (*lines, *([rest] if len(rest) > LONGEST else [])):
                self._take(line)
            rest = b"" if len(rest) > LONGEST else rest
        if rest:
            self._take(rest)

    def _take(self, line: bytes) -> None:
        text = line.decode("utf-8", "replace").removesuffix("\r").rpartition("\r")[2]
        self.lines.append(text)
        self._wrote(text)

    def stop(self) -> None:
        """Ask it to end; make it end when it does not."""
        self.stopped = True
        self._signal(signal.SIGTERM)
        if self._process is not None:
            asyncio.get_running_loop().call_later(GRACE, self._signal, signal.SIGKILL)

    def _signal(self, number: int) -> None:
        if self._process is not None and self._process.returncode is None:
            with suppress(OSError):
                os.killpg(self._process.pid, number)

    @property
    def last_line(self) -> str:
        """Return the last line that says something."""
        return next((line for line in reversed(self.lines) if line.strip()), "")
