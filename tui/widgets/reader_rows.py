"""The rows of the reader that are no line of a hunk, as Strips: files, hunks, message, words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from tui.core.colors import Colors
from tui.core.text import clean
from tui.diff.headline import describe
from tui.diff.row import Kind, Part, Row
from tui.widgets.columns import cut_middle
from tui.widgets.palette import style
from tui.widgets.reader_strip import Frame, Pieces, fit, gutter_width
from tui.widgets.reader_text import prefix

if TYPE_CHECKING:
    from tui.diff.document import Document
    from tui.diff.search import Search
    from tui.diff.stat import Stat

LEAST_NAME = 24
"""Cells that a file's name has in its header, however much there is to be told."""


def draw_row(row: Row, frame: Frame, document: Document) -> Strip:
    """Draw a row that is neither a file's header nor a line of a hunk."""
    colors = frame.colors
    gutter = frame.indent
    if row.kind is Kind.HUNK:
        # It stays in place when the lines below it are scrolled sideways, as a file's does.
        frame = frame._replace(left=0)
        gutter, pieces = " " * gutter_width(frame), _hunk(row, frame, document)
    elif row.kind is Kind.FOLD:
        gutter, pieces = " " * gutter_width(frame), [(clean(row.text), style(colors.dim))]
    elif row.kind is Kind.STAT and row.stat is not None:
        pieces = _stat(row.stat, frame)
    else:
        pieces = _words(row, frame)
    if frame.sought is not None:
        # The bar of a file's row is no text.
        count = 1 if row.kind is Kind.STAT else len(pieces)
        pieces = _mark_hits(pieces[:count], frame.sought, colors) + pieces[count:]
    return fit([(gutter, _base(frame))], pieces, frame)


def _stat(stat: Stat, frame: Frame) -> Pieces:
    colors = frame.colors
    return [
        (f"{stat.name} ", style(colors.text)),
        ("  " if frame.is_plain else "│ ", style(colors.border)),
        (f"{stat.total} ", style(colors.dim)),
        (stat.plus, style(colors.added)),
        (stat.minus, style(colors.removed)),
    ]


def _words(row: Row, frame: Frame) -> Pieces:
    raw = row.text[row.start : row.end] if row.end else row.text
    text = clean(prefix(raw, frame.left + frame.width))
    colors = frame.colors
    if row.kind in (Kind.HEADER, Kind.SUBJECT, Kind.MESSAGE):
        return _message(row, text, colors)
    color = {Kind.WARNING: colors.warning, Kind.REMARK: colors.dim, Kind.RAW: colors.dim}.get(
        row.kind, colors.text
    )
    return [(text, style(color))]


def _mark_hits(pieces: Pieces, sought: Search, colors: Colors) -> Pieces:
    """Cut pieces where they have what is searched for."""
    ranges = sought.ranges("".join(text for text, _ in pieces))
    hit = style(colors.text, colors.hit)
    marked: Pieces = []
    start = 0
    for text, color in pieces:
        position, end = start, start + len(text)
        for first, last in ranges:
            if first < end and last > position:
                marked.append((text[position - start : max(first, position) - start], color))
                marked.append((text[max(first, position) - start : last - start], hit))
                position = min(last, end)
        marked.append((text[position - start :], color))
        start = end
    return marked


def draw_file(
    row: Row, frame: Frame, document: Document, troubles: list[str], is_marked: bool = False
) -> Strip:
    """Draw the header row of a file: a rule with its name, counts, what happened, what is wrong.

    ``is_marked``: whether the user has looked at it, and said so.
    """
    colors = frame.colors
    file = document.index.files[row.file]
    back = colors.file_line
    rule, dim = style(colors.border, back), style(colors.dim, back)
    told: Pieces = [(" ", rule)]
    if file.added:
        told.append((f" +{file.added}", style(colors.added, back)))
    if file.removed:
        told.append((f" -{file.removed}", style(colors.removed, back)))
    warning = style(colors.warning, back, bold=True)
    told += [(f"  ! {clean(prefix(trouble, frame.width))}", warning) for trouble in troubles]
    # Where there is no room for all, name and words are cut in their middles, and then the end.
    seen: Pieces = [("✓ ", style(colors.good, back, bold=True))] if is_marked else []
    room = (
        frame.width - len("─ ") - len("✓ ") * is_marked - len("  ─") - sum(cell_len(text) for text, _ in told)
    )
    name = _bound(file.path, frame.width) or "(no name)"
    least = cell_len(name)
    for brevity in range(3):
        words = _bound(describe(file, brevity), frame.width)
        if least + cell_len(words) + 2 <= room:
            break
        least = min(least, LEAST_NAME)
    name = cut_middle(name, max(LEAST_NAME, room - cell_len(words) - 2))
    words = cut_middle(words, max(LEAST_NAME, room - cell_len(name) - 2))
    title: Pieces = [(name, style(colors.file, back, bold=True))]
    pieces = [
        (f"{frame.rule} ", rule),
        *seen,
        *(_mark_hits(title, frame.sought, colors) if frame.sought else title),
        *told,
    ]
    tail: Pieces = [(f" {words} " if words else "", dim), (frame.rule, rule)]
    used = sum(cell_len(text) for text, _ in (*pieces, *tail))
    pieces.append((" " + frame.rule * max(0, frame.width - used - 1), rule))
    # The header stays in place when its file is scrolled sideways.
    return fit([], pieces + tail, frame._replace(left=0), back)


def _bound(text: str, width: int) -> str:
    """Return a text clean, without the middle that no width has room for."""
    most = 2 * max(width, LEAST_NAME)
    return clean(text if len(text) <= 2 * most else f"{text[:most]}{text[-most:]}")


def _base(frame: Frame) -> Style:
    return style(frame.colors.text, frame.colors.background)


def _message(row: Row, text: str, colors: Colors) -> Pieces:
    """Colour a line of the message: a name before a colon stands back, its value out."""
    if row.kind is Kind.SUBJECT:
        return [(text, style(colors.file, bold=True))]
    if row.kind is Kind.HEADER or row.part is Part.TRAILER:
        name, colon, value = ("", "", text) if row.goes_on else text.partition(":")
        color = colors.trailer if row.part is Part.TRAILER else colors.text
        return [(name + colon, style(colors.dim)), (value, style(color))]
    inks = {Part.ADDED: colors.added, Part.REMOVED: colors.removed, Part.RANGE: colors.hunk}
    ink = colors.dim if row.part in (Part.RULE, Part.NOTE) else inks.get(row.part, colors.text)
    return [(text, style(ink))]


def _hunk(row: Row, frame: Frame, document: Document) -> Pieces:
    colors = frame.colors
    hunk = document.index.hunks[row.hunk]
    raw = row.text[row.start : row.end] if row.end else row.text
    text = clean(prefix(raw, frame.left + frame.width))
    end = -1 if row.goes_on else text.find("@@", 2)
    ranges, section = (text[: end + hunk.signs + 1], text[end + hunk.signs + 1 :]) if end > 0 else ("", text)
    pieces: Pieces = [(ranges, style(colors.hunk))]
    if hunk.trouble and not row.goes_on:
        pieces.append((f"  ! {hunk.trouble} ", style(colors.warning, bold=True)))
    pieces.append((section, style(colors.dim, italic=True)))
    return pieces
