"""Other programs: the editor on the new side of a file, a command that is given the diff.

What only they need is loaded with the first of them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from textual.app import App, SuspendNotSupported

from tui.core.change import Notice, Tone
from tui.core.text import clean, defuse
from tui.screens.view import View
from tui.widgets.ask_line import Question

AT_ONCE = 1.0
"""Seconds; what a command writes and ends sooner waits for a key, or nobody would see it."""
EDITORS = ("sensible-editor", "editor", "vim", "vi", "nano", "emacs")
"""Tried in this order where neither VISUAL nor EDITOR says what to use."""
NOT_FOUND = 127
"""How a shell ends that does not know a command."""


class Outside(View):
    """The actions that hand the terminal to another program."""

    pager = ""
    """The command that a diff is given to, as set in the config file."""

    # -- editor --------------------------------------------------------------------

    def action_edit(self) -> None:
        """Open the new side of the file under the cursor in the editor, at its line."""
        document, number = self.reader.document, self.reader.current_file
        if document is None or number < 0:
            self.say(f"Go to a file of the diff first: {self.key_of('next_file')}.")
            return
        from tempfile import TemporaryDirectory

        from tui.diff.newside import new_side

        command = find_editor()
        if not command:
            self._complain("No editor was found: set EDITOR, such as EDITOR=vim.")
            return
        text, lines = new_side(document.index, number)
        path = document.index.files[number].path
        if not text:
            self.say(f"{clean(path)} has no new side here.")
            return
        at = lines.get(document.line_of(self.reader.cursor), 1)
        with TemporaryDirectory(prefix="pwtui-") as folder:  # only its owner can look inside
            file = Path(folder) / file_name(path)
            file.write_text(text, encoding="utf-8", errors="replace", newline="")
            self._run([*command, f"+{at}", str(file)], command[0])

    # -- shell ---------------------------------------------------------------------

    def action_suspend(self) -> None:
        """Stop here, until the shell that started us goes on with it."""
        self.app.action_suspend_process()

    # -- pipe ------------------------------------------------------------------------

    def action_pipe(self) -> None:
        """Ask for a command, and give it the diff."""
        document = self.reader.document
        if document is None or not document.index.lines.text.strip("\n"):
            self.say("There is no diff here to give to a command.")
            return
        past = self.answers["!"]
        known = past[-1] if past else self.pager or os.environ.get("PAGER", "") or "less"
        self.ask(Question("!", past, self._pipe), known)
        self._asking.say("gets the diff: delta, bat, less")

    def _pipe(self, command: str) -> None:
        document = self.reader.document
        if not command.strip() or document is None:
            return
        text = document.index.lines.text
        # Made once the terminal is handed over: 12 MB of Chinese take 0.2 s, and no key would be answered.
        self._run(command, command.split()[0], lambda: defuse(text).encode("utf-8", "replace"))

    # -- both ------------------------------------------------------------------------

    def _run(self, command: str | list[str], name: str, text: Callable[[], bytes] | None = None) -> None:
        """Run a command in the terminal that the app gives up meanwhile; say when it failed."""
        try:
            trouble = in_terminal(self.app, lambda: run(command, text() if text else None))
        except SuspendNotSupported:
            trouble = "cannot be started: this terminal cannot be handed over"
        if trouble:
            self._complain(f"{clean(name)} {trouble}.")

    def _complain(self, text: str) -> None:
        self.tell(Notice(text, Tone.TROUBLE))


def in_terminal(app: App[None], do: Callable[[], str]) -> str:
    """Return what is done while the app is off the terminal.  Raises SuspendNotSupported."""
    with app.suspend():  # what raises in here would leave the app off the terminal for good
        said = do()
    app.refresh()
    return said


def run(command: str | list[str], text: bytes | None = None, *, waits: bool = False) -> str:
    """Run a command, or the user's own words in a shell, and return why it failed, or nothing.

    ``text`` is its input; without one it has the terminal's.  One that was given a text and ends
    at once waits for a key; with ``waits`` any does, so that what it wrote can be read.
    """
    import signal
    import subprocess

    began = monotonic()
    # ctrl+c is for the command alone.  A handler, for one that is ignored stays so in the command.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        ended = subprocess.run(command, input=text, shell=isinstance(command, str), check=False)  # noqa: S603
    except OSError as error:
        return f"cannot be started: {error.strerror}"
    finally:
        signal.signal(signal.SIGINT, before)
    if waits or (text is not None and monotonic() - began < AT_ONCE):
        wait_for_key()
    if ended.returncode == NOT_FOUND and isinstance(command, str):
        return "was not found"
    if ended.returncode < 0:
        return f"was ended by signal {-ended.returncode}"
    return f"ended with status {ended.returncode}" if ended.returncode else ""


def wait_for_key() -> None:
    """Wait for a key, where there is somebody to press one."""
    if not sys.stdin.isatty() or os.name != "posix":
        return
    import termios
    import tty

    print("\n[pwtui] any key goes back", end="", flush=True)
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal)
        os.read(terminal, 1)
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
    print()


def find_editor() -> list[str]:
    """Return the words of the user's editor command; none where there is no editor."""
    import shlex
    import shutil

    for name in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(os.environ.get(name, ""))
        except ValueError:
            continue  # a quote that is not closed
        if words:
            return words
    return next(([name] for name in EDITORS if shutil.which(name)), [])


def file_name(path: str) -> str:
    """Return a name for a copy of a file that tells an editor its kind, and nothing else."""
    name = "".join(c for c in path.rpartition("/")[2] if c.isascii() and (c.isalnum() or c in "._+-"))
    return name.lstrip(".-+")[-80:] or "file"
