"""How a pwtui that is started reaches one that runs: a socket that only its user can open.

A message is one line of UTF-8, at most 4 kB; the answer is ``ok``, or ``no`` and why.  What else
comes is read no further, answered with ``no``, and does nothing.  The folder is in XDG_RUNTIME_DIR
(https://specifications.freedesktop.org/basedir-spec/), else in the one for temporary files; every
process has a socket of its own there, and the one that was started last is asked first.
"""

from __future__ import annotations

import asyncio
import os
import socket
import stat
import struct
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

LONGEST = 4096
"""Bytes of a message."""
PATIENCE = 2.0
"""Seconds that either side waits for the other."""
MOST = 8
"""So many may be at the door at once."""

Hear = Callable[[str], str]
"""Does what a message says, and returns why not; empty where it is done."""


def door_folder(env: Mapping[str, str]) -> Path | None:
    """Return the folder of the sockets, made where there is none; None where it is not ours alone."""
    base = env.get("XDG_RUNTIME_DIR", "")
    if base.startswith("/"):
        folder = Path(base) / "pwtui"
    else:
        folder = Path(env.get("TMPDIR") or "/tmp") / f"pwtui-{os.getuid()}"  # noqa: S108 - looked at below
    try:
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        found = folder.lstat()
    except OSError:
        return None
    is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
    return folder if is_ours else None


def ring(folder: Path, message: str) -> str | None:
    """Give a message to one that runs; return what it answers, None where nobody is there.

    Sockets that nobody listens at any more are removed.
    """
    answer = None
    for path in sorted(folder.glob("*.sock"), key=_age):
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(PATIENCE)
            try:
                line.connect(str(path))
                line.sendall(f"{message}\n".encode())
                heard = line.recv(LONGEST).decode("utf-8", "replace").strip()
            except (ConnectionRefusedError, FileNotFoundError):
                path.unlink(missing_ok=True)
                continue
            except OSError:
                continue  # it is there and says nothing
        answer = heard or answer
        if heard == "ok":
            return heard
    return answer


def _age(path: Path) -> float:
    with suppress(OSError):
        return -path.lstat().st_mtime
    return 0.0


class Doorbell:
    """Listens as long as the app runs."""

    def __init__(self, folder: Path, hear: Hear) -> None:
        self.path = folder / f"{os.getpid()}.sock"
        self._hear = hear
        self._server: asyncio.Server | None = None
        self._at_the_door = 0

    async def listen(self) -> None:
        """Begin; where no socket can be made, nobody is reached, and nothing else is different."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)  # of a process that had our number
            self._server = await asyncio.start_unix_server(self._answer, self.path, limit=LONGEST)
            self.path.chmod(0o600)

    def close(self) -> None:
        """End, and leave no socket behind."""
        if self._server:
            self._server.close()
            self._server = None
            with suppress(OSError):
                self.path.unlink(missing_ok=True)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._at_the_door += 1
        try:
            words = "no: too many at once"
            if self._at_the_door <= MOST and _is_ours(writer):
                words = await self._listen_to(reader)
            writer.write(f"{words}\n".encode())
            await asyncio.wait_for(writer.drain(), PATIENCE)
        except (OSError, TimeoutError):
            pass  # who is gone wants no answer
        finally:
            self._at_the_door -= 1
            writer.close()

    async def _listen_to(self, reader: asyncio.StreamReader) -> str:
        try:
            line = await asyncio.wait_for(reader.readline(), PATIENCE)
            text = line.decode("utf-8")
        except TimeoutError:
            return "no: nothing was said"
        except ValueError:  # too long, or no UTF-8
            return "no: that cannot be read"
        if not text.endswith("\n") or not text.strip():
            return "no: nothing was said"
        why_not = self._hear(text.strip())
        return f"no: {why_not}" if why_not else "ok"


def _is_ours(writer: asyncio.StreamWriter) -> bool:
    """Say whether it is our user who rings, where the system tells (Linux, see unix(7))."""
    line = writer.get_extra_info("socket")
    option = getattr(socket, "SO_PEERCRED", None)
    if line is None or option is None:
        return True
    told = line.getsockopt(socket.SOL_SOCKET, option, 12)
    return bool(struct.unpack("3i", told)[1] == os.getuid())
