"""In a terminal of its own: whatever ends or stops the app, the terminal is as it was before."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from fcntl import ioctl
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0
STARTED = b"series"
CRASH = """
import sys
from tui.screens.browser import Browser

def crash(self):
    token = "0123456789"
    raise KeyError("lost \\x1b]2;x\\x07")

Browser.action_help = crash
"""
HANG = """
import sys, time
from tui import ending
from tui.screens.browser import Browser

ending.PATIENCE = 0.5
Browser.action_help = lambda self: time.sleep(300)
"""

NEVER_FORCED = """
import os, sys
from tui import ending

ending.Ending.force = lambda self: os._exit(99)
"""


class Run:
    """A run in a terminal, and all that it wrote."""

    def __init__(self, pid: int, ours: int) -> None:
        self.pid = pid
        self.ours = ours
        self.written = b""
        self.before = termios.tcgetattr(ours)
        self.status: int | None = None

    def read_until(self, wanted: bytes) -> None:
        end = time.monotonic() + PATIENCE
        start = len(self.written)
        while wanted not in self.written[start:]:
            if not select.select([self.ours], [], [], max(0, end - time.monotonic()))[0]:
                pytest.fail(f"{wanted!r} never came; the last was {self.written[-1000:]!r}")
            self.written += self._some()

    def _some(self) -> bytes:
        try:
            return os.read(self.ours, 65536)
        except OSError:  # Linux says EIO when the program has ended
            return b""

    def press(self, keys: bytes) -> None:
        os.write(self.ours, keys)

    def ends(self) -> int:
        """Return how it ended; what it still writes is read, or it could not."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if select.select([self.ours], [], [], 0.05)[0]:
                self.written += self._some()
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                while select.select([self.ours], [], [], 0)[0] and (more := self._some()):
                    self.written += more
                self.status = os.waitstatus_to_exitcode(status)
                return self.status
        pytest.fail(f"it has not ended; the last was {self.written[-1000:]!r}")

    @property
    def modes(self) -> dict[int, bool]:
        """Return which of the terminal's modes were switched on, or off, last."""
        found = re.findall(rb"\x1b\[\?(\d+)([hl])", self.written)
        return {int(number): way == b"h" for number, way in found}

    def is_clean(self) -> bool:
        on = {number for number, is_on in self.modes.items() if is_on}
        balanced = self.written.count(b"\x1b[22;2t") == self.written.count(b"\x1b[23;2t")
        keyboard = len(re.findall(rb"\x1b\[>\d+u", self.written)) <= self.written.count(b"\x1b[<u")
        return on <= {7, 25} and 25 in on and balanced and keyboard

    def has_taken(self) -> bool:
        """Say whether anything of the terminal is ours; the shell at its prompt wants pastes in brackets."""
        on = {number for number, is_on in self.modes.items() if is_on}
        return not on <= {7, 25, 2004} or 25 not in on

    def is_cooked(self) -> bool:
        """Say whether the terminal echoes and edits lines as it did before."""
        return termios.tcgetattr(self.ours)[:4] == self.before[:4]


@contextmanager
def running(
    patch: str = "", arguments: tuple[str, ...] = ("--demo",), shell: Sequence[str] = (), **env: str
) -> Iterator[Run]:
    code = f"import sys\n{patch}\nfrom tui.cli import main\nsys.exit(main({list(arguments)!r}))"
    child, ours = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        command = shell or [sys.executable, "-c", code]
        os.execve(command[0], list(command), {**os.environ, **env})
    ioctl(ours, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    run = Run(child, ours)
    try:
        yield run
    finally:
        if run.status is None:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        os.close(ours)


def test_leaving_leaves_it_clean() -> None:
    with running() as run:
        run.read_until(STARTED)
        assert run.modes[1049] and run.modes[1000] and not run.modes[25]
        run.press(b"Q")
        assert run.ends() == 0
        assert run.is_clean()
        assert run.is_cooked()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_it_clean(number: signal.Signals) -> None:
    with running() as run:
        run.read_until(STARTED)
        os.kill(run.pid, number)
        assert run.ends() == 128 + number
        assert run.is_clean()
        assert run.is_cooked()


def test_a_signal_with_a_dialog_open_leaves_it_clean() -> None:
    with running() as run:
        run.read_until(STARTED)
        run.press(b"?")
        run.read_until(b"Keys in the")
        os.kill(run.pid, signal.SIGTERM)
        assert run.ends() == 143
        assert run.is_clean()


def test_one_that_hangs_is_ended_and_leaves_it_clean() -> None:
    with running(HANG) as run:
        run.read_until(STARTED)
        run.press(b"?")
        time.sleep(0.3)
        os.kill(run.pid, signal.SIGTERM)
        assert run.ends() == 143
        assert not {number for number, is_on in run.modes.items() if is_on} - {7, 25}
        assert run.is_cooked()


def test_a_crash_leaves_it_clean_and_says_what_it_was_and_no_secret() -> None:
    with running(CRASH) as run:
        run.read_until(STARTED)
        run.press(b"?")
        assert run.ends() == 1
        assert run.is_clean()
        assert run.is_cooked()
        told = run.written[run.written.rindex(b"\x1b[?1049l") :]
        assert b"KeyError" in told
        assert b"a mistake of its own" in told
        assert b"\x1b]2;x" not in told
        assert b"0123456789" not in told, "what a variable holds is not shown"


def test_the_terminal_is_gone_and_nothing_hangs() -> None:
    with running(NEVER_FORCED) as run:
        run.read_until(STARTED)
        os.close(run.ours)
        end = time.monotonic() + PATIENCE
        done = 0
        while not done and time.monotonic() < end:
            done, status = os.waitpid(run.pid, os.WNOHANG)
            time.sleep(0.05)
        assert done, "it goes on without a terminal"
        run.status = os.waitstatus_to_exitcode(status)
        run.ours = os.open(os.devnull, os.O_RDONLY)
        assert run.status == 128 + signal.SIGHUP, "it has not ended by itself"


@pytest.mark.parametrize("signals", [(signal.SIGCONT,), (signal.SIGSTOP, signal.SIGCONT)])
def test_one_that_goes_on_without_having_given_it_back_takes_it_once(signals: tuple[signal.Signals]) -> None:
    with running() as run:
        run.read_until(b"online")
        for number in signals:
            os.kill(run.pid, number)
        run.read_until(b"\x1b[?1049h")
        run.read_until(b"kiln-devel")
        assert run.modes[1049] and run.modes[1000] and not run.modes[25]
        run.press(b"Q")
        assert run.ends() == 0
        assert run.is_clean()
        assert run.is_cooked()


def test_ctrl_z_gives_it_back_and_fg_comes_back() -> None:
    with running() as run:
        run.read_until(STARTED)
        run.press(b"\x1a")
        _, status = os.waitpid(run.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        while select.select([run.ours], [], [], 0.2)[0]:
            run.written += run._some()
        assert run.is_clean()
        assert run.is_cooked()
        ioctl(run.ours, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        os.kill(run.pid, signal.SIGCONT)
        run.read_until(b"Enter")
        assert run.modes[1049] and run.modes[1000] and not run.modes[25]
        run.press(b"Q")
        assert run.ends() == 0
        assert run.is_clean()
        assert run.is_cooked()


@pytest.mark.skipif(shutil.which("bash") is None, reason="a shell with control of jobs")
@pytest.mark.parametrize("through", [b"", b"bg\r"])
def test_a_shell_stops_it_and_goes_on_with_it(through: bytes, tmp_path: Path) -> None:
    program = tmp_path / "pwtui.py"
    program.write_text("import sys\nfrom tui.cli import main\nsys.exit(main(['--demo']))\n")
    bash = str(shutil.which("bash"))
    with running(shell=[bash, "--norc", "-i"], PS1="PROMPT> ", PYTHONPATH=str(ROOT)) as run:
        run.read_until(b"PROMPT> ")
        run.press(f"{sys.executable} {program}\r".encode())
        run.read_until(b"online")
        run.press(b"\x1a")
        run.read_until(b"PROMPT> ")
        assert not run.has_taken()
        if through:
            run.press(through)
            run.read_until(b"PROMPT> ")
            time.sleep(0.5)
            assert not run.has_taken(), "in the background it leaves the terminal alone"
        run.press(b"fg\r")
        run.read_until(b"kiln-devel")  # the same size as before, and painted anew
        run.read_until(b"Series")
        assert run.modes[1049] and run.modes[1000] and not run.modes[25]
        run.press(b"Q")
        run.read_until(b"PROMPT> ")
        assert not run.has_taken()
        run.press(b"exit\r")
        run.ends()


def test_the_window_has_a_title_and_its_own_back() -> None:
    with running() as run:
        run.read_until(b"\x1b]2;kiln-devel")
        assert run.written.index(b"\x1b[22;2t") < run.written.index(b"\x1b]2;")
        run.press(b"Q")
        run.ends()
        assert run.is_clean()


def test_what_is_copied_goes_to_the_terminals_clipboard() -> None:
    with running() as run:
        run.read_until(b"online")
        run.press(b"y")
        run.read_until(b"Copy")
        run.press(b"\r")
        run.read_until(b"\x1b]52;c;")


def test_the_mouse_is_left_to_the_terminal_where_it_is_to_be(tmp_path: Path) -> None:
    folder = tmp_path / "pwtui"
    folder.mkdir()
    (folder / "config.toml").write_text("mouse = false\n")
    with running(XDG_CONFIG_HOME=str(tmp_path)) as run:
        run.read_until(STARTED)
        assert not {number for number, is_on in run.modes.items() if is_on} & {1000, 1003, 1006, 1015, 1016}
        run.press(b"Q")
        assert run.ends() == 0


def test_the_linux_console_gets_no_title() -> None:
    with running(TERM="linux") as run:
        run.read_until(STARTED)
        run.press(b"Q")
        run.ends()
        assert b"\x1b]" not in run.written
        assert b"22;2t" not in run.written


def test_the_linux_console_gets_signs_that_it_has_and_a_blank_screen_at_the_end() -> None:
    with running(TERM="linux") as run:
        run.read_until(b"online")
        run.press(b"Q")
        run.ends()
        assert "√".encode() in run.written
        assert "✓".encode() not in run.written
        assert run.written.index(b"\x1b[2J") < run.written.index(b"\x1b[?1049l")


def test_gnu_screen_passes_on_what_is_copied_and_gets_no_italics() -> None:
    with running(TERM="screen", STY="1.pts-1.vm", COLORTERM="") as run:
        run.read_until(b"online")
        run.press(b"y")
        run.read_until(b"Copy")
        run.press(b"\r")
        run.read_until(b"]52;c;")
        run.press(b"Q")
        run.ends()
        assert re.search(rb"\x1bP\x1b\]52;c;[\w+/=]+\x07\x1b\\", run.written)
        assert not re.search(rb"\x1b\[(\d+;)*3(;\d+)*m", run.written)


@pytest.mark.parametrize(
    ("term", "colors"), [("xterm-256color", {b"48;5;"}), ("foot", {b"48;2;"}), ("xterm", set())]
)
def test_grounds_are_written_in_the_colours_that_the_terminal_has(term: str, colors: set[bytes]) -> None:
    with running(TERM=term, COLORTERM="") as run:
        run.read_until(b"online")
        assert set(re.findall(rb"48;[25];", run.written)) == colors


@pytest.mark.parametrize("size", [(1, 1), (2, 200), (400, 120)])
def test_any_size_starts_and_ends(size: tuple[int, int]) -> None:
    with running(COLUMNS=str(size[0]), LINES=str(size[1])) as run:
        ioctl(run.ours, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        run.read_until(b"\x1b[?25l")
        time.sleep(1)
        run.press(b"Q")
        assert run.ends() == 0
        assert run.is_clean()


def test_without_a_terminal_one_line_says_so() -> None:
    import subprocess

    code = "import sys; from tui.cli import main; sys.exit(main(['--demo']))"
    answer = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr == "pwtui: it needs a terminal, for keys and for the screen; run it without a pipe\n"


def test_a_terminal_that_only_adds_lines_is_refused() -> None:
    with running(TERM="dumb") as run:
        assert run.ends() == 2
        assert run.written.startswith(b"pwtui: TERM=dumb is a terminal that can only add lines")
        assert b"\x1b" not in run.written


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "vt100"}, {"LC_ALL": "C"}, {"TERM": ""}])
def test_poor_terminals_work(env: dict[str, str]) -> None:
    with running("", ("--demo",), (), **env) as run:
        run.read_until(STARTED)
        run.press(b"Q")
        assert run.ends() == 0
        assert run.is_clean()
        if "NO_COLOR" in env:
            assert not re.search(rb"\x1b\[[0-9;]*(38|48);", run.written)
