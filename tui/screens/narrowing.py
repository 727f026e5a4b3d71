"""What the dialogs that are typed into to narrow share: the line, and what its keys do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tui.screens.dialog import Dialog, T
from tui.screens.typing_keys import Typed, tell_keys
from tui.where import Where


class Narrow(Typed, Input):
    """The line that narrows; accelerators pass it by."""

    @dataclass
    class Accelerated(Message):
        """An accelerator was pressed."""

        index: int

    explains = True
    """Whether a question mark, where nothing is typed yet, asks what the keys do."""

    def __init__(self, accelerators: str) -> None:
        super().__init__(placeholder="type to narrow", select_on_focus=False)
        self.accelerators = accelerators

    async def _on_key(self, event: events.Key) -> None:
        if self.steps.on_the_way:
            return
        if event.character and event.character in self.accelerators:
            self.post_message(self.Accelerated(self.accelerators.index(event.character)))
        elif event.key == "question_mark" and self.explains and not self.value:
            self.post_message(self.Bound("help"))
        else:
            return
        event.stop()
        event.prevent_default()


class Narrowing(Dialog[T | None], Generic[T]):
    """Ends with what was picked, or with None."""

    _is_said = False
    """Whether something of a key is said at the foot."""

    def fill(self, typed: str) -> None:
        """Show what holds every typed word."""
        raise NotImplementedError

    def move(self, rows: int) -> None:
        """Move the cursor, held at both ends."""
        raise NotImplementedError

    def pick(self) -> None:
        """Take what the cursor is on."""
        raise NotImplementedError

    def leave(self) -> None:
        """Choose nothing."""
        self.end(None)

    def action_accept(self) -> None:
        """Take what the cursor is on."""
        self.pick()

    def action_next_choice(self) -> None:
        """Go down."""
        self.move(1)

    def action_previous_choice(self) -> None:
        """Go up."""
        self.move(-1)

    def action_page_down(self) -> None:
        """Go down ten."""
        self.move(10)

    def action_page_up(self) -> None:
        """Go up ten."""
        self.move(-10)

    def action_back(self) -> None:
        """Choose nothing."""
        self.leave()

    def keys(self) -> list[tuple[str, str]]:
        """Return what keys do that are not in the keymap."""
        return [("any letter", "Narrow the list: all typed words must be in a line")]

    def action_help(self) -> None:
        """List what the keys do here."""
        tell_keys(self, Where.CHOOSER, "Keys in this list", self.keys())

    def show_note(self) -> None:
        """Say at the foot what is always said there."""
        raise NotImplementedError

    def on_typed_said(self, event: Typed.Said) -> None:
        """Say something of a key at the foot, or nothing any more."""
        event.stop()
        self._say(event.words)

    def _say(self, words: str) -> None:
        if self._is_said:
            self.show_note()
        self._is_said = bool(words)
        for note in self.query("#dialog-note").results(Static) if words else ():
            note.display = True
            note.update(Content(words))

    async def on_typed_bound(self, event: Typed.Bound) -> None:
        """Do what a key of the dialog does."""
        event.stop()
        self._say("")
        await self.run_action(event.action)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow."""
        event.stop()
        self.fill(event.value)

    def on_key(self, event: events.Key) -> None:
        """Keys that came before the line was there are for it."""
        if self.focused is None:
            event.stop()
            self.query_one(Narrow).post_message(events.Key(event.key, event.character))
