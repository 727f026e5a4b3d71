"""The themes there are, to be looked at while the app runs."""

from __future__ import annotations

import os
from collections.abc import Sequence

from tui.app import PwtuiApp
from tui.config.themes import ThemeError, load_theme, own_folder, theme_names
from tui.screens.dialogs import Choice


class Wardrobe:
    """Shows everything in one theme or another."""

    def __init__(self, app: PwtuiApp) -> None:
        self._app = app
        self._own = own_folder(os.environ)

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
