"""The talk about a patch: its message, then what was answered, as a thread."""

from __future__ import annotations

from asyncio import TimerHandle
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer

from tui.widgets.palette import colors_of, is_plain
from tui.widgets.soon import call_soon
from tui.widgets.talk_hits import Searched
from tui.widgets.talk_ink import draw
from tui.widgets.talk_rows import Look, Post

if TYPE_CHECKING:
    from tui.widgets.talk_tints import Tints

POLL = 0.02
"""Seconds between two looks for colours that were asked for."""
READ_AFTER = 0.6
"""Seconds that a mail is in sight, with the keys here, before it counts as read."""


class TalkSheet(Searched, inherit_bindings=False):
    """Mails with a cursor on one of their rows."""

    class Seen(Message):
        """Unread mails were in sight for a while."""

        def __init__(self, keys: frozenset[int]) -> None:
            super().__init__()
            self.keys = keys

    def __init__(self, now: Callable[[], datetime], *, id: str | None = None) -> None:
        """``now`` tells the time that ages are counted from, naive UTC."""
        super().__init__(id=id)
        self._now = now
        self._reading: Timer | None = None
        self._tints: Tints | None = None
        self._tinted = (0, "")
        """What talk they are of, and the path that they were given."""
        self._polling: TimerHandle | None = None

    # -- folds -------------------------------------------------------------

    def toggle_fold(self) -> bool:
        """Show the quotation under the cursor whole, or fold it; elsewhere the next one of the mail.

        False where the mail has none.
        """
        if not self._laid:
            return False
        number = self._number(self.line)
        rows, here = self._laid[number], self.line - self._starts[number]
        folds = [row.run for row in rows if row.look is Look.FOLD]
        after = [row.run for row in rows[here:] if row.look is Look.FOLD]
        run = rows[here].run if rows[here].run in folds else (after or folds or [-1])[0]
        if run < 0:
            return False
        key = self.posts[number].key
        self._opened[key] = self._opened.get(key, frozenset()) ^ {run}
        at = next(n for n, row in enumerate(rows) if row.run == run and row.look is Look.FOLD)
        self._lay_anew((key, min(here, at) if rows[here].run == run else here, self.line - self.row))
        return True

    def toggle_all_folds(self) -> bool:
        """Show all quotations whole, or fold all long ones; return whether they are folded."""
        self._opened, self._all_open = {}, not self._all_open
        key, _, _ = self.spot
        self._lay_anew((key, 0 if self._number(self.line) == 0 else 1, 0))
        return not self._all_open

    # -- reading -------------------------------------------------------------

    def show_rows_anew(self) -> None:
        """Look what is there now."""
        super().show_rows_anew()
        self.look()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Look what comes in sight."""
        super().watch_scroll_y(old_value, new_value)
        self.look()

    def on_focus(self) -> None:
        """What is in sight is looked at from now on."""
        super().on_focus()
        self.look()

    def look(self) -> None:
        """Count what is in sight as read after a while, if the keys are here and it still is."""
        if self._reading:
            self._reading.stop()
        self._reading = self.set_timer(READ_AFTER, self._count_read) if self.has_focus else None

    def _count_read(self) -> None:
        keys = frozenset(post.key for post in self.in_sight() if post.unread)
        if self.has_focus and keys:
            self.post_message(self.Seen(keys))

    def in_sight(self) -> list[Post]:
        """Return the mails that end in sight, or that fill it: of a long one more than its head."""
        top = self.scroll_offset.y
        bottom = top + self.size.height
        found = []
        for number in range(self._number(top), len(self._laid)):
            start, end = self._starts[number : number + 2]
            if start >= bottom:
                break
            if end <= bottom or start <= top:
                found.append(self.posts[number])
        return found

    # -- drawing -------------------------------------------------------------

    def tint(self, id: int, path: str) -> None:
        """Colour the code of the talk about ``id`` from now on; ``path`` is of a file in its language."""
        if self._tinted != (id, path):
            from tui.widgets.talk_tints import Tints  # with the first talk, not before

            self._tinted = id, path
            self._tints = Tints(path)

    @property
    def is_settled(self) -> bool:
        """Whether all is laid out and has its colours."""
        return self.is_laid_out and (self._tints is None or not self._tints.is_waiting)

    def _poll(self) -> None:
        self._polling = None
        if self._tints is not None and self._tints.poll():
            self.refresh()
        self._ask_for_colors()

    def _ask_for_colors(self) -> None:
        if self._polling is None and self._tints is not None and self._tints.is_waiting:
            self._polling = call_soon(self, POLL, self._poll)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines; colours that are not there yet follow."""
        strips = super().render_lines(crop)
        self._ask_for_colors()
        return strips

    def draw(self, row: int, width: int) -> Strip:
        """Draw a row of a mail."""
        post, one = self._at(row)
        colors, plain = colors_of(self), is_plain(self)
        return draw(one, post, width, colors, self._now(), self.sought, self._tints, plain=plain)
