"""Finding what a query asks for in what is stored.

What it takes is loaded when something is asked: 10 ms, which the start does not need.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tui.store import reading
from tui.store.base import Base

if TYPE_CHECKING:
    from tui.core.query import Query


class Finding(Base):
    """The store's answers to queries.  Reads never raise; a query is answered from what is stored."""

    _all_indexed = False
    """Whether what came before there was an index is in it."""

    def find_series(
        self,
        project_id: int,
        query: Query,
        limit: int | None = None,
        through: int | None = None,
        *,
        from_end: bool = False,
        below: int | None = None,
    ) -> list[int]:
        """Return the series that a query finds, the newest first; loose patches are negative.

        A series is found when one of its stored patches, with open wishes laid over, is all that
        is asked; one with no patch stored, when what is asked of the series itself is enough.
        ``limit`` cuts the list, but not before the series ``through`` where it is found: its end
        off, or ``from_end`` its beginning.  With ``below`` it begins under that series.
        """
        from tui.store import find

        return self._read(find.read_found, project_id, query, limit, through, from_end=from_end, below=below)

    def find_among(self, project_id: int, query: Query, series_ids: Iterable[int]) -> set[int]:
        """Return which of these series a query finds."""
        from tui.store import find

        return self._read(find.read_found_among, project_id, query, series_ids)

    def count_found(self, project_id: int, query: Query) -> int:
        """Return how many series a query finds."""
        from tui.store import find

        return self._read(find.count_found, project_id, query)

    def count_fresh(self, project_id: int, query: Query) -> int:
        """Return how many of the series that a query finds news has changed or brought, unseen so far."""
        from tui.store import find

        return self._read(find.count_fresh, project_id, query)

    def find_patches(self, series_id: int, query: Query) -> list[int]:
        """Return which stored patches of a series are all that a query asks, in its order."""
        from tui.store import find

        return self._read(find.read_found_patches, series_id, query)

    def submitters(self, project_id: int) -> tuple[str, ...]:
        """Return names and addresses of those who sent what is stored, for completion; newest first."""
        from tui.store import find

        return self._read(find.read_submitters, project_id)

    def indexed(self, project_id: int) -> tuple[int, int]:
        """Return how many patches words, ``file:`` and ``tag:`` can look into, and how many there are."""
        from tui.store import text_index

        number = self._read(text_index.read_indexed, project_id)
        return number, self._read(reading.count_patches, project_id)

    def commented(self, project_id: int) -> tuple[int, int]:
        """Return of how many patches comments were read, for ``has:comments`` and such, and how many
        patches there are.
        """
        from tui.store import find

        number = self._read(find.count_commented, project_id)
        return number, self._read(reading.count_patches, project_id)

    def index_some(self) -> bool:
        """Index a few texts that are not yet, some milliseconds long; say whether there is more.

        For when nobody is at the keys.  Raises StoreTrouble.
        """
        if self._all_indexed or self.refuses:
            return False
        from tui.store import text_index

        with self._writing():
            more = text_index.put_some(self._db)
        self._all_indexed = not more
        return more
