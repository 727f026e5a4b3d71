"""A patch as it is compared with another one: its lines by file, without their numbers.

Each file is a row of lines, as ``git range-diff`` writes them: one that names it, one for each
hunk with the function that it is in, then the hunk's own with their signs.  Lines that are the
same have the same number in all sheets that were made with the same ``Numbers``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from tui.core.stacks import name_key
from tui.diff.files import File
from tui.diff.hunks import Hunk
from tui.diff.index import DiffIndex, index_diff
from tui.diff.mailstat import cut_stat
from tui.diff.message import read_message
from tui.diff.row import Part
from tui.diff.torn import mend

HEADER = "#"
"""The sign of the line that names a file; that of a hunk is ``@``, of a binary's line ``b``."""


class Text(NamedTuple):
    """A patch or a cover letter as Patchwork gives it."""

    name: str
    """The subject with its prefixes."""
    content: str
    diff: str = ""


class Numbers(dict[str, int]):
    """Gives each line that it meets a number."""

    def __missing__(self, line: str) -> int:
        """Give a line that is new the next one."""
        number = self[line] = len(self)
        return number


class Leaf:
    """One file of a patch."""

    def __init__(self, index: DiffIndex, file: File | None, hunks: Sequence[Hunk], numbers: Numbers) -> None:
        self.file = file
        self.lines = [HEADER + _name(file)]
        self.hunks: list[tuple[int, Hunk]] = []
        """Each with the place of its line."""
        path = file.path if file else ""
        for hunk in hunks:
            self.hunks.append((len(self.lines), hunk))
            self.lines.append(f"@@ {path}: {hunk.section}")
            self.lines += _lines_of(index, hunk)
        if file and file.binary:
            body = zip(index.kinds[file.body : file.end], index.lines[file.body : file.end], strict=True)
            self.lines += ["b" + line for kind, line in body if kind == "b" and line]
        self._numbers = numbers

    @cached_property
    def ids(self) -> list[int]:
        """The number of each line."""
        return list(map(self._numbers.__getitem__, self.lines))

    @cached_property
    def signs(self) -> str:
        """The sign of each line."""
        return "".join([line[0] for line in self.lines])

    @property
    def paths(self) -> tuple[str, str]:
        """Its name before and after; empty where it is not there then."""
        return (self.file.old_path, self.file.new_path) if self.file else ("", "")


class Sheet:
    """A patch."""

    def __init__(self, text: Text, numbers: Numbers) -> None:
        content, diff, _ = mend(text.content, text.diff)
        index = index_diff(diff if not diff.isspace() else "")
        self.text = text
        self.subject = name_key(text.name)
        self._message = cut_stat(content, index) if index.files else content
        self._index = index
        self._numbers = numbers
        self._loose = index.hunks.stray

    @property
    def has_loose(self) -> bool:
        """Whether there are lines that belong to no file; they are the first leaf."""
        return bool(self._loose)

    @cached_property
    def leaves(self) -> list[Leaf]:
        """Its files."""
        return list(self.each_leaf())

    def each_leaf(self) -> Iterator[Leaf]:
        """Yield its files one by one, for whoever keeps none: of 100,000 lines all take 10 MB."""
        index = self._index
        if self._loose:
            yield Leaf(index, None, self._loose, self._numbers)
        for file in index.files:
            yield Leaf(index, file, index.hunks[file.first_hunk : file.end_hunk], self._numbers)

    @cached_property
    def ids(self) -> list[int]:
        """The number of each line of all files."""
        return [number for leaf in self.leaves for number in leaf.ids]

    @cached_property
    def message(self) -> list[str]:
        """What becomes of the mail's text in a commit: subject, text, trailers."""
        lines = [line.text for line in read_message(self._message) if line.part in (Part.TEXT, Part.TRAILER)]
        return [title_of(self.text.name), "", *_trimmed(lines)]

    @cached_property
    def words(self) -> list[str]:
        """The message without what others added to it: its trailers."""
        lines = [line.text for line in read_message(self._message) if line.part is Part.TEXT]
        return [title_of(self.text.name), "", *_trimmed(lines)]

    @property
    def notes(self) -> str:
        """What the author says below the message's rule, which no commit keeps: mostly what changed."""
        lines = [line.text for line in read_message(self._message) if line.part is Part.NOTE]
        return "\n".join(_trimmed(lines))


def _lines_of(index: DiffIndex, hunk: Hunk) -> list[str]:
    lines = index.lines[hunk.start + 1 : hunk.end]
    if hunk.signs == 1 and not hunk.trouble:
        return [line or " " for line in lines]
    kinds = index.kinds[hunk.start + 1 : hunk.end]
    shift = hunk.signs if hunk.signs == 1 else 0
    return [kind + (line[shift:] if kind in " +-" else line) for kind, line in zip(kinds, lines, strict=True)]


def _name(file: File | None) -> str:
    if file is None:
        return ""
    old, new = file.old_path, file.new_path
    name = f"{old} => {new}" if old and new and old != new else new or old
    if not old or not new:
        return f"{name} ({'new' if new else 'deleted'}{f' {file.new_mode}' if new else ''})"
    modes = f" (mode change {file.old_mode} => {file.new_mode})" if file.old_mode != file.new_mode else ""
    return name + modes


def title_of(name: str) -> str:
    """Return a subject without the prefixes in brackets."""
    name = name.strip()
    while name.startswith("["):
        end = name.find("]")
        if end < 0:
            break
        name = name[end + 1 :].lstrip()
    return " ".join(name.split())


def _trimmed(lines: list[str]) -> list[str]:
    """Return lines without blanks at their ends, empty ones at the end, and two of those in a row."""
    kept: list[str] = []
    for line in map(str.rstrip, lines):
        if line or (kept and kept[-1]):
            kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return kept
