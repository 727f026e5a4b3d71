"""What all dialogs share: they end once, however fast keys come, and a click outside leaves them.

And what the lists among them do: their keys are those of the keymap.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from tui.core.text import clean
from tui.keymap.live import fill
from tui.screens.key_taking import KeyTaking, end_words, keymap_of
from tui.screens.typing_keys import Typed, tell_keys
from tui.where import Where
from tui.widgets.columns import cut
from tui.widgets.palette import is_plain

if TYPE_CHECKING:
    from textual.widgets import Input

    from tui.widgets.spoken_line import SpokenLine

T = TypeVar("T")


def keep_still(screen: Screen[T]) -> None:
    """Have no cursor of a screen blink where nothing is to move by itself."""
    if not getattr(screen.app, "moves", True):
        for line in screen.query("Input, TextArea"):
            cast("Input", line).cursor_blink = False  # a TextArea has that, too


class Dialog(ModalScreen[T], Generic[T]):
    """A dialog that ends with a value, or is left without one."""

    CSS_PATH = Path(__file__).with_name("dialog.tcss")
    _ended = False

    def on_mount(self) -> None:
        """Have no cursor blink where nothing is to move."""
        keep_still(self)

    def end(self, value: T) -> None:
        """End with a value; what comes after the first one is dropped."""
        if not self._ended:
            self._ended = True
            self.dismiss(value)

    def action_suspend(self) -> None:
        """Go to the shell for a while."""
        self.app.action_suspend_process()

    def leave(self) -> None:
        """End without a choice."""
        raise NotImplementedError

    def on_click(self, event: events.Click) -> None:
        """A click outside leaves."""
        if event.widget is self:
            self.leave()


class Editor(Dialog[T], Generic[T]):
    """A dialog that one writes into: its title above, and below it what the keys do."""

    WIDTH = 72
    WHERE: ClassVar[Where]
    NOTE: ClassVar[str]
    """What the keys do, actions in braces."""
    OTHER_KEYS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Keys that are not in the keymap, and what they do."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = clean(title)
        self._of_key = ""

    def on_resize(self) -> None:
        """Fit the terminal."""
        if self.query("#dialog-note"):  # a size may come before there is anything to fit
            self.fit()

    def fit(self) -> None:
        """Fit the terminal."""
        note = self._of_key or fill(self.NOTE, keymap_of(self))
        self.query_one("#dialog").styles.width = self.room + 4
        self.query_one("#dialog-title", Static).update(Content(cut(self._title, self.room)))
        self.query_one("#dialog-note", Static).update(Content(cut(note, self.room)))

    @property
    def room(self) -> int:
        """The cells of a line."""
        return max(1, min(self.WIDTH, self.size.width - 6))

    def say_of_key(self, text: str) -> None:
        """Say something of a key in the place of what the keys do; or nothing any more."""
        if text != self._of_key:
            self._of_key = text
            self.fit()

    def action_back(self) -> None:
        """End with what leaving means here."""
        self.leave()

    def action_help(self) -> None:
        """List what the keys do here."""
        tell_keys(self, self.WHERE, "Keys where you write", self.OTHER_KEYS)

    async def on_typed_bound(self, event: Typed.Bound) -> None:
        """Do what a key does."""
        event.stop()
        self.say_of_key("")
        await self.run_action(event.action)

    def on_typed_said(self, event: Typed.Said) -> None:
        """Say something of a key."""
        event.stop()
        self.say_of_key(event.words)

    def leave(self) -> None:
        """End without a choice."""
        raise NotImplementedError


class ListDialog(Dialog[T], KeyTaking[T], Generic[T]):
    """A dialog that is a list, with a place of its own in the keymap."""

    WHERE: ClassVar[Where]
    _spoken: SpokenLine | None = None
    """The line that is heard first, where somebody listens."""

    def compose_spoken(self) -> ComposeResult:
        """Make that line, above all others."""
        if is_plain(self):
            from tui.widgets.spoken_line import SpokenLine  # few need it

            self._spoken = SpokenLine()
            yield self._spoken

    def speak(self, words: str) -> None:
        """Have something heard: the terminal's cursor goes to its beginning."""
        if self._spoken:
            self._spoken.words = words
            self.call_after_refresh(self._point_out, self._spoken)

    def _point_out(self, line: SpokenLine) -> None:
        self.app.cursor_position = line.region.offset

    @property
    def place(self) -> Where:
        """The list."""
        return self.WHERE

    async def on_key(self, event: events.Key) -> None:
        """Do what a key does, behind what was typed before it."""
        if await self.take_key(event.key):
            event.stop()
            event.prevent_default()

    def tell_end(self, moved: bool, motion: str) -> None:
        """Say why a motion did nothing; once it did something, nothing any more."""
        self.tell_of_key("" if moved else end_words(motion, "row"))

    def action_help(self) -> None:
        """Show what the keys do in this list; Enter does it."""
        from tui.screens.helping import offer_keys

        offer_keys(self, self.title_of_keys)

    title_of_keys = "Keys in this list"

    def leave(self) -> None:
        """End without a choice."""
        raise NotImplementedError

    def action_back(self) -> None:
        """Go back to the panes."""
        self.leave()
