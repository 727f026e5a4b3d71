"""The diffs that a message holds: examples, what a patch depends on, a range-diff since the last version."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.diff.index import STRAY, index_diff
from tui.diff.row import Part

LINES, LONGEST = 2_000, 100_000
"""Of a message, that are looked through, and its characters: 30 ms where each line looks like a hunk."""
_PARTS = {
    "+": Part.ADDED,
    "-": Part.REMOVED,
    "@": Part.RANGE,
    "h": Part.CODE,
    " ": Part.CODE,
    "\\": Part.CODE,
}
_SIDE = r"(?:\d+|-+): +(?:[0-9a-f]{7,40}|-{7,})"
_PAIR = re.compile(rf" *{_SIDE} [!<>=] +{_SIDE}(?: |\Z)")
"""A line of a range-diff that says which patch became which."""
_INSET = "    "
"""Before the lines of a range-diff below that."""


def inner_parts(lines: Sequence[str], *, ranges: bool = True) -> dict[int, Part]:
    """Return of a message's lines those that are of a diff, or of a range-diff, and what they are there."""
    lines = lines[:LINES]
    text = "\n".join(lines)
    if len(text) > LONGEST or ("@@ " not in text and " ! " not in text):
        return {}
    return {**_hunks(text), **(_ranges(lines) if ranges else {})}


def _hunks(text: str) -> dict[int, Part]:
    """Return the lines of diffs; what stands amid a hunk that is damaged is prose."""
    index = index_diff(text)
    found: dict[int, Part] = {}
    for hunk in index.hunks:
        # Below no file, "@@" may be anything.
        if hunk.file >= 0 or hunk.trouble in ("", STRAY):
            for line in range(hunk.start, hunk.end):
                if part := _PARTS.get(index.kinds[line]):
                    found[line] = part
    for file in index.files:
        if file.first_hunk < file.end_hunk:
            found.update(dict.fromkeys(range(file.start, file.body), Part.CODE))
    return found


def _ranges(lines: Sequence[str]) -> dict[int, Part]:
    """Return the lines of range-diffs, by the outer of their signs: how the patch itself changed."""
    found: dict[int, Part] = {}
    is_inside = False
    for number, line in enumerate(lines):
        if _PAIR.match(line):
            is_inside, found[number] = True, Part.CODE
        elif is_inside and line.startswith(_INSET):
            sign = line[len(_INSET) : len(_INSET) + 1]
            found[number] = _PARTS.get(sign, Part.CODE)
        elif line:
            is_inside = False
    return found
