"""What people said about lines of the diff: a mark beside each, and the words below it when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from tui.core.colors import Colors
from tui.core.letter import read_letter
from tui.core.rows import CommentRow
from tui.diff.index import DiffIndex
from tui.diff.quotable import Quotable
from tui.diff.remarks import place_remarks
from tui.widgets.palette import style
from tui.widgets.reader_strip import Frame, Line, indent
from tui.widgets.talk_ink import draw
from tui.widgets.talk_rows import Post, TalkRow, lay_out

LEAST = 20
"""Cells that the words have at least."""


class Said(NamedTuple):
    """A remark as a mail that has nothing else, and the line of the index that it is about."""

    line: int
    post: Post
    end: int
    """It ends before this line of its letter."""


def find_said(rows: Iterable[CommentRow], index: DiffIndex, message: str) -> list[Said]:
    """Return the remarks in comments on a patch that are about lines of its diff; 1 ms a comment.

    What quotes the ``message`` is about that.
    """
    diff = Quotable(index, message)
    found: list[Said] = []
    for row in rows:
        comment = row.comment
        letter = read_letter(comment.content, comment.headers)
        for remark in place_remarks(letter, diff):
            line = remark.line
            if index.kinds[line] == "h":
                line = index.files[diff.file_of(line)].start
            post = Post(
                comment.key,
                comment.submitter.label,
                comment.date,
                tuple(letter[remark.first : remark.end]),
                unread=row.unread,
                addressed=comment.addressed,
                mark=row.mark,
            )
            found.append(Said(line, post, remark.end))
    return found


class Remarks:
    """The remarks on one document; those of the lines in ``opened`` are shown."""

    def __init__(self, said: Iterable[Said], now: Callable[[], datetime], opened: Iterable[int] = ()) -> None:
        """``now`` tells the time that ages are counted from, naive UTC."""
        self.posts: dict[int, list[Post]] = {}
        self._ends: dict[int, list[tuple[int, int]]] = {}
        """Of each comment by its key: where its remarks end, and the lines that they are about."""
        for one in said:
            self.posts.setdefault(one.line, []).append(one.post)
            self._ends.setdefault(one.post.key, []).append((one.end, one.line))
        self.opened = {line for line in opened if line in self.posts}
        self._now = now
        self._laid: dict[tuple[int, int], list[tuple[Post, TalkRow]]] = {}

    def shown_keys(self) -> set[int]:
        """Return the keys of comments of which all remarks are shown."""
        hidden = {post.key for line, posts in self.posts.items() if line not in self.opened for post in posts}
        return {post.key for line in self.opened for post in self.posts[line]} - hidden

    def line_of(self, key: int, line: int) -> int | None:
        """Return what a line of a comment is about: a remark, or what is quoted above it; None for others."""
        return next((about for end, about in self._ends.get(key, ()) if line < end), None)

    def toggle(self, lines: Iterable[int]) -> bool | None:
        """Show what is said about lines, or hide it where it is shown; None where nothing is."""
        lines = {line for line in lines if line in self.posts}
        if not lines:
            return None
        shows = not lines <= self.opened
        self.opened = self.opened | lines if shows else self.opened - lines
        return shows

    def ink(self, line: int, colors: Colors) -> str:
        """Return the colour of the mark beside a line; nothing where nobody said anything."""
        posts = self.posts.get(line)
        if posts is None:
            return ""
        if any(post.unread for post in posts):
            return colors.accent
        return colors.warning if any(post.addressed is False for post in posts) else colors.dim

    def counts(self, width: int) -> Mapping[int, int]:
        """Return the opened lines, and how many rows the words below each take in so many cells."""
        return {line: len(self._rows(line, width)) for line in self.opened} if width > 0 else {}

    def post_at(self, line: int, number: int, width: int) -> Post | None:
        """Return the remark in a row below a line; without a row, the only one on the line."""
        posts = self.posts.get(line, [])
        if number < 0:
            return posts[0] if len(posts) == 1 else None
        rows = self._rows(line, width)
        return rows[number][0] if number < len(rows) else None

    def _rows(self, line: int, width: int) -> list[tuple[Post, TalkRow]]:
        rows = self._laid.get((line, width))
        if rows is None:
            if len(self._laid) > 4 * len(self.posts):
                self._laid.clear()  # of other widths
            rows = []
            for post in self.posts[line]:
                rows += [(post, row) for row in lay_out(post, _room(width), frozenset(), all_open=True)]
            del rows[0]  # what parts the first one from nothing
            self._laid[line, width] = rows
        return rows

    def draw(self, line: int, number: int, frame: Frame) -> Strip:
        """Draw a row below a line."""
        width = frame.width - indent(frame.width)
        rows = self._rows(line, width)
        ground = frame.colors._replace(background=frame.colors.panel)
        if number >= len(rows):
            return Strip.blank(frame.width, style("", ground.background))
        post, row = rows[number]
        edge = " " * (frame.width - _room(width) - 1)
        bar = [
            Segment(edge, style("", frame.colors.background)),
            Segment(" " if frame.is_plain else "▌", style(self.ink(line, frame.colors), ground.background)),
        ]
        words = draw(row, post, _room(width), ground, self._now(), plain=frame.is_plain)
        blank = style(ground.text, ground.background)
        return Line(Strip([*bar, *words]).adjust_cell_length(frame.width, blank), frame.width)


def _room(width: int) -> int:
    """Return the cells of the words below a line, where prose has so many: set in a little."""
    return max(min(width, LEAST), width - 6)
