"""The output of a command, read while it comes."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tui.actions import footer_actions
from tui.core.text import clean
from tui.screens.dialog import ListDialog
from tui.screens.jobs import Job
from tui.screens.spoken import AMPLE, squeezed
from tui.where import Where
from tui.widgets.columns import cut
from tui.widgets.log_sheet import LogSheet

AROUND = 7
"""Lines that are not those of the command."""
QUIET = 0.1
"""Seconds in which lines gather before they are shown."""


class Output(ListDialog[None]):
    """Shows what a command writes; left, it stops the command."""

    WHERE = Where.OUTPUT
    title_of_keys = "Keys in a command's output"

    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job
        self._sheet = LogSheet(id="output")
        self._state = "runs"
        self._told = -1
        """The line that was spoken of when the lines were shown."""
        self._gathering = False

    def compose(self) -> ComposeResult:
        """Lay out title, lines and keys."""
        with Vertical(id="dialog"):
            yield from self.compose_spoken()
            yield Static("", id="dialog-title")
            yield self._sheet
            yield Static("", id="dialog-note")

    def on_mount(self) -> None:
        """Show what is there."""
        self._sheet.can_focus = False
        self._show()

    def on_resize(self) -> None:
        """Fit the terminal."""
        if self.query("#dialog-note"):  # a size may come before there is anything to fit
            self._show()

    def wrote(self, line: str) -> None:
        """Show in a moment what was written."""
        if not self._gathering and self.is_attached:
            self._gathering = True
            self.set_timer(QUIET, self._show)

    def ended(self, trouble: str) -> None:
        """Say how it ended."""
        self._state = trouble or "has ended"
        if self.is_attached:
            self._show()

    def _show(self) -> None:
        self._gathering = False
        width = max(1, self.size.width - 6)
        self.query_one("#dialog").styles.width = width + 4
        self._sheet.styles.height = max(1, self.size.height - AROUND)
        lines = list(self._job.lines)
        self._sheet.show_lines(lines, "Nothing was written." if self._state != "runs" else "…")
        count = f"{len(lines):,} line{'' if len(lines) == 1 else 's'}"
        title = f"{clean(self._job.name)} {self._state}  {count}"
        self.query_one("#dialog-title", Static).update(Content(cut(title, width)))
        self._hint("")
        self.speak(self._line_words() if self._state == "runs" and lines else squeezed([title]))
        self._told = self._sheet.line

    def _line_words(self) -> str:
        """Say which line the cursor is on, and what it is."""
        sheet = self._sheet
        words = squeezed(one.text for one in sheet.draw(sheet.line, AMPLE)) if sheet.count else ""
        return f"line {sheet.line + 1} of {sheet.count}: {words}"

    def _hint(self, said: str) -> None:
        width = max(1, self.size.width - 6)
        hints = [*self.hints(footer_actions(self.WHERE, diff_in_sight=False)), (self.key_of("back"), "back")]
        parts = [((key, "$accent"), (f" {title}  ", "$dim")) for key, title in hints]
        line = Content.assemble(*(piece for part in parts for piece in part))
        self.query_one("#dialog-note", Static).update(Content(cut(said, width)) if said else line)

    # -- keys --------------------------------------------------------------------------

    def tell_of_key(self, text: str) -> None:
        """Say it in the place of the keys."""
        self._hint(clean(text))
        if text:
            self.speak(clean(text))

    def on_pager_moved(self) -> None:
        """Say what the cursor is on, unless it went there by itself: that is said, or how it all ended."""
        if self._spoken and self._sheet.line != self._told:
            self._told = -1
            self.speak(self._line_words())

    def action_move(self, motion: str) -> None:
        """Move the cursor."""
        step = {"down": self._sheet.line_down, "up": self._sheet.line_up}.get(motion)
        self.tell_end((step or getattr(self._sheet, motion))(), motion)

    def action_stop_command(self) -> None:
        """Stop the command."""
        if self._state == "runs":
            self._job.stop()
        else:
            self.tell_of_key("It has ended already.")

    def leave(self) -> None:
        """Stop the command, and go back."""
        self._job.stop()
        self.end(None)
