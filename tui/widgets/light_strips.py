"""Textual's strips without the caches that most of them never use.

A strip begins with seven caches, 1 kB and a tenth of what it takes to make one; a screen of three panes
has 3,800 strips, most of them blanks and pieces of borders.  So each cache is made when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.segment import Segment
from textual.cache import FIFOCache
from textual.strip import Strip


def lighten_strips() -> None:
    """Have all strips from now on made so."""
    Strip.__init__ = _begin  # type: ignore[method-assign]
    Strip.__getattr__ = _make_cache  # type: ignore[attr-defined]


def _begin(self: Strip, segments: Iterable[Segment], cell_length: int | None = None) -> None:
    self._segments = list(segments)
    self._cell_length = cell_length
    self._render_cache = self._link_ids = self._cell_count = None


def _make_cache(self: Strip, name: str) -> FIFOCache[object, object]:
    """Make the cache that is asked for, and not there."""
    if not name.endswith("_cache"):
        raise AttributeError(name)
    cache: FIFOCache[object, object] = FIFOCache(4)
    setattr(self, name, cache)
    return cache
