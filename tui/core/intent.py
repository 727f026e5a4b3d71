"""What the user wishes: one field of one patch, from what they saw to what they want."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


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
