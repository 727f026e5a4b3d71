"""What changed in a patch from one version to the next: a diff of what the files are after each.

Not a diff of two diffs, which has two columns of signs and shows each line that a rebase moved:
tui.diff.merging says how.  The outcome is a diff as git writes it, so that whatever reads diffs reads this.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from tui.diff.alignment import CONTEXT, Alignment
from tui.diff.matching import Blocks, match
from tui.diff.merging import Line, merge
from tui.diff.sheet import Leaf

MESSAGE = "Commit message"
"""What the message goes by among the files."""


def write_interdiff(alignment: Alignment) -> str:
    """Return what changed from one patch to the other as a diff, the message as its first file.

    Empty where nothing did but the base, and order and number of hunks.
    """
    parts = [write_words(MESSAGE, alignment.old.message, alignment.new.message)]
    parts += [_write_file(*facing) for facing in alignment.facing]
    return "".join(parts)


def write_words(name: str, old: Sequence[str], new: Sequence[str]) -> str:
    """Return a diff of two texts by lines, as of a file of that name; empty where they are the same."""
    numbers: dict[str, int] = {}
    sides = [[numbers.setdefault(line, len(numbers)) for line in side] for side in (old, new)]
    lines: list[Line] = []
    i = j = 0
    for x, y, size in (*match(*sides), (len(old), len(new), 0)):
        lines += [Line("-", old[n], n + 1) for n in range(i, x)]
        lines += [Line("+", new[n], 0, n + 1) for n in range(j, y)]
        lines += [Line(" ", new[y + n], x + n + 1, y + n + 1) for n in range(size)]
        i, j = x + size, y + size
    hunks = "".join(_write_hunks(lines, ""))
    return f"diff --git a/{name} b/{name}\n--- a/{name}\n+++ b/{name}\n{hunks}" if hunks else ""


def write_raw(alignment: Alignment) -> str:
    """Return a diff of the two diffs, as ``git range-diff`` shows it: each line with its sign before it."""
    return "".join(
        write_words(_path(old, new), old.lines[1:] if old else [], new.lines[1:] if new else [])
        for old, new, _ in alignment.facing
    )


# -- files -------------------------------------------------------------------------


def _path(old: Leaf | None, new: Leaf | None) -> str:
    leaf = new or old
    return (leaf.paths[1] or leaf.paths[0]) if leaf else ""


def _write_file(old: Leaf | None, new: Leaf | None, blocks: Blocks) -> str:
    """Return how a file after one patch differs from the file after the other."""
    header = _header(old, new)
    binary = [leaf.file is not None and leaf.file.binary for leaf in (old, new) if leaf]
    if any(binary):
        same = old is not None and new is not None and old.lines == new.lines
        path = _path(old, new)
        return "" if same else f"{header}Binary files a/{path} and b/{path} differ\n"
    if old is not None and new is not None and old.ids == new.ids:
        return ""
    hunks = "".join(_write_file_hunks(old, new, blocks))
    before, after = _names(old, new)
    names = f"--- {f'a/{before}' if before else '/dev/null'}\n+++ {f'b/{after}' if after else '/dev/null'}\n"
    is_told = header.count("\n") > 1
    return f"{header}{names if hunks else ''}{hunks}" if hunks or is_told else ""


def _names(old: Leaf | None, new: Leaf | None) -> tuple[str, str]:
    """Return the name that a file has after the old patch, and after the new one.

    Empty where it is not there: one patch makes it and the other does not know it, or takes it away.
    """
    before = old.paths[1] if old else (new.paths[0] if new else "")
    after = new.paths[1] if new else (old.paths[0] if old else "")
    return before, after


def _header(old: Leaf | None, new: Leaf | None) -> str:
    before, after = _names(old, new)
    lines = [f"diff --git a/{before or after} b/{after or before}"]
    mode = next((leaf.file.new_mode for leaf in (new, old) if leaf and leaf.file and leaf.file.new_mode), "")
    if not before:
        lines.append(f"new file mode {mode or '100644'}")
    elif not after:
        lines.append(f"deleted file mode {mode or '100644'}")
    else:
        if before != after:
            lines += [f"rename from {before}", f"rename to {after}"]
        modes = [_mode_after(old, new), _mode_after(new, old)]
        if all(modes) and modes[0] != modes[1]:
            lines[1:1] = [f"old mode {modes[0]}", f"new mode {modes[1]}"]
    return "\n".join(lines) + "\n"


def _mode_after(leaf: Leaf | None, other: Leaf | None) -> str:
    """Return the mode of a file after a patch; of one that does not know the file, before the other."""
    if leaf is not None and leaf.file is not None:
        return leaf.file.new_mode
    return other.file.old_mode if other is not None and other.file is not None else ""


def _write_file_hunks(old: Leaf | None, new: Leaf | None, blocks: Blocks) -> Iterator[str]:
    """Yield the hunks of a file: around each gap between what both patches have."""
    section = ""
    piece: list[Line] = []
    for line in (*merge(old, new, blocks), Line("@", "")):
        if line.sign == "@":
            yield from _write_hunks(piece, section)
            piece, section = [], line.text
        else:
            piece.append(line)


# -- hunks -------------------------------------------------------------------------


def _write_hunks(lines: Sequence[Line], section: str) -> Iterator[str]:
    """Yield the hunks of lines that follow one another, each with its context."""
    lines = [line for is_context, run in groupby(lines, _is_context) for line in _sorted(is_context, run)]
    changed = [n for n, line in enumerate(lines) if line.sign != " "]
    start = 0
    while start < len(changed):
        end = start + 1
        while end < len(changed) and changed[end] - changed[end - 1] <= 2 * CONTEXT + 1:
            end += 1
        first = max(0, changed[start] - CONTEXT)
        last = min(len(lines), changed[end - 1] + CONTEXT + 1)
        yield _write_hunk(lines, first, last, section)
        start = end


def _is_context(line: Line) -> bool:
    return line.sign == " "


def _sorted(is_context: bool, run: Iterator[Line]) -> Iterator[Line]:
    """Put removed lines before added ones: in that order they are read, and their words compared."""
    return run if is_context else iter(sorted(run, key=lambda line: line.sign == "+"))


def _write_hunk(lines: Sequence[Line], first: int, end: int, section: str) -> str:
    piece = lines[first:end]
    olds = sum(line.sign in " -" for line in piece)
    news = sum(line.sign in " +" for line in piece)
    old, new = _first([line.old for line in piece]), _first([line.new for line in piece])
    old, new = max(old or new, 1), max(new or old, 1)
    body = "".join([f"{line.sign}{line.text}\n" for line in piece])
    counts = f"-{old if olds else 0},{olds} +{new if news else 0},{news}"
    return f"@@ {counts} @@{f' {section}' if section else ''}\n{body}"


def _first(numbers: Sequence[int]) -> int:
    """Return the first number that is known: there may be some lines before it that have none."""
    return next((number for number in numbers if number), 0)
