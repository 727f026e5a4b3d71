"""What was said about the lines of the diff in sight, beside them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from tui.core.change import Kind
from tui.screens.talking import Talking
from tui.screens.working import work_behind

if TYPE_CHECKING:
    from tui.core.rows import CommentRow
    from tui.diff.document import Document

REMARKS = "remarks"
"""The group of the worker that looks for them."""


class Remarking(Talking):
    """Finds what the comments say about the diff that is shown, and shows it there.

    Nothing of it is loaded, and nothing is drawn otherwise, where nobody said anything.
    """

    @cached_property
    def _opened_remarks(self) -> dict[int, frozenset[int]]:
        """Of each patch: the lines whose remarks are shown."""
        return {}

    def on_remarked_showed(self) -> None:
        """Look for remarks on what is shown now, once it is on the screen."""
        self._find_remarks()

    def changed(self, changes: Mapping[Kind, set[int]]) -> None:
        """Look for what was said since."""
        super().changed(changes)
        if self._read in changes.get(Kind.COMMENTS, ()):
            self._find_remarks()

    def _find_remarks(self) -> None:
        id, document = self._read, self.reader.document
        if id is None or document is None or not document.index.files:
            return
        rows = self.store.comments([id])
        if not rows:
            self.reader.show_remarks(None)
            return
        body = self.store.body(id)
        message = body.content if body is not None else ""
        work_behind(self, REMARKS, self._search_remarks, rows, document, message)

    @property
    def looks_for_remarks(self) -> bool:
        """Whether remarks are still to come."""
        return any(worker.group == REMARKS and not worker.is_finished for worker in self.workers)

    async def _search_remarks(self, rows: Sequence[CommentRow], document: Document, message: str) -> None:
        from tui.widgets.reader_remarks import Remarks, find_said

        said = await asyncio.to_thread(find_said, rows, document.index, message)
        reader = self.reader
        if reader.document is document and reader.page is not None:
            opened = self._opened_remarks.get(self._read or 0, ())
            reader.show_remarks(Remarks(said, self.now, opened) if said else None)

    # -- what the keys do ------------------------------------------------------

    def action_remark(self) -> None:
        """Show what was said about the line under the cursor, or hide it; elsewhere go to the next one.

        What is folded there it opens, and from the diffstat it goes to a file.
        """
        reader = self.reader
        if reader.open_row(reader.line):
            return
        shows = reader.toggle_remarks()
        if shows is not None and reader.page is not None and reader.page.remarks is not None:
            self._opened_remarks[self._read or 0] = frozenset(reader.page.remarks.opened)
        if shows and reader.page is not None and reader.page.remarks is not None:
            keys = reader.page.remarks.shown_keys()
            unread = [row.comment.key for row in self.store.comments_named(keys) if row.unread]
            if unread:
                self.store.mark_comments(unread, read=True)
        elif shows is None and not reader.next_remark():
            has_some = reader.page is not None and reader.page.remarks is not None
            self.say(
                "No remark further down; T has the whole talk."
                if has_some
                else "Nobody remarked on a line of this; T has the whole talk."
            )

    def action_tick(self) -> None:
        """Tick the comment whose remark is under the cursor as addressed, or take that back."""
        post = self.reader.remark_here()
        rows = self.store.comments_named([post.key]) if post is not None else []
        if rows:
            self.tick(rows[0].comment)
        else:
            self.say("Go to a remark first: m.")
