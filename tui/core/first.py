"""What a first start asks for."""

from __future__ import annotations

from typing import NamedTuple

from tui.core.text import clean

DEMO = "demo"
"""Stands where a server would, for the one inside the program."""


class Answers(NamedTuple):
    """What somebody chose in the welcome."""

    server: str = ""
    """Root address, or DEMO; empty while nothing is chosen."""
    project: str = ""
    """Link name."""
    token: str = ""
    theme: str = ""
    """Empty for what holds anyway."""
    keymap: str = ""
    """Empty for what holds anyway."""

    def __repr__(self) -> str:
        """Name the server; a token is for nobody's eyes."""
        return f"Answers(server={self.server!r}, project={self.project!r})"


class Verdict(NamedTuple):
    """What came of showing a token to a server."""

    taken: bool
    words: str
    """What it may do there, or why it is not taken; clean, one line."""
    more: str = ""
    """The same at greater length; empty where there is no more to say."""


def first_lines(answers: Answers) -> list[str]:
    """Return the lines of a config file that says what was chosen; none where that holds anyway."""
    lines = [f"{key} = {toml(value)}" for key, value in _top(answers) if value]
    if answers.server not in ("", DEMO) and answers.token:
        lines += ["", f"[servers.{toml(answers.server)}]", f"token = {toml(answers.token)}"]
    return lines


def _top(answers: Answers) -> tuple[tuple[str, str], ...]:
    place = () if answers.server == DEMO else (("server", answers.server), ("project", answers.project))
    return (*place, ("theme", answers.theme), ("keymap", answers.keymap))


def toml(text: str) -> str:
    """Return a text as a basic string of TOML (1.0), controls and what is hidden written out."""
    written = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if clean(c) == c else f"\\U{ord(c):08x}" for c in written) + '"'
