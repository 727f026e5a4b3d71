"""Five lines to fill in on one screen, and below them what there is to choose for the one that is asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.core.text import clean
from tui.keymap.live import fill
from tui.screens.dialog import keep_still
from tui.screens.dialogs import Choice, ask_to_leave
from tui.screens.key_taking import keymap_of
from tui.screens.narrowing import Narrow
from tui.screens.typing_keys import Typed, tell_keys
from tui.screens.welcome_guide import LABELS, SERVER, TOKEN
from tui.where import Where


class Form(Screen[None]):
    """Lines, one of which is asked, and a list that typing narrows."""

    CSS_PATH = Path(__file__).with_name("welcome.tcss")
    AUTO_FOCUS = ""

    trouble = ""
    """What is wrong with what is set already; clean."""

    def __init__(self) -> None:
        super().__init__()
        self.at = SERVER
        """The line that is asked."""
        self._shown: list[Choice] = []
        self.lines = [Narrow("") for _ in LABELS]
        self.lines[TOKEN].password = True
        for line in self.lines:
            line.select_on_focus, line.placeholder, line.where = True, "", Where.WELCOME
        self._remarks = [Static("", classes="welcome-remark", markup=False) for _ in LABELS]

    # -- what the questions are ------------------------------------------------------

    def choices(self) -> Sequence[Choice]:
        """Return what there is to choose for the line that is asked."""
        raise NotImplementedError

    def help(self, typed: str) -> list[str]:
        """Return what is said where nothing of the list is to be shown."""
        raise NotImplementedError

    def answer(self) -> str:
        """Return what was answered before to what is asked."""
        raise NotImplementedError

    def pointed(self, value: str) -> None:
        """Do what follows from the list's cursor being on a value."""

    def take(self) -> None:
        """Take the answer, and ask the next thing."""
        raise NotImplementedError

    def back(self) -> None:
        """Ask the thing before."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Lay out the words, the five lines, and what there is to choose."""
        with Vertical(id="welcome"):
            yield Static(Content("Welcome to pwtui"), id="welcome-title")
            words = "It reads, reviews and sorts the patches of a Patchwork server, with keys."
            yield Static(Content(words), id="welcome-words")
            for label, line, remark in zip(LABELS, self.lines, self._remarks, strict=True):
                with Horizontal(classes="welcome-row"):
                    yield Static(Content(label), classes="welcome-label")
                    yield line
                    yield remark
            yield Static("", id="welcome-question", markup=False)
            yield OptionList(id="welcome-list")
            yield Static("", id="welcome-note", markup=False)
            yield Static(Content(self.trouble), id="welcome-trouble")
        yield Static("", id="welcome-keys", markup=False)

    def on_mount(self) -> None:
        """Begin with the first question."""
        self.query_one(OptionList).can_focus = False
        self.query_one("#welcome-trouble").display = bool(self.trouble)
        keep_still(self)

    def ask(self, at: int, question: str, keys: str, note: str) -> None:
        """Ask one thing."""
        self.at = at
        self.lines[at].focus()
        for index, line in enumerate(self.lines):
            line.set_class(index == at, "-asked")
        self.query_one("#welcome-question", Static).update(Content(question))
        words = f" {{previous_choice}} {{next_choice}} choose  {keys}  {{typed back}} leaves"
        self.query_one("#welcome-keys", Static).update(Content(fill(words, keymap_of(self))))
        self.say(note)
        self.fill("")

    def say(self, words: str) -> None:
        """Say something below the list."""
        self.query_one("#welcome-note", Static).update(Content(clean(words)))

    def remark(self, at: int, words: str, kind: str = "") -> None:
        """Say something beside a line; ``kind`` is good, bad or neither."""
        self._remarks[at].update(Content(clean(words)))
        self._remarks[at].set_class(kind == "good", "-good")
        self._remarks[at].set_class(kind == "bad", "-bad")

    def show(self, at: int, text: str) -> None:
        """Write a text into a line; that narrows nothing."""
        with self.lines[at].prevent(Input.Changed):
            self.lines[at].value = text

    @property
    def typed(self) -> str:
        """What stands in the line that is asked."""
        return self.lines[self.at].value.strip()

    def chosen(self) -> str:
        """Return the value under the cursor; empty where what is typed is like nothing in the list."""
        index = self.query_one(OptionList).highlighted
        return self._shown[index].value if self._shown and index is not None else ""

    def fill(self, typed: str) -> None:
        """Show the choices that hold every typed word; words where there is nothing to choose."""
        words = typed.lower().split()
        self._shown = [one for one in self.choices() if all(word in one.text for word in words)]
        list_ = self.query_one(OptionList)
        list_.clear_options()
        width = max((cell_len(clean(one.label)) for one in self._shown), default=0) + 2
        for one in self._shown:
            label = set_cell_size(clean(one.label), width)
            list_.add_option(Option(Content.assemble((label, "$text"), (clean(one.detail), "$dim"))))
        if self._shown:
            values = [one.value for one in self._shown]
            self._point(values.index(self.answer()) if self.answer() in values else 0)
        else:
            list_.add_options([Option(Content(clean(line)), disabled=True) for line in self.help(typed)])

    def _point(self, index: int) -> None:
        self.query_one(OptionList).highlighted = index
        self.pointed(self._shown[index].value)

    # -- keys --------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow."""
        event.stop()
        if event.input is self.lines[self.at]:
            self.fill("" if self.at == TOKEN else event.value)

    async def on_typed_bound(self, event: Typed.Bound) -> None:
        """Do what a key does, behind what was typed before."""
        event.stop()
        await self.run_action(event.action)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click on another line asks that only if it was asked before."""
        if isinstance(event.widget, Narrow) and event.widget is not self.lines[self.at]:
            self.lines[self.at].focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take what was clicked."""
        event.stop()
        self.take()

    def _move(self, rows: int) -> None:
        """Move the cursor of the list, held at both ends."""
        if self._shown:
            at = self.query_one(OptionList).highlighted or 0
            self._point(min(max(0, at + rows), len(self._shown) - 1))
        else:
            self.say("There is nothing to choose here: type it.")

    def action_next_choice(self) -> None:
        """Go down in the list."""
        self._move(1)

    def action_previous_choice(self) -> None:
        """Go up in the list."""
        self._move(-1)

    def action_page_down(self) -> None:
        """Go down ten in the list."""
        self._move(10)

    def action_page_up(self) -> None:
        """Go up ten in the list."""
        self._move(-10)

    def action_accept(self) -> None:
        """Take the answer."""
        self.take()

    def action_next_field(self) -> None:
        """Take the answer."""
        self.take()

    def action_previous_field(self) -> None:
        """Go back to the question before."""
        self.back()

    def action_suspend(self) -> None:
        """Go to the shell for a while."""
        self.app.action_suspend_process()

    def action_back(self) -> None:
        """Ask whether to leave."""
        ask_to_leave(self, self.app.exit)

    def action_help(self) -> None:
        """List what the keys do here."""
        tell_keys(self, Where.WELCOME, "Keys of the welcome", [("any letter", "Narrow the list, or type it")])

    def on_typed_said(self, event: Typed.Said) -> None:
        """Say something of a key."""
        event.stop()
        self.say(event.words)
