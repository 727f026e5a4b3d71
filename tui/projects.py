"""The projects that one may go to from another: where one was, what servers have."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.config.recent import read_visited, write_visited
from tui.config.servers import known_servers
from tui.config.settings import Settings
from tui.core.place import Place, PlaceKind
from tui.screens.browser import Browser
from tui.screens.opening import Outcome, Spot

if TYPE_CHECKING:
    from tui.session import Session


class Projects:
    """What a run knows of projects; the Gate of the browser."""

    def __init__(self, session: Session, data: Path) -> None:
        self._session = session
        self._data = data
        self._visited: list[tuple[str, str]] = []
        """Where one was in a demo, of which nothing is kept."""

    def recent(self) -> Sequence[Spot]:
        """Return where one was, the latest first."""
        visited = self._visited if self._session.demo else read_visited(self._data)
        return [Spot(server, project) for server, project in reversed(visited)]

    def listed(self) -> Sequence[Spot]:
        """Return the projects that settings name, with their servers."""
        if self._session.demo:
            return []
        return [Spot(server, project) for server, project in self._session.settings.listed]

    def servers(self) -> Sequence[str]:
        """Return the servers that are set, then the public ones; a demo has one."""
        if self._session.demo:
            return ()
        public = (known.address for known in known_servers())
        return tuple(dict.fromkeys((*configured_servers(self._session.settings), *public)))

    async def look_on(self, server: str) -> Outcome:
        """Return the projects of a server; never raises."""
        return await self.find(Place(PlaceKind.ANYWHERE, server))

    async def find(self, place: Place) -> Outcome:
        """Return the project of a place on a server, or all of the server's; never raises."""
        from tui.search import look_on

        return await look_on(place, {place.server: self._session.opener(place.server)}, lambda told: None)

    def visit(self, server: str, project: str) -> None:
        """Keep that one was there."""
        if not self._session.demo:
            write_visited(self._data, server, project)
            return
        self._visited = [one for one in self._visited if one != (server, project)]
        self._visited.append((server, project))

    def enter(self, place: Place) -> Browser:
        """Return the screen of a project, where one left it or at what the place names."""
        return self._session.go_to(place)


def configured_servers(settings: Settings) -> tuple[str, ...]:
    """Return the root addresses of the servers that settings name."""
    named = (
        settings.server,
        *sorted(settings.trusted),
        *settings.servers_of_projects.values(),
        *(server for server, _ in settings.listed),
        *(secret.server for secret in settings.secrets),
        *settings.states_of_servers,
        *settings.names_of_servers,
    )
    return tuple(dict.fromkeys(server for server in named if server))
