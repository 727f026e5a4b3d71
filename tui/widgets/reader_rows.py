"""One row of the reader as a Strip: gutter, signs, text in its colours, marks at the edges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.core.colors import Colors
from tui.core.text import clean
from tui.diff.headline import describe
from tui.diff.message import Part
from tui.diff.prose import fold
from tui.diff.row import Kind, Row
from tui.widgets.palette import style

if TYPE_CHECKING:
    from tui.diff.document import Document

CLASS_ROLES = ("text", "keyword", "name", "type", "string", "number", "comment", "preproc", "builtin")
"""The colour role for each of the highlighter's classes, in its order."""

BOTH_NUMBERS = 100
"""From so many columns on, old and new line numbers have a column each."""
ONE_NUMBER = 40
"""From so many on, a line shows the number of its own side."""

LOADING = (30, 52, 44, 0, 58, 36, 61, 20)
"""The lengths of the bars that stand for text on its way."""

Pieces = list[tuple[str, Style]]


@dataclass(frozen=True, slots=True)
class Frame:
    """What all rows of a page share."""

    width: int
    left: int
    """Columns that are scrolled out of sight on the left."""
    digits: int
    colors: Colors

    @property
    def indent(self) -> str:
        """What stands before rows that have no gutter."""
        return " " * _indent(self.width)


def _indent(width: int) -> int:
    return 2 if width >= BOTH_NUMBERS else 1 if width >= ONE_NUMBER else 0


def text_width(width: int) -> int:
    """Return how many cells of a row prose may fill."""
    return width - _indent(width)


def draw_row(row: Row, frame: Frame, document: Document, spans: bytes, chosen: bool) -> Strip:
    """Draw a row that is no file header; ``chosen`` marks a hunk that was jumped to."""
    colors = frame.colors
    if row.kind is Kind.BODY:
        return _draw_body(row, frame, document, spans)
    if row.kind is Kind.HUNK:
        return _draw_hunk(row, frame, document, chosen)
    if row.kind is Kind.STAT and row.stat is not None:
        stat = row.stat
        pieces = [
            (f"{stat.name} ", style(colors.text)),
            ("│ ", style(colors.border)),
            (f"{stat.total} ", style(colors.dim)),
            (stat.plus, style(colors.added)),
            (stat.minus, style(colors.removed)),
        ]
        return _fit([(frame.indent, _base(frame))], pieces, frame)
    text = clean(_prefix(row.text, frame.left + frame.width))
    if row.kind in (Kind.HEADER, Kind.SUBJECT, Kind.MESSAGE):
        return _fit([(frame.indent, _base(frame))], _message(row, text, colors), frame)
    color = {Kind.WARNING: colors.warning, Kind.REMARK: colors.dim, Kind.RAW: colors.dim}.get(
        row.kind, colors.text
    )
    return _fit([(frame.indent, _base(frame))], [(text, style(color))], frame)


def draw_file(row: Row, frame: Frame, document: Document, troubles: list[str], chosen: bool) -> Strip:
    """Draw the header row of a file: a rule with its name, counts, what happened, what is wrong."""
    colors = frame.colors
    file = document.index.files[row.file]
    back = colors.file_line
    rule, dim = style(colors.border, back), style(colors.dim, back)
    name = clean(_prefix(file.path, frame.width)) or "(no name)"
    pieces: Pieces = [
        ("▸ " if chosen else "─ ", style(colors.accent if chosen else colors.border, back)),
        (name, style(colors.file, back, bold=True)),
        (" ", rule),
    ]
    if file.added:
        pieces.append((f" +{file.added}", style(colors.added, back)))
    if file.removed:
        pieces.append((f" -{file.removed}", style(colors.removed, back)))
    pieces += [
        (f"  ! {clean(_prefix(trouble, frame.width))}", style(colors.warning, back, bold=True))
        for trouble in troubles
    ]
    words = clean(_prefix(describe(file), frame.width))
    tail: Pieces = [(f" {words} " if words else "", dim), ("─", rule)]
    used = sum(cell_len(text) for text, _ in (*pieces, *tail))
    pieces.append((" " + "─" * max(0, frame.width - used - 1), rule))
    # The header stays in place when its file is scrolled sideways, and its end may be cut.
    still = Frame(frame.width, 0, frame.digits, colors)
    return _fit([], pieces + tail, still, back)


def draw_words(words: str, y: int, frame: Frame, loading: bool) -> Strip:
    """Draw one line of the words that stand for a document, or of the bars below them."""
    colors = frame.colors
    indent = (frame.indent, _base(frame))
    lines = [piece for line in words.split("\n") for _, piece in fold(line, max(1, text_width(frame.width)))]
    if 1 <= y <= len(lines):
        return _fit([indent], [(clean(lines[y - 1]), style(colors.dim))], frame)
    bar = y - len(lines) - 2
    length = LOADING[bar] if loading and 0 <= bar < len(LOADING) else 0
    return _fit([indent], [("─" * min(length, max(0, frame.width - 4)), style(colors.border))], frame)


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
    if row.part in (Part.RULE, Part.NOTE):
        return [(text, style(colors.dim))]
    return [(text, style(colors.text))]


def _draw_hunk(row: Row, frame: Frame, document: Document, chosen: bool) -> Strip:
    colors = frame.colors
    hunk = document.index.hunks[row.hunk]
    text = clean(_prefix(row.text, frame.left + frame.width))
    end = text.find("@@", 2)
    ranges, section = (text[: end + hunk.signs + 1], text[end + hunk.signs + 1 :]) if end > 0 else (text, "")
    pieces: Pieces = [(ranges, style(colors.hunk))]
    if hunk.trouble:
        pieces.append((f"  ! {hunk.trouble} ", style(colors.warning, bold=True)))
    pieces.append((section, style(colors.dim, italic=True)))
    gutter = " " * _gutter_width(frame)
    if chosen:
        gutter = "▸" + gutter[1:]
    return _fit([(gutter, style(colors.accent, colors.background))], pieces, frame)


def _gutter_width(frame: Frame) -> int:
    if frame.width >= BOTH_NUMBERS:
        return 2 * frame.digits + 5
    return frame.digits + 2 if frame.width >= ONE_NUMBER else 1


def _gutter(row: Row, sign: str, frame: Frame, back: str, color: str) -> Pieces:
    """The line numbers and the sign.  Where it is narrow, one number: the new one if there is one."""
    numbers = style(frame.colors.line_number, back)
    signs = style(color, back, bold=True)
    digits = frame.digits
    if frame.width >= BOTH_NUMBERS:
        old, new = str(row.old or ""), str(row.new or "")
        return [(f" {old:>{digits}} {new:>{digits}} ", numbers), (f"{sign} ", signs)]
    if frame.width >= ONE_NUMBER:
        return [(f"{row.new or row.old or '':>{digits}} ", numbers), (sign, signs)]
    return [(sign, signs)]


def _draw_body(row: Row, frame: Frame, document: Document, spans: bytes) -> Strip:
    colors = frame.colors
    width = document.index.hunks[row.hunk].signs
    back, color = {
        "+": (colors.added_line, colors.added),
        "-": (colors.removed_line, colors.removed),
    }.get(row.sign, (colors.background, colors.text))
    if row.sign == "t":
        sign, text, color = "?", row.text, colors.warning
    elif row.sign == "\\":
        sign, text, color = " ", row.text, colors.dim
    else:
        # An empty line, where a mailer stripped the blank, has no sign.
        blank = row.text in ("", "\r")
        sign, text = (" ", row.text) if blank else (clean(row.text[:width]), row.text[width:])
        if spans:
            color = colors.text
    carriage = text.endswith("\r")
    raw = _prefix(text[:-1] if carriage else text, frame.left + frame.width)
    pieces = _colored(raw, spans, color, colors)
    if carriage:
        pieces.append(("␍", style(colors.dim)))
    sign_color = colors.warning if row.sign == "t" else color if not spans else _sign_color(row.sign, colors)
    return _fit(_gutter(row, sign, frame, back, sign_color), pieces, frame, back)


def _sign_color(sign: str, colors: Colors) -> str:
    return {"+": colors.added, "-": colors.removed}.get(sign, colors.text)


def _colored(raw: str, spans: bytes, color: str, colors: Colors) -> Pieces:
    """Clean a line and cut it where its colours change.

    Cleaning makes text longer, but never changes what it makes of a beginning: so the clean
    beginning of a line tells where a colour ends.
    """
    text = clean(raw)
    if not spans:
        return [(text, style(color))]
    pieces: Pieces = []
    plain = text is raw
    position = start = 0
    for kind, length in zip(spans[::2], spans[1::2], strict=True):
        if position >= len(raw):
            break
        position += length
        end = position if plain else len(clean(raw[:position]))
        pieces.append((text[start:end], style(getattr(colors, CLASS_ROLES[kind]))))
        start = end
    pieces.append((text[start:], style(color)))
    return pieces


def _prefix(text: str, cells: int) -> str:
    """Return so much of a line's beginning as fills that many cells and goes on, if it does.

    A line of 1 MB costs no more than one of a hundred characters.
    """
    length = cells + 2
    while len(text) > length:
        prefix = text[:length]
        if cell_len(clean(prefix)) > cells + 1:
            return prefix
        length *= 2
    return text


def _fit(gutter: Pieces, pieces: Pieces, frame: Frame, back: str = "") -> Strip:
    """Lay gutter and text out in the width, with a mark at each edge where text goes on."""
    ground = Style(bgcolor=back or frame.colors.background)
    head, taken = _lay(gutter, ground)
    body, total = _lay(pieces, ground)
    width = max(0, frame.width - taken)
    if frame.left or total > width:
        body = _cut(Strip(body, total), width, frame, ground)
    elif total < width:
        body.append(Segment(" " * (width - total), ground))
    strip = Strip(head + body)
    # Where there is no room for both marks, there may be more than the width.
    return strip if width >= 2 else strip.crop(0, frame.width)


def _lay(pieces: Pieces, ground: Style) -> tuple[list[Segment], int]:
    """Lay pieces on a background; return them, neighbours of one style as one, and their cells."""
    segments: list[Segment] = []
    cells = 0
    for text, color in pieces:
        if not text:
            continue
        cells += cell_len(text)
        laid = ground + color
        if segments and segments[-1].style == laid:
            segments[-1] = Segment(segments[-1].text + text, laid)
        else:
            segments.append(Segment(text, laid))
    return segments, cells


def _cut(body: Strip, width: int, frame: Frame, ground: Style) -> list[Segment]:
    """Cut text to the columns in sight, with a mark at each edge where it goes on."""
    mark = ground + style(frame.colors.accent)
    before = 1 if frame.left and body.cell_length else 0
    after = 1 if body.cell_length > frame.left + width else 0
    start = frame.left + before
    middle = body.crop(start, max(start, frame.left + width - after))
    gap = max(0, width - after - before - middle.cell_length)
    return [
        *([Segment("‹", mark)] if before else []),
        *middle,
        Segment(" " * gap, ground),
        *([Segment("›", mark)] if after else []),
    ]
