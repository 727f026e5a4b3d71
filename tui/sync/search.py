"""Searching the server's whole list for what a query asks: newest first, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tui.core.query_server import ServerFilter
from tui.sync.desk import Desk
from tui.sync.listing import Cursor


@dataclass(slots=True)
class _Lane:
    """One filter, and how far its list has been read."""

    filter: ServerFilter
    cursor: Cursor = field(default_factory=Cursor)


class Search:
    """One search at a time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lanes: list[_Lane] = []

    @property
    def left(self) -> bool:
        """Whether the server may have more."""
        return any(lane.cursor.left for lane in self._lanes)

    def begin(self, filters: Sequence[ServerFilter]) -> None:
        """Read the first page of each filter; another search ends, the same one goes on."""
        raise NotImplementedError

    def need_more(self) -> None:
        """Read the next page of each filter; nothing at the end and while one is under way."""
        raise NotImplementedError

    def end(self) -> None:
        """End the search at once."""
        raise NotImplementedError
