"""One line to type into, in the place of the bottom bar: what to search for, what to run.

It is handed the keys by the screen, before anything else is done with them: so keys from a fast
hand or a slow line are for what they were typed for, whether before the line opened or after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from tui.core.text import clean
from tui.widgets.columns import cut
from tui.widgets.palette import colors_of, style


class Question(NamedTuple):
    """What is asked, and who is told."""

    label: str
    history: list[str]
    """What was answered before, the oldest first; an answer is added."""
    done: Callable[[str], None]
    """Enter: called with the text."""
    changed: Callable[[str], None] = lambda text: None
    """Called with the text whenever it is another one."""
    left: Callable[[], None] = lambda: None
    """Esc."""
    toggle: Callable[[], None] = lambda: None
    """``ctrl+r``."""
    takes: Callable[[str], bool] = lambda text: True
    """Whether Enter may end it with the text; asked before ``done``, to say why not."""


class AskLine(Widget):
    """A label, the text with its cursor, and on the right what there is to say of it."""

    DEFAULT_CSS = "AskLine { height: 1; display: none; }"

    def __init__(self) -> None:
        super().__init__()
        self.question: Question | None = None
        self.text = ""
        self.at = 0
        """Where in the text the cursor stands."""
        self._info = ""
        self._is_trouble = False
        self._recalled = 0
        """Which of the history stands in the line, counted from its end; 0 is what was typed."""
        self._typed = ""

    def ask(self, question: Question, text: str = "") -> None:
        """Begin to ask; all keys are for the line from now on."""
        self.question = question
        self._recalled = 0
        self.text, self.at = text, len(text)
        self.say("")

    def say(self, info: str, *, trouble: bool = False) -> None:
        """Show a few words on the right; clean text."""
        self._info, self._is_trouble = info, trouble
        self.refresh()

    def end(self) -> Question | None:
        """Ask no more; return what was asked."""
        question, self.question = self.question, None
        return question

    # -- keys ----------------------------------------------------------------

    def take(self, event: events.Key) -> None:
        """Do what a key does in the line; one that does nothing is dropped."""
        before = self.text
        if event.key in _EDITS:
            self.text, self.at = _EDITS[event.key](self.text, self.at)
        elif event.key in ("up", "ctrl+p", "down", "ctrl+n"):
            self._recall(1 if event.key in ("up", "ctrl+p") else -1)
        elif event.character and event.is_printable:
            self.insert(event.character)
            return
        self._tell(before)

    def insert(self, text: str) -> None:
        """Put text where the cursor is; of several lines, the first."""
        before, text = self.text, "".join(c for c in text.split("\n")[0] if c.isprintable())
        self.text = self.text[: self.at] + text + self.text[self.at :]
        self.at += len(text)
        self._tell(before)

    def _recall(self, step: int) -> None:
        """Put an earlier answer in the line, or what was typed before that."""
        history = self.question.history if self.question is not None else []
        if not 0 <= self._recalled + step <= len(history):
            return
        if self._recalled == 0:
            self._typed = self.text
        self._recalled += step
        self.text = history[-self._recalled] if self._recalled else self._typed
        self.at = len(self.text)

    def _tell(self, before: str) -> None:
        self.refresh()
        if self.question is not None and self.text != before:
            self.question.changed(self.text)

    # -- drawing ---------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Draw the line; of a long text, what is around the cursor."""
        colors, width = colors_of(self), self.size.width
        look = style(colors.text)
        label = f" {self.question.label} " if self.question else " "
        info = cut(f"{self._info} ", max(0, width - cell_len(label) - 12)) if self._info else ""
        room = max(1, width - cell_len(label) - cell_len(info) - 2)
        head, here = clean(self.text[: self.at]), clean(self.text[self.at : self.at + 1])
        tail = clean(self.text[self.at + 1 :])
        while cell_len(head) > room - max(1, cell_len(here)):
            head = head[1 + cell_len(head) - room :] if head.isascii() else head[1:]
        segments = [
            Segment(label, style(colors.accent, bold=True)),
            Segment(head, look),
            Segment(here or " ", Style(reverse=True)),
            Segment(cut(tail, max(0, room - cell_len(head) - max(1, cell_len(here)))), look),
        ]
        used = sum(segment.cell_length for segment in segments)
        segments.append(Segment(" " * max(0, width - used - cell_len(info)), look))
        segments.append(Segment(info, style(colors.bad if self._is_trouble else colors.dim)))
        background = Style(bgcolor=colors.panel)
        return Strip(segments).apply_style(background).adjust_cell_length(width, background)


Edit = Callable[[str, int], tuple[str, int]]
"""From a text and where its cursor stands to another text and cursor."""


def _rub_out(text: str, at: int) -> tuple[str, int]:
    return text[: max(0, at - 1)] + text[at:], max(0, at - 1)


def _rub_out_word(text: str, at: int) -> tuple[str, int]:
    kept = re.sub(r"\S*\s*$", "", text[:at])
    return kept + text[at:], len(kept)


_EDITS: dict[str, Edit] = {
    "backspace": _rub_out,
    "ctrl+h": _rub_out,
    "ctrl+w": _rub_out_word,
    "delete": lambda text, at: (text[:at] + text[at + 1 :], at),
    "ctrl+u": lambda text, at: (text[at:], 0),
    "ctrl+k": lambda text, at: (text[:at], at),
    "left": lambda text, at: (text, max(0, at - 1)),
    "right": lambda text, at: (text, min(len(text), at + 1)),
    "home": lambda text, at: (text, 0),
    "ctrl+a": lambda text, at: (text, 0),
    "end": lambda text, at: (text, len(text)),
    "ctrl+e": lambda text, at: (text, len(text)),
}
