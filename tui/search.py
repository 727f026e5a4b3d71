"""From a link name, or from nothing, to projects: asked of one server or of all that are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tui.api.errors import ApiError
from tui.core.near import near
from tui.core.place import Place
from tui.screens.opening import Outcome, Spot
from tui.sync.finder import Findings, all_projects, find_project, project_of
from tui.sync.server import Connect

NAMED = 3
"""Of the servers with the same trouble, so many are named."""


async def look_on(place: Place, servers: Mapping[str, Connect], tell: Callable[[str], None]) -> Outcome:
    """Look for a place's project on some servers; never raises."""

    def progress(answered: int, of: int) -> None:
        tell(f"{answered} of {of} servers have answered" if of > 1 else "")

    if place.ref and not place.project:
        if not place.ref.isdecimal():
            return Outcome(
                trouble=f"{place.kind} {place.ref} is no number; copy the whole address of its page."
            )
        return await _look_by_number(place, *next(iter(servers.items())))
    if place.project:
        findings = await find_project(place.project, servers, progress)
        spots = tuple(Spot(server, project.link_name, project.name) for server, project in findings.found)
        if spots:
            several = f"{place.project} is on {len(spots)} servers. Which one?" if len(spots) > 1 else ""
            return Outcome(spots, several, _troubles(findings))
    findings = await all_projects(servers, progress)
    spots = tuple(Spot(server, project.link_name, project.name) for server, project in findings.found)
    where = next(iter(servers)) if len(servers) == 1 else f"the {len(servers)} servers asked"
    told = _troubles(findings)
    if not place.project:
        return Outcome(spots, "Which project?", told or ("" if spots else f"There is no project on {where}."))
    if len(findings.troubles) == len(servers):
        return Outcome(trouble=told)
    trouble = " ".join(part for part in (f"There is no project {place.project} on {where}.", told) if part)
    names = near(place.project, (spot.project for spot in spots))
    close = tuple(spot for name in names for spot in spots if spot.project == name)
    return Outcome(close, "Did you mean one of these?", trouble)


async def _look_by_number(place: Place, server: str, connect: Connect) -> Outcome:
    """Find the project of an address that names none."""
    try:
        client = await connect()
        try:
            project = await project_of(place, client)
        finally:
            await client.aclose()
    except ApiError as error:
        return Outcome(trouble=str(error))
    return Outcome((Spot(server, project.link_name, project.name),))


def _troubles(findings: Findings) -> str:
    """Say which servers could not answer and why, in one line: for several, by reason."""
    troubles = findings.troubles
    if len(troubles) < 2:
        return "".join(str(trouble) for trouble in troubles.values())
    by_reason: dict[str, list[str]] = {}
    for server, trouble in troubles.items():
        status = f"status {trouble.status}" if trouble.status else "no usable answer"
        by_reason.setdefault(trouble.reason or status, []).append(server.split("://", 1)[-1])
    told = "; ".join(f"{reason}: {_some(servers)}" for reason, servers in by_reason.items())
    return f"{len(troubles)} servers could not answer: {told}"


def _some(names: list[str]) -> str:
    """Name a few: with no network at all, a dozen servers have the same trouble."""
    more = len(names) - NAMED
    return f"{', '.join(names[:NAMED])} and {more} more" if more > 1 else ", ".join(names)
