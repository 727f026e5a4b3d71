"""What may follow in a query that is being typed."""

from __future__ import annotations

from typing import NamedTuple

from tui.core.query import Words


class Choice(NamedTuple):
    """One way to go on."""

    text: str
    """What to put in: ``state:``, ``under-review``, quoted where it must be."""
    about: str = ""
    """What it means, in a few words."""


class Completion(NamedTuple):
    """What may stand in the place of a part of the text (code points from start to end)."""

    start: int
    end: int
    choices: tuple[Choice, ...]
    """The likeliest first; empty where nothing is known."""


def complete(text: str, cursor: int, words: Words) -> Completion:
    """Return what may stand where the cursor is: fields, then values of the field before it."""
    raise NotImplementedError
