"""Which server has a project: all known ones are asked at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple

from tui.api.errors import ApiError, NotFound, TimedOut
from tui.core.model import Project
from tui.core.place import Place, PlaceKind
from tui.sync.server import Connect, Server
from tui.sync.tasks import Bug, trouble_of

MOST_PAGES = 20
"""Of projects, at 250 a page; a server that always names one more is not followed."""

PATIENCE = 12.0
"""Seconds after which a server that has not answered counts as one that cannot say."""

OnProgress = Callable[[int, int], None]
"""Told after each server's answer: how many have answered, of how many."""


class Findings(NamedTuple):
    """What the servers said."""

    found: tuple[tuple[str, Project], ...]
    """Server and project, in the order of the servers."""
    troubles: Mapping[str, ApiError]
    """Server, and why it could not say."""


async def find_project(
    name: str,
    servers: Mapping[str, Connect],
    on_progress: OnProgress | None = None,
    *,
    patience: float = PATIENCE,
) -> Findings:
    """Ask every server for a project by its link name.  Clients are closed again.

    A server that has not answered after ``patience`` seconds is among the troubles.
    """

    async def ask(client: Server) -> tuple[Project, ...]:
        try:
            return (await client.project(name),)
        except NotFound:
            return ()

    return await _ask_all(ask, servers, on_progress, patience)


async def all_projects(
    servers: Mapping[str, Connect], on_progress: OnProgress | None = None, *, patience: float = PATIENCE
) -> Findings:
    """Ask every server for all of its projects: for the chooser, and for near matches."""

    async def ask(client: Server) -> tuple[Project, ...]:
        projects: dict[int, Project] = {}
        for number in range(1, MOST_PAGES + 1):
            page = await client.projects(number)
            projects.update((project.id, project) for project in page.items)
            if page.next is None or not page.items:
                break
        return tuple(projects.values())

    return await _ask_all(ask, servers, on_progress, patience)


async def project_of(place: Place, client: Server) -> Project:
    """Return the project of a place whose address names none: an old numeric one.  Raises ApiError."""
    if place.project or not place.ref.isdecimal():
        return await client.project(place.project or place.ref)
    number = int(place.ref)
    if place.kind is PlaceKind.SERIES:
        return await client.project((await client.series(number)).project_id)
    if place.kind is PlaceKind.COVER:
        return await client.project((await client.cover(number))[0].project_id)
    return await client.project((await client.patch(number))[0].project_id)


async def _ask_all(
    ask: Callable[[Server], Awaitable[tuple[Project, ...]]],
    servers: Mapping[str, Connect],
    on_progress: OnProgress | None,
    patience: float,
) -> Findings:
    found: dict[str, tuple[Project, ...]] = {}
    troubles: dict[str, ApiError] = {}

    async def ask_one(server: str, connect: Connect) -> None:
        try:
            async with asyncio.timeout(patience):
                client = await connect()
                try:
                    answer = await ask(client)
                finally:
                    await client.aclose()
        except TimeoutError:
            sentence = f"{server} has not answered; try again, or name another with --server"
            raise TimedOut(sentence, reason="no answer") from None
        found[server] = answer

    async def note(server: str, connect: Connect) -> None:
        trouble = await trouble_of(ask_one(server, connect), server)
        if trouble:
            troubles[server] = Bug(f"{server}: {trouble}") if isinstance(trouble, Bug) else trouble
        if on_progress:
            on_progress(len(found) + len(troubles), len(servers))

    async with asyncio.TaskGroup() as group:
        for server, connect in servers.items():
            group.create_task(note(server, connect))
    pairs = tuple((server, project) for server in servers for project in found.get(server, ()))
    return Findings(pairs, troubles)
