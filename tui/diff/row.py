"""One row of what the reader shows."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from tui.diff.message import Part
from tui.diff.stat import Stat


class Kind(Enum):
    """What a row is."""

    BLANK = auto()
    HEADER = auto()
    """Who sent it and when, as in a mail."""
    SUBJECT = auto()
    MESSAGE = auto()
    REMARK = auto()
    """Our own words."""
    WARNING = auto()
    STAT = auto()
    SUMMARY = auto()
    FILE = auto()
    HUNK = auto()
    BODY = auto()
    """A line of a hunk."""
    RAW = auto()
    """A line of the diff outside its hunks: header lines, binaries, signatures, prose."""


class Row(NamedTuple):
    """One row.  Text is as it came, not clean."""

    kind: Kind
    text: str = ""
    part: Part = Part.TEXT
    """Of a message row."""
    stat: Stat | None = None
    file: int = -1
    hunk: int = -1
    line: int = -1
    """The number of its line in the index."""
    sign: str = " "
    """Of a body row: the kind of its line."""
    old: int = 0
    """Of a body row: its line number in the old file; 0 where it has none."""
    new: int = 0
    goes_on: bool = False
    """Whether it continues the row above it, which was folded."""
