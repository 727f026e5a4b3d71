"""What the keys do here, from the live keymap: narrowed by typing; Enter does what the cursor is on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from tui.action import Action
from tui.core.text import clean
from tui.keymap.live import Keymap, call_of, fill, means
from tui.screens.dialogs import Choice, choose
from tui.screens.key_taking import KeyTaking
from tui.where import Where

T = TypeVar("T")


DOES_IT = "{accept} does it, {typed back} closes this"


def key_choices(keymap: Keymap, actions: Iterable[Action]) -> list[Choice]:
    """Return a line for each action: its keys, what it does; its title finds it, too."""
    return [
        Choice(action.id, keymap.listed(action), clean(keymap.help(action)), action.title)
        for action in actions
    ]


def actions_at(keymap: Keymap, where: Where) -> list[Action]:
    """Return what keys do in a place."""
    return [action for action in keymap.actions if means(action, where) and keymap.keys(action)]


def offer_keys(dialog: KeyTaking[T], title: str) -> None:
    """List the keys of a dialog; do there what is chosen."""
    keymap, where = dialog.keymap, dialog.place
    actions = [action for action in actions_at(keymap, where) if action.id != "help"]
    calls = {action.id: call_of(action, "", where) for action in actions}

    def do(id: str) -> None:
        dialog.call_later(dialog.run_action, calls[id])

    note = fill(DOES_IT, keymap)
    choose(dialog, title, key_choices(keymap, actions), do, keyed=True, note=note)
