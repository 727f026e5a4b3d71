"""The inbox: what happened that is worth telling, and whether it was read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tui.store import reading
from tui.store.base import Base

if TYPE_CHECKING:
    from tui.core.inbox import Happening, Line


class Inbox(Base):
    """What is told of events.  Writes raise StoreTrouble; reads do not.

    At the start only the number is asked for, so the rest is loaded when it is.
    """

    def put_happenings(self, project_id: int, found: Iterable[Happening]) -> None:
        """Store what happened in a project; of much, the newest stays (see happenings.put)."""
        from tui.store import happenings

        with self._writing() as touched:
            happenings.put(self._db, touched, project_id, found)

    def mark_read(self, event_ids: Iterable[int]) -> None:
        """Note that the user has read what is told of these events."""
        from tui.store import happenings

        with self._writing() as touched:
            happenings.mark_read(self._db, touched, event_ids)

    def inbox(self, project_id: int) -> list[Line]:
        """Return the lines of a project, the newest first."""
        from tui.core.inbox import gather
        from tui.store import happenings

        return gather(self._read(happenings.read, project_id))

    def count_unread(self, project_id: int) -> int:
        """Return how many lines of a project are unread."""
        return self._read(reading.count_unread, project_id)

    # What decides whether something is worth telling

    def asked_to_change(self, project_id: int) -> list[tuple[str, int, int]]:
        """Return name, submitter's id and version of series that the user sent back for changes."""
        from tui.store import happenings

        return self._read(happenings.read_asked, project_id)

    def states_set(self, patch_ids: Iterable[int]) -> dict[int, str]:
        """Return the state that each of these patches was last given from here, if it was."""
        from tui.store import happenings

        return self._read(happenings.read_set_states, patch_ids)

    def series_of_covers(self, cover_ids: Iterable[int]) -> dict[int, int]:
        """Return the stored series of cover letters."""
        from tui.store import happenings

        return self._read(happenings.read_series_of_covers, cover_ids)

    def emails_of(self, username: str) -> set[str]:
        """Return the addresses of an account that was seen as a maintainer's or delegate's."""
        from tui.store import happenings

        return self._read(happenings.read_emails, username)
