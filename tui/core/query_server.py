"""What of a query a Patchwork server can answer."""

from __future__ import annotations

from tui.core.query import Query, Words

ServerFilter = tuple[tuple[str, str], ...]
"""Parameters of the server's list of patches, by name; no name stands twice."""


def server_filters(query: Query, words: Words) -> tuple[ServerFilter, ...] | None:
    """Return filters whose answers, taken together, hold all that matches; the rest is done here.

    None where they would be the whole list.  Names: ``state`` (a slug), ``delegate`` (an id or a
    user name), ``submitter`` (an address), ``archived``, ``q``, ``since``, ``before``; each has one
    value, because one that the server does not know would make the whole answer empty.
    """
    raise NotImplementedError
