"""Where a hunk ends, and whether its lines add up to what its header says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_HEADER = re.compile(r"(@@+) ((?:-[0-9]+(?:,[0-9]+)? )+)\+([0-9]+)(?:,([0-9]+))? \1(.*)")
USUAL = re.compile(r"@@ -([0-9]{1,12})(?:,([0-9]{1,12}))? \+([0-9]{1,12})(?:,([0-9]{1,12}))? @@(.*)")
"""With one parent and numbers of a reasonable length: read in half the time."""
_OLD_RANGE = re.compile(r"-([0-9]+)(?:,([0-9]+))?")
_RUN = re.compile(r"[ +\-\\\n]*")
_RUN_WITHOUT_BLANKS = re.compile(r"[ +\-\\]*")

PARENTS = 70
"""Of a merge, at most: the widest ever seen has 66, and each line is counted for each of them."""

END = "\0"
"""Stands in ``heads`` for what is behind the last line feed: no line, although it looks like an empty one."""

SHORT = "hunk is shorter than its header says"
LONG = "hunk is longer than its header says"
UNEVEN = "hunk does not add up to what its header says"
ODD = "hunk holds lines that are none of a diff"


class Hunk(NamedTuple):
    """One hunk as a range of lines of the diff.  Line numbers are 0-based, ``end`` exclusive."""

    start: int
    """The line of its ``@@`` header."""
    end: int
    file: int
    """The number of its file in the index; -1 where no file header stands above it."""
    old_start: int
    old_count: int
    """As the header claims them, like the next two.  Of a combined diff: the first parent's."""
    new_start: int
    new_count: int
    section: str
    """What git writes behind the second ``@@``: the function the hunk is in."""
    signs: int = 1
    """How many columns of signs its lines begin with: the number of parents."""
    trouble: str = ""
    """Why its lines do not add up, in words; empty for a sound hunk."""

    @property
    def numbers(self) -> tuple[int, int, int, int, int, int, int]:
        """All that is a number and another one for each hunk, in order."""
        return self[:7]


class Header(NamedTuple):
    """The ranges of an ``@@`` line."""

    olds: tuple[tuple[int, int], ...]
    """Start and count for each parent; one but in combined diffs."""
    new: tuple[int, int]
    section: str


def read_header(line: str) -> Header | None:
    """Return what an ``@@`` line says, or None when it is none that can be meant."""
    if usual := USUAL.match(line):
        old, old_count, new, new_count, section = usual.groups("1")
        return Header(((int(old), int(old_count)),), (int(new), int(new_count)), section.strip())
    match = _HEADER.match(line)
    if match is None or len(match[1]) > PARENTS + 1:
        return None
    olds = tuple((_number(a), _number(b)) for a, b in _OLD_RANGE.findall(match[2]))
    if len(olds) != len(match[1]) - 1:
        return None
    return Header(olds, (_number(match[3]), _number(match[4] or "")), match[5].strip())


def _number(digits: str) -> int:
    """A count or a line number; a missing one is 1, an absurd one is cut so that it stays a number."""
    return int(digits[:12]) if digits else 1


class Extent(NamedTuple):
    """What a hunk takes up: its end, its counted lines, the kinds of all its lines."""

    end: int
    added: int
    removed: int
    kinds: str
    """One character for each line behind the header, see tui.diff.index."""
    trouble: str = ""


def measure(lines: Sequence[str], heads: str, start: int, header: Header) -> Extent:
    """Return the extent of the hunk whose ``@@`` header is ``lines[start - 1]``.

    ``heads`` holds the first character of every line, a line feed for an empty one.  A hunk
    that runs short of its lines ends where something else begins; one that has too many of
    them takes what looks like its lines.  Nothing is skipped.
    """
    if len(header.olds) > 1:
        return _measure_combined(lines, start, header)
    old, new = header.olds[0][1], header.new[1]
    for end in _likely_ends(lines, heads, start):
        if run := measure_run(heads, start, old, new, end):
            return Extent(end, run[1], run[2], run[0])
    return _measure_slowly(lines, heads, start, old, new)


def measure_run(heads: str, start: int, old: int, new: int, end: int = -1) -> tuple[str, int, int] | None:
    """Return kinds, added and removed lines of a hunk that ends at ``end``, or with the run of signed lines.

    None if its lines do not add up.  Counting a run takes a hundredth of counting its lines.
    """
    if end < 0:
        run = _RUN.match(heads, start)
        end = run.end() if run else start
    kinds = heads[start:end]
    added, removed = kinds.count("+"), kinds.count("-")
    if new - added != old - removed or new + removed != end - start - kinds.count("\\"):
        return None
    return kinds.replace("\n", " "), added, removed


def _likely_ends(lines: Sequence[str], heads: str, start: int) -> Iterator[int]:
    """Guess where the run of signed lines leaves the hunk.

    Nearly all hunks end with their run, before the empty lines at its end, or before the line of
    a mail signature.
    """
    run = _RUN.match(heads, start)
    end = run.end() if run else start
    yield end
    trimmed = end
    while trimmed > start and heads[trimmed - 1] == "\n":
        trimmed -= 1
    if trimmed < end:
        yield trimmed
    if trimmed > start and lines[trimmed - 1] == "-- ":
        yield trimmed - 1


def _measure_slowly(lines: Sequence[str], heads: str, start: int, old: int, new: int) -> Extent:
    """Count line by line: the last hunk before a signature, and whatever is damaged."""
    kinds = _count_lines(lines, heads, start, old, new)
    position = start + len(kinds)
    added, removed, context = (kinds.count(kind) for kind in "+- ")
    lacks = old > removed + context or new > added + context
    trouble = ""
    if lacks:
        # A line of context that only one side has room for: the header counts wrongly.
        trouble = UNEVEN if heads[position : position + 1] == " " else SHORT
    while position < len(lines) and heads[position] == "\\":
        kinds.append("\\")
        position += 1
    surplus = _surplus(lines, heads, position)
    if surplus > position:
        trouble = UNEVEN if lacks else LONG
        kinds.extend(heads[position:surplus])
        position = surplus
    elif lacks:
        position, kinds = _give_back_blanks(lines, position, kinds)
    # Of two reasons this one tells more: lines were wrapped on their way, or what was white was changed.
    return Extent(position, added, removed, "".join(kinds), ODD if "t" in kinds else trouble)


def _count_lines(lines: Sequence[str], heads: str, start: int, old: int, new: int) -> list[str]:
    """Return the kinds of lines from a start on, until both sides have as many as their header says."""
    kinds: list[str] = []
    for position in range(start, len(lines)):
        head = heads[position]
        if (old <= 0 and new <= 0) or head == END or (head == "-" and _signs_off(lines, heads, position)):
            break
        if head == "+" and new > 0:
            new -= 1
        elif head == "-" and old > 0:
            old -= 1
        elif head in " \n" and old > 0 and new > 0:
            old -= 1
            new -= 1
        elif head != "\\":
            if head in "+- " or begins_something(lines, position):
                break
            head = "t"
        kinds.append(" " if head == "\n" else head)
    return kinds


def _signs_off(lines: Sequence[str], heads: str, position: int) -> bool:
    """Say whether the signature of a mail begins here: no hunk goes on with a line such as ``2.39.5``."""
    below = position + 1
    return (
        lines[position].rstrip("\r") == "-- "
        and below < len(lines)
        and heads[below] not in f" +-\\\n\r{END}"
        and not begins_something(lines, below)
    )


def _give_back_blanks(lines: Sequence[str], position: int, kinds: list[str]) -> tuple[int, list[str]]:
    """Empty lines at the end of a hunk cut short are the mail's, not the file's."""
    while kinds and lines[position - 1] == "":
        kinds.pop()
        position -= 1
    return position, kinds


def _surplus(lines: Sequence[str], heads: str, position: int) -> int:
    """Return where signed lines behind a full hunk end, or ``position`` when there are none.

    Footers (``-- ``, ``---``, ``-----BEGIN``) and the header of the next file are none.
    """
    run = _RUN_WITHOUT_BLANKS.match(heads, position)
    end = run.end() if run else position
    last = position
    for line in range(position, min(end, position + 1000)):
        if lines[line].startswith("--"):
            return last
        if heads[line] in "+-":
            last = line + 1
    return last if end <= position + 1000 else end


def begins_something(lines: Sequence[str], position: int) -> bool:
    """Say whether a line can only be the start of another file or hunk."""
    line = lines[position]
    if line.startswith(("diff --git ", "diff --cc ", "diff --combined ", "Index: ")):
        return True
    return read_header(line) is not None


def _begins_plain(lines: Sequence[str], position: int) -> bool:
    """Say whether names and a hunk of one parent follow, which no combined diff goes on with."""
    names = [line[:4] for line in lines[position : position + 3]]
    return names == ["--- ", "+++ ", "@@ -"]


def _measure_combined(lines: Sequence[str], start: int, header: Header) -> Extent:
    """Count a hunk of ``diff --cc``: one column of signs for each parent.

    A line with a minus is in those parents that have the minus; any other is in the result,
    and in those parents that have a blank.
    """
    olds = [count for _, count in header.olds]
    new = header.new[1]
    width = len(olds)
    kinds: list[str] = []
    added = removed = 0
    position = start
    while (new > 0 or any(count > 0 for count in olds)) and position < len(lines):
        signs = lines[position][:width].ljust(width)
        if signs[0] != "\\":
            if signs.strip(" +-") or (not lines[position] and position == len(lines) - 1):
                break
            if signs[:2] == "--" and _begins_plain(lines, position):
                break
            lost = "-" in signs
            sign = "-" if lost else " "
            olds = [count - (signs[i] == sign) for i, count in enumerate(olds)]
            new -= not lost
            added += "+" in signs
            removed += lost
        kinds.append("\\" if signs[0] == "\\" else "-" if "-" in signs else "+" if "+" in signs else " ")
        position += 1
    while position < len(lines) and lines[position].startswith("\\"):
        kinds.append("\\")
        position += 1
    sound = new == 0 and not any(olds)
    return Extent(position, added, removed, "".join(kinds), "" if sound else SHORT)
