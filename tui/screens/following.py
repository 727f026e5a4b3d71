"""How the panes follow the store, the cursor and what the server says."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.screen import Screen
from textual.timer import Timer

from tui.actions import Where
from tui.core.change import Change, Kind, Notice
from tui.core.dates import full_date
from tui.core.place import Place
from tui.core.text import clean
from tui.screens.view import View
from tui.store.store import Store
from tui.sync.sync import Sync
from tui.widgets.listing import Listing
from tui.widgets.rows import PREFIX

SETTLE = 0.12
"""Seconds that the cursor rests on a row before its text is asked of the server."""
MINUTE = 60
"""Seconds after which ages are shown anew."""


class Following(View):
    """The panes, kept up to date."""

    def __init__(
        self, store: Store, sync: Sync, server: str, project: str, place: Place | None = None
    ) -> None:
        """Take the place to open at, if the user named one."""
        super().__init__(store, sync, server, project)
        self._place = place
        self.look_around: Callable[[], Screen[None]] | None = None
        """Makes the screen that offers other projects, when the server does not have this one."""
        self._read: int | None = None
        """What the reader shows: a patch's id, or minus a cover letter's."""
        self._places: dict[int, int] = {}
        self._changes: dict[Kind, set[int]] = {}
        self._settling: Timer | None = None

    def on_mount(self) -> None:
        """Show what the store has; only then ask the server."""
        self.store.listen(self._note_change)
        self.sync.listen(self.tell)
        self._top.place = (clean(self.project), clean(self.server.split("://", 1)[-1]))
        self._show_series()
        self._show_status()
        self.go_to(Where.SERIES)
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
        self.series.jump(series_id)
        self._show_patches()
        if patch_id is None:
            self.go_to(Where.PATCHES)
        elif self.patches.jump(patch_id):
            self.go_to(Where.DIFF)

    # -- following the store ------------------------------------------------------

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
        if ids != self.series.ids or not ids:
            self.series.show(ids, placeholder=self._why_empty())
        else:
            self.series.renew(changed or ())
        if not ids:
            self.reader.message("", loading=self.sync.status.loading)
        self._panes[Where.SERIES].title_as("Series")

    def _why_empty(self) -> str:
        notice, status = self._bottom.notice, self.sync.status
        if notice and notice.retry:
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
        parts = [f"{n} marked" for n in [len(self.series.marked) + len(self.patches.marked)] if n]
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

    def follow(self) -> None:
        """Let the reader show what the patch list's cursor is on, where the reader is in sight."""
        if not self._panes[Where.DIFF].display:
            return
        self._show_text()
        if self._settling:
            self._settling.stop()
        self._settling = self.set_timer(SETTLE, self._ask_for_text)

    def _ask_for_text(self) -> None:
        """Ask the server for the text, unless it is here or failed before (R asks again)."""
        id = self._read
        if id is None or self.store.body(id) is not None or self.sync.trouble(id):
            return
        self.sync.need_cover(-id) if id < 0 else self.sync.need_body(id)

    def _show_text(self, *, force: bool = False) -> None:
        id = self.patches.current
        if id == self._read and not force:
            return
        if self._read is not None and self.reader.document is not None:
            self._places[self._read] = self.reader.place
        self._read = id
        if id is None:
            self.reader.message("")
            self._panes[Where.DIFF].title_as("Diff")
            return
        self._panes[Where.DIFF].title_as(self._text_title(id))
        body = self.store.body(id)
        if body is None:
            trouble = self.sync.trouble(id)
            self.reader.message(clean(trouble), loading=not trouble)
            return
        row = self.store.patch_rows([id]) if id > 0 else []
        mail = row[0].patch if row else (self.store.cover(-id) or (None,))[0]
        self.reader.read(
            body.content,
            body.diff,
            pull_url=row[0].patch.pull_url if row else "",
            cover=id < 0,
            subject=mail.name if mail and not self._panes[Where.DIFF].shows_whole_title else "",
            author=mail.submitter.address if mail else "",
            date=full_date(mail.date, self.now()) if mail else "",
            place=self._places.get(id, 0),
        )

    def _text_title(self, id: int) -> str:
        if id < 0:
            return clean(self._cover_name(-id))
        rows = self.store.patch_rows([id])
        return clean(rows[0].patch.name) if rows else ""
