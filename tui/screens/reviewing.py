"""What was looked at: marked with a key, told in the rows, in the title and at the files of the diff."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from functools import cached_property, partial

from textual.worker import WorkType

from tui.core.change import Kind, Notice, Tone
from tui.core.text import clean
from tui.screens.reviews import Progress, Reviews
from tui.screens.triage import Triage
from tui.store.trouble import StoreTrouble
from tui.where import READER, Where
from tui.widgets.columns import Cell
from tui.widgets.palette import colors_of, style
from tui.widgets.rows import PARTLY, SEEN


class Reviewing(Triage):
    """Marks patches and files, and says which patches are as they were in a version before."""

    @cached_property
    def _reviews(self) -> Reviews:
        return Reviews(self.store)

    # -- keys -------------------------------------------------------------------

    def action_seen(self) -> None:
        """Mark the patch as looked at, or those marked; in the diff, the file under the cursor."""
        if self.level in READER:
            file = self.reader.current_file if self.level is Where.DIFF else -1
            keys = [] if self._read is None else [self._read]
        else:
            file = -1
            if self.patches.ranging:
                self.patches.end_range()
            current = [] if self.patches.current is None else [self.patches.current]
            keys = list(self.patches.shown_marks) or current
        self.mark_seen(keys, file)

    def mark_seen(self, keys: Sequence[int], file: int = -1) -> None:
        """Mark patches as looked at, or take that back; or one file of a patch by its number."""
        missing = self.store.lacking(keys)
        if not keys or missing:
            self.say("The text is not here yet." if missing else "There is nothing to mark here.")
            return
        work: WorkType[None] = partial(self._mark_seen, keys, file)
        self.run_worker(work, group="seen")

    async def _mark_seen(self, keys: Sequence[int], file: int) -> None:
        await self._reviews.learn(keys)
        try:
            is_marked = self._reviews.toggle(keys, file)
        except StoreTrouble as error:
            self.tell(Notice(clean(str(error)), Tone.TROUBLE))
            return
        await asyncio.sleep(0)  # of 20,000 files, writing the marks took the better part of a frame
        what = "file" if file >= 0 else f"{len(keys)} patches" if len(keys) > 1 else "patch"
        words = self._progress_words()
        done = "is" if len(keys) == 1 else "are"
        text = f"The {what} {done} marked as seen" if is_marked else f"The {what} {done} not marked any more"
        self.say(f"{text}{f': {words}' if words else ''}.")

    # -- what rows say ----------------------------------------------------------------

    def _patch_cells(self, ids: Sequence[int]) -> Mapping[int, dict[str, Cell]]:
        cells = super()._patch_cells(ids)
        colors = colors_of(self)
        progress = self._reviews.progress(ids)
        for id in ids:
            signs: list[tuple[str, str]] = []
            seen, of = progress.get(id, Progress(0, 0))
            if seen:
                signs.append((SEEN, colors.good) if seen == of else (PARTLY, colors.warning))
            if since := self._reviews.since(id):
                signs.append((f"={since}", colors.info))
            if signs and id in cells:
                before = tuple((f"{text} ", style(color)) for text, color in signs)
                cells[id]["name"] = before + cells[id]["name"]
        return cells

    def _progress_words(self) -> str:
        """Return how many patches of the series were looked at; empty where none was."""
        ids = self.store.patch_ids(self.series.current) if self.series.current is not None else []
        progress = self._reviews.progress(ids)
        done = sum(seen == of for seen, of in progress.values())
        return f"{done}/{len(ids)} seen" if any(seen for seen, _ in progress.values()) else ""

    def _show_patches(self, changed: set[int] | None = None) -> None:
        super()._show_patches(changed)
        words = self._progress_words()
        self._panes[Where.PATCHES].spot_as(("", words, words))

    # -- following -----------------------------------------------------------------------

    def rested(self) -> None:
        """Look at the texts of the series where the cursor rests."""
        super().rested()
        self._learn()

    def changed(self, changes: Mapping[Kind, set[int]]) -> None:
        """Look at texts that have come; show marks that are new."""
        if Kind.ALL in changes:
            self._reviews.forget_marks()
        super().changed(changes)
        if bodies := changes.get(Kind.BODIES):
            self._reviews.forget(bodies)
            self._learn()
        if not changes.keys().isdisjoint((Kind.PATCHES, Kind.ALL)):
            self._show_seen_files()

    def _learn(self) -> None:
        series_id = self.series.current
        if series_id is not None:
            # Not a coroutine: one that is put off for the next before it began would be told as lost.
            work: WorkType[None] = partial(self._learn_of, series_id)
            self.run_worker(work, group="reviews", exclusive=True)

    async def _learn_of(self, series_id: int) -> None:
        """Take the texts apart of a series and of its older versions, the newest first."""
        stacks = self.store.stacks([series_id])
        stack = stacks[0] if stacks else ()
        mine = next((version for version in stack if version.id == series_id), None)
        ids = [series_id, *(one.id for one in stack if mine and one.is_older(mine))]
        keys = [-one.cover_id for one in self.store.listed_series([series_id]) if one.cover_id]
        keys += [key for id in ids for key in self.store.patch_ids(id)]
        is_new = await self._reviews.learn(keys)
        before = {key: self._reviews.since(key) for key in self.patches.ids}
        self._reviews.compare(series_id, stack)
        if self.series.current == series_id and (
            is_new or any(self._reviews.since(key) != since for key, since in before.items())
        ):
            self._show_patches(set(self.patches.ids))
            self._show_seen_files()

    def _show_text(self, *, force: bool = False) -> None:
        super()._show_text(force=force)
        self._show_seen_files()

    def on_remarked_showed(self) -> None:
        """Show the marks of a document that was made in a thread, and came later."""
        self._show_seen_files()

    def _show_seen_files(self) -> None:
        """Show at the files of the diff which of them were looked at."""
        if (page := self.reader.page) is None:
            return
        files = self._reviews.seen_files(self._read or 0, len(page.document.index.files))
        if files != page.marked_files:
            page.marked_files = files
            self.reader.redraw_all()
