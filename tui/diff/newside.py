"""The new side of a file as far as a diff shows it."""

from __future__ import annotations

from tui.core.text import clean
from tui.diff.index import DiffIndex


def new_side(index: DiffIndex, file: int) -> tuple[str, dict[int, int]]:
    """Return the text of a file's new side, and for each line of its hunks the line in it, from 1.

    It begins with a line that says that it is a part, and has one where lines are missing,
    unless the file is new and whole.  A removed line stands for the line that follows it.
    Empty for what has no new side here: deleted files, binaries, changes of mode alone.
    """
    found = index.files[file]
    hunks = index.hunks[found.first_hunk : found.end_hunk]
    if not hunks or not found.new_path:
        return "", {}
    whole = not found.old_path and not any(hunk.trouble for hunk in hunks)
    out = [] if whole else [f"[A part of {clean(found.path)}: what the diff shows of it.]"]
    at: dict[int, int] = {}
    for hunk in hunks:
        if not whole:
            out.append(f"[From line {hunk.new_start:,}.]")
        at[hunk.start] = len(out)
        for line in range(hunk.start + 1, hunk.end):
            at[line] = len(out) + 1
            if index.kinds[line] in " +":
                text = index.lines[line]
                out.append(text[hunk.signs :] if text.strip("\r") else text)
        for line in range(hunk.start + 1, hunk.end):
            # What was removed last stands for the line above.
            at[line] = min(at[line], len(out))
    bare = index.kinds[hunks[-1].end - 1] == "\\" and index.kinds[hunks[-1].end - 2] != "-"
    return "\n".join(out) + ("" if bare else "\n"), {line: max(1, number) for line, number in at.items()}
