"""What the dialogs that are typed into to narrow share: the line, and what its keys do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Generic

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tui.keymap.names import show_key
from tui.screens.dialog import Dialog, T


class Narrow(Input):
    """The line that narrows; accelerators pass it by."""

    @dataclass
    class Accelerated(Message):
        """An accelerator was pressed."""

        index: int

    @dataclass
    class Bound(Message):
        """A key of the dialog was pressed."""

        action: str

    @dataclass
    class Idle(Message):
        """A key was pressed that does nothing."""

        key: str

    explains = True
    """Whether a question mark, where nothing is typed yet, asks what the keys do."""

    def __init__(self, accelerators: str) -> None:
        super().__init__(placeholder="type to narrow", select_on_focus=False)
        self.accelerators = accelerators

    async def _on_key(self, event: events.Key) -> None:
        """Do what a key does before the next one is looked at.

        Textual takes letters here and bound keys at the end of the way up, so that of keys that come
        in one piece ``re BackSpace x Enter`` would type the x first and pick what ``rex`` found.
        """
        ours, above = (one._bindings.key_to_bindings.get(event.key) for one in (self, self.screen))
        if event.character and event.character in self.accelerators:
            self.post_message(self.Accelerated(self.accelerators.index(event.character)))
        elif event.key == "question_mark" and self.explains and not self.value:
            self.post_message(self.Bound("tell_keys"))
        elif above:  # behind the messages of what was typed before
            self.post_message(self.Bound(above[0].action))
        elif ours:
            await self.run_action(ours[0].action)
        elif not event.is_printable:
            self.post_message(self.Idle(event.key))
        else:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()


class Narrowing(Dialog[T | None], Generic[T]):
    """Ends with what was picked, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+g", "leave", show=False),
        Binding("f1", "tell_keys", show=False),
        Binding("down,ctrl+n,ctrl+j", "move(1)", show=False),
        Binding("up,ctrl+p,ctrl+k", "move(-1)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("pageup", "move(-10)", show=False),
    ]

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

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self.move(rows)

    def action_leave(self) -> None:
        """Choose nothing."""
        self.leave()

    def keys(self) -> list[tuple[str, str]]:
        """Return what the keys do, besides those that are typed to narrow."""
        return [
            ("Enter", "take what the cursor is on"),
            ("↓ ctrl+n ctrl+j", "go down"),
            ("↑ ctrl+p ctrl+k", "go up"),
            ("PgDn PgUp", "go down or up ten"),
            ("ctrl+u", "rub out what was typed"),
            ("Esc ctrl+g", "leave, and take nothing"),
        ]

    def action_tell_keys(self) -> None:
        """List what the keys do here."""
        from tui.screens.message import Message

        keys = [("any letter", "narrow the list: all typed words must be in a line"), *self.keys()]
        width = max(len(key) for key, _ in keys)
        lines = [f"{key:<{width}}  {what}" for key, what in keys]
        self.app.push_screen(Message("Keys in this list", lines))

    def on_narrow_idle(self, event: Narrow.Idle) -> None:
        """Say that a key does nothing."""
        event.stop()
        for note in self.query("#dialog-note").results(Static):
            note.display = True
            note.update(Content(f"{show_key(event.key)} does nothing here; f1 lists the keys"))

    async def on_narrow_bound(self, event: Narrow.Bound) -> None:
        """Do what a key of the dialog does."""
        event.stop()
        await self.run_action(event.action)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow."""
        event.stop()
        self.fill(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what the cursor is on."""
        event.stop()
        self.pick()

    def on_key(self, event: events.Key) -> None:
        """Keys that came before the line was there are for it."""
        if self.focused is None:
            event.stop()
            self.query_one(Narrow).post_message(events.Key(event.key, event.character))
