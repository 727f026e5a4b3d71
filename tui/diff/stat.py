"""The diffstat, computed from the index and lined up as git does it."""

from __future__ import annotations

from typing import NamedTuple

from tui.core.text import cells, clean
from tui.diff.files import File
from tui.diff.index import DiffIndex

NAME_WIDTH = 50
BAR_WIDTH = 30
LIMIT = 200
"""Files that are listed; a tree-wide patch says only how many more there are."""


class Stat(NamedTuple):
    """One row: a file, its count, its bar."""

    file: int
    name: str
    """Clean, padded; cut at its front where it is long, as git does."""
    total: str
    plus: str
    minus: str


def stat_rows(index: DiffIndex) -> list[Stat]:
    """Return a row for each file, columns lined up."""
    files = index.files[:LIMIT]
    names = [clean(_name(file)) for file in files]
    counts = [_count(file) for file in files]
    width = min(NAME_WIDTH, max(map(cells, names), default=0))
    digits = max(map(len, counts), default=0)
    most = max((file.added + file.removed for file in files), default=0)
    return [
        Stat(number, _fit(name, width), count.rjust(digits), *_bar(file, most))
        for number, (file, name, count) in enumerate(zip(files, names, counts, strict=True))
    ]


def summary(index: DiffIndex) -> str:
    """Return ``3 files changed, 5 insertions(+), 1 deletion(-)``."""
    parts = [_plural(len(index.files), "file") + " changed"]
    if index.added:
        parts.append(_plural(index.added, "insertion") + "(+)")
    if index.removed:
        parts.append(_plural(index.removed, "deletion") + "(-)")
    return ", ".join(parts)


def _plural(number: int, word: str) -> str:
    return f"{number} {word}" + ("" if number == 1 else "s")


def _name(file: File) -> str:
    if (file.renamed or file.copied) and file.old_path and file.old_path != file.new_path:
        return f"{file.old_path} → {file.new_path}"
    return file.path or "(no name)"


def _count(file: File) -> str:
    return "bin" if file.binary else str(file.added + file.removed)


def _fit(name: str, width: int) -> str:
    """Fill a name up, or cut it at its front, to so many cells."""
    if cells(name) > width:
        while name and cells(name) >= width:
            name = name[1:]
        name = "…" + name
    return name + " " * (width - cells(name))


def _bar(file: File, most: int) -> tuple[str, str]:
    """Signs in proportion, at least one where there is any."""
    if most <= BAR_WIDTH:
        return "+" * file.added, "-" * file.removed
    plus = max(1, file.added * BAR_WIDTH // most) if file.added else 0
    minus = max(1, file.removed * BAR_WIDTH // most) if file.removed else 0
    return "+" * plus, "-" * minus
