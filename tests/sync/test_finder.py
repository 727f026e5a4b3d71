"""All known servers are asked for a project at once; one that cannot say does not spoil the rest."""

from __future__ import annotations

import pytest

from tests.sync.rig import Rig
from tui.core.place import Place, PlaceKind
from tui.sync.finder import all_projects, find_project, project_of

pytestmark = pytest.mark.anyio


def rigs(*names: str) -> dict[str, Rig]:
    return {name: Rig() for name in names}


async def test_a_project_is_found_where_it_is(rig: Rig) -> None:
    servers = rigs("first", "second", "third")
    servers["second"].app.world.projects.clear()
    progress: list[tuple[int, int]] = []
    findings = await find_project(
        "kiln-devel", {name: one.connect for name, one in servers.items()}, lambda *how: progress.append(how)
    )
    assert [(server, project.link_name) for server, project in findings.found] == [
        ("first", "kiln-devel"),
        ("third", "kiln-devel"),
    ]
    assert findings.troubles == {}
    assert progress == [(1, 3), (2, 3), (3, 3)]
    assert all(one.road.closed for one in servers.values())


async def test_a_server_in_trouble_is_told_beside_what_was_found() -> None:
    servers = rigs("first", "second")
    servers["first"].road.broken = True
    findings = await find_project("kiln-devel", {name: one.connect for name, one in servers.items()})
    assert [server for server, _ in findings.found] == ["second"]
    assert "is not there" in str(findings.troubles["first"])
    assert servers["first"].road.closed


async def test_a_client_that_cannot_be_made_is_its_servers_trouble() -> None:
    servers = rigs("first", "second")
    servers["first"].bugs["connect"] = 1
    progress: list[tuple[int, int]] = []
    connects = {name: one.connect for name, one in servers.items()}
    findings = await find_project("kiln-devel", connects, lambda *how: progress.append(how))
    assert [server for server, _ in findings.found] == ["second"]
    assert str(findings.troubles["first"]).startswith("first: ")
    assert "RuntimeError" in str(findings.troubles["first"])
    assert progress == [(1, 2), (2, 2)]


async def test_a_server_that_never_answers_is_not_waited_for() -> None:
    servers = rigs("first", "second")
    servers["first"].road.hold("projects")
    connects = {name: one.connect for name, one in servers.items()}
    findings = await find_project("kiln-devel", connects, patience=0.05)
    assert [server for server, _ in findings.found] == ["second"]
    assert "has not answered" in str(findings.troubles["first"])


async def test_all_projects_of_all_servers() -> None:
    servers = rigs("first", "second")
    findings = await all_projects({name: one.connect for name, one in servers.items()})
    names = [project.link_name for project in servers["first"].app.world.projects.values()]
    assert sorted((server, project.link_name) for server, project in findings.found) == sorted(
        (server, name) for server in servers for name in names
    )


@pytest.mark.parametrize("kind", [PlaceKind.PATCH, PlaceKind.SERIES, PlaceKind.COVER])
async def test_an_old_numeric_address_leads_to_its_project(rig: Rig, kind: PlaceKind) -> None:
    series = rig.add_series()
    cover = rig.add_cover(series)
    ref = {PlaceKind.PATCH: series.patches[0].id, PlaceKind.SERIES: series.id, PlaceKind.COVER: cover.id}[
        kind
    ]
    project = await project_of(Place(kind, "", "", str(ref)), await rig.connect())
    assert project.link_name == "kiln-devel"
