r"""The index of a diff: what every line is, and the files and hunks as ranges of lines.

Total: it never raises, and joining ``lines`` gives the text back.  What it cannot make sense
of is text, and stays where it was.  Columns and not objects a line, because a diff of 100,000
lines is then indexed in some 30 ms, a ninth of what parsing it into objects takes.

Kinds, one character for each line: `` ``, ``+`` and ``-`` in a hunk, ``\\`` for "no newline",
``@`` hunk header, ``h`` file header, ``b`` binary, ``t`` text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tui.diff.hunks import Hunk, begins_something, measure, read_header
from tui.diff.paths import DEV_NULL, name_of, split_git_names, strip_prefix

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
_GIT = ("diff --git ", "diff --cc ", "diff --combined ")
_BINARY = ("GIT binary patch", "Binary files ", "Binary file ", "Files ")


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


@dataclass(slots=True)
class DiffIndex:
    """A diff by columns."""

    lines: list[str]
    kinds: str
    files: list[File] = field(default_factory=list)
    hunks: list[Hunk] = field(default_factory=list)

    @property
    def added(self) -> int:
        """Lines added, all files together."""
        return sum(file.added for file in self.files)

    @property
    def removed(self) -> int:
        """Lines removed, all files together."""
        return sum(file.removed for file in self.files)


def index_diff(text: str) -> DiffIndex:
    """Return the index of any text whatever."""
    return _Scan(text.split("\n")).run()


class _Scan:
    """One pass over the lines: hunks are leapt over, all else is looked at line by line."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.heads = "".join([line[:1] or "\n" for line in lines])
        self.kinds: list[str] = []
        self.files: list[File] = []
        self.hunks: list[Hunk] = []
        self.open: File | None = None

    def run(self) -> DiffIndex:
        position, last = 0, len(self.lines)
        while position < last:
            head = self.heads[position]
            end = 0
            if head == "@":
                end = self._take_hunk(position)
            elif head in "dI-BF":
                end = self._take_file(position)
            position = end or self._take_text(position)
        self._close(last)
        return DiffIndex(self.lines, "".join(self.kinds), self.files, self.hunks)

    # -- hunks -------------------------------------------------------------

    def _take_hunk(self, position: int) -> int:
        header = read_header(self.lines[position])
        if header is None:
            return 0
        extent = measure(self.lines, self.heads, position + 1, header)
        file = len(self.files) - 1 if self.open else -1
        (old_start, old_count), (new_start, new_count) = header.olds[0], header.new
        hunk = Hunk(
            position,
            extent.end,
            file,
            old_start,
            old_count,
            new_start,
            new_count,
            header.section,
            len(header.olds),
            extent.trouble,
        )
        self.hunks.append(hunk)
        self.kinds.append("@" + extent.kinds)
        if self.open:
            self.open.added += extent.added
            self.open.removed += extent.removed
            self.open.end_hunk = len(self.hunks)
            self.open.trouble = self.open.trouble or extent.trouble
        return extent.end

    # -- text and binaries ---------------------------------------------------

    def _take_text(self, position: int) -> int:
        """Take one line that is no part of a hunk or a header: prose, a signature, a binary."""
        file = self.open
        in_binary = file is not None and file.binary and file.first_hunk == file.end_hunk
        line = self.lines[position]
        if in_binary and line in ("-- ", "--"):
            self.open = None
            self._end_file(position)
        elif in_binary and file is not None:
            if file.size is None and line.startswith(("literal ", "delta ")):
                digits = line.split(" ", 1)[1].strip()
                file.size = int(digits[:12]) if digits.isascii() and digits.isdigit() else None
            self.kinds.append("b")
            return position + 1
        self.kinds.append("t")
        return position + 1

    # -- files -------------------------------------------------------------

    def _take_file(self, position: int) -> int:
        """Take the header of a file that begins here; 0 where none does."""
        line = self.lines[position]
        if line.startswith(_GIT):
            return self._take_git(position) if self._is_git_start(position) else 0
        if line.startswith("Index: "):
            return self._take_old_style(position, line[7:])
        if line.startswith("diff "):
            return self._take_old_style(position, line.rsplit(" ", 1)[-1])
        if line.startswith("--- ") and self._is_pair(position):
            return self._take_names(self._begin(position), position)
        if line.startswith(_BINARY[1:3]) and line.rstrip("\r").endswith((" differ", " has changed")):
            file = self._begin(position)
            self._name_binary(file, line)
            return self._finish(file, position + 1)
        return 0

    def _begin(self, position: int) -> File:
        self._close(position)
        hunks = len(self.hunks)
        file = File(position, position, position, first_hunk=hunks, end_hunk=hunks)
        self.files.append(file)
        self.open = file
        return file

    def _finish(self, file: File, body: int) -> int:
        """End the header of a file; return where its body begins."""
        self.kinds.append("h" * (body - file.start))
        file.body = body
        return body

    def _close(self, position: int) -> None:
        if self.open is not None:
            self.open = None
            self._end_file(position)

    def _end_file(self, position: int) -> None:
        self.files[-1].end = position

    def _line(self, position: int) -> str:
        return self.lines[position] if position < len(self.lines) else ""

    def _is_git_start(self, position: int) -> bool:
        """Say whether a ``diff --git`` line is meant: only before what can follow it."""
        following = self._line(position + 1)
        return (
            following.startswith((*_EXTENDED, *_GIT, *_BINARY[:2]))
            or (following.startswith("--- ") and self._is_pair(position + 1))
            or not any(self.lines[position + 1 : position + 3])
        )

    def _is_pair(self, position: int) -> bool:
        """Say whether ``---`` and ``+++`` stand before a hunk, as they must to be names."""
        return (
            self._line(position).startswith("--- ")
            and self._line(position + 1).startswith("+++ ")
            and read_header(self._line(position + 2)) is not None
        )

    def _take_git(self, position: int) -> int:
        file = self._begin(position)
        line = self.lines[position]
        if line.startswith("diff --git "):
            first, second = split_git_names(line[11:])
            file.old_path, file.new_path = strip_prefix(first), strip_prefix(second)
        else:
            file.old_path = file.new_path = name_of(line.split(" ", 2)[2])
        position += 1
        while self._line(position).startswith(_EXTENDED):
            self._take_extended(file, self.lines[position].rstrip("\r"))
            position += 1
        line = self._line(position)
        if line.startswith("GIT binary patch"):
            file.binary = True
            return self._finish(file, position)
        if line.startswith("Binary files "):
            file.binary = True
            return self._finish(file, position + 1)
        if self._is_pair(position):
            return self._take_names(file, position)
        return self._finish(file, position)

    def _take_extended(self, file: File, line: str) -> None:
        """Note what one of git's header lines says."""
        word, _, rest = line.partition(" ")
        if word in ("rename", "copy"):
            which, _, name = rest.partition(" ")
            file.renamed, file.copied = word == "rename", word == "copy"
            if which in ("from", "old"):
                file.old_path = name_of(name)
            else:
                file.new_path = name_of(name)
        elif word == "similarity":
            file.similarity = rest.removeprefix("index ")
        elif word == "new" and rest.startswith("file mode "):
            file.new_mode, file.old_path = rest[10:], ""
        elif word == "deleted":
            file.old_mode, file.new_path = rest.removeprefix("file mode "), ""
        elif word in ("old", "new") and rest.startswith("mode "):
            setattr(file, f"{word}_mode", rest[5:])
        elif word == "index" and " " in rest and not file.new_mode:
            file.old_mode = file.new_mode = rest.rpartition(" ")[2]
        elif word not in ("index", "dissimilarity"):
            file.raw = True

    def _take_names(self, file: File, position: int) -> int:
        """Take a ``---`` and ``+++`` pair; where names were known already, see that they agree."""
        old = name_of(self.lines[position][4:])
        new = name_of(self.lines[position + 1][4:])
        old = "" if old == DEV_NULL else strip_prefix(old)
        new = "" if new == DEV_NULL else strip_prefix(new)
        if not file.path:
            file.old_path, file.new_path = old, new
        elif (file.old_path and old and old != file.old_path) or (
            file.new_path and new and new != file.new_path
        ):
            file.raw = True
            file.trouble = "its header names other files: " + (new or old)
        else:
            file.old_path, file.new_path = old, new
        return self._finish(file, position + 2)

    def _take_old_style(self, position: int, name: str) -> int:
        """Take an ``Index:`` or plain ``diff`` header: up to four lines before names or a binary."""
        for pair in range(position + 1, position + 6):
            line = self._line(pair)
            if self._is_pair(pair):
                return self._take_names(self._begin(position), pair)
            if line.startswith("Binary files ") or line.startswith("Cannot display: "):
                file = self._begin(position)
                file.old_path = file.new_path = name_of(name)
                file.binary = file.raw = True
                return self._finish(file, pair + 1)
            if begins_something(self.lines, min(pair, len(self.lines) - 1)):
                break
        return 0

    def _name_binary(self, file: File, line: str) -> None:
        """Take the names from ``Binary files a/x and b/x differ``."""
        inner = line.partition(" ")[2].partition(" ")[2].rstrip("\r").removesuffix(" differ")
        old, _, new = inner.partition(" and ")
        file.binary = True
        file.old_path = "" if old == DEV_NULL else strip_prefix(old)
        file.new_path = "" if new == DEV_NULL else strip_prefix(new or old)
