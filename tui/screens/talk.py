"""The tab with the talk about a patch or a cover letter."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from tui.core.change import Kind
from tui.core.dates import full_date
from tui.core.links import find_links
from tui.core.rows import NO_TALK
from tui.core.rows import Talk as Sum
from tui.core.text import clean
from tui.screens.pane import Spot
from tui.screens.talk_posts import first_path, read_posts
from tui.screens.talk_unread import Unread
from tui.where import Where
from tui.widgets.talk import TalkSheet
from tui.widgets.talk_layout import START
from tui.widgets.talk_rows import Post

if TYPE_CHECKING:
    from tui.core.model import Comment
    from tui.screens.talk_search import TalkSearch
    from tui.screens.talking import Talking

NOTHING = "Nothing to read here."
WAIT = "The mail is not here yet."


class Talk(Unread):
    """A patch's message and its comments."""

    screen: Talking

    def __init__(self, screen: Talking) -> None:
        super().__init__(screen, TalkSheet(screen.now, id="talk"))
        self._spots: dict[int, tuple[int, int, int]] = {}
        self._known = NO_TALK
        """What the comments added up to when they were read."""

    # -- what it shows -----------------------------------------------------

    def show(self, id: int | None) -> None:
        """Show another talk, at the place where one left it."""
        if id != self.id:
            if self.id is not None and self.body.posts:
                self._spots[self.id] = self.body.spot
            self._fresh.clear()
        super().show(id)

    def read(self) -> None:
        """Show what the store has."""
        self._read(keep=False)

    def _read(self, *, keep: bool) -> None:
        self._known = self._sum()
        posts: list[Post] = []
        if self.id is not None:
            titled = not self.screen.pane_shows_title
            posts = read_posts(self.screen.store, self.id, self._fresh, titled=titled)
        if posts:
            self.body.tint(self.id or 0, first_path(self.screen.store, self.id or 0))
            self.body.show_posts(posts, keep=keep, spot=self._spots.get(self.id or 0, START))
        else:
            self.body.say(NOTHING if self.id is None else WAIT)

    def rested(self) -> None:
        """Ask for the comments."""
        if self.id is not None:
            self.screen.sync.need_comments(self.id)

    def changed(self, changes: Mapping[Kind, set[int]]) -> None:
        """Show what has come, or became another one."""
        if self.id is None:
            return
        told = any(self.id in changes.get(kind, ()) for kind in (Kind.BODIES, Kind.COMMENTS))
        if Kind.ALL in changes or (told and not self._was_only_read()):
            self._read(keep=True)

    def _was_only_read(self) -> bool:
        """Say whether nothing changed but that comments were read, which show as new until one leaves.

        To read 2,000 comments anew takes 0.1 s.
        """
        known, self._known = self._known, self._sum()
        return known.unread > self._known.unread and known == self._known._replace(unread=known.unread)

    def _sum(self) -> Sum:
        return self.screen.store.talks([self.id or 0]).get(self.id or 0, NO_TALK)

    @property
    def spot(self) -> Spot:
        """When the mail under the cursor was sent, exactly, and how far down one is."""
        post, (_, long, short) = self.body.post, super().spot
        if post is None:
            return "", "", ""
        trouble = clean(self.screen.sync.comments_trouble(self.id or 0))
        gap = "  " if trouble else ""
        return trouble, f"{gap}{full_date(post.date, self.screen.now())}  {long}", f"{gap}{short}"

    # -- from one to the next ------------------------------------------------

    def do_next_hit(self) -> None:
        """Go to the next hit of a search, else to the next unread comment of the series."""
        self._step(1)

    def do_previous_hit(self) -> None:
        """Go to the one before."""
        self._step(-1)

    def _step(self, way: int) -> None:
        if self.body.sought is not None:
            self.search.step(way * self.screen.times)
        else:
            self.next_unread(way)

    @cached_property
    def search(self) -> TalkSearch:
        """What searches the talk, and those of the other patches."""
        from tui.screens.talk_search import TalkSearch

        return TalkSearch(self)

    def do_search(self) -> None:
        """Ask what to search for."""
        self.search.ask()

    # -- what the keys do ------------------------------------------------------

    def do_fold(self) -> None:
        """Show the quotation under the cursor whole, or fold it."""
        if not self.body.toggle_fold():
            self.screen.say("Nothing is folded in this mail.")

    def do_fold_all(self) -> None:
        """Show all quotations whole, or fold all."""
        folded = self.body.toggle_all_folds()
        one, all_ = map(self.screen.key_of, ("fold", "fold_all"))
        self.screen.say(
            f"Long quotations are folded: {one} opens one, {all_} all." if folded else "All are shown whole."
        )

    def do_browse(self) -> None:
        """Open the link under the cursor; on other rows the comment's page, or the patch's."""
        row, post = self.body.talk_row, self.body.post
        letter = post.letter if post is not None else None
        text = letter[row.line].text if letter and row is not None and row.line >= 0 else ""
        links = find_links(text)
        comment = self._comment()
        if links:
            self.screen.open_address(links[0].url)
        elif comment is not None and comment.web_url:
            self.screen.open_address(comment.web_url)
        else:
            self.screen.action_browse()

    def do_copy(self) -> None:
        """Choose what to copy of the comment under the cursor."""
        comment = self._comment()
        if comment is None:
            self.screen.action_copy()
            return
        self.screen.offer_to_copy(
            {
                "message id": comment.msgid.strip("<>"),
                "address": comment.web_url,
                "text": comment.content,
            }
        )

    def do_remark(self) -> None:
        """Go to the line of the diff that the remark under the cursor is about."""
        post, row = self.body.post, self.body.talk_row
        line = row.line if row is not None else -1
        if post is None or line < 0 or not self.screen.reader.go_to_remark(post.key, line):
            self.screen.say("This is about no line of the diff, as far as it can be told.")
        else:
            self.screen.show_tab(Where.DIFF)

    def do_tick(self) -> None:
        """Say of the comment under the cursor that it is addressed, or that it is not."""
        comment = self._comment()
        if comment is None:
            self.screen.say(
                self.screen.sync.why_no_comments
                or f"Go to a comment first: {self.screen.key_of('next_hit')} or {self.screen.key_of('down')}."
            )
            return
        self.screen.tick(comment)

    def do_who(self) -> None:
        """Say who acked, reviewed and tested this."""
        self.screen.say_who(self.id)

    def _comment(self) -> Comment | None:
        """Return the comment under the cursor."""
        post = self.body.post
        rows = self.screen.store.comments_named([post.key]) if post is not None and post.key else []
        return rows[0].comment if rows else None
