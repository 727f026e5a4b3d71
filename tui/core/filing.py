"""A check that the user files, on its way to the server."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from tui.core.check_draft import CheckDraft
from tui.core.intent import Status


class Filing(NamedTuple):
    """A check in the outbox.  One that has arrived is a check, and no filing any more."""

    id: int
    action_id: int
    """The deed in the journal."""
    patch_id: int
    draft: CheckDraft
    status: Status
    attempts: int
    error: str
    """Why it failed or waits, in words; else empty."""
    faults: Mapping[str, str]
    """What the server said of which field, where it refused some."""
    created: datetime
    after: int | None = None
    """The newest check of the patch when it was last sent; None for one that never went out.

    What the server has since then and says the same is this one: its answer was lost.
    """
