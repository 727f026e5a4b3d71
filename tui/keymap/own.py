"""Which keys a user may give to what is the user's own: those that the keymap leaves free in all panes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.action import Action
from tui.core.bound import Bound
from tui.core.command import Command
from tui.keymap.laying import is_prefix
from tui.keymap.live import BY_ID, Keymap, places
from tui.keymap.names import show_sequence
from tui.keymap.written import read_sequence
from tui.where import ANYWHERE


def own_key(written: str, keymap: Keymap, own: Iterable[str] = ()) -> str:
    """Return the sequence that is meant.

    Raises ValueError where it cannot be bound, with why; ``own`` are those that the user has bound already.
    """
    if written in BY_ID:
        raise ValueError("is an action, and no key: the keys of actions stand in [bind]")
    try:
        sequence = read_sequence(written)
    except ValueError as why:  # it stands before the words already, when it is the only key
        raise ValueError(str(why).replace(f"has {written}, which is", "is")) from None
    for action in keymap.actions:
        if ANYWHERE.isdisjoint(places(action)):
            continue
        for theirs in keymap.keys(action):
            if theirs == sequence:
                raise ValueError(f"is taken by “{action.title}”; choose another key")
            if is_prefix(theirs, sequence) or is_prefix(sequence, theirs):
                raise ValueError(f"is taken by “{action.title}”, {show_sequence(theirs)}; choose another key")
    for theirs in own:
        if theirs == sequence:
            raise ValueError("is there twice")
        if is_prefix(theirs, sequence) or is_prefix(sequence, theirs):
            raise ValueError(f"is in the way of {show_sequence(theirs)}; choose another key")
    return sequence


def own_faults(keys: Iterable[Bound], commands: Iterable[Command], keymap: Keymap) -> Iterator[str]:
    """Yield a line for each key of the user's own that cannot be bound, as the app tells it at its start."""
    for own, table in ((keys, "keys"), (commands, "commands")):
        bound: dict[str, str] = {}
        for one in own:
            try:
                bound[own_key(one.key, keymap, bound)] = name_of(one)
            except ValueError as why:
                yield f"{one.at or f'config.toml, {table}'}: {one.key} {why}"
        actions = [Action(table, (key,), name, "") for key, name in bound.items()]
        keymap = keymap.with_own((*keymap.own, *actions))


def name_of(one: Bound | Command) -> str:
    """Return what the user's own is called."""
    return one.name if isinstance(one, Command) else ", ".join(one.words)
