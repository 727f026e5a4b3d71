"""What the user wishes: one field of one patch, from what they saw to what they want."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from tui.core.model import Patch


class Field(StrEnum):
    """The fields of a patch that can be wished for."""

    STATE = "state"
    DELEGATE = "delegate"
    ARCHIVED = "archived"


Value = str | int | bool | None
"""A state's slug, a delegate's user id (None for nobody), or whether it is archived."""


class Status(StrEnum):
    """How far a wish has come.  A wish that was confirmed leaves the outbox."""

    WAITING = "waiting"
    SENDING = "sending"
    HELD = "held"
    """The server has neither what the user saw nor what is wished: somebody else was there."""
    FAILED = "failed"
    """The server refused it for good; the row shows the server's value again."""


OPEN = (Status.WAITING, Status.SENDING, Status.HELD)
"""The statuses whose wish lies over what the server said."""


def value_of(patch: Patch, field: Field) -> Value:
    """Return a patch's value in the form of a wish."""
    if field is Field.STATE:
        return patch.state
    if field is Field.ARCHIVED:
        return patch.archived
    return patch.delegate.id if patch.delegate else None


class Wish(NamedTuple):
    """What one action asks of one patch, before it is filed."""

    patch_id: int
    field: Field
    seen: Value
    wished: Value


class Intent(NamedTuple):
    """A wish that is filed in the outbox."""

    id: int
    action_id: int
    """The same for all patches of one action."""
    patch_id: int
    field: Field
    seen: Value
    wished: Value
    status: Status
    attempts: int
    error: str
    """Why it is held or failed, in words; else empty."""
    created: datetime
    tried: tuple[Value, ...] = ()
    """What writes may have set whose answer never came; found on the server, it is our own."""

    @property
    def ours(self) -> tuple[Value, ...]:
        """The values that the server may have without anybody else having been there."""
        return (self.seen, *self.tried)
