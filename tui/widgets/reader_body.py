"""A line of a hunk as a Strip: numbers, sign, text in its colours with its marks; or two of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.core.colors import Colors
from tui.core.text import clean
from tui.diff.row import Row
from tui.diff.words import Ranges
from tui.widgets.palette import style
from tui.widgets.reader_strip import (
    BOTH_NUMBERS,
    DONE,
    ONE_NUMBER,
    SAID,
    Frame,
    Line,
    Pieces,
    Whitespace,
    fit,
)
from tui.widgets.reader_text import Shown, prefix, show

CLASS_ROLES = ("text", "keyword", "name", "type", "string", "number", "comment", "preproc", "builtin")
"""The colour role for each of the highlighter's classes, in its order."""
AWAY, HERE = "»", "«"
"""Stand before the sign of lines that were moved away, and of those that came from elsewhere."""
GOES_ON = "↳"

# What a character has beside its colour class, each stronger than the one before it.
_WORD, _SPACE, _ODD, _HIT = 16, 32, 48, 64
_RUN = re.compile(rb"(.)\1*", re.DOTALL)
_AS_WORD = bytes(code & 15 | _WORD for code in range(256))


class Marks(NamedTuple):
    """What is to be seen in one line.  Ranges are of its text without signs."""

    spans: bytes = b""
    words: Ranges = ()
    """What changed in it."""
    spaces: Ranges = ()
    """White space that is wrong."""
    odd: Ranges = ()
    """Letters that pass for others."""
    hits: Ranges = ()
    is_moved: bool = False
    remark: str = ""
    """The colour of the mark that somebody said something about it; empty where nobody did."""
    is_faint: bool = False
    """Whether it differs from its partner in white space alone, where such changes stand back."""


PLAIN = Marks()


class _Inks(NamedTuple):
    """The colours of a line as a whole."""

    text: str
    sign: str
    ground: str
    word: str
    """The ground of what changed in it."""


def signs_of(row: Row, signs: int) -> int:
    """Return how many characters of a row of a hunk are signs, as tui.diff.row.unsigned cuts them."""
    return signs if row.sign in " +-" and row.text not in ("", "\r") else 0


def text_of(row: Row, signs: int) -> str:
    """Return the raw text of a row of a hunk without its signs: of a wrapped line, its piece."""
    shift = signs_of(row, signs)
    return row.text[shift + row.start : shift + row.end] if row.end else row.text[shift:]


def draw_body(row: Row, frame: Frame, signs: int, marks: Marks) -> Strip:
    """Draw a line of a hunk that has so many columns of signs."""
    inks = _inks(row.sign, marks, frame.colors)
    raw = text_of(row, signs)
    sign = "?" if row.sign == "t" else clean(row.text[: signs_of(row, signs)])
    ends = raw.endswith("\r") and (not row.end or row.end == row.start + len(raw))
    raw = prefix(raw[:-1] if ends else raw, frame.left + frame.width)
    pieces = _paint(
        raw, row.start, show(raw, frame.whitespace is Whitespace.MARKS), marks, inks, frame.colors
    )
    if ends:
        pieces.append(("␍", style(frame.colors.dim, inks.ground)))
    gutter = _gutter(row, " " * signs if row.sign == "\\" else sign or " ", frame, inks, marks)
    return fit(gutter, pieces, frame, inks.ground)


def join_halves(left: Strip | None, right: Strip | None, frame: Frame) -> Strip:
    """Return a row of two sides that are drawn; nothing stands where there is none."""
    blank = style("", frame.colors.background)
    bar = Segment(" " if frame.is_plain else "│", blank + style(frame.colors.border))
    line = [bar] if frame.width > 0 else []
    sides = (left, frame.half(right=False)), (right, frame.half(right=True))
    first, second = (Strip.blank(half.width, blank) if side is None else side for side, half in sides)
    return Line([*first, *line, *second], frame.width)


@lru_cache(64)
def _line_inks(sign: str, moved: bool, faint: bool, colors: Colors) -> _Inks:
    ground = colors.background
    if sign in "+-" and not faint:
        own, word = (
            (colors.added_line, colors.added_word)
            if sign == "+"
            else (colors.removed_line, colors.removed_word)
        )
        return _Inks(
            "", {"+": colors.added, "-": colors.removed}[sign], colors.moved_line if moved else own, word
        )
    if sign in "+-":
        return _Inks(colors.dim, colors.added if sign == "+" else colors.removed, ground, ground)
    if sign == "t":
        return _Inks(colors.warning, colors.warning, ground, ground)
    return _Inks(colors.dim if sign == "\\" else colors.text, colors.text, ground, ground)


def _inks(sign: str, marks: Marks, colors: Colors) -> _Inks:
    inks = _line_inks(sign, marks.is_moved, marks.is_faint, colors)
    # A changed line without colours of its own is green or red; one with them shows that by its ground.
    return inks if inks.text else inks._replace(text=colors.text if marks.spans else inks.sign)


def _gutter(row: Row, sign: str, frame: Frame, inks: _Inks, marks: Marks) -> Pieces:
    """The line numbers and the sign.  Where it is narrow, one number: the new one if there is one."""
    colors = frame.colors
    numbers = style(colors.line_number, inks.ground)
    digits = frame.digits
    old, new = ("", "") if row.goes_on else (str(row.old or ""), str(row.new or ""))
    if row.goes_on:
        sign = GOES_ON + " " * (len(sign) - 1)
    signs = style(colors.dim if row.goes_on else inks.sign, inks.ground, bold=not row.goes_on)
    mark = (AWAY if row.sign == "-" else HERE) if marks.is_moved and not row.goes_on else " "
    moves = style(colors.moved, inks.ground)
    if marks.remark and not row.goes_on:
        mark = DONE if marks.remark == colors.dim else SAID
        moves = style(marks.remark, inks.ground, bold=True)
    if frame.split:
        tail = " " if frame.width >= ONE_NUMBER else ""
        number = (old if row.sign == "-" else new) if row.sign in "+-" else old if frame.is_left else new
        return [(f" {number:>{digits}}", numbers), (mark, moves), (sign, signs), (tail, numbers)]
    if frame.width >= BOTH_NUMBERS:
        return [(f" {old:>{digits}} {new:>{digits}}", numbers), (mark, moves), (f"{sign} ", signs)]
    if frame.width >= ONE_NUMBER:
        return [(f" {new or old:>{digits}}", numbers), (mark, moves), (sign, signs)]
    return [(mark, moves), (sign, signs)]


def _paint(raw: str, start: int, shown: Shown, marks: Marks, inks: _Inks, colors: Colors) -> Pieces:
    """Cut a text where what is to be seen in it changes."""
    if not (marks.spans or marks.words or marks.spaces or marks.odd or marks.hits or shown.hidden):
        return [(shown.text, style(inks.text, inks.ground))]
    codes = _code(len(raw), start, shown, marks)
    pieces: Pieces = []
    for match in _RUN.finditer(codes):
        first, end = shown.position(match.start()), shown.position(match.end())
        pieces.append((shown.text[first:end], _style(codes[match.start()], inks, colors)))
    return pieces


def _code(length: int, start: int, shown: Shown, marks: Marks) -> bytes:
    """Return for each character its colour class, and what is stronger than that."""
    codes = bytearray(length)
    position = -start
    for kind, count in zip(marks.spans[::2], marks.spans[1::2], strict=True):
        end = position + count
        if end > 0:
            if position >= length:
                break
            codes[max(0, position) : end] = bytes((kind,)) * (min(end, length) - max(0, position))
        position = end
    for first, end in _within(marks.words, start, length):
        codes[first:end] = codes[first:end].translate(_AS_WORD)
    for layer, ranges in ((_SPACE, marks.spaces), (_ODD, marks.odd), (_HIT, marks.hits)):
        for first, end in _within(ranges, start, length):
            codes[first:end] = bytes((layer,)) * (end - first)
    for character in shown.hidden:
        if codes[character] < _HIT:
            codes[character] = _ODD
    return bytes(codes)


def _within(ranges: Ranges, start: int, length: int) -> Ranges:
    """Cut ranges of a line to those of a piece of it, counted from where that begins."""
    if not start and (not ranges or ranges[-1][1] <= length):
        return ranges
    # They are in order and apart, and a line may have thousands of them.
    first = bisect_right(ranges, start, key=itemgetter(1))
    end = bisect_left(ranges, start + length, first, key=itemgetter(0))
    return tuple((max(0, one - start), min(length, other - start)) for one, other in ranges[first:end])


@lru_cache(1024)
def _style(code: int, inks: _Inks, colors: Colors) -> Style:
    kind, layer = code & 15, code & ~15
    if layer == _HIT:
        return style(colors.text, colors.hit)
    if layer == _ODD:
        return style(colors.warning, inks.ground, bold=True, underline=True)
    if layer == _SPACE:
        return style(colors.text, colors.space_error)
    color = getattr(colors, CLASS_ROLES[kind]) if kind else inks.text
    if layer == _WORD:
        # What is quiet cannot be read on the stronger ground.
        return style(colors.text if color in (colors.comment, colors.dim) else color, inks.word)
    return style(color, inks.ground)
