"""What a transaction made new or different."""

from __future__ import annotations

from collections import defaultdict

from tui.core.change import Change, Kind


class Touched(defaultdict[Kind, set[int]]):
    """The ids of each kind that a transaction made new or different."""

    def __init__(self) -> None:
        super().__init__(set)

    def changes(self) -> list[Change]:
        """Return it as changes to tell."""
        return [
            Change(kind, frozenset() if kind is Kind.STATES else frozenset(ids))
            for kind, ids in self.items()
            if ids
        ]
