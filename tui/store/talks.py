"""The talk about patches and cover letters: what was answered, and what of it was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.store import talk
from tui.store.base import Base

if TYPE_CHECKING:
    from tui.core.model import Comment
    from tui.core.rows import CommentRow, Talk


class Talks(Base):
    """Comments.  Writes raise StoreTrouble; reads do not.

    What they are about is a patch's id, or minus a cover letter's; a comment's own key is
    ``Comment.key``.  No start needs the comments themselves, so what reads them is loaded late.
    """

    def put_comments(
        self,
        about: int,
        comments: Sequence[Comment],
        read: Iterable[int] = (),
        fetched: datetime | None = None,
    ) -> None:
        """Store all comments of a patch or cover letter, none too; those that are not among them leave.

        New ones are unread, but for those with keys in ``read``.  ``fetched`` is naive UTC, else now.
        """
        from tui.store import comments as writing

        with self._writing() as touched:
            writing.put(
                self._db, touched, about, comments, read, fetched or datetime.now(UTC).replace(tzinfo=None)
            )

    def put_comment(self, comment: Comment) -> None:
        """Store one comment anew, of those that are stored, as the server has it after a write."""
        from tui.store import comments

        with self._writing() as touched:
            comments.put_again(self._db, touched, comment)

    def expect_comments(self, about: Iterable[int]) -> None:
        """Note that more was said about some patches and covers than is here: it is to be read again."""
        from tui.store import comments

        with self._writing():
            comments.expect(self._db, about)

    def mark_comments(self, keys: Iterable[int], *, read: bool) -> None:
        """Note that the user has read comments, or wants to read them again; by their own keys."""
        from tui.store import comments

        with self._writing() as touched:
            comments.mark(self._db, touched, keys, read)

    def comments(self, about: Iterable[int]) -> list[CommentRow]:
        """Return the stored comments on some patches and covers, in their order, then by date."""
        from tui.store import comments

        return self._read(comments.read, about)

    def comments_named(self, keys: Iterable[int]) -> list[CommentRow]:
        """Return comments by their own keys, in the order asked for, without those that are not stored."""
        from tui.store import comments

        return self._read(comments.read_own, keys)

    def talks(self, about: Iterable[int]) -> Mapping[int, Talk]:
        """Return what the comments on patches and covers add up to, where anything is known."""
        return self._read(talk.read_talks, about)
