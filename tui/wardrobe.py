"""The themes there are, to be looked at while the app runs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from textual.timer import Timer

from tui.app import PwtuiApp
from tui.config.recent import keep_theme
from tui.config.themes import Theme, ThemeError, load_theme, own_folder, read_theme, theme_names
from tui.core.change import Notice, Tone
from tui.core.text import clean
from tui.screens.browser import Browser
from tui.screens.dialogs import Choice

EVERY = 1.5
"""Seconds after which the file of a theme of one's own is looked at."""


class Wardrobe:
    """Shows everything in one theme or another."""

    def __init__(self, app: PwtuiApp, data: Path | None, set_at: str = "") -> None:
        """``data`` is where a choice is kept, None for nowhere; ``set_at`` where a theme is set."""
        self._app = app
        self._own = own_folder(os.environ)
        self._data = data
        self._set_at = set_at

    def keep(self, name: str) -> str:
        """Keep a theme for the next start; return what came of it, in words."""
        if self._set_at:
            return f"{clean(self._set_at)} sets another theme for the next start; change it there."
        if self._data and keep_theme(self._data, name):
            return f"{name} is the theme of the next starts, too."
        return f'To keep it for the next start: theme = "{name}" in the config file.'

    @property
    def worn(self) -> str:
        """The name of the theme that is shown."""
        return self._app.theme.removeprefix("pwtui-")

    def themes(self) -> Sequence[Choice]:
        """Return the themes by their names; one that cannot be used is left out: a start with it says why."""
        found = []
        for name in sorted(theme_names(self._own)):
            try:
                found.append(Choice(name, name, load_theme(name, self._own).title))
            except ThemeError:
                continue
        return found

    def show(self, name: str) -> None:
        """Show everything in a theme."""
        self._app.show_theme(load_theme(name, self._own))


class Watch:
    """Shows a theme of the user's own anew whenever its file is another one; a bad one is named."""

    def __init__(self, app: PwtuiApp, own: Path) -> None:
        self._app = app
        self._own = own
        self._path: Path | None = None
        self._stamp: tuple[int, int, int] | None = None
        """What told the file that was read last."""
        self._timer: Timer | None = None

    def follow(self, theme: Theme) -> None:
        """Look at the file of this theme from now on, if it has one here; at none, if not."""
        path = self._own / f"{theme.name}.toml"
        if path == self._path:
            return
        is_own = path.is_file()
        self._path, self._stamp = path if is_own else None, None
        if not is_own and self._timer:
            self._timer.stop()
            self._timer = None
        elif is_own and not self._timer:
            self._timer = self._app.set_interval(EVERY, self.look)

    def look(self) -> None:
        """Show the theme anew if its file is another one; a bad one leaves what is shown."""
        if self._path is None:
            return
        try:
            found = self._path.stat()
        except OSError:
            return  # an editor may put another one in its place any moment
        stamp = found.st_mtime_ns, found.st_size, found.st_ino
        if stamp == self._stamp:
            return
        was_read, self._stamp = self._stamp is not None, stamp
        try:
            theme = read_theme(self._path)
        except ThemeError as error:
            self._tell(Notice(clean(f"{error}; what it was before stays"), Tone.TROUBLE))
            return
        if was_read:
            self._tell(Notice(f"Theme {clean(theme.name)} is shown as its file is now", Tone.GOOD))
        self._app.show_theme(theme)

    def _tell(self, notice: Notice) -> None:
        for screen in self._app.screen_stack:
            if isinstance(screen, Browser):
                screen.tell(notice)
