"""White space that is wrong, and changes that are nothing but white space."""

from __future__ import annotations

from tui.diff.words import Ranges, Words


def errors(text: str) -> Ranges:
    """Return the white space that git would complain about in an added line, given without its sign."""
    return ()


def has_carriage_return(text: str) -> bool:
    """Say whether a line ends as on Windows, which is told apart from errors as it is mostly meant."""
    return text.endswith("\r")


def only(words: Words, hunk: int, line: int) -> bool:
    """Say whether a removed or added line differs from its partner in nothing but white space."""
    return False
