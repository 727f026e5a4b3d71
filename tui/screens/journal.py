"""The journal: what was done, when, to how many, by which key; and taking any of it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from tui.core.dates import age, full_date
from tui.core.journal import ActionRow, ItemRow, Outcome
from tui.core.text import clean
from tui.screens.dialog_rows import Rows
from tui.screens.ledger import DETAILS, Ledger, target_names, value_words
from tui.store.store import Store
from tui.sync.sync import Sync
from tui.where import Where
from tui.widgets.columns import Cell, Column
from tui.widgets.listing import Listing
from tui.widgets.palette import colors_of, style

COLUMNS = (
    Column("when", 4, right=True),
    Column("key", 3),
    Column("title", 24, flexible=True),
    Column("number", 5, right=True),
    Column("outcome", 26, gives=((1, 15), (2, 0))),
)
MOST = 1000
"""Actions that are listed."""


class Journal(Ledger[None]):
    """Lists what was done."""

    WHERE = Where.JOURNAL
    title_of_keys = "Keys in the journal"

    @property
    def nothing(self) -> str:
        """What to say when there is no row."""
        keys = ", ".join(self.key_of(id) for id in ("set_state", "delegate", "archive"))
        return f"Nothing was done yet: {keys} are noted here."

    def __init__(self, store: Store, sync: Sync) -> None:
        self._actions: dict[int, ActionRow] = {}
        super().__init__(store, sync, Rows(COLUMNS, self._fetch, id="deeds"))

    def read(self) -> tuple[list[int], str]:
        """Read the journal, the newest first."""
        found = {action.id: action for action in self.store.journal(MOST)}
        changed = found != self._actions
        self._actions = found
        if changed:
            outcomes = (len(_outcome(action)) for action in found.values())
            self._rows.narrow(COLUMNS, "outcome", max(outcomes, default=0))
            self._rows.renew(found)
        more = " and older ones" if len(found) == MOST else ""
        return list(found), f"Journal  {len(found):,} action{'' if len(found) == 1 else 's'}{more}"

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, dict[str, Cell]]:
        return {id: self._cells(self._actions[id]) for id in ids if id in self._actions}

    def _cells(self, action: ActionRow) -> dict[str, Cell]:
        colors = colors_of(self)
        dim = style(colors.dim)
        look = dim if action.undone else style(colors.text)
        held = any(outcome in (Outcome.HELD, Outcome.FAILED) for outcome, _ in action.outcomes)
        return {
            "when": ((age(action.created, self.now()), dim),),
            "key": ((clean(action.key), style(colors.accent)),),
            "number": ((f"{action.number}", dim),),
            "title": ((clean(action.title) or "(no title)", look),),
            "outcome": ((_outcome(action), style(colors.warning) if held else dim),),
        }

    def details(self, id: int) -> list[str]:
        """Tell when it was, and of the first few patches what became of them."""
        action = self._actions[id]
        items = self.store.action_items(id)
        lines = [f"{full_date(action.created, self.now())}  {_outcome(action)}"]
        if action.lasting:
            waits = "u drops what has not gone out; " if action.is_on_its_way else ""
            lines.append(f"{waits}what the server has of it stays: no API takes a check back")
        shown = items[: DETAILS - 1] if len(items) < DETAILS else items[: DETAILS - 2]
        lines += [self._item(item) for item in shown]
        if len(items) > len(shown):
            lines.append(f"and {len(items) - len(shown):,} more")
        return lines

    def _item(self, item: ItemRow) -> str:
        name = target_names(self.store, [item.target])[item.target]
        before, after = (value_words(self.store, item.field, v) for v in (item.before, item.after))
        trouble = f": {clean(item.error)}" if item.error else ""
        return f"{item.field} {before} → {after}, {item.outcome}  {name}{trouble}"

    @staticmethod
    def now() -> datetime:
        """Return the time that ages are counted from, naive UTC."""
        return datetime.now(UTC).replace(tzinfo=None)

    def action_undo_this(self) -> None:
        """Take back what the cursor is on."""
        self.say(None)
        if self._rows.current is not None:
            self.sync.undo(self._rows.current, key=self.keymap.letter("undo_this"))
            self._rows.top()

    def on_listing_opened(self, event: Listing.Opened) -> None:
        """A click only moves the cursor: taking back wants a key."""
        event.stop()


def _outcome(action: ActionRow) -> str:
    """Say what became of it."""
    words = ", ".join(f"{number} {outcome}" for outcome, number in action.outcomes)
    return f"undone ({words})" if action.undone and words else words or "nothing"
