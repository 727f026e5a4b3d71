"""The message of a patch as rows: text, the rule, notes, trailers."""

from __future__ import annotations

import re
from typing import NamedTuple

from tui.diff.row import Part


class Line(NamedTuple):
    """A line of a message.  The text is as it came, not clean."""

    part: Part
    text: str


_TRAILER = re.compile(
    r"(?:[A-Z][A-Za-z]*(?:-[A-Za-z]+)*-by|Cc|CC|Fixes|Link|Closes|Message-I[dD]|Change-Id|Based-on|Supersedes|"
    r"Resolves|See-also|BugLink|References|Suggested|Depends-on|Reported|Reference|Bug|"
    r"[A-Z][a-z]+(?:-[A-Za-z]+)+): ?\S"
)


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
