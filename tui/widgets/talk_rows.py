"""A mail of a talk as rows of a width: what was said is filled, what was quoted is folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import IntEnum
from itertools import groupby
from typing import NamedTuple

from rich.cells import cell_len, chop_cells

from tui.core.letter import Kind, Line
from tui.core.rows import Mark
from tui.core.text import clean
from tui.diff.prose import fold, is_prose, join

QUOTED = 6
"""Lines of a quotation that are shown whole; of a longer one only the last, before what is said to it,"""
KEPT = 3
"""so many of them.  One to which nothing is said is only named."""
STEP = 2
"""Cells that an answer is set in."""
BAR = 2
"""Cells that each depth of quoting takes."""
DEEPEST = 4
"""Depths of quoting that have a bar of their own."""
LEAST = 24
"""Cells that a text has at least, before answers are set in no further."""


class Post(NamedTuple):
    """A mail of a talk: the patch's own message or cover letter, or a comment."""

    key: int
    """The comment's own key; 0 for the message."""
    who: str
    date: datetime
    letter: tuple[Line, ...] | None
    """None until it is asked for."""
    content: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    title: str = ""
    """Where it is not that of what it answers."""
    depth: int = 0
    """How far down the thread it stands."""
    unread: bool = False
    addressed: bool | None = None
    mark: Mark = Mark.NONE


class Look(IntEnum):
    """What a row of a talk is."""

    BLANK = 0
    HEAD = 1
    TITLE = 2
    TEXT = 3
    QUOTE = 4
    CODE = 5
    """A line of a diff, quoted or not."""
    TRAILER = 6
    FAINT = 7
    """Signatures, attributions, footers."""
    FOLD = 8
    """Stands for quoted lines."""


class TalkRow(NamedTuple):
    """One row.  Its text is as it came, but for what was folded: that is clean."""

    look: Look
    text: str = ""
    line: int = -1
    """The first line of the letter that stands in it."""
    depth: int = 0
    """Of quoting."""
    sign: str = ""
    run: int = -1
    """The quotation that it is in, by the first line of that; -1 for none."""
    hidden: int = 0
    """Of a fold: how many lines it stands for; 0 where they are shown."""
    start: int = 0
    """Of a piece of code: where in the clean line it begins."""


def indent_of(depth: int, width: int) -> int:
    """Return how many cells an answer of some depth is set in, in so many cells."""
    return STEP * min(depth, max(0, (width - LEAST - 2) // (2 * STEP)))


def lay_out(post: Post, width: int, opened: frozenset[int], *, all_open: bool) -> list[TalkRow]:
    """Return the rows of a mail: a blank one, its head, its title if it has one, its text.

    ``opened`` are the quotations that are shown whole; with ``all_open`` those that are not.
    """
    letter = post.letter or ()
    rows = [TalkRow(Look.BLANK), TalkRow(Look.HEAD)]
    room = max(1, width - indent_of(post.depth, width) - 3)
    if post.title:
        rows += [TalkRow(Look.TITLE, piece) for _, piece in fold(post.title, room)]
        rows += [TalkRow(Look.BLANK)] if letter and letter[0].text.strip() else []
    for first, end, is_quoted in runs(letter):
        if is_quoted:
            is_open = all_open != (first in opened)
            rows += _quotation(letter, first, end, room, is_open=is_open)
        else:
            rows += _passage(letter, first, end, room, -1)
    while rows[-1].look is Look.TEXT and not rows[-1].text.strip():
        rows.pop()
    return rows


def runs(letter: Sequence[Line]) -> list[tuple[int, int, bool]]:
    """Return the quotations of a letter, with those who are named above them, and what is between them."""
    quoted = [line.depth > 0 or line.kind is Kind.ATTRIBUTION for line in letter]
    for number, line in enumerate(letter):
        is_between = 0 < number < len(letter) - 1 and quoted[number - 1] and quoted[number + 1]
        if is_between and not line.text.strip():
            quoted[number] = True
    found: list[tuple[int, int, bool]] = []
    for is_quoted, group in groupby(range(len(letter)), key=quoted.__getitem__):
        numbers = list(group)
        found.append((numbers[0], numbers[-1] + 1, is_quoted))
    return found


def _quotation(
    letter: Sequence[Line], first: int, end: int, room: int, *, is_open: bool
) -> Iterator[TalkRow]:
    """Yield a quotation, folded where it is long."""
    is_answered = any(line.kind in (Kind.TEXT, Kind.TRAILER) and line.text.strip() for line in letter[end:])
    last = end
    while last > first and not letter[last - 1].text.strip():
        last -= 1
    count = last - first
    if count <= (QUOTED if is_answered else KEPT):
        yield from _passage(letter, first, end, room, first)
        return
    begin = first if is_open else max(first, last - KEPT) if is_answered else last
    depth = min(line.depth for line in letter[first:end])
    yield TalkRow(Look.FOLD, line=first, run=first, depth=max(1, depth), hidden=begin - first)
    yield from _passage(letter, begin, last, room, first)
    yield from _passage(letter, last, end, room, -1)


def _passage(letter: Sequence[Line], first: int, end: int, room: int, run: int) -> Iterator[TalkRow]:
    """Yield lines: paragraphs filled, those of diffs and tables cut where the row ends."""
    number = first
    while number < end:
        line = letter[number]
        after = number + 1
        while after < end and _is_alike(letter[after], line):
            after += 1
        space = max(8, room - BAR * min(line.depth, DEEPEST))
        if line.sign or line.kind not in (Kind.TEXT, Kind.QUOTE):
            for one in range(number, after):
                yield from _cut(letter[one], one, space, run)
        else:
            yield from _fill(letter, number, after, space, run)
        number = after


def _is_alike(one: Line, other: Line) -> bool:
    return one.depth == other.depth and one.kind is other.kind and bool(one.sign) == bool(other.sign)


def _look(line: Line) -> Look:
    if line.sign:
        return Look.CODE
    if line.kind is Kind.TRAILER:
        return Look.TRAILER
    if line.kind in (Kind.ATTRIBUTION, Kind.SIGNATURE, Kind.FOOTER):
        return Look.FAINT
    return Look.QUOTE if line.depth else Look.TEXT


def _cut(line: Line, number: int, space: int, run: int) -> Iterator[TalkRow]:
    start = 0
    for piece in _pieces(clean(line.text.rstrip("\r\n ")), space):
        yield TalkRow(_look(line), piece, number, line.depth, line.sign, run, start=start)
        start += len(piece)


def _pieces(text: str, space: int) -> Iterator[str]:
    """Yield a text in pieces of so many cells at most, that end behind a blank of their second half.

    Nothing is left out: where in the text a piece begins tells its colours.
    """
    start = 0
    if not text:
        yield text
    while start < len(text):
        piece = text[start : start + 2 * space]  # more than fits, unless it is full of what has no width
        if cell_len(piece) > space:
            piece = chop_cells(piece, space)[0]
            blank = max(0, piece.rfind(" ", len(piece) // 2))
            if piece[:blank].strip("+- ") and not text.startswith(" ", start + len(piece)):
                piece = piece[: blank + 1]
        yield piece
        start += len(piece)


def _fill(letter: Sequence[Line], first: int, end: int, space: int, run: int) -> Iterator[TalkRow]:
    """Yield prose: lines that an editor broke are joined before they are folded."""
    texts = [line.text.rstrip() for line in letter[first:end]]
    look, depth = _look(letter[first]), letter[first].depth
    for begin, after in join([text if is_prose(text) else "" for text in texts], space):
        if after == begin + 1 and not is_prose(texts[begin]):
            yield from (
                TalkRow(look, row.text, first + begin, depth, "", run)
                for row in _cut(letter[first + begin], first + begin, space, run)
            )
            continue
        starts = [0]
        for text in texts[begin : after - 1]:
            starts.append(starts[-1] + len(text) + 1)
        for start, piece in fold(" ".join(texts[begin:after]), space):
            line = sum(one <= start for one in starts) - 1
            yield TalkRow(look, clean(piece), first + begin + line, depth, "", run)
