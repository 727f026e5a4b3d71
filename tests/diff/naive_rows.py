"""The rows of a diff worked out the long way, and random diffs to work them out of."""

from __future__ import annotations

from hypothesis import strategies as st

from tui.core.text import cells, clean
from tui.diff.forms import Shape
from tui.diff.index import DiffIndex
from tui.diff.row import Kind, Row, unsigned
from tui.diff.words import Words

Cell = tuple[int, int, int]
"""A piece of a line: the line, where the piece begins and ends."""
Naive = tuple[Kind, Cell | None, Cell | None]
"""A row: what it is, what is on its left and on its right."""

WORDS = st.text(st.sampled_from("abc xyz \t\té漢字\u0301\u202e\x1b\r{}"), max_size=40)
BODY = st.tuples(st.sampled_from(" +-"), WORDS).map("".join)
LINE = st.one_of(BODY, BODY, BODY, st.just("\\ No newline at end of file"), st.just(""))


def _hunk(lines: list[str]) -> str:
    old = sum(line[:1] in ("", " ", "-") for line in lines)
    new = sum(line[:1] in ("", " ", "+") for line in lines)
    return "\n".join([f"@@ -1,{old} +1,{new} @@ f", *lines])


HUNK = st.lists(LINE, min_size=1, max_size=12).map(_hunk)
HEADER = st.sampled_from(
    [
        "diff --git a/a.c b/a.c\nindex 1..2 100644\n--- a/a.c\n+++ b/a.c",
        "diff --git a/x b/x\nold mode 100644\nnew mode 100755",
        "Index: o.c\n====\n--- o.c\n+++ o.c",
        "--- a/e\n+++ b/e",
        "diff --git a/b b/b\nindex 1..2\nGIT binary patch\nliteral 4\nzcmZQzU\n",
        "words between the files that are rather long, or so it seems",
        "diff --cc d\nindex 1,2..3\n--- a/d\n+++ b/d\n@@@ -1,2 -1,1 +1,2 @@@\n"
        "- a\n -b\n++cdefghijklmnopqrs\n  d",
        "@@ -1 +1 @@\n-1\n+2",
    ]
)
DIFFS = st.lists(st.tuples(HEADER, st.lists(HUNK, max_size=3)), max_size=4).map(
    lambda files: "\n".join("\n".join([header, *hunks]) for header, hunks in files) + "\n-- \n2.39\n"
)
SHAPES = st.builds(
    Shape, st.integers(0, 30), st.one_of(st.just(0), st.integers(1, 30)), st.booleans(), st.booleans()
)


def pieces(text: str, width: int) -> list[tuple[int, int]]:
    """Take as many characters as fit, again and again."""
    found: list[tuple[int, int]] = []
    start = 0
    while width and start < len(text):
        end = start + 1
        while end < len(text) and cells(clean(text[start : end + 1])) <= max(
            width, cells(clean(text[start:end]))
        ):
            end += 1
        found.append((start, end))
        start = end
    return found or [(0, len(text))]


def plain(index: DiffIndex) -> list[tuple[Kind, int, int, int]]:
    """Return each place: what it is, its line, file and hunk."""
    found: list[tuple[Kind, int, int, int]] = []
    last = len(index.lines) - (index.lines[-1] == "")
    for line in range(last + 1):
        file = next((n for n, f in enumerate(index.files) if f.start <= line < f.end), -1)
        if file >= 0 and index.files[file].start == line:
            found += [(Kind.BLANK, -1, file, -1), (Kind.FILE, -1, file, -1)]
        if line == last or (file >= 0 and not index.files[file].raw and line < index.files[file].body):
            continue
        hunk = next((n for n, h in enumerate(index.hunks) if h.start <= line < h.end), -1)
        kind = Kind.RAW if hunk < 0 else Kind.HUNK if index.hunks[hunk].start == line else Kind.BODY
        found.append((kind, line, file, hunk))
    return found


def side(index: DiffIndex, line: int, hunk: int) -> str:
    """Return ``+`` or ``-`` for a line of one side, a blank for one of both, nothing for others."""
    if index.hunks[hunk].signs > 1:
        return ""
    while index.kinds[line] == "\\" and line > index.hunks[hunk].start + 1:
        line -= 1
    kind = index.kinds[line]
    return kind if kind in "+-" else " " if kind in " \\" or line == index.hunks[hunk].start else ""


def facing(
    index: DiffIndex, removed: list[list[Cell]], added: list[list[Cell]]
) -> list[tuple[list[Cell], list[Cell]]]:
    """Return what stands side by side: partners, and between them line by line."""
    words = Words(index)
    found: list[tuple[list[Cell], list[Cell]]] = []
    old = new = 0
    while old < len(removed) or new < len(added):
        partners = [words.partner(hunk_of(index, cut[0][0]), cut[0][0]) for cut in removed[old:]]
        places = [added_at(added, partner) - new for partner in partners]
        gap = next(((n, place) for n, place in enumerate(places) if place >= 0), None)
        olds, news = gap or (len(removed) - old, len(added) - new)
        for number in range(max(olds, news)):
            left = removed[old + number] if number < olds else []
            found.append((left, added[new + number] if number < news else []))
        old, new = old + olds, new + news
        if gap:
            found.append((removed[old], added[new]))
            old, new = old + 1, new + 1
    return found


def hunk_of(index: DiffIndex, line: int) -> int:
    """Return the hunk of a line."""
    return next(n for n, hunk in enumerate(index.hunks) if hunk.start <= line < hunk.end)


def added_at(added: list[list[Cell]], line: int) -> int:
    """Return which of the added lines a line is; -1 for none."""
    return next((n for n, cut in enumerate(added) if cut[0][0] == line), -1)


def rows(index: DiffIndex, shape: Shape, files: set[int], hunks: set[int]) -> list[Naive]:
    """Return all rows of a diff, these files and hunks folded."""
    found: list[Naive] = []
    removed: list[list[Cell]] = []
    added: list[list[Cell]] = []

    def pair(left: list[Cell], right: list[Cell]) -> None:
        for number in range(max(len(left), len(right))):
            sides = [cut[number] if number < len(cut) else None for cut in (left, right)]
            found.append((Kind.PAIR, sides[0], sides[1]))

    def flush() -> None:
        for olds, news in facing(index, removed, added):
            pair(olds, news)
        removed.clear()
        added.clear()

    for kind, line, file, hunk in plain(index):
        hidden = kind not in (Kind.BLANK, Kind.FILE) and file in files
        hidden = hidden or (kind is Kind.BODY and hunk in hunks)
        which = side(index, line, hunk) if shape.split and kind is Kind.BODY else ""
        if which != "+" and not (which == "-" and not added):
            flush()
        if hidden:
            flush()
            fold = (line, file, -1 if file in files else hunk)
            if not found or found[-1][0] is not Kind.FOLD or found[-1][1][1:] != fold[1:]:  # type: ignore[index]
                found.append((Kind.FOLD, fold, None))
            continue
        if line < 0:
            found.append((kind, None, None))
            continue
        text = index.lines[line]
        if kind is Kind.BODY:
            text = unsigned(text, index.kinds[line], index.hunks[hunk].signs)
        width = 0 if kind is Kind.HUNK or not shape.wrap else shape.prose
        if kind is Kind.BODY and shape.wrap:
            width = shape.body * (2 if shape.split and not which else 1)
        cut = [(line, start, end) for start, end in pieces(text, width)]
        if which == "-":
            removed.append(cut)
        elif which == "+":
            added.append(cut)
        elif which:
            pair(cut, cut)
        else:
            found += [(kind, piece, piece) for piece in cut]
    flush()
    return found


def seen(row: Row) -> Naive:
    """Return what a row is, to be compared."""
    if row.kind is Kind.FOLD:
        return row.kind, (row.line, row.file, row.hunk), None
    if row.kind is Kind.PAIR:
        left, right = (part and (part.line, part.start, part.end) for part in (row.left, row.right))
        return row.kind, left, right
    piece = (row.line, row.start, row.end) if row.line >= 0 else None
    return row.kind, piece, piece
