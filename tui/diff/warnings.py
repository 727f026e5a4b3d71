"""What the header of a file warns of: hidden characters, and letters that pass for others."""

from __future__ import annotations

from collections.abc import Iterator

from tui.diff.files import File
from tui.diff.headline import is_hostile
from tui.diff.index import DiffIndex
from tui.diff.lookalike import LOOK_ALIKE, has_lookalikes

HIDDEN = "hidden characters"
STEP, WIDEST = 100, 20_000
"""Lines that are read in one go, and of longer ones the characters."""
LINES = 5_000
"""Lines beyond ASCII of a file of which look-alikes are told: some 50 ms where all are Russian."""


def tell_damage(index: DiffIndex, file: File) -> str:
    """Return what is wrong with a file's header, or how many of its hunks are damaged: each says why."""
    hunks = index.hunks[file.first_hunk : file.end_hunk] if file.trouble else []
    damaged = [hunk.trouble for hunk in hunks if hunk.trouble]
    if file.trouble not in damaged[:1]:
        return file.trouble
    return "damaged" if len(hunks) == 1 else f"{len(damaged):,} of {len(hunks):,} hunks damaged"


def read_warnings(index: DiffIndex, file: File, found: list[str]) -> Iterator[None]:
    """Find what is to be warned of, in steps of a millisecond or three: 250 ms for 1 MB of Chinese."""
    # Git writes what is odd in names as numbers, so that it is none in the text.
    names = f"{file.old_path}\n{file.new_path}"
    if is_hostile(names):
        found.append(HIDDEN)
    if has_lookalikes(names.split("\n")):
        found.append(LOOK_ALIKE)
    left = LINES
    for text in _pieces(index, file):
        if HIDDEN not in found and is_hostile(text):
            found.insert(0, HIDDEN)
        if LOOK_ALIKE not in found and left > 0 and not text.isascii():
            odd = [line for line in text.split("\n") if not line.isascii()][:left]
            left -= len(odd)
            if has_lookalikes(odd):
                found.append(LOOK_ALIKE)
        yield


def _pieces(index: DiffIndex, file: File) -> Iterator[str]:
    """Yield the text of a file, some lines at a time; long ones with few others, and cut."""
    lines, first = index.lines, file.start
    while first < file.end:
        end = min(first + STEP, file.end)
        while end - first > 1 and lines.length(first, end) > WIDEST:
            end = first + (end - first) // 2
        text = lines.between(first, end)
        for place in range(0, max(1, len(text)), WIDEST):
            yield text[place : place + WIDEST]
        first = end
