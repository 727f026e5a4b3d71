"""Versions of the same series, known by their name and submitter."""

from __future__ import annotations

import re

from tui.core.model import Series

_PREFIX = re.compile(r"\s*(?:re\s*:|\[[^\]]*\])", re.IGNORECASE)
_VERSION = re.compile(r"\s*(?:[-,:]\s*)?[\(\[]?\b(?:v|version\s*)\d+\b[\)\]]?\s*$")

_TEMPLATE = "*** subject here ***"
"""What git format-patch puts where the subject of a cover letter is to be."""


def stack_key(series: Series) -> str:
    """Return what all versions of a series have in common: its name in lower case, without
    prefixes in brackets, a version and surplus white space.

    Two series are versions of each other when key, submitter and project are the same and the
    key is not empty.  A cover letter whose author forgot its subject names no series.
    """
    key = name_key(series.name)
    return "" if key == _TEMPLATE else key


def name_key(name: str) -> str:
    """Return the same from a name."""
    name = name.lower()
    while found := _PREFIX.match(name):
        name = name[found.end() :]
    short = _VERSION.sub("", name)
    return " ".join((short if short.strip() else name).split())
