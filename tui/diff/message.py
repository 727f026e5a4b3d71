"""The message of a patch as rows: text, the rule, notes, trailers."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple


class Part(IntEnum):
    """What a line of a message is."""

    TEXT = 0
    TRAILER = 1
    RULE = 2
    """The ``---`` behind which stands what no commit will keep."""
    NOTE = 3
    """A line below the rule."""
    STAT = 4
    SUMMARY = 5


class Line(NamedTuple):
    """A line of a message.  The text is as it came, not clean."""

    part: Part
    text: str


_TRAILER = re.compile(
    r"(?:[A-Z][A-Za-z]*(?:-[A-Za-z]+)*-by|Cc|CC|Fixes|Link|Closes|Message-I[dD]|Change-Id|Based-on|Supersedes|"
    r"Resolves|See-also|BugLink|References|Suggested|Depends-on|Reported|Reference|Bug|"
    r"[A-Z][a-z]+(?:-[A-Za-z]+)+): ?\S"
)
_STAT = re.compile(r" \S.* \| +(?:\d+(?: [+-]*)?|Bin(?: .*)?|Unk)\s*\Z")
_SUMMARY = re.compile(r" (\d+) files? changed(?:, (\d+) insertions?\(\+\))?(?:, (\d+) deletions?\(-\))?\s*\Z")
_MODE = re.compile(r" (?:create|delete) mode \d+ |\ (?:rename|copy) .* \(\d+%\)| mode change \d+ => \d+ ")


def read_message(content: str) -> list[Line]:
    """Return the lines of a message, trailers known from what is only text with a colon."""
    lines = content.rstrip("\n").split("\n") if content.strip() else []
    rule = next((n for n, line in enumerate(lines) if line.rstrip() == "---"), len(lines))
    rows = [Line(Part.TEXT, line.rstrip("\r")) for line in lines[:rule]]
    for number in _trailer_lines(lines[:rule]):
        rows[number] = Line(Part.TRAILER, rows[number].text)
    if rule < len(lines):
        rows.append(Line(Part.RULE, lines[rule]))
        rows += [Line(Part.NOTE, line.rstrip("\r")) for line in lines[rule + 1 :]]
    return rows


def _trailer_lines(lines: list[str]) -> list[int]:
    """Return which lines are trailers: those of the paragraphs at the end that hold mostly them."""
    found: list[int] = []
    paragraph: list[int] = []
    for number in range(len(lines) - 1, -2, -1):
        if number >= 0 and lines[number].strip():
            paragraph.append(number)
            continue
        if paragraph:
            trailers = [n for n in paragraph if _TRAILER.match(lines[n])]
            if 2 * len(trailers) < len(paragraph):
                break
            found += trailers
        paragraph = []
    return found


def cut_stat(content: str, files: int, added: int, removed: int) -> str:
    """Return a message without the diffstat at its end, if that says what the diff says.

    One that names other counts than the diff has stays, for the reader to see.
    """
    lines = content.rstrip().split("\n")
    end = len(lines)
    while end and _MODE.match(lines[end - 1]):
        end -= 1
    summary = _SUMMARY.match(lines[end - 1]) if end else None
    if summary is None or [int(n or 0) for n in summary.groups()] != [files, added, removed]:
        return content
    end -= 1
    while end and _STAT.match(lines[end - 1]):
        end -= 1
    while end and not lines[end - 1].strip():
        end -= 1
    if end and lines[end - 1].rstrip() == "---":
        end -= 1
    return "\n".join(lines[:end]).rstrip("\n")
