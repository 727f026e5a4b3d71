"""What a doctor finds: each thing in one line, with what to do about it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Tone(StrEnum):
    """How bad it is, by the sign that stands before it."""

    GOOD = "✓"
    NOTE = "!"
    """Works, but could be better."""
    BAD = "✗"


class Finding(NamedTuple):
    """One thing."""

    tone: Tone
    text: str
    advice: str = ""
    """What to do, where something is to be done."""


def good(text: str) -> Finding:
    """Return a thing that is well."""
    return Finding(Tone.GOOD, text)


def note(text: str, advice: str = "") -> Finding:
    """Return a thing that could be better."""
    return Finding(Tone.NOTE, text, advice)


def bad(text: str, advice: str = "") -> Finding:
    """Return a thing that is wrong."""
    return Finding(Tone.BAD, text, advice)
