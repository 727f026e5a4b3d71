"""Rows as the lists show them: server values with the open wishes laid over."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from tui.core.model import CheckState, Comment, Patch, Series, User
from tui.core.states import CLOSED_STATES


class Mark(StrEnum):
    """Whether a row carries wishes that the server has not confirmed."""

    NONE = ""
    WAITING = "waiting"
    HELD = "held"


class Counts(NamedTuple):
    """How many people vouched for something: Patchwork's A, R and T, each of them once."""

    acked: int = 0
    reviewed: int = 0
    tested: int = 0


class Talk(NamedTuple):
    """What is known of the comments on a patch, a cover letter or a series."""

    fetched: datetime | None = None
    """When they were last read from the server, naive UTC: of a series, the longest ago; None where not all
    were."""
    total: int = 0
    unread: int = 0
    open: int = 0
    """Comments that ask for something which is not addressed, open wishes laid over."""
    counts: Counts | None = None
    """Who vouches, in the text and in the comments; of a series, for any patch of it or its cover letter.
    None while neither is here."""


NO_TALK = Talk()


class CommentRow(NamedTuple):
    """A comment with the wished value in place of the server's."""

    comment: Comment
    unread: bool = False
    mark: Mark = Mark.NONE
    addressed: bool | None = None
    """What the server has."""


class PatchRow(NamedTuple):
    """A patch with the wished values in place of the server's."""

    patch: Patch
    mark: Mark = Mark.NONE
    fresh: bool = False
    """Whether news changed it since it was last under the cursor."""
    noted: bool = False
    """Whether the user has a note on it."""
    talk: Talk = NO_TALK

    @property
    def is_closed(self) -> bool:
        """Whether nobody needs to act on it any more."""
        return self.patch.archived or self.patch.state in CLOSED_STATES


class SeriesRow(NamedTuple):
    """A series and what its patches add up to."""

    series: Series
    known: int
    """How many of its patches are in the store; what follows speaks of these."""
    states: tuple[tuple[str, int], ...] = ()
    """Slug and count, the most frequent first."""
    check: CheckState | None = None
    """The worst check of its patches; None while no patch is known."""
    delegates: tuple[User, ...] = ()
    archived: bool = False
    """Whether all of its known patches are archived."""
    mark: Mark = Mark.NONE
    fresh: bool = False
    """Whether news changed it, or a patch of it, since it was last under the cursor."""
    noted: bool = False
    """Whether the user has a note on it, or on a patch of it."""
    touched: datetime | None = None
    """When something last happened to it, as far as is known: naive UTC."""
    talk: Talk = NO_TALK
    """Of its patches and its cover letter."""

    @property
    def is_closed(self) -> bool:
        """Whether nobody needs to act on it any more, as far as its states and its archive tell.

        One with an archived patch in an open state may be closed all the same: its patches know.
        """
        return self.archived or (bool(self.states) and all(slug in CLOSED_STATES for slug, _ in self.states))
