"""What an app writes to a pseudo-terminal, and the grammar of what Textual may write there.

Textual's own sequences, all that are seen: colours and styles in true colour (nothing of the 16
colours, so that a colour of a patch stands out), places of the cursor, its modes of the screen, the
mouse, the keyboard and synchronized output with the questions about them, the shape of the
mouse's pointer, the title of the window, and links.  Whatever is left when they are cut out is text, and may
hold no control but line ends.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_STYLE = r"(?:[1-9]|2[1-9]|39|49|[34]8;2;\d{1,3};\d{1,3};\d{1,3})"
OWN = re.compile(
    rf"\x1b\[(?:0|{_STYLE}(?:;{_STYLE})*)?m"
    r"|\x1b\[\d{1,4};\d{1,4}H|\x1b\[H\x1b\[2J"
    r"|\x1b\[\?(?:25|1000|1003|1004|1006|1015|1016|1049|2004|2026|2048|7)[hl]"
    r"|\x1b\[\?(?:2026|2048)\$p"
    r"|\x1b\[(?:>\d+|<|\?)u"
    r"|\x1b\]22;[a-z-]*\x07"
    r"|\x1b\]8;(?:id=-?\d+;https?://[!-~]{3,2000}|;)\x1b\\"
    r"|\x1b\[2[23];2t|\x1b\]2;[\w.+-]* - pwtui\x07"
)
HIDDEN = {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"}
INVISIBLE = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0}.union(
    range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0000, 0xE1000)
)


def is_hidden(character: str) -> bool:
    """Say whether a character does not show, or acts on a terminal or on the order of what it shows."""
    return unicodedata.category(character) in HIDDEN or ord(character) in INVISIBLE


def text_of(written: bytes) -> str:
    """Return what is left without Textual's own sequences."""
    return OWN.sub("", written.decode("utf-8"))


def hidden_in(written: bytes) -> dict[str, str]:
    """Return each hidden character that is left, with what stands around it."""
    text = text_of(written)
    return {
        hex(ord(character)): repr(text[max(0, text.index(character) - 20) :][:60])
        for character in set(text)
        if character not in "\r\n" and is_hidden(character)
    }


def start(code: str, *words: str, rows: int, columns: int) -> tuple[int, int]:
    """Run Python code on a terminal of its own; return the process and the terminal."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        # Before anything reads it.  Not the C library's environment: readline puts LINES and COLUMNS there.
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.execve(sys.executable, [sys.executable, "-c", code, *words], dict(os.environ))
    return child, terminal


def stop(child: int, terminal: int) -> None:
    """End the process, and give the terminal back."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(terminal)


def read_to_end(terminal: int, seconds: float = 60) -> bytes:
    """Return all that the app writes until it leaves.  Raises TimeoutError when it does not."""
    pieces: list[bytes] = []
    end = time.monotonic() + seconds
    while select.select([terminal], [], [], max(0, end - time.monotonic()))[0]:
        try:
            piece = os.read(terminal, 1 << 16)
        except OSError:  # Linux tells so that the other side has closed it.
            piece = b""
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
    raise TimeoutError(b"".join(pieces)[-2000:])
