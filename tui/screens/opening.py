"""From a name to a project: where it is, which of several, or what is like it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui.core.place import Place, PlaceKind
from tui.core.text import clean
from tui.keymap.live import fill
from tui.screens.dialogs import Choice, ask_to_leave, choose
from tui.screens.key_taking import KeyTaking
from tui.where import Where

if TYPE_CHECKING:
    from tui.screens.switching import Gate


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


KEYS = "{refresh} tries again, {projects} goes to another project, {letter back} leaves."


class Opening(KeyTaking[None]):
    """Shows the search, then the project."""

    CSS_PATH = Path(__file__).with_name("opening.tcss")
    _keys = ""
    """The keys to name, once there is something to do."""

    def __init__(
        self, door: Door, remarks: Sequence[str] = (), open_gate: Callable[[], Gate] | None = None
    ) -> None:
        """``remarks`` are what is wrong with the settings; ``open_gate`` makes what knows other projects."""
        super().__init__()
        self._door = door
        self._remarks = " · ".join(remarks)
        self._open_gate = open_gate

    @property
    def place(self) -> Where:
        """The search."""
        return Where.OPENING

    def compose(self) -> ComposeResult:
        """One quiet line, and one below it for what is going on."""
        with Vertical(id="opening"):
            yield Static(Content(f"Looking for {clean(self._door.sought)} …"), id="opening-title")
            yield Static("", id="opening-line", markup=False)
            yield Static(Content(clean(self._remarks)), id="opening-remarks")

    def on_mount(self) -> None:
        """Look, once the screen is painted."""
        self.call_after_refresh(self.action_refresh)

    async def on_key(self, event: events.Key) -> None:
        """Do what a key does."""
        if await self.take_key(event.key):
            event.stop()
            event.prevent_default()

    def tell_of_key(self, text: str) -> None:
        """Say it in the line below."""
        self._tell(text or self._keys)

    def action_help(self) -> None:
        """Show what the keys do here."""
        from tui.screens.helping import offer_keys

        offer_keys(self, "Keys while a project is looked for")

    def action_projects(self) -> None:
        """Offer the projects where one was, and those that are set."""
        if self._open_gate is None:
            self._tell("No other project is known here.")
            return
        from tui.screens.switching import Offer

        gate = self._open_gate()
        Offer(self, gate, Spot("", ""), "", lambda spot: self._go_to(gate, spot)).open()

    def _go_to(self, gate: Gate, spot: Spot) -> None:
        self.workers.cancel_all()
        self.app.push_screen(gate.enter(Place(PlaceKind.PROJECT, spot.server, spot.project)))

    def action_refresh(self) -> None:
        """Look, from the beginning."""
        self.run_worker(self._look(), exclusive=True)

    def action_suspend(self) -> None:
        """Go to the shell for a while."""
        self.app.action_suspend_process()

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
            self._keys = fill(KEYS, self.keymap)
            self._tell(self._keys)
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
