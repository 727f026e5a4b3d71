"""What the user did, and what became of it: the journal that undo works from."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from tui.core.intent import Field, Target, Value


class Outcome(StrEnum):
    """What became of one wish of an action.  The first four are those of the outbox."""

    WAITING = "waiting"
    SENDING = "sending"
    HELD = "held"
    FAILED = "failed"
    DONE = "done"
    """The server has it, or it never had to be sent."""
    REPLACED = "replaced"
    """A newer wish took its place before it was sent."""
    DROPPED = "dropped"
    """It was given up before the server had it."""


class ActionRow(NamedTuple):
    """One deed of the user: one key, some patches."""

    id: int
    created: datetime
    """Naive UTC."""
    key: str
    title: str
    number: int
    """How many wishes it had."""
    outcomes: tuple[tuple[Outcome, int], ...] = ()
    """How many wishes came to what, where any did."""
    undoes: int | None = None
    """The action that it takes back; a redo takes back an undo."""
    undone: bool = False
    """Whether another action has taken it back, and was not itself taken back."""
    lasting: bool = False
    """Whether it filed checks: once the server has one, nothing takes it back."""

    @property
    def is_on_its_way(self) -> bool:
        """Whether some of what it filed has not gone out, and so can still be dropped."""
        return any(outcome in (Outcome.WAITING, Outcome.FAILED) for outcome, _ in self.outcomes)


class ItemRow(NamedTuple):
    """One wish of an action."""

    patch_id: int
    field: Field
    before: Value
    """What the user saw."""
    after: Value
    """What they wished."""
    outcome: Outcome
    error: str = ""
    """Why it is held or failed; else empty."""
    comment: int = 0

    @property
    def target(self) -> Target:
        """What it was of."""
        return Target(self.patch_id, self.comment)


class Undone(NamedTuple):
    """What an undo or redo came to."""

    action_id: int
    """The new action that takes the old one back; 0 where there was nothing to take back."""
    changed: int = 0
    """How many wishes of it are taken back."""
    kept: int = 0
    """How many stay, because the user has wished something else of them since."""
