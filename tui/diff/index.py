r"""The index of a diff: what every line is, and the files and hunks as ranges of lines.

Total: it never raises, and joining ``lines`` gives the text back.  What it cannot make sense
of is text, and stays where it was.  Columns and not objects a line, because a diff of 100,000
lines is then indexed in some 30 ms, a ninth of what parsing it into objects takes.

Kinds, one character for each line: `` ``, ``+`` and ``-`` in a hunk, ``\\`` for "no newline",
``@`` hunk header, ``h`` file header, ``b`` binary, ``t`` text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from time import thread_time

from tui.diff.files import File, read_file_header
from tui.diff.hunk_list import HunkList
from tui.diff.hunks import END, USUAL, Hunk, measure, measure_run, read_header
from tui.diff.lines import Lines, TakesLong, split_lines

_NOTHING = re.compile(r"[^@dI\-BF]*")
"""Beginnings of lines that are no header of a file or hunk."""

STRAY = "hunk stands below no file"

CLOCK = 7 * 50
"""Numbers of hunks between two looks at the clock, which takes as long as a part of a hunk."""


@dataclass(slots=True)
class DiffIndex:
    """A diff by columns."""

    lines: Lines
    kinds: str
    files: list[File]
    hunks: HunkList

    @property
    def added(self) -> int:
        """Lines added, all files together."""
        return sum(file.added for file in self.files)

    @property
    def removed(self) -> int:
        """Lines removed, all files together."""
        return sum(file.removed for file in self.files)


def index_diff(text: str, seconds: float = 0.0) -> DiffIndex:
    """Return the index of any text whatever.

    Raises TakesLong where more processor time than so much is gone, and there are more files and
    hunks to come; 0 is no limit.  100,000 lines ``Binary files a and b differ`` take 0.6 s.
    """
    ends = thread_time() + seconds if seconds else 0.0
    return _Scan(*split_lines(text, ends), ends).run()


class _Scan:
    """One pass over the lines: hunks are leapt over, all else is looked at line by line."""

    def __init__(self, lines: Lines, heads: str, ends: float) -> None:
        self.lines = lines
        self.ends = ends
        """The moment of ``thread_time`` at which it is given up; 0 for never."""
        # Behind the last line feed is no line, although it looks like an empty one.
        self.heads = heads[:-1] + END if heads[-1] == "\n" else heads
        self.kinds: list[str] = []
        self.files: list[File] = []
        self.hunks = HunkList(lines)
        self.open: File | None = None

    def run(self) -> DiffIndex:
        position, last = 0, len(self.lines)
        heads = self.heads
        while position < last:
            self._look_at_clock()
            head = heads[position]
            end = 0
            if head == "@":
                end = self._take_hunk(position)
            elif head in "dI-BF":
                end = self._take_file(position)
            position = end or self._take_text(position)
        self._close(last)
        return DiffIndex(self.lines, "".join(self.kinds), self.files, self.hunks)

    def _look_at_clock(self) -> None:
        if self.ends and thread_time() > self.ends:
            raise TakesLong

    # -- hunks -------------------------------------------------------------

    def _take_hunk(self, position: int) -> int:
        return self._take_sound(position) or self._take_any(position)

    def _take_sound(self, position: int) -> int:
        """Take hunks of one parent that have all their lines, as nearly all do; 0 where none is."""
        lines, heads, file = self.lines, self.heads, self.open
        if file is None:
            return 0
        number, end = len(self.files) - 1, 0
        all_added = all_removed = 0
        kinds = self.kinds
        found: list[int] = []
        while usual := USUAL.match(lines[position]):
            old_start, olds, new_start, news, _ = usual.groups("1")
            old, new = int(olds), int(news)
            run = measure_run(heads, position + 1, old, new)
            if run is None:
                break
            signs, added, removed = run
            end = position + 1 + len(signs)
            found += (position, end, number, int(old_start), old, int(new_start), new)
            kinds += "@", signs
            all_added += added
            all_removed += removed
            if len(found) % CLOCK == 0:
                self._look_at_clock()
            if end == len(lines):
                break
            position = end
        file.added += all_added
        file.removed += all_removed
        self.hunks.add(found)
        file.end_hunk = len(self.hunks)
        return end

    def _take_any(self, position: int) -> int:
        header = read_header(self.lines[position])
        if header is None or (len(header.olds) > 1 and self._is_plain()):
            return 0
        extent = measure(self.lines, self.heads, position + 1, header)
        (old_start, old_count), (new_start, new_count) = header.olds[0], header.new
        ranges = (old_start, old_count, new_start, new_count)
        file = len(self.files) - 1 if self.open else -1
        trouble = extent.trouble or ("" if self.open else STRAY)
        self.hunks.add_odd(
            Hunk(position, extent.end, file, *ranges, header.section, len(header.olds), trouble)
        )
        self.kinds.append("@" + extent.kinds)
        if self.open:
            self.open.added += extent.added
            self.open.removed += extent.removed
            self.open.end_hunk = len(self.hunks)
            self.open.trouble = self.open.trouble or extent.trouble
        return extent.end

    def _is_plain(self) -> bool:
        """Say whether the open file can have no hunk of a combined diff."""
        file = self.open
        if file is None:
            return False
        has_plain = file.first_hunk < file.end_hunk and self.hunks[file.first_hunk].signs == 1
        return has_plain or self.lines[file.start].startswith("diff --git ")

    # -- text and binaries ---------------------------------------------------

    def _take_text(self, position: int) -> int:
        """Take lines that are no part of a hunk or a header: prose, a signature, a binary."""
        file = self.open
        if file is not None and file.binary and file.first_hunk == file.end_hunk:
            line = self.lines[position]
            if line not in ("-- ", "--"):
                # Further down it is the old side's; and of a delta it is not the file's.
                if position == file.body + 1 and line.startswith("literal "):
                    file.size = _size(line.split(" ", 1)[1])
                self.kinds.append("b")
                return position + 1
            self._close(position)
        rest = _NOTHING.match(self.heads, position + 1)
        end = rest.end() if rest else position + 1
        self.kinds.append("t" * (end - position))
        return end

    # -- files -------------------------------------------------------------

    def _take_file(self, position: int) -> int:
        """Take the header of a file that begins here; 0 where none does."""
        file = read_file_header(self.lines, position)
        if file is None:
            return 0
        self._close(position)
        file.first_hunk = file.end_hunk = len(self.hunks)
        self.files.append(file)
        self.open = file
        self.kinds.append("h" * (file.body - position))
        return file.body

    def _close(self, position: int) -> None:
        """End the file that is open, if one is."""
        if self.open is not None:
            self.open.end = position
            self.open = None


def _size(digits: str) -> int | None:
    """Bytes of a binary, from what follows ``literal``."""
    digits = digits.strip()
    return int(digits[:12]) if digits.isascii() and digits.isdigit() else None
