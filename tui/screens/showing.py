"""What the lists and the bars show of the store."""

from __future__ import annotations

from tui.actions import ACTIONS, Where, show_keys
from tui.core.change import Tone
from tui.core.text import clean
from tui.screens.reading import Reading
from tui.screens.status import line_words, write_words
from tui.store.store import Store
from tui.sync.sync import Sync
from tui.widgets.rows import PREFIX

WINDOW = 500
"""So many series the list begins with; it takes more of the store as the cursor nears its end."""

_ON_ITS_WAY = "Loading patches …"
_OUTBOX = next(show_keys(action)[0] for action in ACTIONS if action.id == "outbox")


class Showing(Reading):
    """The lists, as the store has them."""

    def __init__(self, store: Store, sync: Sync, server: str, project: str) -> None:
        super().__init__(store, sync, server, project)
        self._window: int | None = WINDOW
        """How many series the list may have; None for all that are stored."""
        self._above: set[int] = set()
        """Series that came in above what is in sight, and were not in sight since."""
        self._emptiness: tuple[str, bool] | None = None
        """What is said of an empty list, and whether something is on its way."""

    # -- series --------------------------------------------------------------------

    def _show_series(self, changed: set[int] | None = None, *, through: int | None = None) -> None:
        """Show the series that are stored, with these drawn anew; at least up to one of them."""
        ids = self._stored_series(through)
        if not ids:
            self._show_empty()
        elif ids != self.series.ids:
            if self.series.ids:
                top = self.series.visible_ids()[0]
                above = ids[: ids.index(top)] if top in ids else []
                self._above.update(set(above).difference(self.series.ids))
            self.series.show(ids)
            self._emptiness = None
            self._title_series()
        else:
            self.series.renew(changed or ())

    def _stored_series(self, through: int | None) -> list[int]:
        """Read the list as far as it is shown; it never loses its end to what comes in above."""
        project = self.store.project(self.project)
        if project is None:
            return []
        shown = self.series.ids
        limit = None if self._window is None else max(self._window, len(shown))
        end = through if through is not None else shown[-1] if shown else None
        return self.store.series_ids(project.id, limit, end)

    def _grow(self) -> bool:
        """Show more of what is stored; say whether there was more."""
        before = len(self.series.ids)
        if self._window is None or before < self._window:
            return False
        self._window = before + WINDOW
        self._show_series()
        return len(self.series.ids) > before

    def _show_whole(self) -> None:
        """Show all that is stored."""
        self._window = None
        self._show_series()

    def _show_newest(self) -> None:
        """Show no more than at the start again, once the cursor is back there, unless rows are marked."""
        self._window = WINDOW
        if len(self.series.ids) > WINDOW and not self.series.marked:
            self.series.show(self.series.ids[:WINDOW])

    def _title_series(self) -> None:
        self._above.difference_update(self.series.visible_ids())
        new = f"  ↑ {len(self._above):,} new" if self._above else ""
        self._panes[Where.SERIES].title_as(f"Series{new}")

    def _show_empty(self) -> None:
        """Say why there is nothing; while it is the same, nothing is drawn again."""
        trouble = self._bottom.notice is not None and self._bottom.notice.tone is Tone.TROUBLE
        # Before the first request nothing is under way, and yet all that will be drawn is the same.
        loading = self.sync.status.loading or (self.sync.project is None and not trouble)
        emptiness = self._why_empty(), loading
        if emptiness != self._emptiness:
            self._emptiness = emptiness
            self.series.show([], placeholder=emptiness[0])
            self.reader.message("", loading=emptiness[1])

    def _why_empty(self) -> str:
        notice, status = self._bottom.notice, self.sync.status
        if notice and notice.tone is Tone.TROUBLE:
            return f"{clean(notice.text)}\n\nR tries again, q leaves."
        if status.loading or self.sync.project is None:
            return f"Loading {clean(self.project)} from {clean(self.server.split('://', 1)[-1])} …"
        return f"{clean(self.project)} has no series yet.\n\nR asks again, q leaves."

    # -- patches -------------------------------------------------------------------

    def _show_patches(self, changed: set[int] | None = None) -> None:
        series_id = self.series.current
        ids: list[int] = []
        title = "Patches"
        if series_id is not None and (rows := self.store.series_rows([series_id])):
            series = rows[0].series
            ids = ([-series.cover_id] if series.cover_id else []) + self.store.patch_ids(series_id)
            title = f"{clean(PREFIX.sub('', series.name))}  v{series.version}"
        if ids != self.patches.ids or not ids:
            self.patches.show(ids, placeholder=self._why_no_patches(series_id))
        else:
            self.patches.renew(changed or ())
        self._panes[Where.PATCHES].title_as(title)

    def _why_no_patches(self, series_id: int | None) -> str:
        if series_id is None:
            return ""
        if series_id in self.store.unknown_series([series_id]):
            offline = self.sync.status.offline
            return "Offline: these patches were never loaded." if offline else _ON_ITS_WAY
        return "No patch of this series has arrived."

    def why_no_text(self) -> tuple[str, bool]:
        """Say it of a series without patches; of no series, the list itself says it."""
        if self.series.current is None:
            return "", self._emptiness is not None and self._emptiness[1]
        words = self._why_no_patches(self.series.current)
        return ("", True) if words == _ON_ITS_WAY else (words, False)

    # -- bars ----------------------------------------------------------------------

    def _show_status(self) -> None:
        status = self.sync.status
        loaded = status.loaded
        unread = 0
        if project := self.store.project(self.project):
            loaded = loaded or self.store.count_series(project.id)
            unread = self.store.count_unread(project.id)
        total = "" if status.total is None else f" of {max(status.total, loaded):,}"
        news = f"inbox {unread:,} · " if unread else ""
        self._top.counts = f"{news}{loaded:,}{total} series"
        self._top.online, self._top.detail = line_words(status) if self._began else ("", "")
        marked = (self.series if self.level is Where.SERIES else self.patches).marked
        parts = [f"{len(marked)} marked"] if marked else []
        parts += [words] if (words := write_words(status, _OUTBOX)) else []
        self._bottom.progress = " · ".join(parts)
        if not self.series.ids:
            self._show_series()
