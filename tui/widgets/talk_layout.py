"""The mails of a talk laid out as they are needed.

Only those down to the page in sight are laid out at once; the rest follows in slices of 4 ms below
them, so that nothing in sight ever moves.
"""

from __future__ import annotations

from asyncio import TimerHandle
from bisect import bisect_right
from collections.abc import Callable, Sequence
from time import perf_counter

from textual import events
from textual.geometry import Size

from tui.core.letter import read_letter
from tui.widgets.extent import take_extent
from tui.widgets.sheet import Sheet
from tui.widgets.soon import call_soon
from tui.widgets.talk_rows import Post, TalkRow, lay_out

SLICE = 0.004
PAUSE = 0.01
"""Seconds of laying out at a time, and between two times."""
START = (0, 0, 0)
SHOWN = 0.5
"""Seconds between two times that the scrollbar shows how much there is, while more comes."""


class Laid(Sheet, inherit_bindings=False):
    """Mails with a cursor on one of their rows; draws none of them."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.posts: list[Post] = []
        self._laid: list[list[TalkRow]] = []
        """The rows of the mails laid out so far."""
        self._known: dict[int, tuple[tuple[object, ...], list[TalkRow]]] = {}
        """Of each mail by its key: its rows, and all that they depend on."""
        self._starts: list[int] = [0]
        """The first row of each of them, and the end of the last."""
        self._opened: dict[int, frozenset[int]] = {}
        """Of each mail by its key: the quotations that were opened, or folded where all are open."""
        self._all_open = False
        self._width = 0
        self._shown = 0.0
        """When the scrollbar was told how many rows there are."""
        self._slicing: TimerHandle | None = None

    # -- what it shows -----------------------------------------------------

    def say(self, words: str) -> None:
        """Say something in place of mails; clean."""
        self.posts, self._laid, self._starts = [], [], [0]
        self.show_rows(0, words)

    def show_posts(
        self, posts: Sequence[Post], *, keep: bool = False, spot: tuple[int, int, int] = START
    ) -> None:
        """Show mails, at a spot; with ``keep`` the same ones, as they are now, where one is."""
        spot = self.spot if keep and self.posts else spot
        letters = {post.key: post.letter for post in self.posts} if keep else {}
        self.posts = [post._replace(letter=post.letter or letters.get(post.key)) for post in posts]
        if not keep:
            self._opened, self._all_open, self._known = {}, False, {}
        self._lay_anew(spot)

    @property
    def spot(self) -> tuple[int, int, int]:
        """The key of the mail under the cursor, the row in it, and how far below the top that is."""
        number = self._number(self.line)
        key = self.posts[number].key if self.posts else 0
        return key, self.line - self._starts[min(number, len(self._starts) - 1)], self.line - self.row

    def _lay_anew(self, spot: tuple[int, int, int]) -> None:
        """Lay out all mails down to a spot, and a page further."""
        self._laid, self._starts, self._width = [], [0], self.room
        key, offset, below = spot
        number = next((n for n, post in enumerate(self.posts) if post.key == key), 0)
        self._lay_to(number)
        line = min(self._starts[number] + offset, self._starts[number + 1] - 1) if self.posts else 0
        self._lay_down_to(line + 2 * max(self.size.height, 24))
        self._resize()
        self.words = "Nothing was said yet."
        self.open_at(max(0, line - below), line)
        self.show_rows_anew()
        self._go_on()

    def show_rows_anew(self) -> None:
        """Show other rows than there were."""
        self.refresh()

    def _lay_to(self, number: int) -> None:
        """Lay out the mails up to one, and that."""
        while len(self._laid) <= number and len(self._laid) < len(self.posts):
            self._lay_next()

    def _lay_down_to(self, row: int) -> None:
        while self._starts[-1] <= row and len(self._laid) < len(self.posts):
            self._lay_next()

    def _lay_next(self) -> None:
        number = len(self._laid)
        rows = self._lay(number)
        self._laid.append(rows)
        self._starts.append(self._starts[-1] + len(rows))

    def _lay(self, number: int) -> list[TalkRow]:
        post = self.posts[number]
        if post.letter is None:
            post = post._replace(letter=tuple(read_letter(post.content, post.headers)))
            self.posts[number] = post
        opened = self._opened.get(post.key, frozenset())
        width = max(20, self._width)
        how = id(post.letter), post.title, post.depth, width, opened, self._all_open, number == 0
        if self._known.get(post.key, (None,))[0] != how:
            rows = lay_out(post, width, opened, all_open=self._all_open)
            self._known[post.key] = how, rows[1:] if number == 0 else rows
        return self._known[post.key][1]

    @property
    def is_laid_out(self) -> bool:
        """Whether all mails are laid out."""
        return len(self._laid) >= len(self.posts)

    def _go_on(self) -> None:
        if self._slicing is None and not self.is_laid_out:
            self._slicing = call_soon(self, PAUSE, self._slice)

    def _slice(self) -> None:
        self._slicing = None
        ends = perf_counter() + SLICE
        while perf_counter() < ends and not self.is_laid_out:
            self._lay_next()
        # A scrollbar that is drawn anew has the whole page drawn with it.
        self._resize(shows=self.is_laid_out or ends > self._shown + SHOWN)
        self._go_on()

    def _resize(self, *, shows: bool = True) -> None:
        """Take the rows that there are now, without a new layout of the whole screen."""
        size = Size(self.size.width, self._starts[-1])
        take_extent(self, size, shows=shows)
        if self.is_attached and shows:
            self._shown = perf_counter()
            self.post_message(self.Moved())

    def bottom(self) -> bool:
        """Go to the last row of the last mail."""
        self._lay_to(len(self.posts))
        self._resize()
        return super().bottom()

    def on_resize(self, event: events.Resize) -> None:
        """Fill anew for another width, the cursor on the same mail."""
        if self.posts and self.room != self._width:
            self._lay_anew(self.spot)
        else:
            self.settle()

    # -- where -------------------------------------------------------------

    def _number(self, row: int) -> int:
        """Return which mail a row is of."""
        return max(0, min(bisect_right(self._starts, row) - 1, len(self._laid) - 1))

    def _at(self, row: int) -> tuple[Post, TalkRow]:
        number = self._number(row)
        return self.posts[number], self._laid[number][row - self._starts[number]]

    @property
    def post(self) -> Post | None:
        """The mail under the cursor."""
        return self.posts[self._number(self.line)] if self._laid else None

    @property
    def talk_row(self) -> TalkRow | None:
        """The row under the cursor."""
        return self._at(self.line)[1] if self._laid else None

    def go_to_post(self, number: int, offset: int = 0) -> None:
        """Put the head of a mail at the top, and the cursor on it or some rows below."""
        self._lay_to(number)
        head = self._starts[number] + (1 if number else 0)
        self._lay_down_to(head + 2 * max(self.size.height, 24))
        self._resize()
        self._go_on()
        self._go(head)
        self.put_cursor(head + offset)

    def next_post(self, fits: Callable[[Post], bool], way: int = 1) -> bool:
        """Go to the next mail, or the one before, that fits; False where none does."""
        here = self._number(self.line)
        numbers = range(here + 1, len(self.posts)) if way > 0 else range(here - 1, -1, -1)
        number = next((n for n in numbers if fits(self.posts[n])), None)
        if number is None:
            return False
        self.go_to_post(number)
        return True
