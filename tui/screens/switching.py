"""From one project to another, on this server or another one, without leaving."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from textual.app import App
from textual.screen import Screen

from tui.core.change import Notice
from tui.core.place import Place, PlaceKind
from tui.core.text import clean
from tui.screens.dialogs import Choice, choose
from tui.screens.triage import Triage
from tui.screens.working import work_behind

if TYPE_CHECKING:
    from tui.screens.chooser import Chooser
    from tui.screens.opening import Outcome, Spot

VISIT_AFTER = 2.0
"""Seconds after which one was in a project: it is among the recent ones from then on."""


class Gate(Protocol):
    """Knows what there is to go to."""

    def recent(self) -> Sequence[Spot]:
        """Return where one was, the latest first."""
        ...

    def listed(self) -> Sequence[Spot]:
        """Return the projects that settings name, on whatever server."""
        ...

    def servers(self) -> Sequence[str]:
        """Return the servers that are set or known, those set first."""
        ...

    async def look_on(self, server: str) -> Outcome:
        """Return the projects of a server; never raises."""
        ...

    def visit(self, server: str, project: str) -> None:
        """Keep that one was there."""
        ...

    async def find(self, place: Place) -> Outcome:
        """Return the project of a place that names none; never raises."""
        ...

    def enter(self, place: Place) -> Screen[None]:
        """Return the screen of a place with server and project; the one before must be closed."""
        ...


def host_of(server: str) -> str:
    """Return a server as a person writes it."""
    return clean(server.split("://", 1)[-1])


class Switching(Triage):
    """The action that goes to another project."""

    open_gate: Callable[[], Gate] | None = None
    """Makes what knows the projects, when it is first asked for."""
    parting = ""
    """What is to be told of the project that was left for this one."""

    def _start(self) -> None:
        """Keep in a while that one is here, and tell what was left."""
        super()._start()
        if self.parting:
            self.tell(Notice(self.parting))
        self.set_timer(VISIT_AFTER, self._visit)

    def _visit(self) -> None:
        if self.open_gate:
            self.open_gate().visit(self.server, self.project)

    def action_projects(self) -> None:
        """Offer the projects where one was, those that are set and this server's, then other servers."""
        self.offer_projects(self.server)

    def offer_projects(self, server: str) -> None:
        """Offer what is known, and the projects of a server."""
        if self.open_gate is None:
            self.say("There is no other project here.")
            return
        from tui.screens.opening import Spot

        here = Spot(self.server, self.project)
        Offer(self, self.open_gate(), here, server, self._switch).open()

    def _switch(self, spot: Spot) -> None:
        """Go to a project."""
        if (spot.server, spot.project) != (self.server, self.project):
            self.switch_to(Place(PlaceKind.PROJECT, spot.server, spot.project))

    def switch_to(self, place: Place) -> None:
        """Go to a place in another project; what waits for this server is told there."""
        if self.open_gate is None:
            return
        gate = self.open_gate()
        gate.visit(self.server, self.project)
        waiting = self.sync.status.waiting if place.server != self.server else 0
        words = f"{waiting} write{'s wait' if waiting > 1 else ' waits'} for {host_of(self.server)}, and"
        words += f" go{'' if waiting > 1 else 'es'} out when a project there is opened."

        def make() -> Screen[None]:
            screen = gate.enter(place)
            if waiting and isinstance(screen, Switching):
                screen.parting = words
            return screen

        self.app.call_later(go_over, self.app, self, make)


async def go_over(app: App[None], old: Screen[None], make: Callable[[], Screen[None]]) -> None:
    """Put a new screen in the place of one that is closed before: both may want the same store."""
    if app.screen is old:
        if not old._result_callbacks:  # Textual (8.2) gives the first screen none, and wants to take one
            old._push_result_callback(app, None)
        with app.batch_update():
            await app.switch_screen(Screen())
            if app.screen_stack:  # else it was left meanwhile
                await app.switch_screen(make())


class Offer:
    """The chooser of projects, filled while one looks at it."""

    def __init__(
        self, screen: Screen[None], gate: Gate, here: Spot, server: str, done: Callable[[Spot], None]
    ) -> None:
        """``here`` is where one is, and ``server`` whose projects are looked for; empty for nowhere."""
        self._screen = screen
        self._gate = gate
        self._here = here
        self._server = server
        self._done = done
        self._spots: dict[str, Spot] = {}
        self._chooser: Chooser | None = None

    def open(self) -> None:
        """Offer what is known, and ask the server for the rest."""
        here = self._here[:2]
        known = (*self._gate.recent(), *self._gate.listed())
        others = [spot for spot in known if (spot.server, spot.project) != here]
        if self._server != self._here.server:
            others = [spot for spot in others if spot.server == self._server]
        self._begin(others)

    def _begin(self, others: Sequence[Spot]) -> None:
        from tui.screens.opening import Spot

        self._take(others)
        if self._server == self._here.server:
            servers = [one for one in self._gate.servers() if one != self._server]
            self._take(Spot(one, "") for one in servers)
            title = "Go to which project?"
        else:
            title = f"Projects of {host_of(self._server)}"
        note = f"asking {host_of(self._server)} for its projects …" if self._server else ""
        self._chooser = choose(self._screen, title, self._choices(), self._chosen, note=note)
        if self._server:
            work_behind(self._chooser, "projects", self._look)

    def _take(self, spots: Iterable[Spot]) -> None:
        for spot in spots:
            self._spots.setdefault(f"{spot.server}\t{spot.project}", spot)

    def _choices(self) -> list[Choice]:
        width = max((len(host_of(spot.server)) for spot in self._spots.values() if spot.project), default=0)
        choices = []
        for value, spot in self._spots.items():
            host = host_of(spot.server)
            if spot.project:
                choices.append(Choice(value, spot.project, f"{host:{width}}  {spot.title}".rstrip()))
            else:
                choices.append(Choice(value, f"{host} …", "its projects"))
        return choices

    async def _look(self) -> None:
        """Put the server's projects before the other servers; say why there are none."""
        outcome = await self._gate.look_on(self._server)
        before = self._spots
        known = {value: spot for value, spot in before.items() if spot.project}
        self._spots = dict(known)
        here = self._here[:2]
        self._take(spot for spot in outcome.spots if (spot.server, spot.project) != here)
        titles = {f"{spot.server}\t{spot.project}": spot for spot in outcome.spots}
        self._spots.update({value: titles[value] for value in known if value in titles})
        self._take(before.values())
        if self._chooser:
            self._chooser.replace(self._choices())
            self._chooser.remark(outcome.trouble)

    def _chosen(self, value: str) -> None:
        spot = self._spots[value]
        if spot.project:
            self._done(spot)
        else:
            Offer(self._screen, self._gate, self._here, spot.server, self._done).open()
