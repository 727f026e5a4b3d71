"""The composition root: reads the settings and puts store, sync, client and app together."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from textual.screen import Screen

from tui.app import PwtuiApp
from tui.beginning import Beginning, begin, complete
from tui.commands.arguments import Arguments, UsageError
from tui.config.paths import config_path
from tui.config.settings import Settings
from tui.config.themes import ThemeError, default_theme, load_theme, own_folder
from tui.config.views import save_view
from tui.core.me import Me
from tui.core.place import Place, PlaceKind
from tui.demonstration import DEMO_SERVER, Demonstration
from tui.ending import ended_by_signals
from tui.keymap.wished import with_keymap
from tui.reaching import Reaching
from tui.screens.browser import Browser
from tui.store.place import data_folder, store_path
from tui.store.store import open_store
from tui.store.trouble import StoreTrouble
from tui.sync.server import Connect
from tui.sync.sync import Sync
from tui.worn import Worn

if TYPE_CHECKING:
    from tui.api.client import Client
    from tui.screens.opening import Outcome
    from tui.screens.switching import Gate
    from tui.wardrobe import Wardrobe


def run(arguments: Arguments, beginning: Beginning | None = None) -> int:
    """Run the app until it is left; return the exit status.  Raises UsageError.

    ``beginning`` is what begin() has made of the arguments, while this module was loaded.
    """
    # httpx imports a command line of its own wherever click is there, more than half of its time.
    sys.modules["httpx._main"] = None  # type: ignore[assignment]
    session = make_session(arguments, beginning)
    app = session.make_app()
    if not all(stream is not None and stream.isatty() for stream in (sys.__stdin__, sys.__stderr__)):
        raise UsageError("it needs a terminal, for keys and for the screen; run it without a pipe")
    if os.environ.get("TERM") == "dumb":
        raise UsageError("TERM=dumb is a terminal that can only add lines; run it in another one")
    log = None
    if arguments.debug:
        from tui.log import start_log

        log = start_log()
    reaching = Reaching(session, app)
    app.later = reaching.listen
    with ended_by_signals(app.leave_with, lambda: app._driver) as ending:
        try:
            app.run(mouse=session.settings.mouse)
        finally:
            reaching.close()
    if log and not ending.status:
        print(f"pwtui: the log is {log}")
    return ending.status or app.return_code or 0


def make_session(arguments: Arguments, beginning: Beginning | None = None) -> Session:
    """Check the command line and gather what the app needs.  Raises UsageError."""
    beginning = beginning or begin(arguments)
    settings = beginning.gathering.finish().settings
    if arguments.plain:
        settings = settings._replace(plain=True)
    told, place = bool(arguments.server), beginning.place
    if not arguments.demo:
        place = complete(place, settings, told_server=told)
    return Session(settings, place, demo=arguments.demo, theme=arguments.theme, told_server=told)


class Session:
    """One run.  It is the Door of the opening screen, and makes the screen of a project."""

    def __init__(
        self,
        settings: Settings,
        place: Place,
        *,
        demo: bool = False,
        theme: str = "",
        told_server: bool = False,
    ) -> None:
        self.settings, self._keymap = with_keymap(settings)
        self.place = place
        self.demo = demo
        self.theme = theme
        """The one that the command line names; else empty."""
        self._told_server = told_server or bool(place.server)
        self._data = data_folder(os.environ)
        self._gate: Gate | None = None
        self._shown = Demonstration() if demo else None
        """What a demo runs on."""

    def make_app(self) -> PwtuiApp:
        """Return the app with its first screen.  Raises UsageError for a theme that cannot be used."""
        own, usual = own_folder(os.environ), default_theme(os.environ)
        try:
            theme = load_theme(self.theme or self.settings.theme or self._chosen_theme() or usual, own)
        except ThemeError as error:
            if self.theme:
                raise UsageError(f"--theme: {error}") from error
            remark = f"{error}; {usual} is used"
            self.settings = self.settings._replace(problems=(*self.settings.problems, remark))
            theme = load_theme(usual)
        self._app = PwtuiApp(theme, self.first_screen, self._keymap)
        self._app.calm(motion=self.settings.motion, plain=self.settings.plain)
        self._app.worn = Worn(self._app)
        return self._app

    def use_keymap(self, name: str) -> None:
        """Have another keymap from now on, in what is opened next."""
        self.settings, self._keymap = with_keymap(self.settings._replace(keymap=name))
        self._app.keymap = self._keymap

    def first_screen(self) -> Screen[None]:
        """Return the project's screen where its server is known, else the search for it."""
        server = self.place.server or (self.settings.server if self._told_server else "")
        if self._is_looked_for:
            from tui.config.recent import recall

            server = recall(self._data, self.settings.server, self.place.project)
        if self.demo:
            return self.go_to_demo()
        if server and self.place.project:
            return self.enter(server, self.place.project)
        if not (server or self.place.project or self._told_server):
            from tui.first_start import FirstStart, is_first

            if is_first(self.settings, self.place, self._data):
                from tui.screens.welcome import Welcome

                return Welcome(FirstStart(self, self._app.show_theme))
        return self.opening()

    def opening(self) -> Screen[None]:
        """Return the screen of the search; what it needs is loaded only then."""
        from tui.screens.opening import Opening

        return Opening(self, self.settings.problems, self.gate)

    @property
    def _is_looked_for(self) -> bool:
        """Whether only the project is named, so that its server must be found."""
        return bool(self.place.project) and not (self.demo or self._told_server)

    # -- the door ------------------------------------------------------------------

    @property
    def sought(self) -> str:
        """Return what is looked for, in words."""
        place = self.place
        if place.project:
            return place.project
        return f"{place.kind} {place.ref}" if place.ref else "projects"

    async def look(self, tell: Callable[[str], None]) -> Outcome:
        """Look for the project: on the one server that was named, or on those set and known."""
        from tui.config.servers import known_servers
        from tui.screens.opening import Outcome
        from tui.search import look_on

        own = DEMO_SERVER if self.demo else self.place.server or self.settings.server
        known = [] if self.demo else [server.address for server in known_servers()]
        groups = [[own], [s for s in known if s != own]] if own else [known]
        outcome = Outcome()
        for servers in groups[:1] if self._told_server or self.demo else groups:
            connects = {server: self.opener(server) for server in servers}
            outcome = await look_on(self.place, connects, tell)
            if outcome.spots:
                break
        return outcome

    def enter(self, server: str, project: str) -> Browser:
        """Return the screen of a project, with a store and a sync of its own."""
        store = self._shown.store if self._shown else open_store(store_path(server, self._data))
        with suppress(StoreTrouble):  # the screen says why nothing can be kept
            if states := self.settings.states(server):
                store.put_states(states, learnt=True)
            if states := self.settings.some_states.get(server, ()):
                store.put_states(states, learnt=False)
        if self._is_looked_for and self.place.project == project:
            from tui.config.recent import remember

            remember(self._data, self.settings.server, project, server)
        me = self._me(server)
        credentials = self.demo or self.settings.credentials(server, opened=True)
        sync = Sync(
            store,
            project,
            self.opener(server, opened=True),
            can_write=bool(credentials),
            prefetch=self.settings.prefetch,
            me=me,
        )
        named = self.place.kind in (PlaceKind.SERIES, PlaceKind.PATCH, PlaceKind.COVER)
        browser = Browser(store, sync, server, project, self.place if named else None)
        browser.me = me
        browser.own_views = self.settings.views_on(server)
        browser.save_view = partial(save_view, config_path(os.environ))
        browser.own_keymap = self._keymap
        troubles = browser.bind_own(self.settings.keys, self.settings.commands)
        browser.remarks = (*self.settings.problems, *troubles)
        browser.pager = self.settings.pipe
        browser.advance = self.settings.advance
        browser.keep_days = self.settings.keep_days
        browser.keep_megabytes = self.settings.keep_megabytes
        browser.stale_days = self.settings.stale_days
        browser.shares_store = self.demo
        browser.open_gate, browser.open_wardrobe = self.gate, self._wardrobe
        if self.place.project == project:
            browser.look_around = self.opening
        return browser

    def go_to(self, place: Place) -> Browser:
        """Return the screen of a place whose server and project are known, in the course of a run."""
        self.place, self._told_server = place, True
        return self.enter(place.server, place.project)

    def go_to_demo(self) -> Browser:
        """Return the screen of the embedded server's project."""
        from tui.demo.registry import MAIN_PROJECT

        self.demo, self._shown = True, self._shown or Demonstration()
        return self.enter(DEMO_SERVER, self.place.project or MAIN_PROJECT.link_name)

    def gate(self) -> Gate:
        """Return what knows where one can go from here."""
        if self._gate is None:
            from tui.config.loading import with_pwclient
            from tui.projects import Projects

            if not self.demo:
                self.settings = with_pwclient(self.settings, os.environ)
            self._gate = Projects(self, self._data)
        return self._gate

    def _wardrobe(self) -> Wardrobe:
        from tui.wardrobe import Wardrobe

        return Wardrobe(self._app, None if self.demo else self._data, self.settings.theme_at)

    def _chosen_theme(self) -> str:
        """Return the theme that was chosen in the palette of an earlier run."""
        from tui.config.recent import chosen_theme

        return "" if self.demo else chosen_theme(self._data)

    def _me(self, server: str) -> Me:
        if not self.demo:
            return self.settings.me(server)
        from tui.demo.registry import MIRA

        return Me(MIRA.username, MIRA.email)

    def opener(self, server: str, opened: bool = False) -> Connect:
        """Return what makes a client; it imports httpx and builds the TLS context in a thread."""

        def make() -> Client:
            if self._shown:
                return self._shown.client()
            from tui.clients import open_with_token

            return open_with_token(server, self.settings.credentials(server, opened=opened))

        return lambda: asyncio.to_thread(make)
