"""What the outbox and the journal share: a list, its row in full, what was said, and what the keys do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tui.actions import footer_actions
from tui.core.change import Change, Notice, Tone
from tui.core.intent import Field, Target, Value, addressed_words
from tui.core.states import label_of
from tui.core.text import clean
from tui.screens.dialog import ListDialog
from tui.screens.dialog_rows import Rows
from tui.store.store import Store
from tui.sync.sync import Sync
from tui.widgets.columns import cut
from tui.widgets.folded import fold
from tui.widgets.listing import Listing

WIDEST = 150
"""Cells of the dialog's lines."""
AROUND = 13
"""Lines that are not rows of the list."""
DETAILS = 4
"""Lines for the row under the cursor; what is told last, the reason, takes those that are left."""
T = TypeVar("T")
_LOOKS = {Tone.GOOD: "$good", Tone.TROUBLE: "$bad"}


class Ledger(ListDialog[T | None]):
    """A list of the store that is kept up to date while it is open."""

    def __init__(self, store: Store, sync: Sync, rows: Rows) -> None:
        super().__init__()
        self.store = store
        self.sync = sync
        self._rows = rows
        self._stale = False
        self._told = ""
        """What was said last; empty once a key has taken it away."""

    def compose(self) -> ComposeResult:
        """Lay out title, list, details, what was said, and keys."""
        with Vertical(id="dialog"):
            yield from self.compose_spoken()
            yield Static("", id="dialog-title")
            yield self._rows
            yield Static("", id="ledger-detail")
            yield Static("", id="ledger-said")
            yield Static("", id="dialog-note")

    def on_mount(self) -> None:
        """Show what the store has, and follow it."""
        self._unlisten = [self.store.listen(self._note), self.sync.listen(self.say)]
        self.reload()
        self._fit()

    def on_unmount(self) -> None:
        """Follow it no more."""
        for unlisten in self._unlisten:
            unlisten()

    def on_resize(self) -> None:
        """Fit the terminal."""
        if self.query("#dialog-note"):  # a size may come before there is anything to fit
            self._fit()

    # -- what is shown ---------------------------------------------------------------

    def read(self) -> tuple[list[int], str]:
        """Read the store; return the ids of the rows, and the title."""
        raise NotImplementedError

    def details(self, id: int) -> list[str]:
        """Return a row in full, in a few lines of clean text."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read everything again."""
        self._stale = False
        ids, title = self.read()
        self._rows.show(ids, placeholder="" if ids else self.nothing)
        self._rows.unmark(self._rows.hidden_marks)  # what is through is not coming back
        self._write("#dialog-title", title)
        self._detail()
        self._fit_rows()

    @property
    def nothing(self) -> str:
        """What to say when there is no row."""
        return ""

    def _note(self, change: Change) -> None:
        """Gather changes: many writes are one look at the store."""
        if not self._stale:
            self._stale = True
            self.call_later(self.reload)

    def _detail(self) -> None:
        id = self._rows.current
        width = self._width()
        lines = [] if id is None else self.details(id)[:DETAILS]
        lines[-1:] = [piece for line in lines[-1:] for piece in fold(line, width)]
        lines[DETAILS - 1 :] = [" ".join(lines[DETAILS - 1 :])]
        self.query_one("#ledger-detail", Static).update(
            Content("\n".join(cut(line, width) for line in lines))
        )
        self._speak()

    # -- what is heard ---------------------------------------------------------------

    def _row_words(self) -> str:
        """Say what the cursor is on, or why it is on nothing."""
        id, rows = self._rows.current, self._rows
        if id is None:
            return self.nothing
        mark = ", marked" if id in rows.marked else ""
        told = ", ".join(line for line in self.details(id) if line)
        return f"{self.WHERE} {rows.cursor + 1} of {len(rows.ids)}{mark}: {told}"

    def _speak(self) -> None:
        """Have heard what was said last, else the row."""
        if self._spoken:
            self.speak(self._told or self._row_words())

    def say(self, notice: Notice | None) -> None:
        """Say something in the line above the keys, or nothing any more."""
        text = clean(notice.text) if notice else ""
        look = _LOOKS.get(notice.tone, "") if notice else ""
        line = Content.styled(cut(text, self._width()), look)
        self.query_one("#ledger-said", Static).update(line)
        self._told = text
        self._speak()

    def _write(self, where: str, text: str) -> None:
        self.query_one(where, Static).update(Content(cut(text, self._width())))

    def _width(self) -> int:
        return max(1, min(WIDEST, self.size.width - 6))

    def _fit(self) -> None:
        self.query_one("#dialog").styles.width = self._width() + 4
        self._fit_rows()
        self._rows.renew(self._rows.ids)
        self._write("#dialog-title", self.read()[1])
        self._detail()
        self._hint()

    def _fit_rows(self) -> None:
        self._rows.styles.height = max(1, min(max(3, len(self._rows.ids)), self.size.height - AROUND))

    def _hint(self) -> None:
        """Name as many keys as have room, and how to get back."""
        last, room = [(self.key_of("back"), "back")], self._width()
        hints = self.hints(footer_actions(self.WHERE, diff_in_sight=False))
        while hints and sum(cell_len(key) + cell_len(title) + 3 for key, title in hints + last) > room:
            hints.pop()
        parts = [((key, "$accent"), (f" {title}  ", "$dim")) for key, title in hints + last]
        line = Content.assemble(*(piece for part in parts for piece in part))
        self.query_one("#dialog-note", Static).update(line)

    # -- keys --------------------------------------------------------------------------

    def tell_of_key(self, text: str) -> None:
        """Say it in the line above the keys."""
        self.say(Notice(text) if text else None)

    def on_listing_moved(self, event: Listing.Moved) -> None:
        """Show the row under the cursor in full."""
        event.stop()
        self._detail()

    def action_move(self, motion: str) -> None:
        """Move the cursor."""
        self.say(None)
        step = {"down": self._rows.line_down, "up": self._rows.line_up}.get(motion)
        self.tell_end((step or getattr(self._rows, motion))(), motion)

    def leave(self) -> None:
        """End."""
        self.end(None)


def target_names(store: Store, targets: Iterable[Target]) -> dict[Target, str]:
    """Return what to call patches and comments; clean.  What is not stored is called by its number."""
    asked = set(targets)
    patches = {patch.id: patch.name for patch in store.patches({target.patch_id for target in asked})}
    rows = store.comments_named({target.comment for target in asked if target.comment})
    comments = {row.comment.key: row.comment for row in rows}
    found: dict[Target, str] = {}
    for target in asked:
        name = patches.get(target.patch_id) or f"patch {target.patch_id}"
        if target.comment:
            comment = comments.get(target.comment)
            name = f"{comment.submitter.label}: {comment.subject}" if comment else ""
            name = name or f"comment {abs(target.comment)}"
        found[target] = clean(name)
    return found


def value_words(store: Store, field: Field, value: Value) -> str:
    """Write a value of a field; clean."""
    if field is Field.ARCHIVED:
        return "archived" if value else "not archived"
    if field is Field.STATE:
        return clean(label_of(str(value)))
    if field is Field.ADDRESSED:
        return addressed_words(value)
    user = store.user(int(value)) if value is not None else None
    return "nobody" if value is None else clean(user.username) if user else f"user {value}"
