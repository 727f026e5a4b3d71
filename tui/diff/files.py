"""The headers of files in a diff: git's, ``Index:`` and plain ones, bare names, binaries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tui.core.paths import DEV_NULL, name_of, split_git_names, strip_prefix, unquote
from tui.diff.hunks import begins_something, read_header

_EXTENDED = (
    "old mode ",
    "new mode ",
    "deleted file mode ",
    "new file mode ",
    "copy from ",
    "copy to ",
    "rename from ",
    "rename to ",
    "rename old ",
    "rename new ",
    "similarity index ",
    "dissimilarity index ",
    "index ",
    "mode ",
)
_NAMES = ("--- ", "+++ ", *_EXTENDED)
_GIT = ("diff --git ", "diff --cc ", "diff --combined ")
_BINARY = ("GIT binary patch", "Binary files ", "Files ")


TOLD = re.compile(
    r"(?:old|new|deleted file|new file) mode \d{6}|(?:dis)?similarity index \d{1,3}%|"
    r"index [0-9a-f,]+\.\.[0-9a-f]+(?: \d{6})?|(?:rename|copy) (?:from|to) .*|mode [\d,.]+"
)
"""Header lines that a file's header row stands for; any other is shown as it is."""
_INDEX = re.compile(r"index ([0-9a-f,]+\.\.[0-9a-f]+)(?: (\d{6}))?")
_DATE = re.compile(r"[\d:. +TZ-]*")

BARE = "nothing but its name is here"


@dataclass(slots=True)
class File:
    """One file of a diff as a range of its lines; ``end`` is exclusive."""

    start: int
    body: int
    """The line behind its header."""
    end: int
    old_path: str = ""
    """Without prefix; empty for a file that is new."""
    new_path: str = ""
    """Without prefix; empty for a file that is deleted."""
    old_mode: str = ""
    new_mode: str = ""
    blobs: str = ""
    """Both sides as the header abbreviates them, such as ``1234567..89abcde``."""
    similarity: str = ""
    """As the header says it, such as ``96%``."""
    copied: bool = False
    renamed: bool = False
    binary: bool = False
    size: int | None = None
    """Bytes of a binary's new side, where the diff says it."""
    added: int = 0
    removed: int = 0
    """Lines that count by the headers of its hunks, as ``git apply --numstat`` counts them."""
    first_hunk: int = 0
    """Its hunks are ``hunks[first_hunk:end_hunk]`` of the index."""
    end_hunk: int = 0
    trouble: str = ""
    """What is wrong with its header, or with the first of its hunks that is damaged."""
    raw: bool = False
    """Whether its header holds more than the names above say, so that it is shown as it is."""

    @property
    def path(self) -> str:
        """The name it has now, or had last."""
        return self.new_path or self.old_path


def read_file_header(lines: Sequence[str], position: int) -> File | None:
    """Return the file whose header begins at a line, or None where none does."""
    line = lines[position]
    if line.startswith(_GIT):
        if usual := _read_usual(lines, position):
            return usual
        return _read_git(lines, position) if _is_git_start(lines, position) else None
    if line.startswith(("Index: ", "diff ")):
        return _read_old_style(lines, position, line.rsplit(" ", 1)[-1] if line[0] == "d" else line[7:])
    if line.startswith("--- ") and _is_pair(lines, position):
        file = File(position, position + 2, position)
        _read_names(file, lines[position : position + 2])
        return file
    if line.startswith(_BINARY[1:]) and line.rstrip("\r").endswith(" differ"):
        file = File(position, position + 1, position, binary=True)
        _name_binary(file, line)
        return file
    return None


def _line(lines: Sequence[str], position: int) -> str:
    return lines[position] if position < len(lines) else ""


def _is_git_start(lines: Sequence[str], position: int) -> bool:
    """Say whether a ``diff --git`` line is meant: only before what can follow it."""
    following = _line(lines, position + 1)
    return (
        following.startswith((*_EXTENDED, *_GIT))
        or _is_binary(following)
        or _is_pair(lines, position + 1)
        or (following.startswith(_NAMES) and "/" in lines[position])
        or not any(lines[position + 1 : position + 3])
    )


def _is_pair(lines: Sequence[str], position: int) -> bool:
    """Say whether ``---`` and ``+++`` stand before a hunk, as they must to be names."""
    return (
        _line(lines, position).startswith("--- ")
        and _line(lines, position + 1).startswith("+++ ")
        and read_header(_line(lines, position + 2)) is not None
    )


def _read_usual(lines: Sequence[str], position: int) -> File | None:
    """Return a file that only changed, as nearly all do: five lines, one name; a fifth of the time."""
    if position + 4 >= len(lines):
        return None
    git, index, old, new, hunk = lines[position : position + 5]
    name = new[6:]
    if (
        old[6:] != name
        or git != f"diff --git a/{name} b/{name}"
        or old[:6] != "--- a/"
        or new[:6] != "+++ b/"
    ):
        return None
    mode = _INDEX.fullmatch(index)
    if (
        mode is None
        or not name.isprintable()
        or '"' in name
        or name[-1:] in ("", " ")
        or not read_header(hunk)
    ):
        return None
    told = mode[2] or ""
    return File(position, position + 4, position, name, name, told, told, mode[1])


def _read_git(lines: Sequence[str], position: int) -> File:
    file = File(position, position, position)
    line = lines[position]
    if line.startswith("diff --git "):
        first, second = split_git_names(line[11:])
        file.old_path, file.new_path = strip_prefix(first), strip_prefix(second)
    else:
        file.old_path = file.new_path = name_of(line.split(" ", 2)[2])
    end = _end_of_header(lines, position + 1)
    header = lines[position + 1 : end]
    told = [line for line in header if line.startswith(_EXTENDED)]
    for line in told:
        _read_extended(file, line.rstrip("\r"))
    if names := [line for line in header if not line.startswith(_EXTENDED)]:
        _read_names(file, names)
        file.raw = file.raw or header[len(told) :] != names
    following = _line(lines, end)
    if _is_binary(following):
        file.binary = True
        if not following.startswith("GIT"):
            end += 1
            sides = [{name, f"a/{name}", f"b/{name}", DEV_NULL} for name in (file.old_path, file.new_path)]
            pairs = {f"Binary files {old} and {new} differ" for old in sides[0] for new in sides[1]}
            file.raw = file.raw or following.rstrip("\r") not in pairs
    elif all(line.startswith("index ") for line in told) and read_header(following) is None:
        file.trouble = BARE
    file.body = end
    return file


def _end_of_header(lines: Sequence[str], position: int) -> int:
    """Return where git's header lines end; its names may stand anywhere among them, as git allows."""
    old = ""
    while (line := _line(lines, position)).startswith(_NAMES):
        if line.startswith("--- "):
            if old not in ("", line) and lines[position - 1][:4] == "+++ " and _is_pair(lines, position):
                break  # It is the next file's.
            old = line
        position += 1
    return position


def _is_binary(line: str) -> bool:
    line = line.rstrip("\r")
    return (
        line == _BINARY[0]
        or line.startswith(_BINARY[1])
        or (line.startswith(_BINARY[2]) and line.endswith(" differ"))
    )


def _read_extended(file: File, line: str) -> None:
    """Note what one of git's header lines says."""
    if TOLD.fullmatch(line) is None:
        file.raw = True
    word, _, rest = line.partition(" ")
    if word in ("rename", "copy"):
        which, _, name = rest.partition(" ")
        file.renamed, file.copied = word == "rename", word == "copy"
        if which in ("from", "old"):
            file.old_path = unquote(name)
        else:
            file.new_path = unquote(name)
    elif word == "similarity":
        file.similarity = rest.removeprefix("index ")
    elif word == "new" and rest.startswith("file mode "):
        file.new_mode, file.old_path = rest[10:], ""
    elif word == "deleted":
        file.old_mode, file.new_path = rest.removeprefix("file mode "), ""
    elif word == "old":
        file.old_mode = rest.removeprefix("mode ")
    elif word == "new":
        file.new_mode = rest.removeprefix("mode ")
    elif word == "index":
        file.blobs, _, mode = rest.partition(" ")
        if mode and not file.new_mode:
            file.old_mode = file.new_mode = mode


def _read_names(file: File, lines: Sequence[str]) -> None:
    """Read a ``---`` and ``+++`` line; where names were known already, see that they agree.

    Where other lines stand with them, all are shown.
    """
    is_pair = [line[:4] for line in lines] == ["--- ", "+++ "]
    file.raw = file.raw or not is_pair
    old, new = (
        next((name_of(line[4:]) for line in lines if line.startswith(sign)), "") for sign in ("---", "+++")
    )
    old = "" if old == DEV_NULL else strip_prefix(old)
    new = "" if new == DEV_NULL else strip_prefix(new)
    for line in lines:
        file.raw = file.raw or _DATE.fullmatch(line.rstrip("\r").partition("\t")[2]) is None
    known = ((new, file.new_path), (old, file.old_path))
    other = next((name for name, was in known if name not in ("", was)), "")
    if other and file.path:
        file.raw = True
        file.trouble = f"its header names other files: {other}"
    elif is_pair or not file.path:
        file.old_path, file.new_path = old, new


def _read_old_style(lines: Sequence[str], position: int, name: str) -> File | None:
    """Read an ``Index:`` or plain ``diff`` header: up to four lines before names or a binary."""
    for pair in range(position + 1, min(position + 6, len(lines))):
        line = lines[pair]
        if _is_pair(lines, pair):
            between = [line for line in lines[position + 1 : pair] if line.strip("=\r")]
            file = File(position, pair + 2, position, raw=bool(between))
            _read_names(file, lines[pair : pair + 2])
            return file
        if line.startswith(("Binary files ", "Cannot display: ")):
            name = name_of(name)
            return File(position, pair + 1, position, name, name, binary=True, raw=True)
        if begins_something(lines, pair):
            break
    return None


def _name_binary(file: File, line: str) -> None:
    """Take the names from ``Binary files a/x and b/x differ``."""
    inner = line.partition(" ")[2].removeprefix("files ").rstrip("\r").removesuffix(" differ")
    old, _, new = inner.partition(" and ")
    file.old_path = "" if old == DEV_NULL else strip_prefix(old)
    file.new_path = "" if new == DEV_NULL else strip_prefix(new or old)
