"""What is said about patches: its tab, what is unread, who vouches, what is addressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.rows import NO_TALK
from tui.core.text import clean
from tui.screens.addressing import Addressing
from tui.screens.motions import Motions
from tui.screens.seeking import Seeking
from tui.where import Where
from tui.widgets.columns import Cell
from tui.widgets.palette import colors_of, style

if TYPE_CHECKING:
    from tui.core.model import Comment
    from tui.screens.talk import Talk
    from tui.widgets.talk import TalkSheet


class Talking(Seeking, Motions, Addressing):
    """The actions on a talk that mean something outside its tab too."""

    def make_talk(self) -> Talk:
        """Make the talk's page; nothing of it is loaded before."""
        from tui.screens.talk import Talk

        return Talk(self)

    def action_tab_talk(self) -> None:
        """Show what was said."""
        self.show_tab(Where.TALK)

    @property
    def pane_shows_title(self) -> bool:
        """Whether the reader's pane says the subject of what it shows."""
        return self._panes[Where.DIFF].shows_whole_title

    @property
    def talk(self) -> Talk:
        """The talk's page."""
        page: Talk = self.page_of(Where.TALK)  # type: ignore[assignment]
        return page

    def extra_of(self, tab: Where) -> Cell:
        """Say on the talk's tab how much of it is unread, and how much there is."""
        if tab is not Where.TALK:
            return super().extra_of(tab)
        talk = self.store.talks([self._read]).get(self._read, NO_TALK) if self._read is not None else NO_TALK
        colors = colors_of(self)
        if not talk.total:
            return (("0", style(colors.dim)),) if talk.fetched else ()
        if not talk.unread:
            return ((f"{talk.total}", style(colors.dim)),)
        return (
            (f"{talk.unread}", style(colors.accent, bold=True)),
            (f"/{talk.total}", style(colors.dim)),
        )

    def on_talk_sheet_seen(self, event: TalkSheet.Seen) -> None:
        """Comments were in sight for a while."""
        self.talk.mark_read(event.keys)

    # -- from one to the next --------------------------------------------------

    def action_next_hit(self) -> None:
        """Go to the next hit; where nothing is sought, to the next unread comment."""
        if self.reader.sought is None:
            self._next_unread(1)
        else:
            super().action_next_hit()

    def action_previous_hit(self) -> None:
        """Go to the one before."""
        if self.reader.sought is None:
            self._next_unread(-1)
        else:
            super().action_previous_hit()

    def _next_unread(self, way: int) -> None:
        talk = self.talk
        talk.show(self._read)
        if talk.has_unread(way):
            self.show_tab(Where.TALK)
            talk.first_unread(way)
        else:
            nothing = f"No unread comment in this series; {self.key_of('search')} searches."
            self.say(self.sync.why_no_comments or nothing)

    def action_back(self) -> None:
        """Take the marks of a search away, before anything else."""
        if self.level is Where.TALK and not self.count and self.talk.body.sought is not None:
            self.talk.body.search(None)
        else:
            super().action_back()

    # -- who, and what is done ---------------------------------------------------

    def say_who(self, id: int | None) -> None:
        """Say who acked, reviewed and tested a patch, or minus its id a cover letter."""
        from tui.core.trailers import COUNTED, above_rule, is_cut, parse_trailers

        if id is None:
            return
        body = self.store.body(id)
        said = [
            trailer for row in self.store.comments([id]) for trailer in parse_trailers(row.comment.content)
        ]
        if body is not None:
            own = self.store.has_body(id, own=True)
            said[:0] = (one for one in parse_trailers(above_rule(body.content)) if own or not is_cut(one))
        found: dict[str, dict[str, str]] = {name: {} for name in COUNTED}
        for trailer in said:
            if trailer.name in found:
                name = trailer.value.partition("<")[0].strip() or trailer.value
                found[trailer.name].setdefault(trailer.who, name)
        words = [f"{name}: {', '.join(people.values())}" for name, people in found.items() if people]
        self.say(clean("; ".join(words)) if words else "Nobody has acked, reviewed or tested this yet.")

    def tick(self, comment: Comment) -> None:
        """Tick a comment as addressed, or take that back."""
        action = self.sync.address([comment.key], not comment.addressed, key=self.key_of("tick"))
        if action.changed:
            self.say(
                "Open again." if comment.addressed else f"Addressed: {self.key_of('undo')} takes it back."
            )
