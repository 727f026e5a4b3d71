"""The keymap of a run: the table's keys, but for those that a keymap or the user binds elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from tui.action import DIGITS, Action
from tui.actions import ACTIONS
from tui.keymap.names import list_sequences, show_key, show_sequence, types
from tui.where import ANYWHERE, LEDGERS, READER, TYPED, Where

Branch: TypeAlias = "dict[str, Branch | Action]"
"""What each key leads to: an action, or what may follow it."""

IN_TAB = "in_tab"
"""The action that does another one as the tab that is shown does it."""
MOTIONS = frozenset(("down", "up", "view_down", "view_up", "half_down", "half_up"))
MOTIONS |= {"page_down", "page_up", "top", "bottom"}
"""What means the same in the lists above the panes."""
BY_ID = {action.id: action for action in ACTIONS}


def means(action: Action, where: Where) -> bool:
    """Say whether an action means something in a place."""
    return where in action.where or (where in LEDGERS and action.id in MOTIONS)


def places(action: Action) -> frozenset[Where]:
    """Return all places in which an action means something."""
    return action.where | LEDGERS if action.id in MOTIONS else action.where


def call_of(action: Action, key: str, where: Where) -> str:
    """Return what the last key of a sequence calls: the action by its name, a digit's with the digit.

    What may mean something else in each tab is asked of that first.
    """
    if where in LEDGERS:
        return f"move('{action.id}')" if action.id in MOTIONS else action.id
    if where not in ANYWHERE or "(" in action.id:  # one of the user's own
        return action.id
    if action.takes_digit and key[-1:] in DIGITS:
        return f"{action.id}({key[-1]})"
    return f"{IN_TAB}('{action.id}')" if action.where & READER - {Where.DIFF} else action.id


class Keymap:
    """Knows the keys of each action, and what each key does in each place."""

    def __init__(
        self,
        name: str = "default",
        keys: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
        own: Iterable[Action] = (),
    ) -> None:
        """``keys`` of actions that differ from the table; ``own`` actions that are the user's."""
        self.name = name
        self._keys = keys
        self.own = tuple(own)
        self._tables: dict[Where, Branch] = {}

    @property
    def actions(self) -> tuple[Action, ...]:
        """All actions, the user's own last."""
        return (*ACTIONS, *self.own)

    def with_own(self, own: Iterable[Action]) -> Keymap:
        """Return the same with actions of the user's own."""
        return Keymap(self.name, self._keys, own)

    def keys(self, action: Action) -> tuple[str, ...]:
        """Return the sequences that do an action, the one to show first."""
        return self._keys.get(action.id, action.keys)

    def keys_at(self, action: Action, where: Where) -> tuple[str, ...]:
        """Return the sequences that do an action in a place: where one types, characters do nothing else."""
        keys = self.keys(action)
        return tuple(key for key in keys if not types(key)) if where in TYPED else keys

    def shown(self, action: Action) -> list[str]:
        """Return the keys of an action as a person writes them."""
        keys = self.keys(action)
        if action.shown and keys and keys == action.keys:
            return [action.shown]
        if action.shown and len(keys) > 1:
            return [f"{show_sequence(keys[0])} … {show_sequence(keys[8 if len(keys) > 8 else -1])}"]
        return [show_sequence(key) for key in keys]

    def listed(self, action: Action) -> str:
        """Return the keys of an action in a line, so that each can be told from the next."""
        shown = self.shown(action)
        return list_sequences(self.keys(action)) if len(shown) > 1 else "".join(shown)

    def keys_of(self, id: str) -> list[str]:
        """Return the keys of an action as a person writes them, each for itself."""
        return [show_sequence(key) for key in self.keys(BY_ID[id])]

    def has_key(self, id: str) -> bool:
        """Say whether a key does an action."""
        return bool(self.keys(BY_ID[id]))

    def first(self, id: str) -> str:
        """Return the key of an action to name in a sentence; of one without, how to find it."""
        action = BY_ID[id]
        if keys := self.shown(action):
            return keys[0]
        palette = self.shown(BY_ID["palette"])
        return f"{palette[0] if palette else ':'} “{action.title}”"

    def typed(self, id: str) -> str:
        """Return the key of an action to name where one types."""
        keys = [key for key in self.keys(BY_ID[id]) if not types(key)]
        return show_sequence(keys[0]) if keys else "-"

    def letter(self, id: str) -> str:
        """Return the first of an action's keys that is a character; where none is, the first."""
        return next((key for key in self.shown(BY_ID[id]) if len(key) == 1), "") or self.first(id)

    def help(self, action: Action) -> str:
        """Return what an action does, with the keys of others that its sentence names.

        In a command of the user's own braces are its fields, and stay as they are.
        """
        return fill(action.help, self) if action.id in BY_ID else action.help

    def table(self, where: Where) -> Branch:
        """Return what each key does in a place."""
        if where not in self._tables:
            self._tables[where] = self._make_table(where)
        return self._tables[where]

    def _make_table(self, where: Where) -> Branch:
        table: Branch = {}
        for action in self.actions:
            if means(action, where):
                for sequence in self.keys_at(action, where):
                    put(table, sequence, action)
        return table

    def following(self, branch: Branch) -> list[tuple[str, str]]:
        """Return what may follow in a branch: keys as they are shown, and what they do."""
        found: list[tuple[str, str]] = []
        digits: list[str] = []
        for key, next_ in branch.items():
            if isinstance(next_, dict):
                found.append((f"{show_key(key)} …", ""))
            elif next_.takes_digit and key[-1] in DIGITS:
                digits.append(next_.title)
            else:
                found.append((show_key(key), next_.title))
        return [*found, *([("1 … 9", digits[0])] if digits else [])]


def put(table: Branch, sequence: str, action: Action) -> None:
    """Put a sequence into a table; what was there under it, or on the way to it, gives way."""
    *before, last = sequence.split()
    branch = table
    for key in before:
        next_ = branch.get(key)
        if not isinstance(next_, dict):
            next_ = branch[key] = {}
        branch = next_
    branch[last] = action


def fill(text: str, keymap: Keymap) -> str:
    """Return a sentence with the keys of the actions that it names in braces."""
    return text.format_map(_Keys(keymap)) if "{" in text else text


class _Keys(dict[str, str]):
    """The first key of each action, asked for as it is needed; with a count where one is before it."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap

    def __missing__(self, id: str) -> str:
        times, _, id = id.rpartition(" ")
        if times == "letter":
            return self._keymap.letter(id)
        if times == "typed" or BY_ID[id].where <= TYPED:
            return self._keymap.typed(id)
        key = self._keymap.first(id)
        return f"{times}{' ' if len(key) > 2 else ''}{key}" if times else key


DEFAULT = Keymap()
