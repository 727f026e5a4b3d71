"""How the panes follow the store, the cursor and what the server says."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from textual import events
from textual.screen import Screen

from tui.core.change import Change, Kind, Notice, Tone
from tui.core.place import Place
from tui.core.text import clean
from tui.keymap.live import BY_ID, IN_TAB
from tui.screens.reading import SETTLE
from tui.screens.resting import Resting
from tui.store.store import Store
from tui.store.trouble import StoreTrouble
from tui.sync.desk import utc_now
from tui.sync.sync import Sync
from tui.where import Where
from tui.widgets.listing import Listing

MINUTE = 60
"""Seconds after which ages are shown anew."""
TIDY_AFTER, TIDY_NEXT = 60.0, 1.0
"""Seconds until some of what is too old leaves the store; until the rest of it does."""


class Following(Resting):
    """The panes, kept up to date."""

    def __init__(
        self, store: Store, sync: Sync, server: str, project: str, place: Place | None = None
    ) -> None:
        """Take the place to open at, if the user named one."""
        super().__init__(store, sync, server, project)
        self._place = place
        self._is_found = False
        """Whether that was found, and the cursor is about to go there."""
        self.look_around: Callable[[], Screen[None]] | None = None
        """Makes the screen that offers other projects, when the server does not have this one."""
        self.shares_store = False
        """Whether the store is there for others after this screen, as in the demo."""
        self.remarks: tuple[str, ...] = ()
        """What is wrong with the settings, to be told at the start."""
        self.keep_days, self.keep_megabytes = 0, 0
        """For how long, and how much, the store keeps; 0 is no limit."""
        self._changes: dict[Kind, set[int]] = {}
        self._asked_at: int | None = None
        """The last row in sight when older ones were asked for, until a key comes."""
        self._wrong_here = ""
        """What is wrong with settings or store, until a key comes: it is told once."""

    def on_mount(self) -> None:
        """Show what the store has, as it was left; only then ask the server."""
        self._stop_listening = self.store.listen(self._note_change)
        self.sync.listen(self.tell)
        self._top.place = (clean(self.project), clean(self.server.split("://", 1)[-1]))
        self._panes[Where.SERIES].title_as("Series")
        if self._place is None and (left := self.store.session(self.project)):
            self._take_up(left)
        else:
            self._show_series()
            self.go_to(Where.SERIES)
        self._show_status()
        self._tell_remarks(self.remarks)
        self.set_interval(MINUTE, self.each_minute)
        self.set_timer(TIDY_AFTER, self._tidy)
        self.call_later(self._start)  # behind the first paint, not behind the second

    async def on_unmount(self) -> None:
        """Keep where the user is, cancel what is under way, and close the line and the store."""
        self._keep_place()
        await self.sync.close()
        self._stop_listening()
        if not self.shares_store:
            self.store.close()

    def _start(self) -> None:
        """Ask the server, now that the screen is painted."""
        self._began = True
        self._show_tab_line()  # what takes more time to be told than there was before the first paint
        if name := getattr(self.app, "name_window", None):
            name(f"{self.project} - pwtui")  # GNU screen turns a dash into a question mark
        self.sync.start()
        self._show_status()
        self.series.stay()
        if self._place:
            self.sync.locate(self._place, self._found)

    def _tidy(self) -> None:
        """Let a little of what is too old leave the store, and more when there is time."""
        keep = {*self.series.visible_ids(), *self.series.marked, self.series.current or 0}
        with suppress(StoreTrouble):  # the store has told it already
            pruned = self.store.prune(utc_now(), self.keep_days, self.keep_megabytes, keep)
            if pruned.more:
                self.set_timer(TIDY_NEXT, self._tidy)

    def show_everything(self) -> None:
        """Show all that is stored, whatever was asked."""
        raise NotImplementedError

    def _found(self, series_id: int, patch_id: int | None) -> None:
        self._is_found = True
        self.call_later(self._open_at, series_id, patch_id)

    def _open_at(self, series_id: int, patch_id: int | None) -> None:
        """Put the cursor on what the command line named; a cover letter's id comes negative."""
        self._is_found = False
        self._show_series(through=series_id)
        if not self.series.jump(series_id):
            self.show_everything()
            self._show_series(through=series_id)
        if not self.series.jump(series_id):
            self.tell(Notice(f"That is not in {clean(self.project)}; check the address.", Tone.TROUBLE))
            return
        self._show_patches()
        if patch_id is None:
            self.go_to(Where.PATCHES)
        elif self.patches.jump(patch_id):
            self.go_to(Where.DIFF)

    def rested(self) -> None:
        """Ask for no text while a place is being looked for: another one is wanted."""
        if self.sync.locating or self._is_found:
            self._settling = self.set_timer(SETTLE, self.rested)
        else:
            super().rested()

    # -- following the store ------------------------------------------------------

    def go_to(self, level: Where) -> None:
        """Count the marks of the pane that has the keys."""
        super().go_to(level)
        self._show_status()

    def tell(self, notice: Notice | None) -> None:
        """Show a line in the one place of messages, and why a list is empty.

        What is wrong here stays before it until somebody has looked: a lost line is told again and
        again, a store that was set aside is not.
        """
        if notice and self._wrong_here and self._wrong_here not in notice.text:
            words = f"{self._wrong_here} · {notice.text}"
            self._bottom.notice = Notice(words, Tone.TROUBLE, notice.retry)
        else:
            self._bottom.notice = notice
        if notice and not self.series.ids:
            self._show_empty()

    def _tell_remarks(self, remarks: tuple[str, ...] = ()) -> None:
        """Tell what is wrong with the settings, and what the store says of itself."""
        if words := " · ".join(filter(None, (*remarks, *self.store.remarks, self.store.refuses))):
            self._wrong_here = clean(words)
            self.tell(Notice(self._wrong_here, Tone.TROUBLE))

    def _note_change(self, change: Change) -> None:
        """Gather changes: a page brings several, and the screen is drawn once."""
        if not self._changes:
            self.call_later(self._apply_changes)
        self._changes.setdefault(change.kind, set()).update(change.ids)

    def _apply_changes(self) -> None:
        changes, self._changes = self._changes, {}
        if Kind.ALL in changes:
            self._show_all()
        series, patches = changes.get(Kind.SERIES, set()), changes.get(Kind.PATCHES, set())
        patches = patches | {key for key in changes.get(Kind.COMMENTS, ()) if key < 0}  # covers have rows too
        if Kind.PROJECT in changes or Kind.STATES in changes:
            self.ask_anew()
        if series or Kind.PROJECT in changes:
            self._show_series(series)
        if patches or self.series.current in series:
            self._show_patches(patches)
        if self._read is not None and self._read in changes.get(Kind.BODIES, ()):
            self._renew_text(self._read)
        if series or not changes.keys().isdisjoint((Kind.STATUS, Kind.INBOX)):
            self._show_status()
        if Kind.STORE in changes:
            self._tell_remarks()
        if self.sync.status.unknown and self.look_around and not self.series.ids:
            self.app.push_screen(self.look_around())
            self.look_around = None
        self.changed(changes)

    def _show_all(self) -> None:
        """Read everything again: the store is another one."""
        self._show_series()
        self.series.renew(self.series.ids)
        self._show_patches()
        self.patches.renew(self.patches.ids)
        self._show_text(force=True)
        self._show_status()

    # -- following the cursor -----------------------------------------------------

    def on_listing_moved(self, event: Listing.Moved) -> None:
        """Show at once what the store has of the row; ask for the rest when the cursor rests."""
        self._leave_row(event.listing)
        if event.listing is self.series:
            self.patch_filter = ""
            self.patches.clear_marks()
            self._show_patches()
        self.follow()

    def on_listing_scrolled(self, event: Listing.Scrolled) -> None:
        """Ask for the patches of the series in sight, and for more series near an end."""
        if event.listing is not self.series or not self.series.ids:
            return
        if self._above:
            self._title_series()
        if self.series.near_start:
            self._grow(up=True)
        if self.series.near_end and not self._grow() and self._began:
            self._ask_for_older(next(reversed(self.series.visible_ids()), 0))
        if self._began and (unknown := self.store.unknown_series(self.series.visible_ids())):
            self.sync.need_patches(unknown)

    def _ask_for_older(self, at: int) -> None:
        """Ask for older series, once as long as the same row is the last one in sight.

        One that was opened by its address may be years older than all others: what comes goes in
        above it, and nobody wants the whole list for that.
        """
        if at != self._asked_at:
            self._asked_at = at
            self.need_older()

    def key_came(self, event: events.Key) -> bool:
        """A key may well ask for more; and somebody looks."""
        self._asked_at = None
        self._wrong_here = ""
        return super().key_came(event)

    def need_older(self) -> None:
        """Ask the server for what follows the last row."""
        self.sync.need_older()

    def on_listing_opened(self, event: Listing.Opened) -> None:
        """A click on the row under the cursor opens it."""
        self.run_action_named("open")

    def run_action_named(self, id: str) -> None:
        """Do an action of the table, if it means something here."""
        action = BY_ID.get(id)
        if action is not None and action.takes_digit:
            self.say(f"{self.keymap.listed(action)}: {self.keymap.help(action)}.")
        elif self.check_action(id, ()):
            self.call_later(self.run_action, id if "(" in id else f"{IN_TAB}('{id}')")
