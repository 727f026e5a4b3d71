"""The diffstat that a mail brings along, left out where ours says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.core.paths import unquote
from tui.diff.files import File
from tui.diff.index import DiffIndex

_COUNT = re.compile(r" +(?:(\d{1,9})(?: [+-]*)?|Bin(?: (\d{1,9}) -> (\d{1,9}) bytes)?)\s*\Z")
"""What stands behind the bar.  No more digits than ``int`` takes from anybody."""
_SUMMARY = re.compile(
    r" (\d{1,9}) files? changed(?:, (\d{1,9}) insertions?\(\+\))?(?:, (\d{1,9}) deletions?\(-\))?\s*\Z"
)
_MODE = re.compile(r" (create|delete) mode (\d+) (.+?)\r?\Z")
_MOVE = re.compile(r" (rename|copy) (.+) \((\d+%)\)\r?\Z")
_CHANGE = re.compile(r" mode change (\d+) => (\d+)(?: (.+?))?\r?\Z")

Told = tuple[str, ...]
"""What happened to a file, as a line below the sums tells it: the word, then names and modes."""


class _Said:
    """What the diff says, to hold stats against: looked up, as files and lines may be many."""

    def __init__(self, index: DiffIndex) -> None:
        self.files = index.files
        self.totals = [len(index.files), index.added, index.removed]
        self.told = {told for file in index.files for told in _happened(file)}


def cut_stat(message: str, index: DiffIndex) -> str:
    """Return a message without its diffstat, if every line of that is what the diff says.

    One that says anything else stays whole, for the reader to see.  So does all other text.
    """
    lines = message.rstrip().split("\n")
    rule = next((n for n, line in enumerate(lines) if line.rstrip() == "---"), len(lines))
    summaries = [n for n, line in enumerate(lines) if _SUMMARY.match(line)]
    said = _Said(index) if summaries else None
    for summary in summaries:
        first, end = _extent(lines, summary)
        # What looks like a stat amid the words of the commit is a part of them.
        is_behind = rule < first or end == len(lines)
        if said and is_behind and _says_the_same(lines[first:end], summary - first, said):
            return _close_up(lines[:first], lines[end:])
    return message


def _extent(lines: list[str], summary: int) -> tuple[int, int]:
    first, end = summary, summary + 1
    while first and _split(lines[first - 1]):
        first -= 1
    while end < len(lines) and any(p.match(lines[end]) for p in (_MODE, _MOVE, _CHANGE)):
        end += 1
    return first, end


def _close_up(above: list[str], below: list[str]) -> str:
    """Join what stood around the cut: one blank row between, none behind the rule."""
    while above and not above[-1].strip():
        above.pop()
    if not any(line.strip() for line in below):
        if above and above[-1].rstrip() == "---":
            above.pop()
        return "\n".join(above).rstrip()
    below = below[next(n for n, line in enumerate(below) if line.strip()) :]
    gap = [""] if above and above[-1].rstrip() != "---" else []
    return "\n".join([*above, *gap, *below])


def _split(line: str) -> tuple[str, re.Match[str]] | None:
    """Return name and counts of a file's line.

    Cut at the last bar, as no count has one: a pattern for the whole line would try every blank.
    """
    name, bar, count = line.rpartition("|")
    match = _COUNT.match(count) if bar and name[:1] == " " == name[-1:] and name[1:2].strip() else None
    return None if match is None else (name.strip(" "), match)


def _says_the_same(stat: list[str], summary: int, said: _Said) -> bool:
    numbers = _SUMMARY.match(stat[summary])
    return (
        numbers is not None
        and [int(number or 0) for number in numbers.groups()] == said.totals
        # Some mails have the sums only.
        and (summary == 0 or summary == len(said.files))
        and all(map(_is_of, stat[:summary], said.files))
        and all(_tells(line) in said.told for line in stat[summary + 1 :])
    )


def _is_of(line: str, file: File) -> bool:
    """Say whether a line of the stat has a file's name and counts."""
    parts = _split(line)
    if parts is None or not _is_name(parts[0], file):
        return False
    lines, old, new = parts[1].groups()
    if lines is not None:
        return not file.binary and int(lines) == file.added + file.removed
    if not file.binary or old is None:
        return file.binary
    # A side that is not there has no bytes; how many an old one had, the diff does not say.
    new_size = file.size if file.new_path else 0
    return (int(old) == 0 or bool(file.old_path)) and new_size in (None, int(new))


def _is_name(name: str, file: File) -> bool:
    """Say whether a name of a stat, which git cuts at its front, is a file's."""
    if name.startswith("..."):
        return " => " not in name and file.path.endswith(name[3:])
    old, new = _names(name)
    return new == file.path and old in (new, file.old_path)


def _names(name: str) -> tuple[str, str]:
    """Return old and new name from ``a => b``, ``x/{a => b}/y``, or one name."""
    head, arrow, tail = name.rpartition(" => ")
    before, opening, old = head.rpartition("{")
    new, closing, after = tail.rpartition("}")
    if arrow and opening and closing:
        return before + (old + after if old else after[1:]), before + (new + after if new else after[1:])
    old, arrow, new = name.partition(" => ")
    return unquote(old), unquote(new if arrow else old)


def _happened(file: File) -> Iterator[Told]:
    """Yield all that a line below the sums may tell of a file."""
    if not file.old_path:
        yield "create", file.new_mode, file.new_path
    if not file.new_path:
        yield "delete", file.old_mode, file.old_path
    if file.copied or file.renamed:
        yield "copy" if file.copied else "rename", file.old_path, file.new_path, file.similarity
    for name in (file.path, ""):
        yield "mode", file.old_mode, file.new_mode, name


def _tells(line: str) -> Told:
    """Return what a line below the sums tells; nothing that is true of a file if it is none."""
    if match := _MODE.match(line):
        return match[1], match[2], unquote(match[3])
    if match := _MOVE.match(line):
        return match[1], *_names(match[2]), match[3]
    match = _CHANGE.match(line)
    return ("mode", match[1], match[2], unquote(match[3] or "")) if match else ()
