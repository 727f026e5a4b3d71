"""Keys where one types: those of the keymap are looked at before the widget that is typed into has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.dom import DOMNode
from textual.message import Message

from tui.actions import ACTIONS
from tui.keymap.live import means
from tui.keymap.names import arrived, list_sequences, show_key
from tui.screens.key_taking import keymap_of
from tui.where import Where

if TYPE_CHECKING:
    from textual.widget import Widget as _Base
else:
    # Textual has styles and bindings of the first widget among the bases alone, which is to be another one.
    _Base = object

_HERE = {
    "back": "Leave, and take nothing",
    "page_down": "Go down ten",
    "page_up": "Go up ten",
    "help": "List these keys",
}
"""What actions of other places, too, do where one types."""


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
    class Idle(Message):
        """A key was pressed that does nothing."""

        key: str

    where = Where.CHOOSER
    """Where in the keymap this is."""
    own_keys = frozenset[str]()
    """Keys that the widget itself does something with, besides characters and what it binds."""

    async def _on_key(self, event: events.Key) -> None:
        ours = self._bindings.key_to_bindings.get(event.key)
        action = keymap_of(self).table(self.where).get(arrived(event.key))
        if action is not None and not isinstance(action, dict):
            self.post_message(self.Bound(action.id))  # behind the messages of what was typed before
        elif event.key in self.own_keys or event.is_printable:
            return
        elif ours and ours[0].action != "submit":
            await self.run_action(ours[0].action)
        else:
            self.post_message(self.Idle(event.key))
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
