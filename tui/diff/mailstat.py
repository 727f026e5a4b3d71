"""The diffstat that a mail brings along, left out where ours says the same."""

from __future__ import annotations

import re

from tui.diff.files import File
from tui.diff.index import DiffIndex
from tui.diff.paths import unquote

_FILE = re.compile(r" (\S.*?) +\| +(?:(\d+)(?: [+-]*)?|Bin(?: (\d+) -> (\d+) bytes)?)\s*\Z")
_SUMMARY = re.compile(r" (\d+) files? changed(?:, (\d+) insertions?\(\+\))?(?:, (\d+) deletions?\(-\))?\s*\Z")
_MODE = re.compile(r" (create|delete) mode (\d+) (.+?)\r?\Z")
_MOVE = re.compile(r" (rename|copy) (.+) \((\d+%)\)\r?\Z")
_CHANGE = re.compile(r" mode change (\d+) => (\d+)(?: (.+?))?\r?\Z")
_BRACES = re.compile(r"(.*)\{(.*) => (.*)\}(.*)\Z")


def cut_stat(message: str, index: DiffIndex) -> str:
    """Return a message without its diffstat, if every line of that is what the diff says.

    One that says anything else stays whole, for the reader to see.  So does all other text.
    """
    lines = message.rstrip().split("\n")
    rule = next((n for n, line in enumerate(lines) if line.rstrip() == "---"), len(lines))
    for summary in [n for n, line in enumerate(lines) if _SUMMARY.match(line)]:
        first, end = _extent(lines, summary)
        # What looks like a stat amid the words of the commit is a part of them.
        is_behind = rule < first or end == len(lines)
        if is_behind and _says_the_same(lines[first:end], summary - first, index):
            return _close_up(lines[:first], lines[end:])
    return message


def _extent(lines: list[str], summary: int) -> tuple[int, int]:
    first, end = summary, summary + 1
    while first and _FILE.match(lines[first - 1]):
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
    while not below[0].strip():
        del below[0]
    gap = [""] if above and above[-1].rstrip() != "---" else []
    return "\n".join([*above, *gap, *below])


def _says_the_same(stat: list[str], summary: int, index: DiffIndex) -> bool:
    numbers = _SUMMARY.match(stat[summary])
    totals = [len(index.files), index.added, index.removed]
    return (
        numbers is not None
        and [int(number or 0) for number in numbers.groups()] == totals
        # Some mails have the sums only.
        and (summary == 0 or summary == len(index.files))
        and all(map(_is_of, stat[:summary], index.files))
        and all(any(_tells(line, file) for file in index.files) for line in stat[summary + 1 :])
    )


def _is_of(line: str, file: File) -> bool:
    """Say whether a line of the stat has a file's name and counts."""
    match = _FILE.match(line)
    if match is None or not _is_name(match[1], file):
        return False
    if match[2] is not None:
        return not file.binary and int(match[2]) == file.added + file.removed
    # The bytes of the old side the diff does not say.
    new_of = (0, file.size) if file.new_path and not file.old_path else None
    return file.binary and (match[3] is None or (int(match[3]), int(match[4])) == new_of)


def _is_name(name: str, file: File) -> bool:
    """Say whether a name of a stat, which git cuts at its front, is a file's."""
    if name.startswith("..."):
        return " => " not in name and file.path.endswith(name[3:])
    old, new = _names(name)
    return new == file.path and old in (new, file.old_path)


def _names(name: str) -> tuple[str, str]:
    """Return old and new name from ``a => b``, ``x/{a => b}/y``, or one name."""
    if braces := _BRACES.match(name):
        before, old, new, after = braces.groups()
        return before + (old + after if old else after[1:]), before + (new + after if new else after[1:])
    old, arrow, new = name.partition(" => ")
    return unquote(old), unquote(new if arrow else old)


def _tells(line: str, file: File) -> bool:
    """Say whether a line below the sums is what happened to a file."""
    if match := _MODE.match(line):
        is_new = match[1] == "create"
        here, other = (file.new_path, file.old_path) if is_new else (file.old_path, file.new_path)
        return (
            not other
            and here == unquote(match[3])
            and match[2] == (file.new_mode if is_new else file.old_mode)
        )
    if match := _MOVE.match(line):
        happened = file.copied if match[1] == "copy" else file.renamed
        return happened and _names(match[2]) == (file.old_path, file.new_path) and match[3] == file.similarity
    match = _CHANGE.match(line)
    return (
        match is not None
        and (match[1], match[2]) == (file.old_mode, file.new_mode)
        and unquote(match[3] or file.path) == file.path
    )
