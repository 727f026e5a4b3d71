"""From text to a query."""

from __future__ import annotations

from tui.core.query import Query, Words


def parse_query(text: str, words: Words, *, typing: bool = False) -> Query:
    """Return what a text asks for.  Raises QueryError.

    While the user is ``typing``, what stands at the end and may still become right is left out:
    ``state:``, ``state:ne``, ``age:<7``, ``"abc``, ``a OR``, ``(a``.
    """
    raise NotImplementedError
