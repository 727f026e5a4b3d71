"""The terminal we draw on, where the system is a Unix: Textual's, with a title."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from functools import partial
from typing import IO, TYPE_CHECKING

from textual.drivers.linux_driver import LinuxDriver

from tui.core.text import clean

if TYPE_CHECKING:
    from textual.app import App

LONGEST_TITLE = 80
OLD = ("", "linux", "vt100", "vt220")
"""Values of TERM whose terminals have no title, clipboard or pointer, and may print what sets them."""
CONSOLE_SIGNS = str.maketrans("✓✗◆◇▆▇∂◷◔⏸‖", "√x♦♦▄█d○○═║")
"""What stands for signs that the fonts of the Linux console (Debian's, and the kernel's) do not have."""
BLANK = "\x1b[0m\x1b[H\x1b[2J"
"""What clears the screen."""


class Terminal(LinuxDriver):
    """Textual's driver, with a window title, and one mode more that is switched off at the end."""

    title = ""
    _is_old = os.environ.get("TERM", "") in OLD
    _is_console = os.environ.get("TERM", "") == "linux"
    _is_screen = os.environ.get("TERM", "").startswith("screen") and "STY" in os.environ
    _titled = False
    _was_stopped = False
    _has_it = False
    """Whether the terminal is ours: from start to stop."""

    def __init__(
        self,
        app: App[object],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        if self._file is not None:
            self._file = Outlet(self._file)  # type: ignore[assignment]

    def name_window(self, title: str) -> None:
        """Set the title of the window; what it was before comes back at the end."""
        self.title = clean(title)[:LONGEST_TITLE]
        if self._writer_thread is not None:
            self._show_title()

    def write(self, data: str) -> None:
        """Write something; where a terminal has no operating system commands (OSC), none of these."""
        is_command = data.startswith("\x1b]")
        if self._is_old and is_command:
            return
        if self._is_console:
            data = data.translate(CONSOLE_SIGNS)
        elif self._is_screen and data.startswith("\x1b]52;"):
            data = f"\x1bP{data}\x1b\\"  # to the terminal that GNU screen runs in
        super().write(data)

    def start_application_mode(self) -> None:
        """Take the terminal, once it is ours: in the background we stop, and are called again by fg.

        Textual (8.2) would stop in the middle, and after ``bg`` and ``fg`` begin twice.  It would as well
        when SIGCONT comes to one that runs, which a hangup and ``kill -STOP`` with ``fg`` do; then what
        the terminal was before would be taken from what we made of it.
        """
        if self._app._exit:
            return
        if _is_in_background(self.fileno):
            os.kill(os.getpid(), signal.SIGSTOP)
            return
        if self._has_it:
            self.suspend_application_mode()
        self._has_it = True
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._writer_thread is not None:  # there is none in the background
            self._show_title()
            if getattr(self._app, "is_plain", False):
                self.write("\x1b[?25h")  # screen readers go by the cursor

        if self._was_stopped:  # what was painted is gone with the other screen
            self._was_stopped = False
            asyncio.get_running_loop().call_soon_threadsafe(partial(self._app.refresh, layout=True))

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        self._was_stopped, self._has_it = True, False
        if self._titled:
            self._titled = False
            self.write("\x1b[23;2t")
        self.write(BLANK)  # GNU screen and the Linux console may have no other screen to leave
        self.write("\x1b[?1016l")  # Textual (8.2) switches that on, where the terminal has it, and not off
        super().stop_application_mode()

    def _show_title(self) -> None:
        if not self.title or self._is_old:
            return
        if not self._titled:
            self._titled = True
            self.write("\x1b[22;2t")  # xterm keeps the one before on a stack; others ignore it
        self.write(f"\x1b]2;{self.title}\x07")


class Outlet:
    """What is written to; nothing any more once the terminal is gone.

    The thread that writes would end with the error, and the next writes, those at the end of the app
    among them, would wait for it for ever.
    """

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._is_gone = False

    def write(self, text: str) -> None:
        """Write a text."""
        self._try(partial(self._file.write, text))

    def flush(self) -> None:
        """Have all written that was not yet."""
        self._try(self._file.flush)

    def _try(self, do: Callable[[], object]) -> None:
        if self._is_gone:
            return
        try:
            do()
        except OSError:
            self._is_gone = True


def _is_in_background(terminal: int) -> bool:
    """Say whether another job has the terminal; where there is no control of jobs, none has."""
    try:
        return os.tcgetpgrp(terminal) != os.getpgrp()
    except OSError:
        return False
