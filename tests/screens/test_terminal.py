"""What a hostile mail holds never reaches the terminal, neither on the screen nor in the bytes written."""

from __future__ import annotations

import os
import pty
import select
import signal
import struct
import sys
import termios
import time
import unicodedata
from fcntl import ioctl
from pathlib import Path

import pytest

from tests.screens.conftest import Seat, Sit
from tests.widgets.terminal_bytes import hidden_in, text_of

ROOT = Path(__file__).resolve().parent.parent.parent
HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
MALLORY = "Mallory"


def hidden(text: str) -> set[str]:
    return {hex(ord(c)) for c in text if c != "\n" and unicodedata.category(c) in HIDDEN}


def hostile_series(seat: Seat) -> list[int]:
    rows = seat.browser.store.series_rows(seat.browser.series.ids)
    return [row.series.id for row in rows if row.series.submitter.name == MALLORY]


@pytest.mark.anyio
@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_nothing_hidden_is_on_the_screen(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size) as seat:
        await seat.loaded()
        await seat.press("G")
        await seat.settled()
        series = hostile_series(seat)
        assert len(series) >= 4
        for series_id in series:
            seat.browser.series.jump(series_id)
            await seat.press("enter", "enter")
            for _ in seat.browser.patches.ids:
                await seat.settled()
                await seat.until(seat.shows_its_patch)
                assert not hidden(seat.text)
                await seat.press("G")
                assert not hidden(seat.text)
                await seat.press("right_square_bracket")
            for dialog in ("s", "d", "y"):
                await seat.press(dialog)
                assert not hidden(seat.text)
                await seat.press("escape")
            await seat.press("q", "q")


def read_until(terminal: int, wanted: bytes, seconds: float = 60) -> bytes:
    """Return what the app wrote up to some bytes; fail when they never come."""
    seen = b""
    end = time.monotonic() + seconds
    while wanted not in seen:
        ready, _, _ = select.select([terminal], [], [], max(0, end - time.monotonic()))
        if not ready:
            pytest.fail(f"{wanted!r} never came; the last was {seen[-2000:]!r}")
        seen += os.read(terminal, 65536)
    return seen


def read_until_quiet(terminal: int) -> bytes:
    """Return what the app writes until it has nothing more to say."""
    seen = b""
    while select.select([terminal], [], [], 0.4)[0]:
        seen += os.read(terminal, 65536)
    return seen


def test_a_terminal_gets_no_byte_of_a_hostile_mail() -> None:
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        code = "import sys; from tui.cli import main; sys.exit(main(['--demo']))"
        # Not the C library's environment: readline puts LINES and COLUMNS there.
        os.execve(sys.executable, [sys.executable, "-c", code], dict(os.environ))
    try:
        ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 200, 0, 0))
        seen = read_until(terminal, b"online")
        os.write(terminal, b"G")  # the oldest are asked for, however many rows the screen has room for
        seen += read_until(terminal, b"100 of 103 series")
        os.write(terminal, b"G")
        seen += read_until(terminal, b"103 of 103 series")
        for _ in range(8):
            seen += read_until_quiet(terminal)
            os.write(terminal, b"b")
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)
    assert "\u241b[31m" in text_of(seen), "the hostile rows were in sight"
    assert hidden_in(seen) == {}
