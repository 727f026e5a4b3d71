"""The reader follows the cursor: what is here at once, the rest when the cursor rests."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Mapping
from functools import partial

from textual.timer import Timer
from textual.worker import WorkType

from tui.core.change import Kind
from tui.core.dates import full_date
from tui.core.model import Body, Patch
from tui.core.text import clean
from tui.screens.view import View
from tui.store.store import Store
from tui.store.texts import Packed
from tui.sync.sync import Sync
from tui.where import READER, Where
from tui.widgets.reader_leaf import START, Spot

SETTLE = 0.12
"""Seconds that the cursor rests on a row before its text is asked of the server."""


class Reading(View):
    """What the reader shows, and where in it one was."""

    def __init__(self, store: Store, sync: Sync, server: str, project: str) -> None:
        super().__init__(store, sync, server, project)
        self._read: int | None = None
        """What the reader shows: a patch's id, or minus a cover letter's."""
        self._spots: dict[int, Spot] = {}
        self._mark: tuple[int, ...] = ()
        """Of the text that it shows."""
        self._unpacking: Packed | None = None
        """What will be shown when it is unpacked."""
        self._settling: Timer | None = None
        self._began = False
        """Whether the screen was painted, and the server asked for anything."""

    def follow(self) -> None:
        """Let the reader show what the patch list's cursor is on, where the reader is in sight."""
        if self._panes[Where.DIFF].display:
            if self._began or self.level in READER:
                self._show_text()
            else:  # a second start may have it: the rows are painted 25 ms before
                self.call_later(self._show_text)
        if self._settling:
            self._settling.stop()
        self._settling = self.set_timer(SETTLE, self.rested)

    def changed(self, changes: Mapping[Kind, set[int]]) -> None:
        """Follow what else depends on the store."""

    def rested(self) -> None:
        """Ask for the text now that the cursor rests."""
        if self._panes[Where.DIFF].display:
            self._ask_for_text()

    def why_no_text(self) -> tuple[str, bool]:
        """Return why there is nothing to read, and whether something is on its way."""
        raise NotImplementedError

    def _ask_for_text(self) -> None:
        """Ask the server for the patch's own text, unless it is here or failed before (R asks again)."""
        id = self._read
        if id is None or self.store.has_body(id, own=True) or self.sync.trouble(id):
            return
        self.sync.need_cover(-id) if id < 0 else self.sync.need_body(id)

    def _show_text(self, *, force: bool = False) -> None:
        id = self.patches.current
        if id == self._read is not None and not force:
            return
        if self._read is not None and self.reader.document is not None:
            self._spots[self._read] = self.reader.spot
        self._read, self._unpacking = id, None
        if id is None:
            self.reader.message(*self.why_no_text())
            self._panes[Where.DIFF].title_as(self.tab.title())
            self._show_spot()
            return
        patch = next(iter(self.store.patches([id])), None) if id > 0 else None
        self._panes[Where.DIFF].title_as(
            clean(patch.name if patch else "" if id > 0 else self._cover_name(-id))
        )
        text = self.store.text(id)
        self._mark = text.mark if text is not None else ()
        if text is not None and text.body is not None:
            self._show_body(id, patch, text.body)
            return
        trouble = self.sync.trouble(id) if text is None else ""
        self.reader.message(clean(trouble), loading=not trouble)
        self._show_spot()
        if text is not None:
            self._unpacking = text
            self.reader.expect(self._spots.get(id, START))
            work: WorkType[None] = partial(self._unpack, id, patch, text)
            self.run_worker(work)

    def _renew_text(self, id: int) -> None:
        """Show a text that has come, if its message or its diff is another one than what is shown."""
        text = self.store.packed(id)
        if text is None or not text.mark[2:] or text.mark[2:] != self._mark[2:]:
            self._show_text(force=True)

    async def _unpack(self, id: int, patch: Patch | None, text: Packed) -> None:
        """Show a long text when it is unpacked, if it is still that which is to be read."""
        try:
            body: Body | None = await to_thread(text.whole)
        except ValueError:
            body = self.store.body(id)  # which sees to a file that is damaged
        if self._unpacking is text and body is not None:
            self._show_body(id, patch, body)

    def _show_body(self, id: int, patch: Patch | None, body: Body) -> None:
        mail = patch or (self.store.cover(-id) or (None,))[0]
        self.reader.read(
            body.content,
            body.diff,
            pull_url=patch.pull_url if patch else "",
            cover=id < 0,
            subject=mail.name if mail and not self._panes[Where.DIFF].shows_whole_title else "",
            author=mail.submitter.address if mail else "",
            date=full_date(mail.date, self.now()) if mail else "",
            spot=self._spots.get(id, START),
        )
        self._show_spot()
        self.call_after_refresh(self._show_spot)  # a pane that just came in sight has no size before

    def key_done(self) -> None:
        """Show where the reader is now, before it is painted: a message would come a frame later."""
        self._show_spot()

    def on_pager_moved(self) -> None:
        """The cursor of the reader is elsewhere."""
        self._show_spot()

    def _show_spot(self) -> None:
        """Show file, line and side of the reader's cursor, and how far down the view is."""
        reader, document = self.reader, self.reader.document
        if document is None or not document.count:
            self._panes[Where.DIFF].spot_as(("", "", ""))
            return
        path = line = ""
        file, files = reader.current_file, len(document.index.files)
        if (address := reader.address()) is not None:
            path, line = address.path, f":{address.number}{' old' if address.side == 'old' else ''}"
        elif file >= 0:
            path = document.index.files[file].path
        part = min(document.count, reader.row + reader.size.height) * 100 // document.count
        count, short = "", ""
        if file >= 0 and files > 1:
            count, short = f"  file {file + 1} of {files}", f"  {file + 1}/{files}"
        percent = f"  {part} %" if path else f"{part} %"
        self._panes[Where.DIFF].spot_as((clean(path), f"{line}{count}{percent}", f"{line}{short}{percent}"))
