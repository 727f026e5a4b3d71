"""Which character of the mail or the diff is at a cell of the screen: for selecting by the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Offset
from textual.selection import Selection
from textual.strip import Strip

from tui.diff.row import Kind, Row
from tui.widgets.reader_body import text_of
from tui.widgets.reader_select import RIGHT
from tui.widgets.reader_strip import Frame, gutter_width
from tui.widgets.reader_text import prefix, show

if TYPE_CHECKING:
    from tui.diff.document import Document


class Points(NamedTuple):
    """The cells of one half of a row, or of a whole one: which character of which place each is."""

    start: int
    """The column of the first cell behind the gutter."""
    cells: list[Offset]
    """From there on: x is the character of the text without signs, y its place."""


def points_of(document: Document, number: int, frame: Frame) -> list[Points]:
    """Return the points of a row: one for a whole row, two where it is side by side."""
    row = document.row(number)
    signs = document.index.hunks[row.hunk].signs if row.hunk >= 0 else 1
    if row.kind is Kind.BODY:
        return [_body(document, row, frame, signs, 0, 0)]
    if row.kind is Kind.PAIR:
        left, right = frame.half(right=False), frame.half(right=True)
        sides = ((row.left, left, 0, 0), (row.right, right, left.width + 1, RIGHT))
        return [
            _body(document, side, half, signs, at, add) for side, half, at, add in sides if side is not None
        ]
    return [_words(document, number, row, frame)]


def _body(document: Document, row: Row, frame: Frame, signs: int, at: int, add: int) -> Points:
    place = document.place_of(row.line)
    gutter = gutter_width(frame) + signs - 1
    owners = _owners(prefix(text_of(row, signs), frame.left + frame.width))
    cells = owners[frame.left : frame.left + max(0, frame.width - gutter)]
    end = row.start + (owners[-1] + 1 if owners else 0)
    found = [Offset(row.start + owner + add, place) for owner in cells]
    found += [Offset(end + add, place)] * (frame.width - gutter - len(found))
    return Points(at + gutter, found)


def _words(document: Document, number: int, row: Row, frame: Frame) -> Points:
    """The points of a row of prose, which may be several lines that are folded as one."""
    place, start = document.where(number)
    gutter = len(frame.indent)
    if row.kind is Kind.HUNK:
        frame, gutter = frame._replace(left=0), gutter_width(frame)
    is_text = row.kind not in (Kind.FILE, Kind.FOLD, Kind.BLANK, Kind.STAT)
    raw = row.text[row.start : row.end] if row.end else row.text
    owners = _owners(prefix(raw, frame.left + frame.width)) if is_text else []
    left = frame.left if is_text else 0
    ends = owners[-1] + 1 if owners else 0
    found = []
    length = len(document.text_at(place))
    for cell in range(left, left + max(0, frame.width - gutter)):
        character = start + (owners[cell] if cell < len(owners) else ends)
        while character > length and place + 1 < document.places and is_text and cell < len(owners):
            # The line feed between two lines is the blank that joins them.
            start -= length + 1
            character -= length + 1
            place += 1
            length = len(document.text_at(place))
        found.append(Offset(min(max(0, character), length), place))
    return Points(gutter, found)


def _owners(raw: str) -> list[int]:
    """Return for each cell of a shown text the character that it belongs to."""
    if raw.isascii() and raw.isprintable():
        return list(range(len(raw)))
    shown = show(raw)
    owners: list[int] = []
    for number in range(len(raw)):
        piece = shown.text[shown.position(number) : shown.position(number + 1)]
        owners += [number] * cell_len(piece)
    return owners


def selected_cells(points: list[Points], selection: Selection) -> list[tuple[int, int]]:
    """Return the columns, from and to, that the mouse selected in a row."""
    start = selection.start or Offset(0, 0)
    end = selection.end
    is_right = start.x >= RIGHT
    found: list[tuple[int, int]] = []
    for part in points:
        if not part.cells or (len(points) > 1 and (part.cells[0].x >= RIGHT) != is_right):
            continue
        inside = [
            column
            for column, (x, y) in enumerate(part.cells, part.start)
            if (y, x % RIGHT) >= (start.y, start.x % RIGHT)
            and (end is None or (y, x % RIGHT) < (end.y, end.x % RIGHT))
        ]
        if inside:
            found.append((inside[0], inside[-1] + 1))
    return found


def with_offsets(strip: Strip, points: list[Points]) -> Strip:
    """Cut a strip to its cells, each with the character that it is, as Textual asks for it."""
    if not points:
        return strip
    segments: list[Segment] = []
    column = 0
    for text, color, _ in strip:
        for character in text:
            part = next((part for part in reversed(points) if column >= part.start), points[0])
            laid = color or Style()
            if part.cells:
                offset = part.cells[min(max(0, column - part.start), len(part.cells) - 1)]
                laid += Style.from_meta({"offset": tuple(offset)})
            segments.append(Segment(character, laid))
            column += cell_len(character)
    return Strip(segments, strip.cell_length)
