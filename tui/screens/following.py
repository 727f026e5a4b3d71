"""How the panes follow the store, the cursor and what the server says."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.screen import Screen

from tui.actions import Where
from tui.core.change import Change, Kind, Notice, Tone
from tui.core.place import Place
from tui.core.text import clean
from tui.screens.reading import SETTLE, Reading
from tui.store.store import Store
from tui.sync.sync import Sync
from tui.widgets.listing import Listing
from tui.widgets.rows import PREFIX

MINUTE = 60
"""Seconds after which ages are shown anew."""


class Following(Reading):
    """The panes, kept up to date."""

    def __init__(
        self, store: Store, sync: Sync, server: str, project: str, place: Place | None = None
    ) -> None:
        """Take the place to open at, if the user named one."""
        super().__init__(store, sync, server, project)
        self._place = place
        self.look_around: Callable[[], Screen[None]] | None = None
        """Makes the screen that offers other projects, when the server does not have this one."""
        self.remarks: tuple[str, ...] = ()
        """What is wrong with the settings, to be told at the start."""
        self._emptiness: tuple[str, bool] | None = None
        """What is said of an empty list, and whether something is on its way."""
        self._changes: dict[Kind, set[int]] = {}

    def on_mount(self) -> None:
        """Show what the store has; only then ask the server."""
        self.store.listen(self._note_change)
        self.sync.listen(self.tell)
        self._top.place = (clean(self.project), clean(self.server.split("://", 1)[-1]))
        self._show_series()
        self._show_status()
        self._panes[Where.SERIES].title_as("Series")
        self.go_to(Where.SERIES)
        if self.remarks:
            self.tell(Notice(clean(" ".join(self.remarks)), Tone.TROUBLE))
        self.set_interval(MINUTE, lambda: self.series.renew(self.series.visible_ids()))
        self.call_later(self._start)  # behind the first paint, not behind the second

    async def on_unmount(self) -> None:
        """Cancel what is under way, and close the line and the store."""
        await self.sync.close()
        self.store.close()

    def _start(self) -> None:
        """Ask the server, now that the screen is painted."""
        self.sync.start()
        if self._place:
            self.sync.locate(self._place, self._found)

    def _found(self, series_id: int, patch_id: int | None) -> None:
        self.call_later(self._open_at, series_id, patch_id)

    def _open_at(self, series_id: int, patch_id: int | None) -> None:
        """Put the cursor on what the command line named; a cover letter's id comes negative."""
        self._show_series()
        if not self.series.jump(series_id):
            self.tell(Notice(f"That is not in {clean(self.project)}; check the address.", Tone.TROUBLE))
            return
        self._show_patches()
        if patch_id is None:
            self.go_to(Where.PATCHES)
        elif self.patches.jump(patch_id):
            self.go_to(Where.DIFF)

    def _ask_for_text(self) -> None:
        """Ask for no text while a place is being looked for: another one is wanted."""
        if self.sync.locating:
            self._settling = self.set_timer(SETTLE, self._ask_for_text)
        else:
            super()._ask_for_text()

    # -- following the store ------------------------------------------------------

    def go_to(self, level: Where) -> None:
        """Count the marks of the pane that has the keys."""
        super().go_to(level)
        self._show_status()

    def tell(self, notice: Notice | None) -> None:
        """Show a line in the one place of messages, and why a list is empty."""
        self._bottom.notice = notice
        if notice and not self.series.ids:
            self._show_series()

    def _note_change(self, change: Change) -> None:
        """Gather changes: a page brings several, and the screen is drawn once."""
        if not self._changes:
            self.call_later(self._apply_changes)
        self._changes.setdefault(change.kind, set()).update(change.ids)

    def _apply_changes(self) -> None:
        changes, self._changes = self._changes, {}
        series, patches = changes.get(Kind.SERIES, set()), changes.get(Kind.PATCHES, set())
        if series or Kind.PROJECT in changes:
            self._show_series(series)
        if patches or self.series.current in series:
            self._show_patches(patches)
        if self._read in changes.get(Kind.BODIES, ()):
            self._show_text(force=True)
        if Kind.STATUS in changes or series:
            self._show_status()
        if self.sync.status.unknown and self.look_around and not self.series.ids:
            self.app.push_screen(self.look_around())
            self.look_around = None
        self.changed(changes)

    def changed(self, changes: Mapping[Kind, set[int]]) -> None:
        """Follow what else depends on the store."""

    def _show_series(self, changed: set[int] | None = None) -> None:
        project = self.store.project(self.project)
        ids = self.store.series_ids(project.id) if project else []
        if not ids:
            self._show_empty()
        elif ids != self.series.ids:
            self.series.show(ids)
            self._emptiness = None
        else:
            self.series.renew(changed or ())

    def _show_empty(self) -> None:
        """Say why there is nothing; while it is the same, nothing is drawn again."""
        trouble = self._bottom.notice is not None and self._bottom.notice.tone is Tone.TROUBLE
        # Before the first request nothing is under way, and yet all that will be drawn is the same.
        loading = self.sync.status.loading or (self.sync.project is None and not trouble)
        emptiness = self._why_empty(), loading
        if emptiness != self._emptiness:
            self._emptiness = emptiness
            self.series.show([], placeholder=emptiness[0])
            self.reader.message("", loading=emptiness[1])

    def _why_empty(self) -> str:
        notice, status = self._bottom.notice, self.sync.status
        if notice and notice.tone is Tone.TROUBLE:
            return f"{clean(notice.text)}\n\nR tries again, q leaves."
        if status.loading or self.sync.project is None:
            return f"Loading {clean(self.project)} from {clean(self.server.split('://', 1)[-1])} …"
        return f"{clean(self.project)} has no series yet.\n\nR asks again, q leaves."

    def _show_patches(self, changed: set[int] | None = None) -> None:
        series_id = self.series.current
        ids: list[int] = []
        title = "Patches"
        if series_id is not None and (rows := self.store.series_rows([series_id])):
            series = rows[0].series
            ids = ([-series.cover_id] if series.cover_id else []) + self.store.patch_ids(series_id)
            title = f"{clean(PREFIX.sub('', series.name))}  v{series.version}"
        if ids != self.patches.ids or not ids:
            self.patches.show(ids, placeholder=self._why_no_patches(series_id))
        else:
            self.patches.renew(changed or ())
        self._panes[Where.PATCHES].title_as(title)

    def _why_no_patches(self, series_id: int | None) -> str:
        if series_id is None:
            return ""
        if series_id in self.store.unknown_series([series_id]):
            return "Loading patches …"
        return "No patch of this series has arrived."

    def _show_status(self) -> None:
        status = self.sync.status
        total = "" if status.total is None else f" of {max(status.total, status.loaded):,}"
        self._top.counts = f"{status.loaded:,}{total} series"
        self._top.online = "offline" if status.offline else "loading" if status.loading else "online"
        marked = (self.series if self.level is Where.SERIES else self.patches).marked
        parts = [f"{len(marked)} marked"] if marked else []
        if status.of and not status.offline:
            parts.append(f"writing {status.done} of {status.of} (ctrl+c stops)")
        elif status.waiting:
            parts.append(f"{status.waiting} write{'s' if status.waiting > 1 else ''} waiting")
        self._bottom.progress = " · ".join(parts)
        if not self.series.ids:
            self._show_series()

    # -- following the cursor -----------------------------------------------------

    def on_listing_moved(self, event: Listing.Moved) -> None:
        """Show at once what the store has of the row; ask for the rest when the cursor rests."""
        if event.listing is self.series:
            self.patches.clear_marks()
            self._show_patches()
        self.follow()

    def on_listing_scrolled(self, event: Listing.Scrolled) -> None:
        """Ask for the patches of the series in sight, and for older series near the end."""
        if event.listing is not self.series or not self.series.ids:
            return
        if event.near_end:
            self.sync.need_older()
        if unknown := self.store.unknown_series(self.series.visible_ids()):
            self.sync.need_patches(unknown)

    def on_listing_opened(self, event: Listing.Opened) -> None:
        """A click on the row under the cursor opens it."""
        self.run_action_named("open")

    def run_action_named(self, id: str) -> None:
        """Do an action of the table, if it means something here."""
        if self.check_action(id, ()):
            self.call_later(self.run_action, id)
