"""What the user wishes: one field of one patch or comment, from what they saw to what they want."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from tui.core.model import Comment, Patch


class Field(StrEnum):
    """The fields that can be wished for."""

    STATE = "state"
    DELEGATE = "delegate"
    ARCHIVED = "archived"
    ADDRESSED = "addressed"
    """Of a comment; the others are of a patch."""


PATCH_FIELDS = (Field.STATE, Field.DELEGATE, Field.ARCHIVED)

Value = str | int | bool | None
"""A state's slug, a delegate's user id (None for nobody), whether a patch is archived, whether a comment
is addressed (None where there is nothing to address)."""


class Target(NamedTuple):
    """What a wish is of, and one request writes to."""

    patch_id: int
    """The patch; of a comment, what it is about: a patch, or minus the id of a cover letter."""
    comment: int = 0
    """The own key of a comment; 0 for the patch itself."""


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


def value_of(patch: Patch | Comment, field: Field) -> Value:
    """Return the value that a patch, or a comment, has in the form of a wish."""
    if isinstance(patch, Comment):
        return patch.addressed
    if field is Field.STATE:
        return patch.state
    if field is Field.ARCHIVED:
        return patch.archived
    return patch.delegate.id if patch.delegate else None


def addressed_words(value: Value) -> str:
    """Write whether a comment is addressed."""
    return "unmarked" if value is None else "addressed" if value else "open"


class Wish(NamedTuple):
    """What one action asks of one patch or comment, before it is filed."""

    patch_id: int
    """See Target."""
    field: Field
    seen: Value
    wished: Value
    comment: int = 0

    @property
    def target(self) -> Target:
        """What it is of."""
        return Target(self.patch_id, self.comment)


class Intent(NamedTuple):
    """A wish that is filed in the outbox."""

    id: int
    action_id: int
    """The same for all wishes of one action."""
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
    comment: int = 0

    @property
    def target(self) -> Target:
        """What it is of."""
        return Target(self.patch_id, self.comment)

    @property
    def ours(self) -> tuple[Value, ...]:
        """The values that the server may have without anybody else having been there."""
        return (self.seen, *self.tried)
