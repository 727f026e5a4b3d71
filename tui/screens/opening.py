"""From a name to a project: where it is, which of several, or what is like it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, NamedTuple, Protocol

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui.core.text import clean
from tui.screens.dialogs import Choice, ask_to_leave, choose


class Spot(NamedTuple):
    """A project on a server."""

    server: str
    project: str
    """Its link name."""
    title: str = ""


class Outcome(NamedTuple):
    """What came of looking."""

    spots: tuple[Spot, ...] = ()
    question: str = ""
    """What to ask when there is a choice; without one, the first spot is opened."""
    trouble: str = ""
    """Why there is nothing to open, in one line; or what else went wrong."""


class Door(Protocol):
    """Knows where to look, and what to open."""

    @property
    def sought(self) -> str:
        """What is looked for, in words."""
        ...

    async def look(self, tell: Callable[[str], None]) -> Outcome:
        """Look for it, telling how far that is; never raises."""
        ...

    def enter(self, server: str, project: str) -> Screen[None]:
        """Return the screen of a project."""
        ...


class Opening(Screen[None]):
    """Shows the search, then the project."""

    CSS_PATH = Path(__file__).with_name("opening.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("R", "look", "try again", show=False),
        Binding("q,escape", "back", "leave", show=False),
        Binding("Q", "leave", "leave at once", show=False),
    ]

    def __init__(self, door: Door) -> None:
        super().__init__()
        self._door = door

    def compose(self) -> ComposeResult:
        """One quiet line, and one below it for what is going on."""
        with Vertical(id="opening"):
            yield Static(Content(f"Looking for {clean(self._door.sought)} …"), id="opening-title")
            yield Static("", id="opening-line", markup=False)

    def on_mount(self) -> None:
        """Look, once the screen is painted."""
        self.call_after_refresh(self.action_look)

    def action_look(self) -> None:
        """Look, from the beginning."""
        self.run_worker(self._look(), exclusive=True)

    def action_back(self) -> None:
        """Ask whether to leave."""
        ask_to_leave(self, self.action_leave)

    def action_leave(self) -> None:
        """Leave at once."""
        self.app.exit()

    def _tell(self, text: str) -> None:
        self.query_one("#opening-line", Static).update(Content(clean(text)))

    async def _look(self) -> None:
        self.query_one("#opening-title", Static).update(Content(f"Looking for {clean(self._door.sought)} …"))
        outcome = await self._door.look(self._tell)
        if not outcome.spots:
            title = Content(clean(outcome.trouble) or f"Found nothing for {clean(self._door.sought)}.")
            self.query_one("#opening-title", Static).update(title)
            self._tell("R tries again, q leaves.")
        elif not outcome.question:
            self._enter(outcome.spots[0])
        else:
            self._choose(outcome)

    def _choose(self, outcome: Outcome) -> None:
        hosts = [spot.server.split("://", 1)[-1] for spot in outcome.spots]
        width = max(map(len, hosts))
        choices = [
            Choice(str(index), spot.project, f"{host:{width}}  {spot.title}".rstrip())
            for index, (spot, host) in enumerate(zip(outcome.spots, hosts, strict=True))
        ]

        self.query_one("#opening-title", Static).update("")
        self._tell("")
        choose(
            self,
            outcome.question,
            choices,
            lambda value: self._enter(outcome.spots[int(value)]),
            left=lambda: ask_to_leave(self, self.action_leave, stay=lambda: self._choose(outcome)),
            note=outcome.trouble,
        )

    def _enter(self, spot: Spot) -> None:
        self.app.push_screen(self._door.enter(spot.server, spot.project))
