"""Laying keymaps over the table of actions, and saying what does not fit.

Nothing is dropped without a word: neither here nor by Textual, whose ``set_keymap`` would leave out what
clashes and pass over what it does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tui.action import Action
from tui.actions import ACTIONS
from tui.core.bound import Rebound
from tui.keymap.live import Keymap, places
from tui.keymap.names import list_sequences, show_sequence, types
from tui.keymap.written import read_sequence
from tui.where import TYPED

NEEDED = ("palette", "back", "accept")
"""What is not to be left without a key: the first finds all else, the others leave it or take it."""


class Layers:
    """The table of actions, and what is laid over it, one layer after the other."""

    def __init__(self, actions: Sequence[Action] = ACTIONS) -> None:
        self._actions = {action.id: action for action in actions}
        self._keys = {action.id: action.keys for action in actions}
        self.problems: list[str] = []
        """What does not fit, a line each, with where it is written."""

    def keymap(self, name: str) -> Keymap:
        """Return what all layers come to."""
        changed = {id: keys for id, keys in self._keys.items() if keys != self._actions[id].keys}
        return Keymap(name, changed)

    def lay(self, layer: Iterable[Rebound]) -> None:
        """Lay one layer over what there is: its keys are taken from all that had them before.

        Within a layer what comes first has its keys.
        """
        wanted: dict[str, Rebound] = {}
        for one in layer:
            if one.action in self._actions:
                wanted[one.action] = one
            else:
                self._complain(one, f"is no action{_meant(one.action, self._actions)}; pwtui keys lists them")
        before = {id: self._keys[id] for id in wanted}
        for id in wanted:
            self._keys[id] = ()
        for one in wanted.values():
            self._bind(one, wanted)
        for id, one in wanted.items():
            if one.keys and not self._keys[id] and id not in NEEDED:
                self._keep(one, before[id])
        for id in NEEDED:
            if not self._keys[id] or (id == "back" and all(map(types, self._keys[id]))):
                self._restore(id, wanted.get(id))

    def _bind(self, one: Rebound, layer: dict[str, Rebound]) -> None:
        for written in one.keys:
            try:
                sequence = read_sequence(written)
            except ValueError as error:
                self._complain(one, str(error))
                continue
            if self._actions[one.action].where <= TYPED and types(sequence):
                self._complain(one, f"cannot have {show_sequence(sequence)}, which is typed there")
                continue
            if sequence in self._keys[one.action]:
                self._complain(one, f"has {show_sequence(sequence)} twice")
                continue
            clashes = list(self._clashes(self._actions[one.action], sequence))
            ours = [other for other, _ in clashes if other.id in layer]
            if ours:
                self._complain(one, self._why(sequence, ours[0], dict(clashes)[ours[0]]))
                continue
            for other, theirs in clashes:
                self._take(one, sequence, other, theirs)
            self._keys[one.action] = (*self._keys[one.action], sequence)

    def _clashes(self, action: Action, sequence: str) -> Iterator[tuple[Action, str]]:
        """Return who has in the same place a sequence, its beginning, or one that begins with it."""
        here = places(action)
        for other in self._actions.values():
            if here.isdisjoint(places(other)):
                continue
            for theirs in self._keys[other.id]:
                if is_prefix(theirs, sequence) or is_prefix(sequence, theirs):
                    yield other, theirs

    @staticmethod
    def _why(sequence: str, other: Action, theirs: str) -> str:
        shown, there = show_sequence(sequence), show_sequence(theirs)
        if sequence == theirs:
            return f"cannot have {shown}: it is that of {other.id}"
        if is_prefix(theirs, sequence):
            return f"cannot have {shown}, which can never be typed: {there} is {other.id} already"
        return f"cannot have {shown}: {there}, which is {other.id}, begins with it"

    def _take(self, one: Rebound, sequence: str, other: Action, theirs: str) -> None:
        """Take a key away from the layers below, and say whose it was."""
        self._keys[other.id] = tuple(key for key in self._keys[other.id] if key != theirs)
        left = list_sequences(self._keys[other.id])
        what = f"still has {left}" if left else f"has no key now: give it one, as in {other.id} = “…”"
        self._complain(one, f"takes {show_sequence(theirs)} from {other.id}, which {what}")

    def _keep(self, one: Rebound, before: tuple[str, ...]) -> None:
        """Leave to an action, of whose new keys none will do, what is still free of those that it had."""
        action = self._actions[one.action]
        free = tuple(key for key in before if not list(self._clashes(action, key)))
        self._keys[one.action] = free
        if free:
            self._complain(one, f"keeps {list_sequences(free)}")

    def _restore(self, id: str, one: Rebound | None) -> None:
        """Give back to an action that is needed what of its own keys is free."""
        action = self._actions[id]
        free = [key for key in action.keys if not types(key)] if self._keys[id] else action.keys
        free = [key for key in free if not list(self._clashes(action, key))]
        kind = " that types nothing" if self._keys[id] else ""
        self._keys[id] = (*self._keys[id], *free)
        if one:
            words = f"{list_sequences(free)} stays its key" if free else "it has none now"
            self._complain(one, f"must have a key{kind}; {words}")

    def _complain(self, one: Rebound, what: str) -> None:
        self.problems.append(f"{one.at}: {one.action} {what}")


def is_prefix(short: str, long: str) -> bool:
    """Say whether a sequence is another one, or its beginning."""
    return f"{long} ".startswith(f"{short} ")


def _meant(id: str, ids: Iterable[str]) -> str:
    from difflib import get_close_matches  # only mistakes need it

    meant = get_close_matches(id, list(ids), 1)
    return f"; did you mean {meant[0]}?" if meant else ""
