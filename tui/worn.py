"""The theme that is shown, followed where it is one of the user's own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui.config.themes import Theme, own_folder

if TYPE_CHECKING:
    from tui.app import PwtuiApp
    from tui.wardrobe import Watch


class Worn:
    """Is told of each theme that is shown; what looks at files is loaded for the first of the user's own."""

    def __init__(self, app: PwtuiApp) -> None:
        self._app = app
        self.watch: Watch | None = None
        """What looks at the file; None before there was one to look at."""

    def __call__(self, theme: Theme) -> None:
        """Have a theme of the user's own shown anew whenever its file is another one."""
        own = own_folder(os.environ)
        if self.watch is None and own and (own / f"{theme.name}.toml").is_file():
            from tui.wardrobe import Watch

            self.watch = Watch(self._app, own)
        if self.watch:
            self.watch.follow(theme)
