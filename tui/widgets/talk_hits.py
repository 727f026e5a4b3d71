"""Searching a talk, what is folded of it too."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from tui.core.letter import read_letter
from tui.widgets.reader_motion import MARGIN
from tui.widgets.talk_layout import Laid
from tui.widgets.talk_rows import Post, TalkRow, lay_out

if TYPE_CHECKING:
    from tui.diff.search import Search


class Found(NamedTuple):
    """Where a search led."""

    number: int
    """Of the hit under the cursor, from 1; 0 where there is none."""
    of: int
    left: int = 0
    """How many of the steps lead out of this talk."""


class _At(NamedTuple):
    """A row whatever is folded: of which mail, the line of its letter, and which of the rows of that."""

    number: int
    line: int
    part: int


class Searched(Laid, inherit_bindings=False):
    """Goes from hit to hit.  One in a quotation that is folded opens it."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.sought: Search | None = None
        self._wholes: dict[int, tuple[list[TalkRow], list[TalkRow]]] = {}
        """Of mails with folded quotations, by their keys: the rows as they are, and with nothing folded."""

    def search(self, search: Search | None) -> None:
        """Mark what is sought; None marks nothing."""
        self.sought = search
        self.refresh()

    def has(self, posts: Sequence[Post]) -> bool:
        """Say whether other mails than these have what is sought."""
        search = self.sought
        return search is not None and any(
            row.text and search.matches(row.text) for post in posts for row in self._lay_whole(post)
        )

    def find(self, steps: int, *, from_edge: bool = False) -> Found:
        """Go so many hits on, back where it is negative; none is from the cursor on, and round the end.

        They are counted from the cursor, or ``from_edge`` from outside the talk.
        """
        hits = self._hits()
        if not hits:
            return Found(0, 0, abs(steps))
        here = self._number(self.line)
        at = _places(here, self._laid[here])[self.line - self._starts[here]]
        if steps > 0:
            goal = (0 if from_edge else bisect_right(hits, at)) + steps - 1
        elif steps < 0:
            goal = (len(hits) if from_edge else bisect_left(hits, at)) + steps
        else:
            goal = bisect_left(hits, at) % len(hits)
        left = max(0, goal - len(hits) + 1, -goal)
        goal = max(0, min(goal, len(hits) - 1))
        if left < abs(steps) or not steps:
            self._go_to_hit(hits[goal])
        return Found(goal + 1, len(hits), left)

    def _hits(self) -> list[_At]:
        search = self.sought
        if search is None:
            return []
        self._lay_to(len(self.posts))
        self._resize()
        hits: list[_At] = []
        for number in range(len(self.posts)):
            rows = self._whole(number)
            if found := [n for n, row in enumerate(rows) if row.text and search.matches(row.text)]:
                places = _places(number, rows)
                hits += [places[n] for n in found]
        return hits

    def _whole(self, number: int) -> list[TalkRow]:
        """Return the rows of a mail with nothing folded."""
        shown, key = self._laid[number], self.posts[number].key
        if not any(row.hidden for row in shown):
            return shown
        if key not in self._wholes or self._wholes[key][0] is not shown:
            rows = self._lay_whole(self.posts[number])
            self._wholes[key] = shown, rows[1:] if number == 0 else rows
        return self._wholes[key][1]

    def _lay_whole(self, post: Post) -> list[TalkRow]:
        if post.letter is None:
            post = post._replace(letter=tuple(read_letter(post.content, post.headers)))
        return lay_out(post, max(20, self._width), frozenset(), all_open=True)

    def _go_to_hit(self, hit: _At) -> None:
        """Put the cursor on a hit; open the quotation that hides it."""
        shown, whole = self._laid[hit.number], self._whole(hit.number)
        wanted = whole[_places(hit.number, whole).index(hit)]
        if dict(zip(_places(hit.number, shown), shown, strict=True)).get(hit) != wanted:
            key = self.posts[hit.number].key
            self._opened[key] = self._opened.get(key, frozenset()) ^ {wanted.run}
            self._lay_anew(self.spot)
            self._lay_to(hit.number)
            self._resize()
            shown = self._laid[hit.number]
        number = _places(hit.number, shown).index(hit)
        self.put_cursor(self._starts[hit.number] + number, MARGIN, MARGIN)


def _places(number: int, rows: Sequence[TalkRow]) -> list[_At]:
    """Return where the rows of a mail stand."""
    parts: Counter[int] = Counter()
    found = []
    for row in rows:
        found.append(_At(number, row.line, parts[row.line]))
        parts[row.line] += 1
    return found
