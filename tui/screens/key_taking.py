"""How a key finds what it does: by the live keymap, in sequences, and with a word where it is nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from textual.dom import DOMNode
from textual.screen import Screen
from textual.timer import Timer

from tui.action import Action
from tui.keymap.live import DEFAULT, Branch, Keymap, call_of
from tui.keymap.names import arrived, show_key, show_sequence
from tui.where import READER, Where
from tui.widgets.late_class import LateClass

T = TypeVar("T")

MOMENT = 0.6
"""Seconds after the first keys of a sequence until it is said what may follow."""
MOST = 8
"""Keys that are named of those that may follow, and places of those where a key means something."""


def keymap_of(node: DOMNode) -> Keymap:
    """Return the keymap of the app; the table's where the app has none."""
    keymap = getattr(node.app, "keymap", DEFAULT)
    return keymap if isinstance(keymap, Keymap) else DEFAULT


class KeyTaking(LateClass, Screen[T], Generic[T]):
    """A screen whose keys mean what the keymap says of the place where they are pressed."""

    _branch: Branch | None = None
    """Where in the keymap the keys of a sequence have led, while it is being typed."""
    _typed = ""
    _moment: Timer | None = None

    @property
    def place(self) -> Where:
        """Where keys are pressed."""
        raise NotImplementedError

    @property
    def keymap(self) -> Keymap:
        """What the keys do."""
        return keymap_of(self)

    def key_of(self, id: str) -> str:
        """Return the key of an action, to name it in a sentence."""
        return self.keymap.first(id)

    def hints(self, actions: Iterable[Action]) -> list[tuple[str, str]]:
        """Return keys as they are shown, and what they do, of those actions that have one."""
        shown = ((self.keymap.shown(action), action.title) for action in actions)
        return [(keys[0], title) for keys, title in shown if keys]

    def tell_of_key(self, text: str) -> None:
        """Say a few words of a key, or nothing any more."""
        raise NotImplementedError

    def about_to(self, action: Action) -> None:
        """What an action leaves behind, before it is done."""

    async def take_key(self, came: str) -> bool:
        """Do what a key does here; say whether it is done with, or may mean something to somebody else."""
        key = arrived(came)
        branch = self._branch or self.keymap.table(self.place)
        found = branch.get(key)
        if isinstance(found, dict):
            self._wait(key, found)
            return True
        before = self._typed
        self._forget()
        if found is None:
            if not before:
                return self._explain(key)
            if key != "escape":
                self.tell_of_key(f"{show_sequence(f'{before} {key}')} does nothing here.")
            return True
        self.about_to(found)
        if not await self.app.run_action(call_of(found, key, self.place), self):
            self._explain(key)
        return True

    # -- sequences -----------------------------------------------------------------

    def _wait(self, key: str, branch: Branch) -> None:
        """Wait for the rest of a sequence; say after a moment what it may be."""
        before, self._typed, self._branch = self._typed, f"{self._typed} {key}".strip(), branch
        self._stop_moment()
        if before:
            self._tell_following()
        else:
            self._moment = self.set_timer(MOMENT, self._tell_following)

    def _tell_following(self) -> None:
        if self._branch is not None:
            words = following_words(self.keymap, self._branch, MOST)
            self.tell_of_key(f"{show_sequence(self._typed)} …  {words}")

    def _forget(self) -> None:
        """Type no sequence any more."""
        if self._branch is not None:
            self.tell_of_key("")
        self._branch, self._typed = None, ""
        self._stop_moment()

    def _stop_moment(self) -> None:
        if self._moment is not None:
            self._moment.stop()
            self._moment = None

    # -- keys that do nothing --------------------------------------------------------

    def _explain(self, key: str) -> bool:
        """Say of a key why it does nothing here; the app's own keys are left to it."""
        if key in self.app._bindings.key_to_bindings or key.startswith("<"):
            return False
        shown = show_key(key)
        elsewhere = [
            action
            for action in self.keymap.actions
            if any(one.split()[0] == key for one in self.keymap.keys(action))
        ]
        if elsewhere:
            words = " and ".join(
                dict.fromkeys(f"“{one.title}” {where_words(one.where)}" for one in elsewhere[:2])
            )
            self.tell_of_key(f"{shown} is {words}; it does nothing here.")
        else:
            self.tell_of_key(f"{shown} does nothing here; {self.key_of('help')} lists what does.")
        return True


def following_words(keymap: Keymap, branch: Branch, most: int) -> str:
    """Say which keys may follow, and what they do."""
    found = keymap.following(branch)
    words = [f"{key} {title}".strip() for key, title in found[:most]]
    more = [f"and {len(found) - most} more"] if len(found) > most else []
    return " · ".join([*words, *more])


def end_words(motion: str, what: str) -> str:
    """Say why a motion, by its action's name, did nothing."""
    is_down = "down" in motion or motion == "bottom"
    edge = "last" if is_down else "first"
    return f"The {edge} {what} is in sight." if motion.startswith("view") else f"This is the {edge} {what}."


def where_words(where: frozenset[Where]) -> str:
    """Say in which panes or lists an action means something."""
    names = sorted(f"the {one}" for one in (where - READER if where >= READER else where))
    names += ["the reader"] if where >= READER else []
    return f"in {' and '.join(names)}"
