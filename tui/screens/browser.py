"""The browser of one project: the panes, and everything the keys do in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from tui.core.change import Notice
from tui.keymap.live import BY_ID, fill
from tui.screens.answering import Answering
from tui.screens.checking import Checking
from tui.screens.commanding import Commanding
from tui.screens.dialogs import ask_to_leave, choose, list_deeds, list_news, list_team, list_writes
from tui.screens.everywhere import Everywhere
from tui.screens.filtering import Filtering
from tui.screens.moment import hints_of
from tui.screens.noting import Noting
from tui.screens.remarking import Remarking
from tui.screens.reviewing import Reviewing
from tui.screens.signs import HAS, TAG, sign_choices
from tui.screens.sizing import Sizing
from tui.screens.speaking import Speaking
from tui.screens.stacking import Stacking
from tui.screens.switching import host_of
from tui.screens.tallying import Tallying
from tui.where import READER, Where
from tui.widgets.bars import Hint

if TYPE_CHECKING:
    from tui.core.inbox import Topic


class Browser(
    Speaking,
    Everywhere,
    Reviewing,
    Commanding,
    Stacking,
    Tallying,
    Noting,
    Filtering,
    Remarking,
    Checking,
    Sizing,
    Answering,
):
    """The screen that stays open all day."""

    def show_hints(self) -> None:
        """Name in the footer the keys that are the most useful now."""
        self._bottom.hints = tuple(
            Hint(self.key_of(id), title or BY_ID[id].title, id) for id, title in hints_of(self)
        )

    def key_came(self, event: events.Key) -> bool:
        """Let the footer follow what was typed into the line."""
        if taken := super().key_came(event):
            self.show_hints()
        return taken

    def key_done(self) -> None:
        """Let the footer follow what a key did."""
        super().key_done()
        self.show_hints()

    _asking_for_news: Notice | None = None
    """What was said when the server was asked; it is taken back when that is through."""

    def _show_status(self) -> None:
        """Let the footer follow what goes on."""
        super()._show_status()
        if self._asking_for_news and not self.sync.status.loading:
            if self._bottom.notice is self._asking_for_news:
                self.tell(Notice(f"Asked {host_of(self.server)} for what is new."))
            self._asking_for_news = None
        self.show_hints()

    def action_refresh(self) -> None:
        """Ask the server for what is new, and again for a text that failed."""
        asking = Notice(f"Asking {host_of(self.server)} for what is new …")
        self.tell(asking)
        self.sync.refresh(self.series.visible_ids())
        self._asking_for_news = asking
        id = self._read
        if id is not None and not self.store.has_body(id, own=True):
            self.sync.need_cover(-id) if id < 0 else self.sync.need_body(id)

    # -- what was done --------------------------------------------------------------

    def action_undo(self) -> None:
        """Take back what was done last."""
        self.sync.undo(key=self.key_of("undo"))

    def action_redo(self) -> None:
        """Take the last undo back."""
        self.sync.redo(key=self.key_of("redo"))

    def action_outbox(self) -> None:
        """List the writes that the server has not confirmed."""
        list_writes(self, self.store, self.sync, self.tell)

    def action_journal(self) -> None:
        """List what was done."""
        list_deeds(self, self.store, self.sync)

    def action_inbox(self) -> None:
        """List what is new."""
        list_news(self, self.store, self.sync, self.me, self._open_news)

    def _open_news(self, series_id: int, patch_id: int | None, topic: Topic) -> None:
        """Go to what somebody did, in the tab that tells of it."""
        self._open_at(series_id, patch_id)
        tab = {"check": Where.CHECKS, "comment": Where.TALK}.get(topic)
        if tab is not None and self.level in READER:
            self.show_tab(tab)

    def action_team(self) -> None:
        """List who has how much to do."""
        list_team(self, self.store, self.sync, self._show_delegate)

    def _show_delegate(self, name: str) -> None:
        """Show the patches of somebody."""
        from tui.core.query import Field, quoted  # not before something is asked

        self.show_query(f"delegate:{quoted(name, Field.DELEGATE)}")

    # -- what there is to do -------------------------------------------------------

    def action_help(self) -> None:
        """Show what the keys do in this pane; Enter does it."""
        from tui.screens.helping import DOES_IT, actions_at, key_choices

        choices = key_choices(self.keymap, actions_at(self.keymap, self.level))
        signs = sign_choices(self.stale_days) if self.level is Where.SERIES else []

        def do(value: str) -> None:
            if value.startswith((HAS, TAG)):
                self.show_query(value)
            elif value not in {sign.value for sign in signs}:
                self.run_action_named(value)

        note = fill(DOES_IT, self.keymap)
        title = f"Keys in the {self.level} pane"
        choose(self, title, [*choices, *signs], do, keyed=True, note=note)

    def ask_to_leave(self) -> None:
        """Ask whether to leave, and say what would be lost."""
        waiting = self.sync.status.waiting
        kept = self.store.path is not None and not self.store.refuses
        words = f"{waiting} write{'s have' if waiting > 1 else ' has'} not gone out and"
        words += f" {'go' if waiting > 1 else 'goes'} out at the next start." if kept else " would be lost."
        ask_to_leave(self, self.action_leave, lost=words if waiting else "")

    def action_leave(self) -> None:
        """Leave at once."""
        self.app.exit()
