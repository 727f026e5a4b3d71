"""The outbox: each write that the server has not confirmed, and what is to become of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from tui.core.change import Notice
from tui.core.filing import Filing
from tui.core.intent import Intent, Status, Target
from tui.core.text import clean
from tui.screens.dialog_rows import Rows
from tui.screens.ledger import Ledger, target_names, value_words
from tui.screens.outbox_checks import filing_cells, filing_details
from tui.store.store import Store
from tui.sync.sync import Sync
from tui.where import Where
from tui.widgets.columns import Cell, Column
from tui.widgets.listing import Listing
from tui.widgets.palette import colors_of, style
from tui.widgets.rows import PREFIX

COLUMNS = (
    Column("status", 9),
    Column("name", 20, flexible=True),
    Column("field", 8, gives=((4, 0),)),
    Column("change", 28, gives=((9, 21), (10, 0))),
    Column("attempts", 3, right=True, gives=((6, 0),)),
    Column("reason", 40, gives=((1, 24), (2, 0))),
)
ORDER = (Status.HELD, Status.FAILED, Status.SENDING, Status.WAITING)
"""What is to be decided first."""
_ADDRESS = re.compile(r"\Ahttps?://\S+ ")
SIGNS = {Status.HELD: "‖", Status.FAILED: "✗", Status.SENDING: "→", Status.WAITING: "…"}


class Outbox(Ledger[None]):
    """Lists the writes; there they can be sent again, dropped or decided."""

    WHERE = Where.OUTBOX
    title_of_keys = "Keys in the outbox"
    nothing = "Nothing waits here: the server has all that you wished."

    def __init__(self, store: Store, sync: Sync, tell: Callable[[Notice], None]) -> None:
        """``tell`` puts what is done here in the place of what asked for it."""
        self._tell = tell
        self._intents: dict[int, Intent] = {}
        self._filings: dict[int, Filing] = {}
        """Checks on their way, by minus their ids."""
        self._statuses: dict[int, Status] = {}
        super().__init__(store, sync, Rows(COLUMNS, self._fetch, id="writes"))

    def read(self) -> tuple[list[int], str]:
        """Read the outbox, what is to be decided first."""
        intents = {intent.id: intent for intent in self.store.intents()}
        filings = {-filing.id: filing for filing in self.store.filings()}
        if intents != self._intents or filings != self._filings:
            self._rows.renew([*intents, *filings])
        self._intents, self._filings = intents, filings
        statuses = self._statuses = {id: intent.status for id, intent in intents.items()}
        statuses.update((id, filing.status) for id, filing in filings.items())
        numbers = Counter(statuses.values())
        words = ", ".join(f"{numbers[status]} {status}" for status in ORDER if numbers[status])
        ids = sorted(statuses, key=lambda id: (ORDER.index(statuses[id]), id < 0, abs(id)))
        return ids, f"Outbox  {words}"

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, dict[str, Cell]]:
        intents = [self._intents[id] for id in ids if id in self._intents]
        filings = [self._filings[id] for id in ids if id in self._filings]
        checked = {filing.id: Target(filing.patch_id) for filing in filings}
        names = target_names(self.store, [*(intent.target for intent in intents), *checked.values()])
        cells = {intent.id: self._cells(intent, names[intent.target]) for intent in intents}
        colors = colors_of(self)
        for one in filings:
            status, reason = f"{SIGNS[one.status]} {one.status}", _ADDRESS.sub("", clean(one.error))
            cells[-one.id] = filing_cells(one, names[checked[one.id]], status, reason, colors)
        return cells

    def _cells(self, intent: Intent, name: str) -> dict[str, Cell]:
        colors = colors_of(self)
        dim, text = style(colors.dim), style(colors.text)
        look = {Status.HELD: colors.warning, Status.FAILED: colors.bad}.get(intent.status, colors.pending)
        return {
            "status": ((f"{SIGNS[intent.status]} {intent.status}", style(look)),),
            "name": ((PREFIX.sub("", name) or f"patch {intent.patch_id}", text),),
            "field": (("comment" if intent.comment else intent.field, dim),),
            "change": ((self._change(intent), text),),
            "attempts": ((f"{intent.attempts}×" if intent.attempts else "", dim),),
            # Every reason of the server begins with its address, which is at the top already.
            "reason": ((_ADDRESS.sub("", clean(intent.error)), dim),),
        }

    def _change(self, intent: Intent) -> str:
        seen, wished = (value_words(self.store, intent.field, v) for v in (intent.seen, intent.wished))
        return f"{seen} → {wished}"

    def details(self, id: int) -> list[str]:
        """Tell a write in full."""
        if filing := self._filings.get(id):
            of = Target(filing.patch_id)
            return filing_details(filing, target_names(self.store, [of])[of], _tries(filing.attempts))
        intent = self._intents[id]
        name = target_names(self.store, [intent.target])[intent.target]
        stored = self.store.patches([intent.patch_id]) or intent.comment
        tries = _tries(intent.attempts)
        return [
            name if stored else f"{name}, which is not stored",
            f"{intent.field}: {self._change(intent)}, {intent.status} after {tries}",
            clean(intent.error),
        ]

    # -- keys --------------------------------------------------------------------------

    def _chosen(self, *statuses: Status) -> list[int]:
        """Return the marked writes, or the one under the cursor; only those of some statuses, if named."""
        ids = [id for id in self._rows.ids if id in self._rows.marked] or [self._rows.current or 0]
        known = self._statuses
        return [id for id in ids if id in known and (not statuses or known[id] in statuses)]

    def action_retry(self) -> None:
        """Send what is chosen again."""
        self.say(None)
        chosen = self._chosen()
        if chosen:
            self.sync.retry([id for id in chosen if id > 0])
            self.sync.retry_checks([-id for id in chosen if id < 0])
            self._done(f"Trying {_count(chosen)} again.")

    def action_drop(self) -> None:
        """Give up what is chosen."""
        self.say(None)
        chosen = self._chosen()
        dropped = self.sync.drop([id for id in chosen if id > 0]) if chosen else 0
        dropped += self.sync.drop_checks([-id for id in chosen if id < 0]) if chosen else 0
        under_way = len(chosen) - dropped
        words = f"Dropped {dropped} write{'' if dropped == 1 else 's'}; the rows show what the server has."
        if dropped:
            self._done(f"{words} {under_way} under way." if under_way else words)
        elif chosen and not self.store.refuses:
            self.say(Notice("It is being sent just now."))

    def action_mine(self) -> None:
        """Send what is chosen over what the server has."""
        self._decide(mine=True)

    def action_theirs(self) -> None:
        """Leave what the server has."""
        self._decide(mine=False)

    def _decide(self, mine: bool) -> None:
        self.say(None)
        held = self._chosen(Status.HELD)
        if not held:
            self.say(Notice("Only a held write is to be decided: somebody else was there."))
            return
        done = [id for id in held if self.sync.decide(id, mine)]
        if done:
            self._done(f"{_count(done)}: {'yours goes out' if mine else 'the server keeps what it has'}.")

    def _done(self, words: str) -> None:
        self._rows.clear_marks()
        self.reload()
        self._tell(Notice(words))
        self.say(Notice(words))

    def action_mark_write(self) -> None:
        """Mark the write under the cursor."""
        self._rows.toggle_mark()

    def action_mark_all(self) -> None:
        """Mark all, or none when all are."""
        everything = set(self._rows.ids)
        self._rows.marked = set() if self._rows.marked == everything else everything
        self._rows.refresh()

    def on_listing_opened(self, event: Listing.Opened) -> None:
        """A click only moves the cursor."""
        event.stop()


def _tries(attempts: int) -> str:
    return "1 try" if attempts == 1 else f"{attempts or 'no'} tries"


def _count(ids: Sequence[int]) -> str:
    return "1 write" if len(ids) == 1 else f"{len(ids)} writes"
