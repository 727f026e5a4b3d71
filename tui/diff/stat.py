"""The diffstat, computed from the index and lined up as git does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.core.text import cells, clean
from tui.diff.headline import both_names

if TYPE_CHECKING:
    from tui.diff.files import File
    from tui.diff.index import DiffIndex

WIDTH = 84
"""Of a row, at most, as long as no width is known."""
NAME_WIDTH, BAR_WIDTH = 50, 30
"""At most; where there is no room for both, a bar has ten cells and the name the rest."""
LEAST_BAR = 10
LIMIT = 200
"""Files that are listed; a tree-wide patch says only how many more there are."""
LONGEST = 400
"""Characters of a name that are looked at: its end.  No path is a terminal's width of cells."""


class Stat(NamedTuple):
    """One row: a file, its count, its bar."""

    file: int
    name: str
    """Clean, padded; cut at its front where it is long, as git does."""
    total: str
    plus: str
    minus: str


def stat_rows(index: DiffIndex, width: int = WIDTH) -> list[Stat]:
    """Return a row for each file, columns lined up, that fits so many cells."""
    files = index.files[:LIMIT]
    names = [clean(_end(_brief_name(file))) for file in files]
    counts = [_count(file) for file in files]
    digits = max(map(len, counts), default=0)
    room = width - digits - len(" │ ") - 1
    most = max((file.added + file.removed for file in files), default=0)
    bar = min(most, BAR_WIDTH)
    longest = min(max(NAME_WIDTH, room - BAR_WIDTH), max(map(cells, names), default=0))
    if longest + bar > room:
        bar = min(bar, max(LEAST_BAR, room - longest))
        longest = min(longest, max(LEAST_BAR, room - bar))
    return [
        Stat(number, _fit(name, longest), count.rjust(digits), *bar_of(file, most, bar))
        for number, (file, name, count) in enumerate(zip(files, names, counts, strict=True))
    ]


def summary(index: DiffIndex) -> str:
    """Return ``3 files changed, 5 insertions(+), 1 deletion(-)``."""
    parts = [plural(len(index.files), "file") + " changed"]
    if index.added:
        parts.append(plural(index.added, "insertion") + "(+)")
    if index.removed:
        parts.append(plural(index.removed, "deletion") + "(-)")
    return ", ".join(parts)


def plural(number: int, word: str) -> str:
    """Return a number with what it counts: ``1 file``, ``2 files``."""
    return f"{number} {word}" + ("" if number == 1 else "s")


def name_of(file: File) -> str:
    """Return the name of a file, or both where it has another one now."""
    if (file.renamed or file.copied) and file.old_path and file.old_path != file.new_path:
        return f"{file.old_path} → {file.new_path}"
    return file.path or "(no name)"


def _brief_name(file: File) -> str:
    """Return the same, what both names share but once."""
    if (file.renamed or file.copied) and file.old_path and file.old_path != file.new_path:
        return both_names(file.old_path, file.new_path)
    return name_of(file)


def _count(file: File) -> str:
    return "bin" if file.binary else str(file.added + file.removed)


def _end(name: str) -> str:
    return name if len(name) <= LONGEST else "…" + name[-LONGEST:]


def _fit(name: str, width: int) -> str:
    """Fill a name up, or cut it at its front, to so many cells."""
    if cells(name) > width:
        start, room = len(name), width - 1
        while start and (room := room - cells(name[start - 1])) >= 0:
            start -= 1
        name = "…" + name[start:]
    return name + " " * (width - cells(name))


def bar_of(file: File, most: int, width: int) -> tuple[str, str]:
    """Return plus and minus signs in proportion, at least one where there is any."""
    if most <= width:
        return "+" * file.added, "-" * file.removed
    plus = max(1, file.added * width // most) if file.added else 0
    minus = max(1, file.removed * width // most) if file.removed else 0
    return "+" * plus, "-" * minus
