"""Which part of the project is shown: views as tabs, the query of one, and a filter over it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import TYPE_CHECKING

from textual.timer import Timer

from tui.core.change import Kind, Notice, Tone
from tui.core.text import clean
from tui.core.views import EVERYTHING, View, builtin_views
from tui.screens.motions import Motions
from tui.screens.status import gap_words
from tui.store.trouble import StoreTrouble
from tui.where import Where
from tui.widgets.bars import Tab, TopBar

if TYPE_CHECKING:
    from tui.core.query import Words

INDEX_AFTER, INDEX_NEXT = 5.0, 0.3
"""Seconds until texts of an older version are indexed; until some more of them are."""
COUNT_AFTER = 0.5
"""Seconds after a change until the news of every view are counted."""


def _cannot_save(view: View) -> None:
    raise ValueError(f"{view.name} cannot be saved: there is no place for settings.")


class Querying(Motions):
    """What is asked of the store, and the actions that ask for something else."""

    own_views: tuple[View, ...] = ()
    """Those of the config file."""
    save_view: Callable[[View], None] = staticmethod(_cannot_save)
    """Writes a view into the config file.  Raises ValueError with why it cannot."""

    _unread: Mapping[View, int] = MappingProxyType({})
    """How many rows of each view have news."""
    _counting: Timer | None = None

    @property
    def views(self) -> tuple[View, ...]:
        """The tabs: what every project has, then the user's own."""
        return (*builtin_views(self.store.states(), bool(self.me.username)), *self.own_views)

    def words(self, *, people: bool = False) -> Words:
        """Return what a query may speak of; with the ``people`` who sent something, to complete one."""
        from tui.core.query import Words  # the language is not needed before the first rows

        project = self.sync.project or self.store.project(self.project)
        submitters = self.store.submitters(project.id) if people and project else ()
        maintainers = project.maintainers if project else ()
        return Words(
            self.store.states(), maintainers, submitters, self.me.username, self.now(), self.stale_days
        )

    # -- what is asked -----------------------------------------------------------------

    def ask_anew(self) -> None:
        """Work out what is asked: of ages, states and maintainers it may be something else by now."""
        text = self.query_text
        if not text and not self.filter:
            self.asked, self.wrong = None, ""
            return
        from tui.core.query import QueryError
        from tui.core.query_parse import parse_both

        try:
            self.asked, self.wrong = parse_both(text, self.filter, self.words()), ""
        except QueryError as why:
            self.asked, self.wrong = None, f"{clean(self.view.name)}: {clean(text)}\n\n{clean(why.message)}"

    @property
    def query_text(self) -> str:
        """The query of the view, or the one that was typed in its place."""
        return self.view.query if self.typed is None else self.typed

    def open_view(self, name: str, typed: str | None = None) -> None:
        """Make a view the one that is shown, as a session left it; one that is gone shows everything."""
        self.view = next((view for view in self.views if view.name == name), EVERYTHING)
        self.typed, self.filter = typed, ""
        self.ask_anew()

    def look_at_view(self, view: View, typed: str | None = None) -> None:
        """Go to a view; where one was in it, the cursor stays when that row is there too."""
        self.view, self.typed, self.filter = view, typed, ""
        if self.level is not Where.SERIES:
            self.go_to(Where.SERIES)
        self._ask_now()
        self._search_server()
        if self.asked is not None and (remark := gap_words(self.asked, self.store, self.project)):
            self.say(remark)

    def show_query(self, text: str) -> None:
        """Show what a query finds, in the place of what the view asks."""
        self.look_at_view(self.view, text)

    def show_everything(self) -> None:
        """Show all that is stored: what is looked for may not be in the view."""
        if self.asked is not None or self.wrong:
            self.open_view(EVERYTHING.name)
            self._ask_now()
            self.sync.search(())

    def _ask_now(self) -> None:
        self.ask_anew()
        self._show_tabs()
        self.show_anew()

    def _search_server(self) -> None:
        """Ask the server too, where it can say more of what is asked than what comes in anyway."""
        if self.asked is None or not self._began:
            self.sync.search(())
            return
        from tui.core.query_server import server_filters

        self.sync.search(server_filters(self.asked, self.words(people=True)) or ())

    def need_older(self) -> None:
        """Ask for more: of what is searched for, else of the whole list."""
        if self.asked is not None and self.sync.search_left:
            self.sync.search_more()
        else:
            super().need_older()

    def on_mount(self) -> None:
        """Show the tabs; look later into texts that words cannot find yet."""
        self._show_tabs()
        self.set_timer(INDEX_AFTER, self._index)

    def _index(self) -> None:
        """Index a few texts, and more when there is time."""
        with suppress(StoreTrouble):  # the store has told it already
            if self.store.index_some():
                self.set_timer(INDEX_NEXT, self._index)

    # -- tabs ----------------------------------------------------------------------------

    def _show_tabs(self) -> None:
        unread = self._unread
        self._top.tabs = tuple(
            Tab(clean(view.name), view.name == self.view.name, f"•{unread[view]}" if unread.get(view) else "")
            for view in self.views
        )

    def changed(self, changes: Mapping[Kind, set[int]]) -> None:
        """Count in a while what of the views is new, now that something is another one."""
        super().changed(changes)
        if changes.keys() & {Kind.SERIES, Kind.PATCHES, Kind.STATES, Kind.ALL} and self._counting is None:
            self._counting = self.set_timer(COUNT_AFTER, self._count_unread)

    def _count_unread(self) -> None:
        """Count the rows with news of every view: of the few that have some, each is looked at."""
        self._counting = None
        project = self.store.project(self.project)
        self._unread = {}
        if project is None or not self.store.has_news:
            self._show_tabs()
            return
        from tui.core.query import QueryError
        from tui.core.query_parse import parse_query

        for view in self.views:
            with suppress(QueryError):  # what is wrong with it is told where it is shown
                query = parse_query(view.query, self.words())
                self._unread[view] = self.store.count_fresh(project.id, query)
        self._show_tabs()

    def action_view(self, number: int) -> None:
        """Go to a tab by its number, from 1."""
        if 0 < number <= len(self.views):
            self.look_at_view(self.views[number - 1])
        else:
            query, save = self.key_of("query"), self.key_of("save_view")
            self.say(f"There is no view {number}: {query} edits a query, {save} there saves it as one.")

    def on_top_bar_chosen(self, event: TopBar.Chosen) -> None:
        """Go to the view that was clicked."""
        self.action_view(event.number)

    def action_next_view(self) -> None:
        """Go to the tab on the right."""
        self._step_view(1)

    def action_previous_view(self) -> None:
        """Go to the tab on the left."""
        self._step_view(-1)

    def _step_view(self, way: int) -> None:
        names = [view.name for view in self.views]
        at = names.index(self.view.name) if self.view.name in names else 0
        self.look_at_view(self.views[(at + way) % len(names)])

    # -- the query line ------------------------------------------------------------------

    def action_query(self) -> None:
        """Edit the query of the view."""
        from tui.screens.query_line import QueryLine  # not before the first rows

        QueryLine(self).open(self.query_text)

    def take_query(self, text: str) -> None:
        """Show what a query that was typed finds; the view's own one is the view."""
        text = text.strip()
        self.look_at_view(self.view, None if text == self.view.query else text)

    def keep_view(self, name: str, query: str) -> None:
        """Save a query as a view, and go there; say why it cannot be."""
        from tui.core.views import with_view

        try:
            view = View(" ".join(name.split()), query.strip(), own=True)
            views = with_view(self.views, view)
            self.save_view(view)
        except ValueError as why:
            self.tell(Notice(clean(str(why)), Tone.TROUBLE))
            return
        self.own_views = tuple(one for one in views if one.own)
        self.look_at_view(view)
        self.tell(Notice(f"Saved as {clean(view.name)}.", Tone.GOOD))
