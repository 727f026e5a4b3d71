"""What the user wishes, what they did, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from tui.core.intent import Intent, Status, Target, Value, Wish
from tui.core.journal import ActionRow, ItemRow, Outcome, Undone
from tui.store import journal, outbox
from tui.store.base import Base


class Wishes(Base):
    """The outbox and the journal.  Writes raise StoreTrouble: then nothing is filed or changed."""

    def file(
        self,
        wishes: Iterable[Wish],
        created: datetime | None = None,
        *,
        key: str = "",
        title: str = "",
        undoes: int | None = None,
    ) -> int:
        """File wishes as one action, to be sent, and return the action's id (see outbox.file).

        They are on the disk when this returns.  ``key`` and ``title`` are for the journal.
        """
        with self._writing(durable=True) as touched:
            return outbox.file(self._db, touched, wishes, created or _now(), key, title, undoes)

    def intents(self, *statuses: Status) -> list[Intent]:
        """Return intents with one of these statuses (all without one), the oldest first."""
        return self._read(outbox.read_intents, statuses or tuple(Status))

    def intents_of(self, patch_id: int, comment: int = 0) -> list[Intent]:
        """Return all intents of one patch, or of one comment on it, the oldest first."""
        return self._read(outbox.read_intents_of, Target(patch_id, comment))

    def count_intents(self) -> dict[Status, int]:
        """Return how many intents have each status."""
        return self._read(outbox.count)

    def set_status(self, intent_ids: Iterable[int], status: Status, error: str = "") -> None:
        """Say how far intents have come; every outcome but sending counts as an attempt."""
        with self._writing() as touched:
            outbox.set_status(self._db, touched, intent_ids, status, error)

    def settle(self, intent_ids: Iterable[int], outcome: Outcome = Outcome.DONE) -> None:
        """Take intents out of the outbox: the server has confirmed them, or they are DROPPED."""
        with self._writing(durable=outcome is not Outcome.DONE) as touched:
            outbox.remove(self._db, touched, intent_ids, outcome)

    def requeue(self) -> None:
        """Let intents that a killed run was sending wait again; for who has the lease."""
        if self.intents(Status.SENDING):
            with self._writing() as touched:
                outbox.requeue(self._db, touched, "it was broken off before the answer was here")

    def retry(self, intent_ids: Iterable[int]) -> int:
        """Let held and failed intents wait again, and return how many."""
        with self._writing(durable=True) as touched:
            return outbox.retry(self._db, touched, intent_ids)

    def insist(self, intent_id: int, seen: Value) -> bool:
        """Let a held intent be sent over what the server has; say whether there was such an intent."""
        with self._writing(durable=True) as touched:
            return outbox.insist(self._db, touched, intent_id, seen)

    # The journal

    def journal(self, limit: int = 200) -> list[ActionRow]:
        """Return the newest actions, the newest first."""
        return self._read(journal.read_actions, limit)

    def action_items(self, action_id: int) -> list[ItemRow]:
        """Return the wishes of an action."""
        return self._read(journal.read_items, action_id)

    def undoable(self) -> int | None:
        """Return the action that an undo takes back: the newest that holds."""
        return self._read(journal.find_undoable)

    def redoable(self) -> int | None:
        """Return the undo that a redo takes back; none when something new was done since."""
        return self._read(journal.find_redoable)

    def undo(self, action_id: int, *, key: str = "", title: str = "") -> Undone:
        """Take an action back as a whole, as a new action (see journal.undo); an undo, too: a redo."""
        with self._writing(durable=True) as touched:
            return journal.undo(self._db, touched, action_id, _now(), key, title)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
