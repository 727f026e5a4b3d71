"""unidiff's own words on a file that the index finds damaged.  Nothing shown depends on it."""

from __future__ import annotations

from tui.diff.index import DiffIndex

LIMIT = 5_000
"""Lines of a file that it is asked about: some 10 ms."""
LONGEST = 500
"""Characters of the lines that its patterns take cubic time for, all together: 80 ms."""


def ask_unidiff(index: DiffIndex, file: int) -> str:
    """Return why unidiff refuses a file of the index; empty when it takes it, or would take too long."""
    from unidiff.errors import UnidiffParseError
    from unidiff.patch import PatchSet

    entry = index.files[file]
    if entry.end - entry.start > LIMIT:
        return ""
    lines = index.lines[entry.start : entry.end]
    if sum(len(line) for line in lines if line.startswith(("diff ", "Binary "))) > LONGEST:
        return ""
    text = f"{index.lines.between(entry.start, entry.end)}\n"
    try:
        PatchSet.from_string(text)
    except (UnidiffParseError, ValueError, IndexError, AttributeError, AssertionError) as error:
        # What follows the colon is the line that it stumbled over.
        return str(error).strip().partition(":")[0].partition("\n")[0][:80]
    return ""
