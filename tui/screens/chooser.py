"""The one chooser: a short list, narrowed by typing; Enter does, Esc leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len, set_cell_size
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Offset
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.core.text import clean
from tui.screens.dialogs import Choice
from tui.screens.narrowing import Narrow, Narrowing
from tui.widgets.columns import cut
from tui.widgets.palette import is_plain

ACCELERATORS = "1234567890-=[];',."
"""In the order of the keyboard; no state's or maintainer's name holds them, so typing stays free."""


WIDEST = 96
"""Cells that a title or a note may have."""


class Chooser(Narrowing[str]):
    """Ends with the value that was chosen, or with None."""

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        accelerated: bool = False,
        current: str = "",
        note: str = "",
        keyed: bool = False,
    ) -> None:
        """``accelerated`` gives each choice a key of its own; ``keyed`` says that labels are keys."""
        super().__init__()
        self._title = clean(title)
        self._accelerated = accelerated
        self._current = current
        self._note = clean(note)
        self._keyed = keyed
        self.pointed: Callable[[str], None] = lambda value: None
        """Called with the value under the cursor, whenever that is another one."""
        self._shown: list[Choice] = []
        self._choices: tuple[Choice, ...] = ()
        self._lines: dict[str, Content] = {}
        self._take(choices)

    def _take(self, choices: Sequence[Choice]) -> None:
        """Make the line of each choice: an accelerator, the label, and the detail in a column."""
        self._choices = tuple(choices)
        keys = self._keys()
        labels = [clean(choice.label) for choice in choices]
        width = max(map(cell_len, labels), default=0)
        looks = ("$accent", "$text") if self._keyed else ("$text", "$dim")
        for index, (choice, label) in enumerate(zip(choices, labels, strict=True)):
            key = f"{keys[index]}  " if index < len(keys) else "   " if keys else ""
            text = set_cell_size(label, width) + "  " if choice.detail else label
            self._lines[choice.value] = Content.assemble(
                (key, "$accent"), (text, looks[0]), (clean(choice.detail), looks[1])
            )

    def compose(self) -> ComposeResult:
        """Lay out title, line, list and foot."""
        with Vertical(id="dialog"):
            yield Static(Content(self._title), id="dialog-title")
            narrow = Narrow(self._keys())
            narrow.explains = not self._keyed  # where keys are what one looks for, it is typed
            yield narrow
            yield OptionList(id="dialog-list")
            yield Static(Content(self._note), id="dialog-note")

    def on_mount(self) -> None:
        """Show all choices, the present one under the cursor."""
        self.query_one(OptionList).can_focus = False
        self.query_one("#dialog-note").display = bool(self._note)
        self.fill("")
        self._fit()
        self._point_at(self._current)

    def on_resize(self) -> None:
        """Keep title, line and foot in sight: the list has what they leave."""
        if self.query("#dialog"):  # a size may come before there is anything to fit
            self._fit()

    def _fit(self) -> None:
        width = max((line.cell_length for line in self._lines.values()), default=0)
        width = max(width + 1, 40, min(WIDEST, max(cell_len(self._title), cell_len(self._note))))
        width = min(width, max(1, self.size.width - 8))
        self.query_one("#dialog").styles.width = width + 4
        self.query_one("#dialog-title", Static).update(Content(cut(self._title, width)))
        self.query_one("#dialog-note", Static).update(Content(cut(self._note, width)))
        around = 7 if self._note else 5
        rows = max(1, min(len(self._choices), self.size.height - around - 2))
        self.query_one(OptionList).styles.height = rows

    def _point_at(self, value: str) -> None:
        for index, choice in enumerate(self._shown):
            if choice.value == value:
                self.query_one(OptionList).highlighted = index

    def replace(self, choices: Sequence[Choice]) -> None:
        """Show other choices; what was typed and the cursor's choice stay.

        Those that are shown keep their order and so their accelerators: a key may be on its way.
        """
        new = {choice.value: choice for choice in choices}
        old = [new.pop(choice.value) for choice in self._choices if choice.value in new]
        self._take([*old, *new.values()])
        if not self.query(Narrow):
            return  # it is not on the screen yet, and will begin with these
        index = self.query_one(OptionList).highlighted
        kept = self._shown[index].value if index is not None and index < len(self._shown) else ""
        narrow = self.query_one(Narrow)
        narrow.accelerators = self._keys()
        self.fill(narrow.value)
        self._fit()
        self._point_at(kept)

    def remark(self, note: str) -> None:
        """Say something else below the list, or nothing."""
        self._note = clean(note)
        self.show_note()

    def show_note(self) -> None:
        """Say the note at the foot."""
        for line in self.query("#dialog-note"):
            line.display = bool(self._note)
            self._fit()

    def _keys(self) -> str:
        return ACCELERATORS[: len(self._choices)] if self._accelerated else ""

    def fill(self, typed: str) -> None:
        """Show what holds every typed word, first those that are a key of that case, or begin with it."""
        words = typed.lower().split()
        found = [choice for choice in self._choices if all(word in choice.text for word in words)]
        if words:
            key = typed.strip()
            found.sort(
                key=lambda choice: (
                    key not in choice.label.split(", "),
                    not choice.label.lower().startswith(words[0]),
                )
            )
        self._shown = found
        list_ = self.query_one(OptionList)
        list_.clear_options()
        list_.add_options([Option(self._lines[choice.value]) for choice in found])
        if found:
            list_.highlighted = 0
        else:
            list_.add_option(Option(Content("nothing matches"), disabled=True))

    def on_narrow_accelerated(self, event: Narrow.Accelerated) -> None:
        """Take that choice at once."""
        event.stop()
        if event.index < len(self._choices):
            self.end(self._choices[event.index].value)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what the cursor is on; of what is out of date, nothing."""
        event.stop()
        is_so = event.option_index == self.query_one(OptionList).highlighted
        if is_so and event.option_index < len(self._shown):
            self.pointed(self._shown[event.option_index].value)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take what was clicked."""
        event.stop()
        if event.option_index < len(self._shown):
            self.end(self._shown[event.option_index].value)

    def keys(self) -> list[tuple[str, str]]:
        """Return what keys do that are not in the keymap, those beside the choices among them."""
        own = self._keys()
        return [*super().keys(), *([(" ".join(own), "Take that choice at once")] if own else [])]

    def move(self, rows: int) -> None:
        """Move the cursor, held at both ends."""
        list_ = self.query_one(OptionList)
        if self._shown:
            list_.highlighted = min(max(0, (list_.highlighted or 0) + rows), len(self._shown) - 1)
            if is_plain(self):
                self.call_after_refresh(self._point_out)

    def _point_out(self) -> None:
        """Put the terminal's cursor on the row: screen readers read where that goes."""
        list_ = self.query_one(OptionList)
        row = (list_.highlighted or 0) - list_.scroll_offset.y
        self.app.cursor_position = list_.content_region.offset + Offset(0, row)
        list_.refresh()

    def pick(self) -> None:
        """Take what the cursor is on."""
        index = self.query_one(OptionList).highlighted
        if self._shown and index is not None:
            self.end(self._shown[index].value)
