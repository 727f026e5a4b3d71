"""From one unread comment to the next, across the patches of a series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.rows import NO_TALK
from tui.screens.page import Page
from tui.widgets.talk import TalkSheet
from tui.widgets.talk_rows import Post

if TYPE_CHECKING:
    from tui.screens.talking import Talking


class Unread(Page):
    """A talk that knows what of it is unread, and where there is more in the series."""

    body: TalkSheet
    screen: Talking

    def __init__(self, screen: Talking, body: TalkSheet) -> None:
        super().__init__(screen, body)
        self._fresh: set[int] = set()
        """Comments that were read since they are in sight: they are shown as new until one leaves."""

    def mark_read(self, keys: frozenset[int]) -> None:
        """Take comments as read; they are shown as new until one leaves."""
        self._fresh |= keys
        self.screen.store.mark_comments(keys, read=True)

    def has_unread(self, way: int) -> bool:
        """Say whether there is an unread comment in this talk, or behind it in the series."""
        if any(self._is_unread(post) for post in self.body.posts):
            return True
        return self._next_talk(way) is not None

    def behind(self, way: int) -> list[int]:
        """Return the patches behind this one in the series, or before it, the nearest first."""
        ids = self.screen.patches.ids
        here = ids.index(self.id) if self.id in ids else -1
        return ids[here + 1 :] if way > 0 else ids[: max(0, here)][::-1]

    def _next_talk(self, way: int) -> int | None:
        """Return which of the patches behind this one in the series has unread comments."""
        order = self.behind(way)
        talks = self.screen.store.talks(order)
        return next((id for id in order if talks.get(id, NO_TALK).unread), None)

    def next_unread(self, way: int) -> None:
        """Go to the next unread comment: of this talk, else of the patches behind it in the series."""
        if (post := self.body.post) is not None and post.unread and post.key not in self._fresh:
            self.mark_read(frozenset({post.key}))
        if not self.body.next_post(self._is_unread, way):
            self._go_on(way)

    def first_unread(self, way: int) -> None:
        """Go to the first unread comment, or the last; where this talk has none, of the patches behind it."""
        if not self._go_to_first(way):
            self._go_on(way)

    def _go_on(self, way: int) -> None:
        found = self._next_talk(way)
        if found is None:
            where = "further down" if way > 0 else "further up"
            self.screen.say(self.screen.sync.why_no_comments or f"No unread comment {where} in this series.")
            return
        self.open(found)
        self._go_to_first(way)

    def open(self, id: int) -> None:
        """Show the talk of another patch of the series, or of its cover letter."""
        self.screen.patches.jump(id)
        self.screen.follow()

    def _go_to_first(self, way: int) -> bool:
        numbers = [n for n, post in enumerate(self.body.posts) if self._is_unread(post)]
        if numbers:
            self.body.go_to_post(numbers[0 if way > 0 else -1])
        return bool(numbers)

    def _is_unread(self, post: Post) -> bool:
        return post.unread and post.key not in self._fresh
