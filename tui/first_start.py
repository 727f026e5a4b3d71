"""The first start's answers: where they come from, and what is done with them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.screen import Screen

from tui.config.first_file import write_first
from tui.config.paths import config_path
from tui.config.servers import known_servers
from tui.config.settings import Settings
from tui.config.themes import Theme, ThemeError, default_theme, load_theme, own_folder, theme_names
from tui.core.credentials import Credentials
from tui.core.first import DEMO, Answers, Verdict
from tui.core.place import Place, PlaceKind, parse_place, server_root
from tui.screens.dialogs import Choice
from tui.screens.opening import Outcome

if TYPE_CHECKING:
    from tui.session import Session

KEYMAPS = (
    ("default", "pwtui's own"),
    ("vim", "gg, zo, ]c and counts"),
    ("mutt", "as in the mail reader"),
    ("tig", "as in the browser of git"),
    ("b4", "as in b4's review"),
    ("emacs", "C-n, C-p, M-<"),
)


def is_first(settings: Settings, place: Place, data: Path) -> bool:
    """Say whether nothing tells what to open: no argument, no setting, no file, and nothing visited."""
    if place.kind is not PlaceKind.ANYWHERE or place.server or settings.server or settings.project:
        return False
    path = config_path(os.environ)
    return not (path and path.exists()) and not (data / "visited").exists()


class FirstStart:
    """The Guide of the welcome."""

    def __init__(self, session: Session, show: Callable[[Theme], None]) -> None:
        self._session = session
        self._show = show
        self._path = config_path(os.environ)

    @property
    def config(self) -> str:
        """Where settings are kept, with ~ for the home folder; empty where there is no place for them."""
        if self._path is None:
            return ""
        home = os.environ.get("HOME", "")
        path = str(self._path)
        return f"~{path[len(home) :]}" if home and path.startswith(f"{home}/") else path

    @property
    def problems(self) -> Sequence[str]:
        """What is wrong with what is set by variables, by git or in ~/.pwclientrc."""
        return self._session.settings.problems

    def servers(self) -> Sequence[Choice]:
        """Return the demo and the public servers."""
        demo = Choice(DEMO, DEMO, "a made-up project inside the program: no network, nothing is kept")
        public = [
            Choice(known.address, known.address.split("://")[-1], known.about, known.name)
            for known in known_servers()
        ]
        return [demo, *public]

    async def projects(self, server: str) -> Outcome:
        """Return the projects of a server; never raises."""
        from tui.search import look_on

        place = Place(PlaceKind.ANYWHERE, server)
        return await look_on(place, {server: self._session.opener(server)}, lambda told: None)

    async def try_token(self, answers: Answers) -> Verdict:
        """Show a token to its server; never raises."""
        from tui.token_trial import try_token

        return await try_token(answers.server, answers.project, answers.token)

    def themes(self) -> Sequence[Choice]:
        """Return the themes, the one that is shown first."""
        found, own = [], own_folder(os.environ)
        first = self._session.theme or default_theme(os.environ)
        for name in sorted(theme_names(own), key=lambda name: name != first):
            try:
                found.append(Choice(name, name, load_theme(name, own).title))
            except ThemeError:
                continue  # a start with it says why
        return found

    def show_theme(self, name: str) -> None:
        """Show everything in a theme."""
        self._show(load_theme(name, own_folder(os.environ)))

    def keymaps(self) -> Sequence[Choice]:
        """Return the keymaps, the one that holds first."""
        return [Choice(name, name, about) for name, about in KEYMAPS]

    def read_server(self, text: str) -> tuple[str, str]:
        """Return the root address and the project that a typed address names; raises ValueError."""
        if not text:
            raise ValueError("Choose a server, or type its address.")
        root = server_root(text)
        try:
            return root, parse_place(text).project
        except ValueError:
            return root, ""

    def read_project(self, text: str) -> str:
        """Return the link name that was typed; raises ValueError."""
        if not text:
            raise ValueError("Type the project's link name, as it stands in its address.")
        return parse_place(text).project or text

    def write(self, answers: Answers) -> None:
        """Write the settings; raises ValueError with why they cannot be."""
        if self._path:
            write_first(self._path, answers)

    def enter(self, answers: Answers) -> Screen[None]:
        """Return the screen of what was chosen."""
        self._session.use_keymap(answers.keymap)
        if answers.server == DEMO:
            return self._session.go_to_demo()
        secrets = (Credentials(answers.server, answers.token),) if answers.token else ()
        old = self._session.settings
        self._session.settings = old._replace(server=answers.server, secrets=(*secrets, *old.secrets))
        return self._session.go_to(Place(PlaceKind.PROJECT, answers.server, answers.project))
