"""Patches with a binary, which Patchwork tears: part of the diff ends up in the message.

After one ``GIT binary patch``, Patchwork's parser waits for the next ``diff`` line and keeps
that, but takes what follows for text again (getpatchwork/patchwork#463): a text file loses its
extended headers, a second binary or a change of mode everything but its ``diff --git`` line.
And what stands at the end with no hunk behind it is text: ``Binary files a/x and b/x differ``,
with its header where that has one line only.  The lost lines stand in ``content``, in their
order, so they can be put back.  One is lost for good: the ``diff --git`` line of a binary that
comes last, behind another and before a signature.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tui.core.paths import DEV_NULL, split_git_names, unquote
from tui.diff.files import TOLD

_GIT = "diff --git "
_PATCH = "GIT binary patch"
PACKED_LINE = re.compile(r"|(?:literal|delta) [0-9]+|[A-Za-z][0-9A-Za-z!#$%&()*+;<=>?@^_`{|}~-]{5,}")
"""A line below ``GIT binary patch``: empty, a size, or base 85."""
_DIFFER = re.compile(r"Binary files .+ and .+ differ")


@dataclass
class _Parts:
    """A message, taken apart."""

    kept: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    """Lines that have lost their ``diff --git`` line, of all files."""
    ends: list[list[str]] = field(default_factory=list)
    """What stood at the end of the diff, file by file."""


def mend(content: str, diff: str) -> tuple[str, str, bool]:
    """Return message and diff as they were, and whether the diff is whole.

    What cannot be put back with certainty stays in the message, with False.
    """
    is_loose = f"\n{_PATCH}\n" in diff
    text = f"\n{content}"
    if not is_loose and f"\n{_GIT}" not in text and "\nBinary files " not in text:
        return content, diff, True
    parts = _take_apart(content)
    lines = diff.removesuffix("\n").split("\n") if diff else []
    if not is_loose and parts.torn:
        return content, diff, f"\n{_GIT}" not in text
    whole = _Whole(lines, parts)
    if not whole.put_back():
        return content, diff, not (parts.torn or parts.ends)
    return _message(parts.kept + whole.left), "\n".join(whole.lines) + "\n", not whole.left


def _take_apart(content: str) -> _Parts:
    """Sort the lines of a message below its ``---`` into what is its own and what the diff lost."""
    lines = content.split("\n")
    first = next((n for n in range(len(lines), 0, -1) if lines[n - 1] == "---"), 0)
    parts = _Parts(lines[:first])
    place = parts.kept
    in_binary = in_end = False
    for line in lines[first:]:
        differs = line.endswith(" differ") and _DIFFER.fullmatch(line) is not None
        is_header = TOLD.fullmatch(line) is not None or line == _PATCH
        if line.startswith(_GIT) or (differs and not in_end):
            place, in_end = [line], not differs
            parts.ends.append(place)
        elif is_header and (place is not parts.kept or not line.startswith(("rename ", "copy "))):
            # What prose begins with, "rename to", git writes below other headers only.
            place = place if in_end else parts.torn
            place.append(line)
        elif (in_binary and PACKED_LINE.fullmatch(line)) or differs:
            place.append(line)
        else:
            place, in_end = parts.kept, False
            if line or not place or place[-1]:
                place.append(line)
        in_binary = line == _PATCH or (in_binary and place is not parts.kept and not is_header)
    return parts


def _message(lines: list[str]) -> str:
    return "\n".join(lines).rstrip("\n")


class _Whole:
    """A diff and what is put back into it."""

    def __init__(self, lines: list[str], parts: _Parts) -> None:
        self.lines: list[str] = []
        self.left: list[str] = []
        """What belongs to no line that is known."""
        self._lines, self._torn, self._ends = lines, parts.torn, parts.ends
        self._taken = 0

    def put_back(self) -> bool:
        """Put all that was lost below the line it belongs to; False where that cannot be known."""
        if not self._torn and not self._ends:
            return False
        for number, line in enumerate(self._lines):
            self.lines.append(line)
            if self._torn and line.startswith(_GIT):
                below = self._lines[number + 1] if number + 1 < len(self._lines) else _GIT
                if below.startswith((_GIT, "--- ")) and not self._take(line, below.startswith("--- ")):
                    return False
        for end in self._ends:
            if not self._append(end):
                return False
        self.left = self._torn[self._taken :]
        return bool(self._taken) or bool(self._ends)

    def _append(self, end: list[str]) -> bool:
        """Append what stood at the end of the diff."""
        if end[0].startswith(_GIT):
            self.lines += end
            return end[-1].startswith("Binary ") or (len(end) == 1 and self._take(end[0], has_text=False))
        last = next((line for line in reversed(self.lines) if not TOLD.fullmatch(line)), "")
        if not last.startswith(_GIT) or last == self.lines[-1]:
            return False
        self.lines += end
        return _is_of(end[0], *split_git_names(last[len(_GIT) :]))

    def _take(self, git: str, has_text: bool) -> bool:
        """Put back the lines of one file below its ``diff --git`` line."""
        old, new = split_git_names(git[len(_GIT) :])
        first = self._taken
        made = not self._eat("old mode ", "new mode ") and (
            self._eat("new file mode ") or self._eat("deleted file mode ")
        )
        if old.partition("/")[2] != new.partition("/")[2]:
            self._eat("similarity ", "dissimilarity ", "rename from ", "copy from ", "rename to ", "copy to ")
        self._eat("dissimilarity ")
        is_binary = self._torn[self._taken + 1 : self._taken + 2] == [_PATCH]
        if has_text or made or is_binary:
            self._eat("index ")
        if is_binary and self._eat(_PATCH):
            while self._taken < len(self._torn) and PACKED_LINE.fullmatch(self._torn[self._taken]):
                self._eat("")
            if self.lines[-1]:
                # It ends with an empty line, which Patchwork strips at the end of a message.
                self.lines.append("")
        return self._taken > first and not (has_text and is_binary)

    def _eat(self, *beginnings: str) -> bool:
        """Put back the next line for each of these beginnings that it has."""
        first = self._taken
        for beginning in beginnings:
            if self._taken < len(self._torn) and self._torn[self._taken].startswith(beginning):
                self.lines.append(self._torn[self._taken])
                self._taken += 1
        return self._taken > first


def _is_of(differ: str, old: str, new: str) -> bool:
    """Say whether a ``Binary files`` line is of these two names, which may have an ``and`` in them."""
    words = differ[len("Binary files ") : -len(" differ")].split(" and ")
    return any(
        unquote(" and ".join(words[:cut])) in (DEV_NULL, old)
        and unquote(" and ".join(words[cut:])) in (DEV_NULL, new)
        for cut in range(1, min(len(words), 20))
    )
