"""Clean text in lines of so many cells."""

from __future__ import annotations

from rich.cells import cell_len, chop_cells


def fold(text: str, room: int) -> list[str]:
    """Return a text as lines of so many cells, parted at spaces where that can be; clean text."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if cell_len(joined) <= room:
            line = joined
            continue
        if line:
            lines.append(line)
        *whole, line = chop_cells(word, room) or [""]
        lines += whole
    return [*lines, line]
