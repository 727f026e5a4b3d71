"""What the lists and the bars show of the store."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from tui.core.change import Tone
from tui.core.model import Series
from tui.core.text import clean
from tui.core.views import EVERYTHING
from tui.screens.folding import Folding
from tui.screens.status import line_words, mark_words, write_words
from tui.store.store import Store
from tui.sync.sync import Sync
from tui.where import Where
from tui.widgets.rows import PREFIX

if TYPE_CHECKING:
    from tui.core.query import Query

WINDOW = 500
"""So many series the list begins with, or ends with; it takes more of the store as the cursor nears them."""

_ON_ITS_WAY = "Loading patches …"


class ShowingSeries(Folding):
    """The series list, as far as it goes into what the store has of the view."""

    def __init__(self, store: Store, sync: Sync, server: str, project: str) -> None:
        super().__init__(store, sync, server, project)
        self._window: int | None = WINDOW
        """How many series the list may have; None for all that are stored."""
        self._from_end = False
        """Whether these are the oldest, with more above them, and not the newest."""
        self._above: set[int] = set()
        """Series that came in above what is in sight, and are there still."""
        self._newest = 0
        """The greatest id of a series when it was asked for what is shown."""
        self._emptiness: tuple[str, bool] | None = None
        """What is said of an empty list, and whether something is on its way."""
        self.view = EVERYTHING
        """The tab that is shown."""
        self.typed: str | None = None
        """What is asked in the place of the view's own query; None is that."""
        self.filter = ""
        """What is asked besides, for now."""
        self.asked: Query | None = None
        """All of it; None is everything."""
        self.wrong = ""
        """Why nothing can be asked; empty while it can."""

    def ask_anew(self) -> None:
        """Work out what is asked now."""
        raise NotImplementedError

    def _show_series(self, changed: set[int] | None = None, *, through: int | None = None) -> None:
        """Show the series that are stored, with these drawn anew; at least up to one of them."""
        ids = self._stored_series(through, self.unfolded)
        self._take_series(ids, changed or (), through)

    def show_anew(self) -> None:
        """Show what is asked now; the cursor stays on its row where that is among it."""
        self._window, self._from_end = WINDOW, False
        if not (ids := self._stored_series(self.series.current, [])) and self.series.ids:
            self.series.show([])  # whatever stood there is not what is asked
            self._emptiness = None
        self._take_series(ids, ())
        self._above = set()  # what comes in by another question is no news
        self._newest = self.store.newest_series_id()
        self._title_series()
        self._show_status()

    @property
    def has_more(self) -> bool:
        """Whether the store may have more rows than are shown."""
        return self._window is not None and len(self.unfolded) >= self._window

    def _take_series(self, stored: list[int], changed: Collection[int], through: int | None = None) -> None:
        ids = self.fold(stored, changed, through, self._in_view if self._from_end else None)
        if not ids:
            self._show_empty()
        elif ids != self.series.ids:
            if self.series.ids:
                top = self.series.visible_ids()[0]
                above = set(ids[: ids.index(top)] if top in ids else [])
                came = above.intersection(changed).difference(self.series.ids)
                # Older ones, which the server was asked for, are no news either.
                self._above.update(id for id in came if id > self._newest)
            self.series.show(ids)
            self._emptiness = None
            self._title_series()
        else:
            self.series.renew(self.stacks.kin(changed))

    def _stored_series(self, through: int | None, shown: Sequence[int]) -> list[int]:
        """Read the list as far as it is shown; it never loses its end to what comes in above."""
        if through is not None and through not in shown:
            self._from_end = False
        limit = None if self._window is None else max(self._window, len(shown))
        last = shown[0 if self._from_end else -1] if shown else None
        return self._read_view(limit, last if through is None else through, from_end=self._from_end)

    def view_ids(self, limit: int | None = None, below: int | None = None) -> list[int]:
        """Return all series of the view that are stored, those too that the list does not reach.

        Or so many of them, the next ones below another one.
        """
        return self._read_view(limit, below=below)

    def _read_view(
        self,
        limit: int | None = None,
        through: int | None = None,
        *,
        from_end: bool = False,
        below: int | None = None,
    ) -> list[int]:
        project = self.store.project(self.project)
        if project is None or self.wrong:
            return []
        if self.asked is not None:
            return self.store.find_series(
                project.id, self.asked, limit, through, from_end=from_end, below=below
            )
        return self.store.series_ids(project.id, limit, through, from_end=from_end, below=below)

    def _in_view(self, ids: Collection[int]) -> Iterable[int]:
        """Return which of some stored series the view has."""
        project = self.store.project(self.project)
        return (
            ids if self.asked is None or not project else self.store.find_among(project.id, self.asked, ids)
        )

    def _grow(self, *, up: bool = False) -> bool:
        """Show more of what is stored, below or above; say whether there was more."""
        before = len(self.unfolded)
        if up is not self._from_end or not self.has_more:
            return False
        self._window = before + WINDOW
        self._show_series()
        self._from_end = self._from_end and self.has_more  # all there is may as well begin at the top
        return len(self.unfolded) > before

    def _show_whole(self) -> None:
        """Show all that is stored."""
        self._window, self._from_end = None, False
        self._show_series()

    def _show_end(self, *, oldest: bool) -> None:
        """Show no more than the newest again, or the oldest; all, so that no mark is left out of the list."""
        if self.series.marked or self.series.ranging:
            if oldest or self._from_end:
                self._show_whole()
        elif self._from_end or (self.has_more if oldest else len(self.unfolded) > WINDOW):
            self._window, self._from_end = WINDOW, oldest
            self.unfolded = []
            self._show_series()

    # -- what is said of it --------------------------------------------------------

    def _show_status(self) -> None:
        """Show in the bars what is going on."""
        raise NotImplementedError

    def _title_series(self) -> None:
        if self._above:  # what is below by now has been passed by
            self._above.intersection_update(self.series.ids[: self.series.scroll_offset.y])
        parts = ["Series"]
        parts += [clean(self.typed)] if self.typed else ["everything"] if self.typed == "" else []
        parts += [f"/ {clean(self.filter)}"] if self.filter else []
        parts += [f"↑ {len(self._above):,} new"] if self._above else []
        self._panes[Where.SERIES].title_as("  ".join(parts))

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
        again, edit, after, back, go = map(self.key_of, ("refresh", "query", "next_view", "back", "projects"))
        leave, other = self.keymap.letter("back"), f"{edit} edits the query, {after} shows the next view"
        if notice and notice.tone is Tone.TROUBLE:
            return (
                f"{clean(notice.text)}\n\n{again} tries again, {go} goes to another project, {leave} leaves."
            )
        if self.wrong:
            return f"{self.wrong}\n\n{other}."
        if self.asked is not None and not status.searching and self.sync.project is not None:
            way = f"{back} shows all again" if self.filter else other
            return f"No series here is like that.\n\n{way}."
        if status.searching:
            return f"Searching {clean(self.server.split('://', 1)[-1])} …"
        if status.loading or self.sync.project is None:
            return f"Loading {clean(self.project)} from {clean(self.server.split('://', 1)[-1])} …"
        return f"{clean(self.project)} has no series yet.\n\n{again} asks again, {leave} leaves."


class Showing(ShowingSeries):
    """The patches of a series, and the bars, as the store has them."""

    patch_filter = ""
    """What is asked of the patches of the series, for now."""

    # -- patches -------------------------------------------------------------------

    def _show_patches(self, changed: set[int] | None = None) -> None:
        series_id = self.series.current
        ids: list[int] = []
        title = "Patches"
        if series_id is not None and (found := self.store.listed_series([series_id])):
            series = found[0]
            ids = self._stored_patches(series)
            title = f"{clean(PREFIX.sub('', series.name))}  v{series.version}"
        if ids != self.patches.ids or not ids:
            self.patches.show(ids, placeholder=self._why_no_patches(series_id))
        else:
            self.patches.renew(changed or ())
        self._panes[Where.PATCHES].title_as(title)

    def show_patches_anew(self) -> None:
        """Show the patches that the filter over them finds."""
        self._show_patches()
        self.follow()

    def _stored_patches(self, series: Series) -> list[int]:
        """Return the rows of a series: its cover letter and patches, or what the filter finds of these."""
        if self.patch_filter and (query := self.patch_query()) is not None:
            return self.store.find_patches(series.id, query)
        return ([-series.cover_id] if series.cover_id else []) + self.store.patch_ids(series.id)

    def patch_query(self) -> Query | None:
        """Return the filter over the patches; None where it is none."""
        raise NotImplementedError

    def _why_no_patches(self, series_id: int | None) -> str:
        if series_id is None:
            return ""
        if self.patch_filter:
            return f"No patch of this series is like that.\n\n{self.key_of('back')} shows all again."
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
        found = ""
        if self.asked is not None:
            found = f"{len(self.series.ids):,}{'+' if self.has_more else ''} found · "
        self._top.counts = f"{news}{found}{loaded:,}{total} series"
        self._top.online, self._top.detail = line_words(status) if self._began else ("", "")
        parts = (
            self._mark_words(),
            self._job_words(),
            write_words(status, self.key_of("outbox"), self.key_of("cancel")),
        )
        self._bottom.progress = " · ".join(filter(None, parts))
        if not self.series.ids:
            self._show_empty()

    def _job_words(self) -> str:
        """Say which commands run behind the app."""
        return ""

    def _mark_words(self) -> str:
        """Say how many rows are marked in the list that has the keys, or in the one that leads here."""
        listing = self.series if self.level is Where.SERIES else self.patches
        return mark_words(len(listing.marked), len(listing.hidden_marks), len(listing.in_range))
