"""The verbs that change something: each returns at once, and tells in a notice why it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from tui.core.change import Tone
from tui.core.deed import Step
from tui.core.intent import Field, Value, Wish
from tui.store.trouble import StoreTrouble
from tui.sync.answers import Answers
from tui.sync.delivery import Action, Delivery
from tui.sync.desk import Desk
from tui.sync.journal import Journal
from tui.sync.planning import plan_addressed, plan_patches

T = TypeVar("T")


class Writes:
    """Wishes, what becomes of them, and taking them back.

    What cannot be kept is refused: a notice says why, and no row changes.
    """

    def __init__(self, desk: Desk, delivery: Delivery, answers: Answers, has_token: bool) -> None:
        self._desk = desk
        self._answers = answers
        self._delivery = delivery
        self._has_token = has_token
        self._journal = Journal(desk, delivery)

    @property
    def can_write(self) -> bool:
        """Whether there is a token, and the server has not refused it; a refusal tells ``Kind.STATUS``."""
        return self._has_token and not self._desk.token_trouble

    @property
    def why_reader(self) -> str:
        """The sentence that says why the server does not take the token; empty while it does."""
        return self._desk.token_trouble

    def wish(self, patch_ids: Iterable[int], field: Field, value: Value, *, key: str = "") -> Action:
        """Set a field of some patches: the rows change at once, the server hears of it behind.

        ``key`` is the key that did it, for the journal.
        """
        return self.file(self.plan(patch_ids, [Step(field, value)]), key=key)

    def plan(self, patch_ids: Iterable[int], steps: Sequence[Step]) -> list[Wish]:
        """Return what is to be wished for some patches to have all these values, to look at or to file."""
        return self._keep(lambda: plan_patches(self._desk.store, patch_ids, steps), [])

    def file(self, wishes: Sequence[Wish], *, key: str = "") -> Action:
        """Do what was planned, as one action; the server is told what the user saw then."""
        return self._act(lambda: self._delivery.file(wishes, key))

    def address(self, comment_keys: Iterable[int], wished: bool | None, *, key: str = "") -> Action:
        """Mark comments, by their own keys, as addressed or as open, or take either away (API 1.3)."""
        if why := self.why_not_addressed:
            self._desk.say(why, Tone.TROUBLE)
            return Action(0, 0, why)
        nothing: list[Wish] = []
        wishes = self._keep(lambda: plan_addressed(self._desk.store, comment_keys, wished), nothing)
        return self.file(wishes, key=key)

    @property
    def why_not_addressed(self) -> str:
        """Why no comment can be marked as addressed on this server; empty as far as it can."""
        return self._answers.why_not_addressed

    @property
    def barred(self) -> Mapping[int, str]:
        """Patches that the server did not let us change, since it last did, with its reasons."""
        return self._desk.barred

    def undo(self, action_id: int | None = None, *, key: str = "") -> Action:
        """Take back an action as a whole, the newest that holds without an id; a notice says what.

        Before it was delivered or after, in this run or a later one.  Patches that show something
        else by now than the action set are left alone.
        """
        return self._act(lambda: self._journal.undo(action_id, key))

    def redo(self, *, key: str = "") -> Action:
        """Take back the last undo, unless something new was done since."""
        return self._act(lambda: self._journal.redo(key))

    def cancel_writes(self) -> int:
        """Give up what has not gone out, and return how many patches are put back.

        A notice says how many went out once those under way are through.
        """
        return self._keep(self._delivery.cancel, 0)

    # The outbox

    def retry(self, intent_ids: Iterable[int]) -> int:
        """Try to send some intents now, held and failed ones too; return how many of these."""
        return self._keep(lambda: self._delivery.retry(intent_ids), 0)

    def drop(self, intent_ids: Iterable[int]) -> int:
        """Give some intents up, unless they are being sent, and return how many."""
        return self._keep(lambda: self._delivery.drop(intent_ids), 0)

    def decide(self, intent_id: int, mine: bool) -> bool:
        """Send a held intent over what the server has now, or leave the server's; say if it was held."""
        return self._keep(lambda: self._delivery.decide(intent_id, mine), False)

    def _act(self, work: Callable[[], Action]) -> Action:
        """Do something that the server is to hear of, or refuse it."""
        why = self.why_reader or "Writing needs a token; see the README for where it goes"
        if self.can_write:
            try:
                return work()
            except StoreTrouble as error:
                why = str(error)
        self._desk.say(why, Tone.TROUBLE)
        return Action(0, 0, why)

    def _keep(self, work: Callable[[], T], nothing: T) -> T:
        """Do something to the outbox, or refuse it."""
        try:
            return work()
        except StoreTrouble as error:
            self._desk.say(str(error), Tone.TROUBLE)
        return nothing
