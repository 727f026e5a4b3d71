"""What a run begins with: the command line is checked, and the settings are being gathered.

Nothing here loads Textual: it is loaded while git thinks about what it is asked.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from tui.commands.arguments import Arguments, UsageError
from tui.config.git import ask_git
from tui.config.loading import Gathering
from tui.config.settings import Settings
from tui.core.place import Place, PlaceKind, parse_place, parse_target, server_root

T = TypeVar("T")


class Beginning(NamedTuple):
    """A command line that can be used."""

    place: Place
    """What it names."""
    gathering: Gathering
    """The settings, which are not there yet."""


def begin(arguments: Arguments) -> Beginning:
    """Check the command line and begin to gather the settings.  Raises UsageError."""
    if arguments.demo and arguments.server:
        raise UsageError("--demo: it is a server of its own; leave --server out")
    if arguments.open and (arguments.project or arguments.demo):
        raise UsageError("--open: it names what to open itself; leave PROJECT and --demo out")
    place = _understand("PROJECT", _place_of, arguments.project)
    if arguments.open:
        place = _understand("--open", parse_target, arguments.open)
    given = _understand("--server", server_root, arguments.server) if arguments.server else ""
    if given and place.server not in ("", given):
        raise UsageError(f"PROJECT: {arguments.project} is not on {given}; leave one of them out")
    ask = None if arguments.demo else ask_git
    return Beginning(place, Gathering(os.environ, server=given, place=place, ask=ask))


def complete(place: Place, settings: Settings, *, told_server: bool) -> Place:
    """Return what to open: a project with its server; where none is named, the one that is set."""
    if place.kind is PlaceKind.PATCH and not place.project and not place.server:
        if not settings.project:
            raise UsageError(
                "--open: of which project? Write its address, or set a project: pwtui config --edit"
            )
        return place._replace(server=settings.project_server, project=settings.project)
    if told_server or place.server:
        return place
    if place.kind is PlaceKind.PROJECT:
        return place._replace(server=settings.servers_of_projects.get(place.project, ""))
    if place.kind is PlaceKind.ANYWHERE and settings.project:
        return Place(PlaceKind.PROJECT, settings.project_server, settings.project)
    return place


def _understand(argument: str, read: Callable[[str], T], text: str) -> T:
    """Read an argument of the command line; what is wrong with it is told with its name."""
    try:
        return read(text)
    except ValueError as error:
        raise UsageError(f"{argument}: {error}") from error


def _place_of(text: str) -> Place:
    place = parse_place(text)
    return place._replace(server=server_root(place.server)) if place.server else place
