"""What the first start asks, and who knows the answers there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from textual.screen import Screen

from tui.core.first import Answers, Verdict
from tui.screens.dialogs import Choice
from tui.screens.opening import Outcome

SERVER, PROJECT, TOKEN, THEME, KEYMAP = range(5)
"""The questions, in the order of the fields of Answers."""
LABELS = ("Server", "Project", "Token", "Theme", "Keys")
QUESTIONS = (
    "Which Patchwork server? Choose one, or type the address of another",
    "Which project? Choose one, or type its link name",
    "A token, to change states and delegates? Without one you only read",
    "Which theme? It shows as you go",
    "Which keys do your fingers know?",
)


class Guide(Protocol):
    """Knows what there is to choose, and does what was chosen."""

    @property
    def config(self) -> str:
        """Where settings are kept; empty where there is no place for them."""
        ...

    @property
    def problems(self) -> Sequence[str]:
        """What is wrong with settings that hold already, a line each; clean."""
        ...

    def servers(self) -> Sequence[Choice]:
        """Return the servers, by their root addresses, DEMO among them."""
        ...

    async def projects(self, server: str) -> Outcome:
        """Return the projects of a server; never raises."""
        ...

    async def try_token(self, answers: Answers) -> Verdict:
        """Show a token to its server; never raises."""
        ...

    def themes(self) -> Sequence[Choice]:
        """Return the themes, by their names, the one that holds first."""
        ...

    def show_theme(self, name: str) -> None:
        """Show everything in a theme."""
        ...

    def keymaps(self) -> Sequence[Choice]:
        """Return the keymaps, by their names, the one that holds first."""
        ...

    def read_server(self, text: str) -> tuple[str, str]:
        """Return the root address and the project that a typed address names; raises ValueError."""
        ...

    def read_project(self, text: str) -> str:
        """Return the link name that was typed; raises ValueError."""
        ...

    def write(self, answers: Answers) -> None:
        """Write the settings; raises ValueError with why they cannot be."""
        ...

    def enter(self, answers: Answers) -> Screen[None]:
        """Return the screen of what was chosen."""
        ...
