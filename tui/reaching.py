"""What is done when another pwtui rings: see tui.doorbell."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui.core.place import PlaceKind, parse_target
from tui.screens.browser import Browser

if TYPE_CHECKING:
    from tui.app import PwtuiApp
    from tui.doorbell import Doorbell
    from tui.session import Session


class Reaching:
    """One run, as others can reach it; a demo cannot be reached."""

    def __init__(self, session: Session, app: PwtuiApp) -> None:
        self._session = session
        self._app = app
        self._bell: Doorbell | None = None

    async def listen(self) -> None:
        """Begin to listen; where there is no folder for it, nobody is reached."""
        if self._session.demo or not hasattr(os, "getuid"):
            return
        from tui.doorbell import Doorbell, door_folder

        if folder := door_folder(os.environ):
            self._bell = Doorbell(folder, self.hear)
            await self._bell.listen()

    def close(self) -> None:
        """Listen no more."""
        if self._bell:
            self._bell.close()

    def hear(self, message: str) -> str:
        """Open what a message names; return why not."""
        try:
            place = parse_target(message)
        except ValueError:
            return "that is no address"
        browser = next((one for one in self._app.screen_stack if isinstance(one, Browser)), None)
        if browser is None or self._session.demo:
            return "no project is open there"
        if place.kind is PlaceKind.PROJECT and not place.server:
            known = self._session.settings.servers_of_projects
            place = place._replace(server=known.get(place.project, browser.server))
        return browser.reach(place)
