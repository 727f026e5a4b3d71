"""One row of what the reader shows."""

from __future__ import annotations

from enum import Enum, IntEnum, auto
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.diff.stat import Stat


class Part(IntEnum):
    """What a line of a message is."""

    TEXT = 0
    TRAILER = 1
    RULE = 2
    """The ``---`` behind which stands what no commit will keep."""
    NOTE = 3
    """A line below the rule."""
    ADDED = 4
    """A line of a diff that the message holds, as are the next three."""
    REMOVED = 5
    RANGE = 6
    CODE = 7


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
    PAIR = auto()
    """A line of a hunk side by side: its old side on the left, its new one on the right."""
    NOTE = auto()
    """What somebody said about the line above it: ``start`` is which row of that."""
    FOLD = auto()
    """Stands for the rows that are folded behind it, and says what they are."""


NO_LINES = frozenset({Kind.FILE, Kind.BLANK, Kind.STAT})
"""Rows that are no line of the mail or the diff, but ours."""


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
    """Whether it continues the row above it, which was folded or wrapped."""
    start: int = 0
    """Where in its text without signs a piece of a wrapped line begins."""
    end: int = 0
    """Of a row of the diff: where that piece ends; the whole text where it is not wrapped."""
    left: Row | None = None
    """Of a pair: its BODY row on the old side; None where there is none."""
    right: Row | None = None
    """Of a pair: the same on the new side.  A context line stands on both sides."""


def unsigned(text: str, sign: str, signs: int = 1) -> str:
    """Return a line of a hunk without the signs at its front.

    ``sign`` is the kind of the line, ``signs`` how many columns of them its hunk has.  What is
    no line of a file has none, nor has an empty line that a mailer stripped.
    """
    return text if sign not in " +-" or text in ("", "\r") else text[signs:]
