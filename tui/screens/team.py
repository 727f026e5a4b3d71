"""The team view: who has how much to do, how old it is, how long it lies; and handing some of it over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from textual.strip import Strip
from textual.widget import Widget

from tui.core.change import Change, Kind, Notice, Tone
from tui.core.dates import age, full_date
from tui.core.deed import Step
from tui.core.intent import Field
from tui.core.preview import Marked, Preview, preview
from tui.core.tally import Load
from tui.core.text import clean
from tui.screens.dialog_rows import Rows
from tui.screens.dialogs import Choice, choose, show_preview
from tui.screens.ledger import Ledger
from tui.store.store import Store
from tui.sync.sync import Sync
from tui.where import Where
from tui.widgets.columns import Cell, Column, fit_columns, render_cells
from tui.widgets.listing import SIGN, Listing
from tui.widgets.palette import colors_of, style

NOBODY = "nobody"
BAR = 24
COLUMNS = (
    Column("user", 14),
    Column("name", 16, flexible=True),
    Column("share", BAR, gives=((1, 10), (2, 0))),
    Column("series", 6, right=True),
    Column("patches", 7, right=True),
    Column("median", 6, right=True, gives=((6, 0),)),
    Column("oldest", 6, right=True),
    Column("untouched", 9, right=True, gives=((4, 0),)),
)
QUIET = 0.3
"""Seconds that changes are gathered: counting 50,000 patches anew for each write of many would be felt."""
_COUNTED = {Kind.SERIES, Kind.PATCHES, Kind.PROJECT, Kind.ALL}

Show = Callable[[str], None]
"""Shows the patches of a user name, or of nobody."""


class Head(Widget):
    """The names of the columns."""

    DEFAULT_CSS = "Head { height: 1; width: 1fr; }"

    def render_line(self, y: int) -> Strip:
        """Draw them as the rows are drawn."""
        colors, width = colors_of(self), self.size.width
        dim = style(colors.dim, colors.panel)
        names: dict[str, Cell] = {column.key: ((column.key, dim),) for column in COLUMNS}
        names |= {"name": (), "share": ()}
        return render_cells(names, fit_columns((Column(SIGN, 2), *COLUMNS), width), width, dim)


class Team(Ledger[None]):
    """Lists the maintainers and who else has patches, and what nobody has."""

    WHERE = Where.TEAM
    title_of_keys = "Keys in the team"
    nothing = "Nothing is known of this project yet."

    def __init__(self, store: Store, sync: Sync, show: Show) -> None:
        self._loads: dict[int, Load] = {}
        """By the account's id; 0 is nobody."""
        self._show = show
        super().__init__(store, sync, Rows(COLUMNS, self._fetch, id="team"))

    def on_mount(self) -> None:
        """Put the names of the columns above the rows."""
        self.query_one("#dialog").mount(Head(), before=self._rows)

    # -- what is shown ---------------------------------------------------------------

    def read(self) -> tuple[list[int], str]:
        """Return what was counted last."""
        patches = sum(load.patches for load in self._loads.values())
        owned = patches - (self._loads[0].patches if 0 in self._loads else 0)
        title = f"Team  {_count(patches)} open, {owned:,} of them delegated" if self._loads else "Team"
        return list(self._loads), title

    def reload(self) -> None:
        """Count anew."""
        project = self.sync.project
        loads = self.store.team(project.id) if project else []
        self._loads = {load.user.id if load.user else 0: load for load in loads}
        self._rows.renew(self._rows.ids)
        super().reload()

    def _note(self, change: Change) -> None:
        if change.kind in _COUNTED and not self._stale:
            self._stale = True
            self.set_timer(QUIET, self.reload)

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, dict[str, Cell]]:
        most = max((load.patches for load in self._loads.values()), default=0)
        return {id: self._cells(self._loads[id], most) for id in ids if id in self._loads}

    def _cells(self, load: Load, most: int) -> dict[str, Cell]:
        colors, now = colors_of(self), self.now()
        dim, text = style(colors.dim), style(colors.text)
        look = text if load.patches else dim
        filled = -(-load.patches * BAR // most) if most else 0
        name = load.user.full_name if load.user else ""
        return {
            "user": ((_name(load), style(colors.info if load.user else colors.text)),),
            "name": ((clean(name) if name != _name(load) else "", dim),),
            "share": (("▪" * filled, style(colors.info if load.user else colors.dim)),),
            "series": ((f"{load.series or '·'}", look),),
            "patches": ((f"{load.patches or '·'}", look),),
            "median": ((_age(load.median, now), dim),),
            "oldest": ((_age(load.oldest, now), look),),
            "untouched": ((_age(load.untouched, now), look),),
        }

    def details(self, id: int) -> list[str]:
        """Tell in full what somebody has."""
        load, now = self._loads[id], self.now()
        who = clean(load.user.full_name) if load.user else "What is nobody's"
        role = "" if load.user is None or load.is_maintainer else ", no maintainer of this project"
        lines = [f"{who}{role}: {_count(load.patches)} open in {load.series:,} series"]
        if load.oldest and load.untouched:
            lines.append(f"oldest of {full_date(load.oldest, now)}")
            lines.append(f"untouched since {full_date(load.untouched, now)}")
        return lines

    @staticmethod
    def now() -> datetime:
        """Return the time that ages are counted from, naive UTC."""
        return datetime.now(UTC).replace(tzinfo=None)

    # -- keys --------------------------------------------------------------------------

    def action_mark_user(self) -> None:
        """Mark the row under the cursor."""
        self._rows.toggle_mark()

    def action_show_theirs(self) -> None:
        """Leave, and show what this one has to do."""
        load = self._loads.get(-1 if self._rows.current is None else self._rows.current)
        if load:
            self.leave()
            self._show(load.user.username if load.user else NOBODY)

    def action_hand_over(self) -> None:
        """Choose who is to have the open patches of those marked, or of this one."""
        self.say(None)
        project = self.sync.project
        chosen = [id for id in self._rows.ids if id in self._rows.marked] or [self._rows.current or 0]
        chosen = [id for id in chosen if id in self._loads]
        if project is None or not chosen:
            return
        if not self.sync.can_write:
            why = clean(self.sync.why_reader) or "There is no token for this server"
            self.say(Notice(f"{why}: nothing can be handed over.", Tone.TROUBLE))
            return
        found = self.store.open_patches(project.id, [id or None for id in chosen])
        names = ", ".join(_name(self._loads[id]) for id in chosen)
        if not found:
            self.say(Notice(f"{names}: there is nothing to hand over."))
            return
        users = [user for user in project.maintainers if [user.id] != chosen]
        choices = [Choice("0", NOBODY)] if chosen != [0] else []
        choices += [Choice(str(user.id), user.username, user.full_name) for user in users]
        number = sum(map(len, found.values()))
        title = f"Hand {_count(number)} of {names} over to"
        choose(self, title, choices, lambda value: self._preview(found, int(value) or None))

    def _preview(self, found: Mapping[int, Sequence[int]], user_id: int | None) -> None:
        """Show what changes, then do it."""
        rows = {
            row.patch.id: row for row in self.store.patch_rows([id for ids in found.values() for id in ids])
        }
        groups = {series: tuple(rows[id] for id in ids if id in rows) for series, ids in found.items()}
        steps, barred = (Step(Field.DELEGATE, user_id),), self.sync.barred
        ids = [id for id in rows if id not in barred]

        def count(hidden: bool) -> Preview:
            return preview(groups, steps, self.sync.plan(ids, steps), barred)

        def done(agreed: Preview) -> None:
            if not self.sync.file(agreed.wishes, key=self.key_of("hand_over")).refused:
                self._rows.clear_marks()

        show_preview(self, self.store, Marked(groups, {}), count, done, of_series=True)

    def on_listing_opened(self, event: Listing.Opened) -> None:
        """A click only moves the cursor."""
        event.stop()


def _name(load: Load) -> str:
    return clean(load.user.username) if load.user else NOBODY


def _age(date: datetime | None, now: datetime) -> str:
    return age(date, now) if date else "·"


def _count(patches: int) -> str:
    return f"{patches:,} {'patch' if patches == 1 else 'patches'}"
