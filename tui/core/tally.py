"""How a list divides, and what each delegate has to do: what header line and team view tell."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from tui.core.model import User


class Tally(NamedTuple):
    """How the patches of some series divide by what they show, open wishes laid over."""

    states: Counter[str]
    """Patches by state."""
    delegates: Counter[User | None]
    """Patches by delegate; None is nobody."""
    oldest: datetime | None = None
    """Of the oldest series, naive UTC; None where there is no series."""

    def joined(self, other: Tally) -> Tally:
        """Return what these series and others add up to."""
        dates = [date for date in (self.oldest, other.oldest) if date is not None]
        return Tally(self.states + other.states, self.delegates + other.delegates, min(dates, default=None))


NOTHING = Tally(Counter(), Counter())
"""What no series add up to."""


class Load(NamedTuple):
    """What somebody has on their desk: patches that are open, and not in the archive."""

    user: User | None
    """None for nobody."""
    is_maintainer: bool = False
    series: int = 0
    patches: int = 0
    median: datetime | None = None
    """Of the dates of their series, one after the other; naive UTC, as what follows.  None without any."""
    oldest: datetime | None = None
    untouched: datetime | None = None
    """When the series that lies longest was last touched."""
