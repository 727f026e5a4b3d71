"""Trailers of mails: the lines by which people vouch for a patch, or point to what it is about.

They are told as git and Patchwork tell them: a known name at the very beginning of a line, a
colon, and a value.  What somebody else wrote (lines behind ``>``, and all below the rule of a
client that quotes below its answer) is not theirs.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_NAME = (
    r"[A-Za-z]+(?:-[A-Za-z]+)*-by|Fixes|Closes|Link|Cc|Resolves|BugLink|Change-Id|Message-Id|Depends-on"
    r"|Based-on|Supersedes|References|See-also"
)
_TRAILER = re.compile(rf"({_NAME}):[ \t]*(\S.*)?", re.IGNORECASE)
_BELOW = re.compile(
    r"-{2,} ?(?:Original|Forwarded) (?:Message|Appointment) ?-{2,}\s*\Z|_{20,}\s*\Z", re.IGNORECASE
)
"""What clients put above a mail that they quote without signs; Outlook also a long line."""
_RULE = re.compile(r"^---\s*$", re.MULTILINE)
_ADDRESS = re.compile(r"<\s*([^<>\s]+@[^<>\s]+)\s*>|\b([^<>\s\"(),:;]+@[^<>\s\"(),:;]+)")
_ODD = {"buglink": "BugLink", "change-id": "Change-Id", "message-id": "Message-Id"}
_CUT_ADDRESS = re.compile(r"<[^<>]+>\s*(?:#.*)?\Z")
LONGEST = 4
"""Lines that a value may go on for, after its own."""

ACKED, REVIEWED, TESTED = "Acked-by", "Reviewed-by", "Tested-by"
COUNTED = (ACKED, REVIEWED, TESTED)
"""The tags of Patchwork's columns A, R and T, as it knows them without further settings."""


class Trailer(NamedTuple):
    """One trailer."""

    name: str
    """In the usual spelling: ``Reviewed-by``, ``Cc``, whatever the mail has."""
    value: str
    """In one line."""

    @property
    def who(self) -> str:
        """By what one person, or one thing pointed to, is told from another: an address, else the value."""
        found = _ADDRESS.search(self.value)
        return (found[1] or found[2] if found else " ".join(self.value.split())).casefold()


def is_cut(trailer: Trailer) -> bool:
    """Say whether somebody vouches whose address is not there, as where only its first line was taken."""
    return trailer.name.endswith("-by") and "@" not in trailer.who


class Placed(NamedTuple):
    """A trailer and where it stands in a text."""

    first: int
    """The number of its line, from 0."""
    after: int
    """The number of the line behind its last one."""
    trailer: Trailer


def parse_trailers(text: str) -> tuple[Trailer, ...]:
    """Return the trailers that the author of a mail wrote, in order."""
    return tuple(placed.trailer for placed in place_trailers(text.split("\n")))


def place_trailers(lines: list[str]) -> tuple[Placed, ...]:
    """Return the trailers among the lines of a mail, and where they stand."""
    found: list[Placed] = []
    number = 0
    while number < len(lines):
        if _BELOW.match(lines[number]):
            break
        first = number
        number += 1
        match = _TRAILER.match(lines[first])
        if match and (value := (match[2] or "").rstrip()):
            while (
                number - first <= LONGEST and number < len(lines) and _goes_on(match[1], value, lines[number])
            ):
                value = f"{value} {lines[number].strip()}"
                number += 1
            found.append(Placed(first, number, Trailer(_spell(match[1]), value)))
    return tuple(found)


def _goes_on(name: str, value: str, line: str) -> bool:
    """Say whether a line belongs to the value before it: indented, or wrapped by a mail client."""
    if not line.strip() or line.startswith(">"):
        return False
    if line[0] in " \t":
        return True
    if name.lower() == "fixes":
        return value.count("(") > value.count(")") and not _TRAILER.match(line)
    return "@" not in value and name.lower().endswith(("-by", "cc")) and bool(_CUT_ADDRESS.match(line))


def _spell(name: str) -> str:
    return _ODD.get(name.lower(), name.capitalize())


def above_rule(message: str) -> str:
    """Return what stands above the ``---`` of a patch's mail: below it, nothing goes into the tree."""
    rule = _RULE.search(message)
    return message[: rule.start()] if rule else message
