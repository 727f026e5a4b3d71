"""What is fetched by keys: why something is missing, and another try once the server is back."""

from __future__ import annotations

from tui.sync.desk import Desk

LATEST = 5
"""So many of those that failed are fetched when the server is back: where one was, and near it."""


class Fetching:
    """Keeps what went wrong, by key, until it is asked for again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._troubles: dict[int, str] = {}

    def trouble(self, key: int) -> str:
        """Return why something is missing, until it is asked for again; empty where nothing is wrong."""
        return self._troubles.get(key, "")

    def retry(self) -> None:
        """Fetch the last few that failed again; the others, when they are looked at."""
        failed = list(self._troubles)
        self._troubles.clear()
        for key in failed[-LATEST:]:
            self._fetch(key)

    def _fetch(self, key: int) -> None:
        raise NotImplementedError
