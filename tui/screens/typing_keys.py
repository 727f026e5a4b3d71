"""Keys where one types: those of the keymap are looked at before the widget that is typed into has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.dom import DOMNode
from textual.message import Message

from tui.action import Action
from tui.actions import ACTIONS
from tui.keymap.live import Branch, Keymap, means
from tui.keymap.names import arrived, list_sequences, show_key, show_sequence
from tui.screens.key_taking import following_words, keymap_of
from tui.where import Where

if TYPE_CHECKING:
    from textual.widget import Widget as _Base
else:
    # Textual has styles and bindings of the first widget among the bases alone, which is to be another one.
    _Base = object

MOST = 4
"""Keys that are named of those that may follow."""
_HERE = {
    "back": "Leave, and take nothing",
    "page_down": "Go down ten",
    "page_up": "Go up ten",
    "help": "List these keys",
}
"""What actions of other places, too, do where one types."""


class Steps:
    """Follows the keys of a sequence, where one types."""

    def __init__(self) -> None:
        self._branch: Branch | None = None
        self._typed = ""

    @property
    def on_the_way(self) -> bool:
        """Whether a sequence was begun: what comes next is a part of it, even a character."""
        return self._branch is not None

    def forget(self) -> None:
        """Type no sequence any more."""
        self._branch, self._typed = None, ""

    def take(self, keymap: Keymap, where: Where, came: str) -> Action | str | None:
        """Return what a key does; or what is to be said of it; None where it may mean something else.

        Nothing is said of one that gives a sequence up.
        """
        key, before = arrived(came), self._typed
        found = (self._branch or keymap.table(where)).get(key)
        self.forget()
        if isinstance(found, dict):
            self._branch, self._typed = found, f"{before} {key}".strip()
            return f"{show_sequence(self._typed)} …  {following_words(keymap, found, MOST)}"
        if found is not None or not before:
            return found
        return "" if key == "escape" else f"{show_sequence(f'{before} {key}')} does nothing here"


class Typed(_Base):
    """Mixed into what is typed into, before its class.

    A key is done with before the next one is looked at.  Textual takes letters here and bound keys at the
    end of the way up, so that of keys that come in one piece ``re BackSpace x Enter`` would type the x
    first and pick what ``rex`` found.
    """

    @dataclass
    class Bound(Message):
        """A key was pressed that does something; the screen's method ``action_<id>`` does it."""

        action: str

    @dataclass
    class Said(Message):
        """There is something to say of a key, that it does nothing for one; or nothing any more."""

        words: str

    where = Where.CHOOSER
    """Where in the keymap this is."""
    own_keys = frozenset[str]()
    """Keys that the widget itself does something with, besides characters and what it binds."""

    _begun: Steps | None = None

    @property
    def steps(self) -> Steps:
        """The keys of a sequence that were pressed."""
        self._begun = self._begun or Steps()
        return self._begun

    def _on_blur(self, event: events.Blur) -> None:
        self.steps.forget()

    async def _on_key(self, event: events.Key) -> None:
        ours = self._bindings.key_to_bindings.get(event.key)
        found = self.steps.take(keymap_of(self), self.where, event.key)
        if isinstance(found, str):
            self.post_message(self.Said(found))
        elif found is not None:
            self.post_message(self.Bound(found.id))  # behind the messages of what was typed before
        elif event.key in self.own_keys or event.is_printable:
            return
        elif ours and ours[0].action != "submit":
            await self.run_action(ours[0].action)
        else:
            self.post_message(self.Said(idle_words(self, event.key)))
        event.stop()
        event.prevent_default()


def idle_words(node: DOMNode, key: str) -> str:
    """Say of a key that it does nothing here, and which one lists those that do."""
    return f"{show_key(key)} does nothing here; {keymap_of(node).typed('help')} lists the keys"


def tell_keys(node: DOMNode, where: Where, title: str, more: Sequence[tuple[str, str]] = ()) -> None:
    """List what the keys do where one types; ``more`` comes first."""
    from tui.screens.message import Message

    keymap = keymap_of(node)
    found = ((keymap.keys_at(one, where), one) for one in ACTIONS if means(one, where))
    keys = [(list_sequences(keys), _HERE.get(one.id) or keymap.help(one)) for keys, one in found if keys]
    keys = [*more, *keys, ("ctrl+a, ctrl+e, ctrl+u, ctrl+w …", "Edit what is typed, as in a shell")]
    width = max(len(key) for key, _ in keys)
    node.app.push_screen(Message(title, [f"{key:<{width}}  {what}" for key, what in keys]))
