"""Draws the rows of a talk."""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.core.colors import Colors
from tui.core.dates import age
from tui.core.links import find_links
from tui.core.rows import Mark
from tui.core.text import clean
from tui.widgets.palette import style
from tui.widgets.talk_rows import DEEPEST, STEP, Look, Post, TalkRow, indent_of

if TYPE_CHECKING:
    from tui.diff.search import Search
    from tui.widgets.talk_tints import Tints

GUIDE, QUOTE_BAR = "│", "▎"
NEW, OPEN, ADDRESSED = "new", "○ open", "✓ addressed"
HAS_LINKS = os.environ.get("TERM", "") not in ("", "linux", "vt100", "vt220")
"""Whether the terminal knows what OSC is; an old one may print it."""
NO_LINK = Style()
_MARKS = {Mark.WAITING: "…", Mark.HELD: "‖"}


def draw(
    row: TalkRow,
    post: Post,
    width: int,
    colors: Colors,
    now: datetime,
    sought: Search | None = None,
    tints: Tints | None = None,
    *,
    plain: bool = False,
) -> Strip:
    """Draw a row of a mail; ``now`` is naive UTC, what is sought is marked, code has its colours.

    Where it is ``plain``, a quotation is marked as in the mail, and no line is drawn.
    """
    inset = indent_of(post.depth, width)
    guides = ((" " if plain else GUIDE) + " " * (STEP - 1)) * (inset // STEP)
    segments = [
        Segment(" ", style(colors.dim, colors.background)),
        Segment(guides, style(colors.border, colors.background)),
    ]
    if row.look is Look.HEAD:
        segments += _head(post, width - inset - 2, colors, now)
    elif row.look is not Look.BLANK:
        pieces = None
        if row.look is Look.CODE and tints is not None and sought is None:
            pieces = _colored(row, post, colors, tints)
        segments += _body(row, width - inset - 2, colors, sought, pieces, ">" if plain else QUOTE_BAR)
    return Strip(segment for segment in segments if segment.text)


def _head(post: Post, room: int, colors: Colors, now: datetime) -> list[Segment]:
    """Say who and when, and what is to be known of the mail; names are cut before anything else."""
    ground = colors.background
    marks: list[tuple[str, Style]] = [(f"  {age(post.date, now)}", style(colors.dim, ground))]
    if post.unread:
        marks.append((f"  {NEW}", style(colors.accent, ground, bold=True)))
    if post.addressed is not None:
        done = post.addressed
        marks.append(
            (f"  {ADDRESSED if done else OPEN}", style(colors.good if done else colors.warning, ground))
        )
    if post.mark in _MARKS:
        marks.append((f" {_MARKS[post.mark]}", style(colors.pending, ground)))
    left = max(4, room - sum(cell_len(text) for text, _ in marks))
    who = clean(post.who)
    if cell_len(who) > left:
        while cell_len(who) >= left:
            who = who[:-1]
        who += "…"
    name = style(colors.text if post.unread else colors.name, ground, bold=post.unread)
    return [Segment(who, name), *(Segment(text, look) for text, look in marks)]


def _colored(row: TalkRow, post: Post, colors: Colors, tints: Tints) -> list[Segment] | None:
    """Return a row of code in its colours; None where they are not known."""
    from tui.widgets.talk_tints import colored

    spans = tints.spans(post, row.line) if row.sign in ("+", "-", " ") else b""
    if not spans or post.letter is None:
        return None
    ink = style(_color(row, colors), _ground(row, colors))
    return [Segment(text, look) for text, look in colored(row, post.letter[row.line], spans, ink, colors)]


def _body(
    row: TalkRow,
    room: int,
    colors: Colors,
    sought: Search | None,
    pieces: list[Segment] | None,
    quote_bar: str,
) -> list[Segment]:
    bars = min(row.depth, DEEPEST)
    ground = _ground(row, colors)
    bar = Segment((quote_bar + " ") * bars, style(colors.border, colors.background))
    if row.look is Look.FOLD:
        is_shown = not row.hidden
        words = "▾ quoted" if is_shown else f"▸ {row.hidden} quoted line{'s' if row.hidden > 1 else ''}"
        return [bar, Segment(words, style(colors.dim, colors.background))]
    ink = style(_color(row, colors), ground, bold=row.look is Look.TITLE)
    text = clean(row.text)
    segments = [bar, *(pieces or _marked(text, ink, colors, sought, room - 2 * bars))]
    if row.look is Look.CODE:
        gap = room - 2 * bars - cell_len(text)
        segments.append(Segment(" " * max(0, gap), style("", ground)))
    return segments


def _ground(row: TalkRow, colors: Colors) -> str:
    grounds = {"+": colors.added_line, "-": colors.removed_line, "h": colors.file_line}
    return grounds.get(row.sign, colors.background)


def _color(row: TalkRow, colors: Colors) -> str:
    if row.look is Look.CODE:
        own = {"+": colors.added, "-": colors.removed, "@": colors.hunk, "h": colors.file}
        return own.get(row.sign, colors.dim if row.depth else colors.text)
    if row.look is Look.QUOTE:
        return colors.dim if row.depth == 1 else colors.line_number
    return {Look.TRAILER: colors.trailer, Look.FAINT: colors.line_number, Look.TITLE: colors.text}.get(
        row.look, colors.text
    )


def address(url: str, *, whole: bool) -> Style:
    """Return what makes a text a link that the terminal follows (OSC 8), of an address that is ``whole``.

    Only what is seen is followed, so nothing is hidden in it; what is no plain ASCII is none.
    """
    is_plain = url.isascii() and url.isprintable() and " " not in url
    return Style(link=url) if whole and is_plain and HAS_LINKS else NO_LINK


def _marked(text: str, ink: Style, colors: Colors, sought: Search | None, room: int) -> list[Segment]:
    """Cut a text at links, which are underlined, and at what is sought, which has a ground of its own."""
    spans: list[tuple[int, int, Style]] = []
    if sought is not None:
        spans = [(start, end, style(colors.text, colors.hit)) for start, end in sought.ranges(text)]
    if not spans:
        linked = style(colors.info, underline=True)
        cut = cell_len(text) >= room  # then its last address may go on in the next row
        spans = [
            (link.start, link.end, ink + linked + address(link.url, whole=link.end < len(text) or not cut))
            for link in find_links(text)
        ]
    segments: list[Segment] = []
    done = 0
    for start, end, look in spans:
        segments += [Segment(text[done:start], ink), Segment(text[start:end], look)]
        done = end
    return [*segments, Segment(text[done:], ink)]
