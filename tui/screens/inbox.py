"""The inbox: what happened since the user last looked; each line leads to its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime

from rich.cells import cell_len

from tui.core.change import Change, Kind, Notice
from tui.core.colors import Colors
from tui.core.dates import age, full_date
from tui.core.inbox import PREFIX, Line, Topic
from tui.core.me import Me
from tui.core.text import clean
from tui.screens.dialog_rows import Rows
from tui.screens.ledger import Ledger
from tui.store.store import Store
from tui.store.trouble import StoreTrouble
from tui.sync.sync import Sync
from tui.where import Where
from tui.widgets.columns import Cell, Column
from tui.widgets.listing import Listing
from tui.widgets.palette import colors_of, style

COLUMNS = (
    Column("when", 4, right=True),
    Column("topic", 11),
    Column("who", 16, gives=((1, 9), (2, 0))),
    Column("what", 26),
    Column("name", 20, flexible=True),
)
SIGNS = {
    Topic.VERSION: "↑ version",
    Topic.COMMENT: "» comment",
    Topic.DELEGATED: "@ delegated",
    Topic.CHECK: "✗ check",
    Topic.STATE: "→ state",
    Topic.SERIES: "+ series",
}
NAMELESS = 'Say who you are, so that comments on your patches are told: me = "name" in config.toml.'

Place = tuple[int, int | None, Topic]
"""A series, and of it a patch, a cover letter by minus its id, or none."""


class Inbox(Ledger[Place]):
    """Lists what happened, what is unread first; it ends with the place to go to, if any."""

    WHERE = Where.INBOX
    title_of_keys = "Keys in the inbox"
    nothing = "Nothing happened yet: what others do from now on is listed here, if the server tells it."

    def __init__(self, store: Store, sync: Sync, me: Me) -> None:
        self._lines: dict[int, Line] = {}
        self._news: set[int] = set()
        """Lines that were unread when they were first shown: they keep their place when they are read."""
        self._me = me
        super().__init__(store, sync, Rows(COLUMNS, self._fetch, id="happenings"))

    def on_mount(self) -> None:
        """Say what is missing for some of the news.  Textual calls that of the ledger, too."""
        if not self._me.username and not self._me.email:
            self.say(Notice(NAMELESS))

    def read(self) -> tuple[list[int], str]:
        """Read the inbox: what is unread by its topic, then what is read; the newest first."""
        project = self.sync.project
        found = self.store.inbox(project.id) if project else []
        self._news.update(line.ids[0] for line in found if not line.read)
        found.sort(key=self._order)
        lines = {line.ids[0]: line for line in found}
        if lines != self._lines:
            self._lines = lines
            self._rows.narrow(COLUMNS, "what", max((cell_len(line.what) for line in found), default=0))
            self._rows.renew(lines)
        unread = Counter(line.topic for line in found if not line.read)
        words = ", ".join(
            f"{number} {SIGNS[topic][2:]}" for topic, number in sorted(unread.items(), key=_rank)
        )
        return list(lines), f"Inbox  {unread.total():,} unread{': ' if words else ''}{words}"

    def _note(self, change: Change) -> None:
        """Look at the store when something in it is another one: 2,000 lines take 30 to 40 ms."""
        if change.kind is not Kind.STATUS:
            super()._note(change)

    def _order(self, line: Line) -> tuple[int, float]:
        rank = list(Topic).index(line.topic) if line.ids[0] in self._news else len(Topic)
        return rank, -line.ids[0]

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, dict[str, Cell]]:
        colors, now = colors_of(self), self.now()
        return {id: _cells(self._lines[id], colors, now) for id in ids if id in self._lines}

    def details(self, id: int) -> list[str]:
        """Tell a line in full, with the series of a patch."""
        line = self._lines[id]
        rows = self.store.series_rows([line.series_id])
        series = clean(PREFIX.sub("", rows[0].series.name)) if rows else ""
        of = f"  of {series}" if series not in ("", line.name) else ""
        return [
            line.name,
            f"{line.who}: {line.what}" if line.who else line.what,
            full_date(line.when, self.now()) + of,
        ]

    @staticmethod
    def now() -> datetime:
        """Return the time that ages are counted from, naive UTC."""
        return datetime.now(UTC).replace(tzinfo=None)

    # -- keys --------------------------------------------------------------------------

    def action_go_there(self) -> None:
        """End with the place that the line under the cursor is about."""
        if line := self._lines.get(self._rows.current or 0):
            self._take_as_read(line.ids)
            self.end((line.series_id, line.patch_id, line.topic))

    def action_mark_read(self) -> None:
        """Take the line under the cursor as read, and go on."""
        if line := self._lines.get(self._rows.current or 0):
            self._take_as_read(line.ids)
            self._rows.move(1)

    def action_mark_all_read(self) -> None:
        """Take everything as read."""
        self._take_as_read(id for line in self._lines.values() for id in line.ids)

    def _take_as_read(self, event_ids: Iterable[int]) -> None:
        with suppress(StoreTrouble):  # the store has told it already
            self.store.mark_read(event_ids)

    def on_listing_opened(self, event: Listing.Opened) -> None:
        """A click on the line under the cursor goes there."""
        event.stop()
        self.action_go_there()


def _rank(item: tuple[Topic, int]) -> int:
    return list(Topic).index(item[0])


def _cells(line: Line, colors: Colors, now: datetime) -> dict[str, Cell]:
    looks = {Topic.CHECK: colors.bad, Topic.VERSION: colors.warning, Topic.DELEGATED: colors.info}
    bold = not line.read
    dim = style(colors.dim)
    text = style(colors.text if bold else colors.dim, bold=bold)
    sign = style(looks.get(line.topic, colors.accent), bold=bold) if bold else dim
    return {
        "when": ((age(line.when, now), dim),),
        "topic": ((SIGNS[line.topic], sign),),
        "who": ((line.who, style(colors.text) if bold else dim),),
        "what": ((line.what, style(colors.text) if bold else dim),),
        "name": ((line.name, text),),
    }
