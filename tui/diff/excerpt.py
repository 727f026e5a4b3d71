"""Parts of a diff to take away as a patch that applies."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from tui.core.text import clean
from tui.diff.files import BARE, File
from tui.diff.hunks import ODD, Hunk
from tui.diff.index import STRAY, DiffIndex

NOTHING = "nothing is selected that changes a file"
MERGE = "a merge's combined diff cannot be made a patch: git applies none"
HUNKS = 5_000
"""Of a patch that is made between two keys: 30 ms."""
_NO_NEWLINE = "\\ No newline at end of file"
_SIGNS = (" ", "+", "-")
_UNSIGNED = re.compile(r"^(?![ +-])", re.MULTILINE)


class NoPatch(ValueError):
    """Why what is selected cannot be made a patch, in one line."""


class TooLong(NoPatch):
    """There is more selected than is wanted."""


def patch_of(index: DiffIndex, first: int, last: int, most: int = 0) -> str:
    """Return a patch of the lines ``first`` to ``last`` (included) which ``git apply`` takes.

    It does to the old files what the selected lines say and nothing else: a removed line that
    is not selected is context, an added one is left out, the headers' counts are made anew.
    Where no changed line is selected, the header of a file or a hunk stands for all of it.

    Raises NoPatch where there is nothing to take, or it is of a kind that cannot be cut, or there are
    more than ``most`` characters, or HUNKS, to be gone through (0 is no limit of either).
    """
    first, last = _widen(index, max(0, first), min(last, len(index.lines) - 1))
    if most and index.lines.length(first, last + 1) > most:
        raise TooLong("it is too long")
    starts = index.hunks.starts
    if most and (count := bisect_right(starts, last) - bisect_right(starts, first)) > HUNKS:
        raise NoPatch(f"it has {count:,} hunks, and no more than {HUNKS:,} are cut at once")
    if any(_changes(index, hunk, first, last) for hunk in index.hunks.stray):
        raise NoPatch(STRAY)
    pieces = [
        piece
        for file in index.files
        if file.start <= last and file.end > first
        for piece in _file_patch(index, file, first, last)
    ]
    if not pieces:
        raise NoPatch(NOTHING)
    return "\n".join([*pieces, ""])


def _widen(index: DiffIndex, first: int, last: int) -> tuple[int, int]:
    """Take all of a hunk or a file of which but the header is selected."""
    kinds = index.kinds[first : last + 1]
    if "+" in kinds or "-" in kinds:
        return first, last
    for file in index.files:
        if first < file.body and file.start <= last:
            return min(first, file.start), max(last, file.end - 1)
    number = bisect_left(index.hunks.starts, first)
    if number < len(index.hunks) and (hunk := index.hunks[number]).start <= last:
        return hunk.start, hunk.end - 1
    return first, last


def _changes(index: DiffIndex, hunk: Hunk, first: int, last: int) -> bool:
    """Say whether a selection holds a changed line of a hunk."""
    start, end = max(hunk.start, first), min(hunk.end, last + 1)
    return start < end and ("+" in index.kinds[start:end] or "-" in index.kinds[start:end])


def _file_patch(index: DiffIndex, file: File, first: int, last: int) -> list[str]:
    """Return the lines of the patch of one file; none where nothing of it is selected."""
    hunks = [
        hunk for hunk in index.hunks[file.first_hunk : file.end_hunk] if _changes(index, hunk, first, last)
    ]
    if not hunks and (file.first_hunk < file.end_hunk or not first <= file.start <= last):
        return []
    _check(index, file, hunks)
    lines = index.lines[file.start : file.body]
    if file.binary:
        lines = index.lines[file.start : file.end]
        while not lines[-1].strip("\r"):
            lines.pop()
        lines.append("")
    moved = 0
    body: list[str] = []
    left = 0
    for hunk in hunks:
        cut = _Cut(index, hunk, first, last)
        body += cut.lines(moved)
        moved += cut.news - cut.olds
        left += cut.news
    if not file.new_path and left:
        lines = _keep_file(lines)
    lines += body
    if lines[0].endswith("\r"):
        # The mail's carriage returns, not the file's, or the header would have none.
        lines = [line.replace("\r\n", "\n").removesuffix("\r") for line in lines]
    return lines


def _check(index: DiffIndex, file: File, hunks: list[Hunk]) -> None:
    """Raise NoPatch for what git would not take."""
    path = clean(file.path)
    if any(hunk.signs > 1 for hunk in hunks) or index.lines[file.start].startswith("diff --c"):
        raise NoPatch(MERGE)
    content = index.lines[file.body : file.body + 1]
    if file.binary and not "".join(content).startswith("GIT binary patch"):
        raise NoPatch(f"{path} is binary, and what is in it is not in the diff")
    if file.trouble == BARE:
        raise NoPatch(f"{path}: {BARE}")
    if hunks and not any(line.startswith("+++ ") for line in index.lines[file.start : file.body]):
        raise NoPatch(f"{path}: its header has lost the lines --- and +++")
    if any(hunk.trouble == ODD for hunk in hunks):
        raise NoPatch(f"{path}: a {ODD}")


def _keep_file(header: list[str]) -> list[str]:
    """Turn the header of a file that is deleted into that of one which stays, with less in it."""
    kept: list[str] = []
    name = ""
    for line in header:
        if line.startswith("--- "):
            name = line[4:].replace("a/", "b/", 1) if line[4:].startswith(("a/", '"a/')) else line[4:]
        elif line.startswith("+++ "):
            line = f"+++ {name}"
        if not line.startswith(("deleted file mode ", "index ")):
            kept.append(line)
    return kept


class _Cut:
    """What is left of a hunk when only some of its lines are selected."""

    def __init__(self, index: DiffIndex, hunk: Hunk, first: int, last: int) -> None:
        self.hunk = hunk
        self._index = index
        self._chosen = range(max(first, hunk.start + 1), max(first, hunk.start + 1, min(last + 1, hunk.end)))
        bare = index.kinds.find("\\", hunk.start + 1, hunk.end)
        tail = hunk.end if bare < 0 else max(hunk.start + 1, bare - 1)
        """From here on lines may end without a newline, and are gone through one by one."""
        self._texts: list[str] = []
        """What is above the tail; each a line or some."""
        self.olds = self.news = 0
        self._take(hunk.start + 1, min(self._chosen.start, tail))
        self._take(self._chosen.start, min(self._chosen.stop, tail))
        self._take(self._chosen.stop, tail)
        self._tail = self._end_lines(self._lines_from(tail))
        self.olds += sum(sign != "+" for sign, _, _ in self._tail)
        self.news += sum(sign != "-" for sign, _, _ in self._tail)

    def _take(self, first: int, end: int) -> None:
        """Take lines that are all selected, or none of which is: as they are where that is possible."""
        if first >= end:
            return
        kinds, lines = self._index.kinds[first:end], self._index.lines
        added, removed = kinds.count("+"), kinds.count("-")
        self.olds += len(kinds) - added
        if first in self._chosen:
            self.news += len(kinds) - removed
            whole = lines.between(first, end)
            # An empty line of context may have lost its blank in the mail.
            self._texts.append(_UNSIGNED.sub(" ", whole))
            return
        self.news += len(kinds) - added
        self._texts += [
            text if text[:1] == " " else f" {text[1:] if text[:1] in _SIGNS else text}"
            for kind, text in zip(kinds, lines[first:end], strict=True)
            if kind != "+"
        ]

    def _lines_from(self, tail: int) -> list[tuple[str, str, bool]]:
        """Return sign and text of the lines that are left, and whether they end without a newline."""
        body: list[tuple[str, str, bool]] = []
        kept = False
        for line in range(tail, self.hunk.end):
            kind, text = self._index.kinds[line], self._index.lines[line]
            chosen = line in self._chosen
            if kind == "\\":
                if kept:
                    body[-1] = (*body[-1][:2], True)
                continue
            kept = kind != "+" or chosen
            if kept:
                text = text[1:] if text[:1] in _SIGNS else text
                body.append((kind if chosen else " ", text, False))
        return body

    def _end_lines(self, lines: list[tuple[str, str, bool]]) -> list[tuple[str, str, bool]]:
        """Give a line without newline one where lines now follow it: a change that cannot be left out."""
        body: list[tuple[str, str, bool]] = []
        last = max((number for number, (sign, _, _) in enumerate(lines) if sign != "-"), default=-1)
        for number, (sign, text, bare) in enumerate(lines):
            if bare and sign != "-" and number < last:
                if sign == " ":
                    body.append(("-", text, True))
                body.append(("+", text, False))
            else:
                body.append((sign, text, bare))
        return body

    def lines(self, moved: int) -> list[str]:
        """Return header and lines; what stands above made the file longer by so many lines."""
        start = self.hunk.old_start + (self.hunk.old_count == 0)
        old = _range(start - (self.olds == 0), self.olds)
        new = _range(start + moved - (self.news == 0), self.news)
        section = f" {self.hunk.section}" if self.hunk.section else ""
        out = [f"@@ -{old} +{new} @@{section}", *self._texts]
        for sign, text, bare in self._tail:
            out.append(sign + text)
            if bare:
                out.append(_NO_NEWLINE)
        return out


def _range(start: int, count: int) -> str:
    """Write a range as git does."""
    return f"{start}" if count == 1 else f"{start},{count}"
