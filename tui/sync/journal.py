"""Undo and redo: whole actions, before and after they were delivered, also those of an earlier run."""

from __future__ import annotations

from tui.core.change import Tone
from tui.core.journal import ActionRow, Undone
from tui.sync.delivery import Action, Delivery
from tui.sync.desk import Desk

ENTRIES = 1000
"""So many actions are looked through for one that is to be undone."""


class Journal:
    """Takes actions back.  An undo is an action itself, and a redo takes an undo back."""

    def __init__(self, desk: Desk, delivery: Delivery) -> None:
        self._desk = desk
        self._delivery = delivery

    def undo(self, action_id: int | None = None, key: str = "") -> Action:
        """Take an action back, the newest that holds without an id.  Raises StoreTrouble.

        What was not sent yet is just not sent.  What was is wished back, and goes the way of any
        wish: where the server turns out to have something else by then, it is held.
        """
        found = self._desk.store.undoable() if action_id is None else action_id
        return self._take_back(found, key, "Nothing to undo")

    def redo(self, key: str = "") -> Action:
        """Take back the newest undo that nothing was done after.  Raises StoreTrouble."""
        return self._take_back(self._desk.store.redoable(), key, "Nothing to redo")

    def _take_back(self, action_id: int | None, key: str, nothing: str) -> Action:
        store = self._desk.store
        actions = {action.id: action for action in store.journal(ENTRIES)}
        action = actions.get(action_id or 0)
        if action is None:
            self._desk.say(nothing)
            return Action(0, 0)
        if action.lasting:
            return self._drop_checks(action)
        word, title = _name(action, actions)
        undone = store.undo(action.id, key=key, title=f"{word}: {title}")
        if not undone.action_id:
            self._desk.say(f"Undone already: {title}")
            return Action(0, 0)
        tone = Tone.INFO if undone.kept or not undone.changed else Tone.GOOD
        self._desk.say(f"{word}: {title}{_sum_up(action, undone)}", tone)
        self._delivery.deliver()
        return Action(undone.action_id, undone.changed)

    def _drop_checks(self, action: ActionRow) -> Action:
        """Give up what of a filed check has not gone out; what has, stays: no API takes it back."""
        store = self._desk.store
        dropped = store.drop_filings([one.id for one in store.filings() if one.action_id == action.id])
        self._delivery.show()
        if dropped:
            self._desk.say(f"Not filed after all: {action.title}", Tone.GOOD)
        else:
            self._desk.say(f"The server keeps a check for good: {action.title}", Tone.TROUBLE)
        return Action(0, dropped)


def _name(action: ActionRow, actions: dict[int, ActionRow]) -> tuple[str, str]:
    """Say whether taking an action back undoes or redoes, and the title of the deed it comes down to."""
    undoes = True
    while action.undoes is not None and action.undoes in actions:
        action = actions[action.undoes]
        undoes = not undoes
    return "Undid" if undoes else "Redid", action.title or "a change"


def _sum_up(action: ActionRow, undone: Undone) -> str:
    """Count what is back, where it is not just everything."""
    if undone.changed == action.number:
        return ""
    parts = [f"{undone.changed} back"]
    if undone.kept:
        parts.append(f"{undone.kept} {'was' if undone.kept == 1 else 'were'} changed since and left alone")
    gone = action.number - undone.changed - undone.kept
    if gone:
        parts.append(f"{gone} had not come true")
    return f"; {', '.join(parts)}"
