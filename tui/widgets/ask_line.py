"""One line to type into, in the place of the bottom bar: what to search for, what to run.

It is handed the keys by the screen, before anything else is done with them: so keys from a fast
hand or a slow line are for what they were typed for, whether before the line opened or after it.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from tui.core.colors import Colors
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
    """Called with the text when it is another one: once, with the newest, for keys that came together."""
    left: Callable[[], None] = lambda: None
    """Called when it is left without an answer."""
    keys: Mapping[str, Callable[[], None]] = {}
    """Other actions than those of every line, by their names, and what they do."""
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
        self.wrong: tuple[int, int] | None = None
        """The part of the text that is wrong; an empty one is where something is missing."""
        self._recalled = 0
        """Which of the history stands in the line, counted from its end; 0 is what was typed."""
        self._typed = ""
        self._is_due = False
        """Whether it is still to be told that the text is another one."""

    def ask(self, question: Question, text: str = "") -> None:
        """Begin to ask; all keys are for the line from now on."""
        self.question = question
        self._recalled, self._is_due = 0, False
        self.text, self.at = text, len(text)
        self.say("")

    def say(self, info: str, *, trouble: bool = False, wrong: tuple[int, int] | None = None) -> None:
        """Show a few words on the right, clean text, and underline what is wrong."""
        self._info, self._is_trouble, self.wrong = info, trouble, wrong
        self.refresh()

    def end(self) -> Question | None:
        """Ask no more; return what was asked."""
        question, self.question = self.question, None
        self._is_due = False
        return question

    # -- keys ----------------------------------------------------------------

    def take(self, event: events.Key) -> bool:
        """Do what a key does in the line; say whether it does anything."""
        before = self.text
        if event.key in _EDITS:
            self.text, self.at = _EDITS[event.key](self.text, self.at)
        elif event.character and event.is_printable:
            self.insert(event.character)
            return True
        else:
            return False
        self._tell(before)
        return True

    def insert(self, text: str) -> None:
        """Put text where the cursor is; of several lines, the first: terminals end them in CR."""
        line = next(iter(text.splitlines()), "").replace("\t", " ")
        before, text = self.text, "".join(c for c in line if c.isprintable())
        self.text = self.text[: self.at] + text + self.text[self.at :]
        self.at += len(text)
        self._tell(before)

    def replace(self, start: int, end: int, text: str) -> None:
        """Put other text in the place of a part, and the cursor behind it."""
        before = self.text
        self.text = self.text[:start] + text + self.text[end:]
        self.at = start + len(text)
        self._tell(before)

    def recall(self, step: int) -> bool:
        """Put an earlier answer in the line, or what was typed before that; say whether there is one."""
        before = self.text
        history = self.question.history if self.question is not None else []
        if not 0 <= self._recalled + step <= len(history):
            return False
        if self._recalled == 0:
            self._typed = self.text
        self._recalled += step
        self.text = history[-self._recalled] if self._recalled else self._typed
        self.at = len(self.text)
        self._tell(before)
        return True

    def _tell(self, before: str) -> None:
        if self.text != before:
            self.tell_soon()
        if not self._is_due:  # else it is drawn with what comes of the text
            self.refresh()

    def tell_soon(self) -> None:
        """Have the question told of the text, when all keys that have come are in it.

        What is made of a text, as a search of 100,000 lines, may take the better part of a frame: ten
        keys that come at once shall not have that ten times.
        """
        if self.question is not None and not self._is_due:
            self._is_due = True
            self.call_later(self._tell_now)

    async def _tell_now(self) -> None:
        """Tell the question, and let what it changes ask to be drawn before the line does.

        Else the line would be drawn alone, and the rows that its text leaves not in the next frame but
        in the one after: after a rest Textual draws at once, then every 17 ms.
        """
        self.catch_up()
        self.refresh()
        await asyncio.sleep(0)

    def catch_up(self) -> None:
        """Tell the question of the text now, if that is due: for what goes by what came of it."""
        is_due, self._is_due = self._is_due, False
        if is_due and self.question is not None:
            self.question.changed(self.text)

    def column_of(self, place: int) -> int:
        """Return the column in which a place of the text stands; 0 for one that is out of sight."""
        start = self._first(self.size.width)
        return cell_len(self._label) + cell_len(clean(self.text[start:place])) if place >= start else 0

    @property
    def _label(self) -> str:
        return f" {self.question.label} " if self.question else " "

    def _fitting(self, width: int) -> str:
        """Return what is said as far as there is room: what is wrong always has some."""
        room = width - cell_len(self._label) - 3
        spare = room - min(cell_len(clean(self.text)), room // 2 if self._is_trouble else room)
        fits = self._is_trouble or cell_len(self._info) < spare
        return cut(f"{self._info} ", spare) if self._info and fits else ""

    def _first(self, width: int) -> int:
        """Return the first place in sight, so that the cursor is."""
        room = max(1, width - cell_len(self._label) - cell_len(self._fitting(width)) - 2)
        start = 0
        while cell_len(clean(self.text[start : self.at])) > room - 1:
            start += max(1, cell_len(clean(self.text[start : self.at])) - room + 1)
        return start

    # -- drawing ---------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Draw the line; of a long text, what is around the cursor."""
        colors, width = colors_of(self), self.size.width
        label, info = self._label, self._fitting(width)
        room, start = width - cell_len(label) - cell_len(info) - 2, self._first(width)
        segments = [Segment(label, style(colors.accent, bold=True))]
        for place in range(start, max(len(self.text), self.at + 1)):
            shown = clean(self.text[place]) if place < len(self.text) else " "
            if cell_len(shown) > room:
                break
            room -= cell_len(shown)
            segments.append(Segment(shown, self._look(place, colors)))
        used = sum(segment.cell_length for segment in segments)
        segments.append(Segment(" " * max(0, width - used - cell_len(info)), style(colors.text)))
        segments.append(Segment(info, style(colors.bad if self._is_trouble else colors.dim)))
        background = Style(bgcolor=colors.panel)
        return Strip(segments).apply_style(background).adjust_cell_length(width, background)

    def _look(self, place: int, colors: Colors) -> Style:
        """Return the look of one character."""
        start, end = self.wrong or (-1, -1)
        if start <= place < max(end, start + 1):
            return style(colors.panel, colors.bad) if place == self.at else style(colors.bad, underline=True)
        return style(colors.panel, colors.text) if place == self.at else style(colors.text)


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
