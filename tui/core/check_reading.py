"""How fresh what is stored of a patch's checks is."""

from datetime import datetime
from typing import NamedTuple


class CheckReading(NamedTuple):
    """When the checks of a patch were read."""

    when: datetime
    """Naive UTC."""
    news: int = 0
    """How often something has happened to them since, as far as events and the patch's own check tell."""
