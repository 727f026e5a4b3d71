"""The tabs of the reader: the diff, and what else there is to read of a patch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tui.core.change import Kind
from tui.screens.reading import Reading
from tui.store.store import Store
from tui.sync.sync import Sync
from tui.where import READER, TABS, Where
from tui.widgets.columns import Cell
from tui.widgets.listing import Listing
from tui.widgets.palette import Tinted
from tui.widgets.reader import Reader
from tui.widgets.tab_line import ReaderTab, TabLine

if TYPE_CHECKING:
    from tui.screens.page import Page
    from tui.widgets.sheet import Sheet

LEAST_HEIGHT = 12
"""Lines of a terminal from which on the tabs have a line of their own."""


class Tabbing(Reading, Tinted):
    """Knows which tab is shown; each but the diff's is made when it is first looked at."""

    def __init__(self, store: Store, sync: Sync, server: str, project: str) -> None:
        super().__init__(store, sync, server, project)
        self._pages: dict[Where, Page] = {}

    def page_of(self, tab: Where) -> Page | None:
        """Return what is behind a tab; None for the diff, which the reader shows."""
        if tab is Where.DIFF:
            return None
        if tab not in self._pages:
            self._pages[tab] = page = self._make_page(tab)
            self.mount_body(page.body)
        return self._pages[tab]

    def _make_page(self, tab: Where) -> Page:
        """Make what is behind a tab; none of it is loaded before.  Raises KeyError for no tab."""
        if tab is Where.CHANGES:
            from tui.screens.changes import Changes

            return Changes(self)
        if tab is Where.HEADERS:
            from tui.screens.headers import Headers

            return Headers(self)
        return {Where.TALK: self.make_talk, Where.CHECKS: self.make_checks}[tab]()

    def make_checks(self) -> Page:
        """Make the page with the checks."""
        raise NotImplementedError

    def mount_body(self, body: Sheet | Reader) -> None:
        """Put a body into the reader's pane, out of sight."""
        body.display = False
        self._panes[Where.DIFF].mount(body)

    def show_body(self, page: Page) -> None:
        """Show the other one of a tab's bodies, with the keys if the one before had them."""
        if self.tab in READER and page is self.page:
            page.body.display = True
            if self.level in READER:
                page.body.focus(scroll_visible=False)
            self.call_after_refresh(self._show_spot)

    def make_talk(self) -> Page:
        """Make the talk's page."""
        raise NotImplementedError

    @property
    def page(self) -> Page | None:
        """What is behind the tab that is shown; None for the diff."""
        return self.page_of(self.tab)

    def pane_body(self, where: Where) -> Listing | Reader | Sheet:
        """Return what a pane holds, the reader's in the tab that is shown."""
        if where in READER and (page := self.page):
            return page.body
        return super().pane_body(Where.DIFF if where in READER else where)

    @property
    def diff_in_sight(self) -> Reader | None:
        """What shows a diff; a tab that has the keys may show one of its own."""
        page = self.page if self.level in READER else None
        return page.diff_in_sight if page else super().diff_in_sight

    # -- which one ---------------------------------------------------------------

    def show_tab(self, tab: Where) -> None:
        """Show a tab, and give it the keys."""
        if tab is self.tab is self.level and self._panes[Where.DIFF].display:
            self.say(f"The {tab} is what you read.")
        self.tab = tab
        page = self.page
        self.reader.display = page is None
        for one in self._pages.values():
            one.body.display = one is page
        self._show_tab_line()
        self.go_to(tab)
        self.call_after_refresh(self._show_spot)  # what just came in sight has no size before

    def go_to(self, level: Where) -> None:
        """Bring a pane in sight; the reader's comes with the tab that it shows."""
        if level in READER and level is not self.tab:
            if level is not Where.DIFF:
                self.show_tab(level)
                return
            level = self.tab
        super().go_to(level)

    def action_tab_diff(self) -> None:
        """Show the diff."""
        self.show_tab(Where.DIFF)

    def action_tab_headers(self) -> None:
        """Show the mail's headers."""
        self.show_tab(Where.HEADERS)

    def action_tab_changes(self) -> None:
        """Compare versions."""
        self.show_tab(Where.CHANGES)

    def action_next_tab(self) -> None:
        """Go to the tab on the right."""
        self._step_tab(1)

    def action_previous_tab(self) -> None:
        """Go to the tab on the left."""
        self._step_tab(-1)

    def _step_tab(self, way: int) -> None:
        self.show_tab(TABS[(TABS.index(self.tab) + way) % len(TABS)])

    def on_tab_line_chosen(self, event: TabLine.Chosen) -> None:
        """A click chose a tab."""
        self.show_tab(Where(event.tab))

    def on_sheet_opened(self) -> None:
        """A click opens what the cursor was on, where a key does."""
        opens = getattr(self.page, "do_open", None)
        if opens is not None:
            opens()

    def action_in_tab(self, id: str) -> None:
        """Do an action that may mean something else in each tab."""
        page = self.page if self.level in READER else None
        (getattr(page, f"do_{id}", None) or getattr(self, f"action_{id}"))()

    def run_action_of(self, id: str) -> None:
        """Do an action as it is done where no tab has its own way."""
        getattr(self, f"action_{id}")()

    def mark_seen(self, keys: Sequence[int], file: int = -1) -> None:
        """Mark patches as looked at, or one file of a patch."""
        raise NotImplementedError

    # -- following -----------------------------------------------------------------

    def on_mount(self) -> None:
        """Show the tabs."""
        self._show_tab_line()

    def lay_out(self) -> None:
        """Leave the tabs out of a terminal that has no line for them."""
        self._tab_line.display = self.size.height >= LEAST_HEIGHT
        super().lay_out()

    def _show_tab_line(self) -> None:
        self._tab_line.active = self.tab
        self._tab_line.tabs = tuple(
            ReaderTab(tab, tab.title(), self.key_of(f"tab_{tab}"), self.extra_of(tab)) for tab in TABS
        )

    def recolor(self) -> None:
        """Say anew what is on the tabs: it comes in colours."""
        self._show_tab_line()

    def extra_of(self, tab: Where) -> Cell:
        """Return what is said on a tab of what is in it, of the mail that the reader shows."""
        return ()

    def _is_on_a_tab(self, changes: Mapping[Kind, set[int]]) -> bool:
        """Say whether a change may be one of what is said on the tabs: all else costs no look at the store.

        On those of a cover letter it is of any patch of the series, too.
        """
        if not changes.keys().isdisjoint((Kind.SERIES, Kind.ALL)):
            return True
        told = [changes[kind] for kind in (Kind.COMMENTS, Kind.CHECKS, Kind.PATCHES) if kind in changes]
        return any(self._read in ids for ids in told) or (bool(told) and (self._read or 0) < 0)

    def _show_text(self, *, force: bool = False) -> None:
        before = self._read
        super()._show_text(force=force)
        if force or self._read != before:
            self._show_tab_line()
        if page := self.page:
            page.show(self._read)

    def _show_spot(self) -> None:
        if page := self.page:
            self._panes[Where.DIFF].spot_as(page.spot)
        else:
            super()._show_spot()

    def rested(self) -> None:
        """Ask for what the tab shows, too."""
        super().rested()
        if self._panes[Where.DIFF].display and (page := self.page):
            page.rested()

    def changed(self, changes: Mapping[Kind, set[int]]) -> None:
        """Let the tab follow the store, and what is said on all of them."""
        super().changed(changes)
        if self._is_on_a_tab(changes):
            self._show_tab_line()
        if page := self.page:
            page.changed(changes)
