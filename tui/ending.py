"""How the app ends when a signal says so.

Textual leaves the terminal clean when the app ends by itself.  A signal ends a process at once, so
it is taken here: the app ends as if it were left, and where it cannot any more, the terminal is put
right without it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from types import FrameType

PATIENCE = 3.0
"""Seconds that the app has to end by itself after a signal."""
SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))

_MOUSE_OFF = "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"
CLEAN = f"\x1b[?2004l\x1b[?7h\x1b[?2048l{_MOUSE_OFF}\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l\x1b[0m"
"""Paste, wrapping, resize reports, mouse, kitty's keys, the other screen, cursor and focus as they were
(xterm's ctlseqs; https://sw.kovidgoyal.net/kitty/keyboard-protocol/).
"""


class Ending:
    """Ends an app when a signal comes, and the process soon after where that does not help."""

    def __init__(self, leave: Callable[[int], None], driver: Callable[[], object]) -> None:
        """``leave`` ends the app with a status; ``driver`` returns what it draws with."""
        self._leave = leave
        self._driver = driver
        self.status = 0
        """128 and the number of the signal that came; 0 while none did."""

    def come(self, number: int, frame: FrameType | None) -> None:
        """Leave; the second signal, and the end of our patience, do not wait for it."""
        if self.status:
            self.force()
        self.status = 128 + number
        timer = Timer(PATIENCE, self.force)
        timer.daemon = True
        timer.start()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            raise SystemExit(self.status) from None
        loop.call_soon_threadsafe(self._leave, self.status)

    def force(self) -> None:
        """Put the terminal right and end the process."""
        with suppress(OSError, ValueError, AttributeError):
            terminal = sys.__stderr__.fileno() if sys.__stderr__ else 2
            os.set_blocking(terminal, False)  # one that is stopped, or gone, takes nothing
            os.write(terminal, CLEAN.encode())
        _restore(getattr(self._driver(), "attrs_before", None))
        os._exit(self.status)


def _restore(attributes: list[int | list[bytes | int]] | None) -> None:
    """Have the terminal echo and edit lines again, as it did before."""
    if attributes is None:
        return
    import termios

    with suppress(termios.error, OSError, ValueError):
        termios.tcsetattr(0, termios.TCSANOW, attributes)


@contextmanager
def ended_by_signals(leave: Callable[[int], None], driver: Callable[[], object]) -> Iterator[Ending]:
    """Have signals end an app as if it were left, as long as it runs."""
    ending = Ending(leave, driver)
    before = {number: signal.signal(number, ending.come) for number in SIGNALS}
    try:
        yield ending
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
