"""Rows as the lists show them: server values with the open wishes laid over."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from tui.core.model import CheckState, Patch, Series, User
from tui.core.states import CLOSED_STATES


class Mark(StrEnum):
    """Whether a row carries wishes that the server has not confirmed."""

    NONE = ""
    WAITING = "waiting"
    HELD = "held"


class PatchRow(NamedTuple):
    """A patch with the wished values in place of the server's."""

    patch: Patch
    mark: Mark = Mark.NONE
    fresh: bool = False
    """Whether news changed it since it was last under the cursor."""
    noted: bool = False
    """Whether the user has a note on it."""

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

    @property
    def is_closed(self) -> bool:
        """Whether nobody needs to act on it any more, as far as its states and its archive tell.

        One with an archived patch in an open state may be closed all the same: its patches know.
        """
        return self.archived or (bool(self.states) and all(slug in CLOSED_STATES for slug, _ in self.states))
