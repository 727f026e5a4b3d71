"""The client against the embedded server, over a socket, at all versions and with its faults."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from tui.api import errors
from tui.api.client import Client
from tui.api.wire import Limits
from tui.core.credentials import Credentials
from tui.core.intent import Field, Value
from tui.core.model import Patch
from tui.core.states import USUAL_STATES
from tui.demo.server import DemoServer

pytestmark = pytest.mark.anyio

QUICK = Limits(silence=2, total=3, backoff=0, size=4 * 1024 * 1024)


@pytest.fixture(scope="module")
def running() -> Iterator[DemoServer]:
    with DemoServer() as server:
        yield server


@pytest.fixture
def server(running: DemoServer) -> DemoServer:
    running.reset()
    return running


@pytest.fixture
async def client(server: DemoServer) -> AsyncIterator[Client]:
    client = Client(server.url, Credentials(server.url, server.token), limits=QUICK)
    yield client
    await client.aclose()


@pytest.fixture
async def patch(server: DemoServer, client: Client) -> Patch:
    return (await client.patches_page(server.project, per_page=1)).items[0]


async def test_the_newest_version_is_found_in_one_request(server: DemoServer, client: Client) -> None:
    assert await client.negotiate() == "1.4"
    assert [seen.path for seen in server.requests] == ["/api/1.4/"]


async def test_everything_that_the_server_has_decodes(server: DemoServer, client: Client) -> None:
    project = await client.project(server.project)
    assert project.maintainers
    assert project.link_name in [p.link_name for p in (await client.projects()).items]
    series = (await client.series_page(server.project, per_page=250)).items
    assert len(series) == await client.series_count(server.project)
    assert [s.date for s in series] == sorted((s.date for s in series), reverse=True)
    patches = (await client.patches_page(server.project)).items
    assert {p.project_id for p in patches} == {project.id}
    assert all(p.web_url.startswith(server.url) for p in patches)
    assert (await client.events_page(server.project)).items
    whole = await client.series(series[0].id)
    assert whole == series[0]
    full = next(s for s in series if s.cover_id and len(s.patch_ids) > 2)
    members = (await client.patches_page(series=[full.id])).items
    assert {p.id for p in members} == set(full.patch_ids)


async def test_messages_are_found_by_their_id(server: DemoServer, client: Client, patch: Patch) -> None:
    found = await client.find_patch(server.project, patch.msgid.strip("<>"))
    assert found == patch
    series = (await client.series_page(server.project, per_page=250)).items
    cover, body = await client.cover(next(s.cover_id for s in series if s.cover_id))
    assert body.content
    found_cover = await client.find_cover(server.project, cover.msgid)
    assert found_cover is not None
    assert found_cover.id == cover.id
    assert await client.find_patch(server.project, "nowhere@example.org") is None


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "1.3", "1.4"])
async def test_all_versions_are_spoken(server: DemoServer, client: Client, version: str) -> None:
    for newer in {"1.1", "1.2", "1.3", "1.4"}:
        if newer > version:
            server.faults.add(f"/api/{newer}/", status=404, body="<h1>Not Found</h1>")
    assert await client.negotiate() == version
    patch = (await client.patches_page(server.project, per_page=1)).items[0]
    assert patch.web_url.startswith(f"{server.url}/")
    same, body = await client.patch(patch.id)
    assert same.msgid == patch.msgid
    assert body.headers
    await client.patch_comments(patch.id)
    await client.checks(patch.id)
    assert all(f"/api/{version}/" in seen.path for seen in server.requests[-3:])


async def test_a_write_changes_the_patch(server: DemoServer, client: Client, patch: Patch) -> None:
    maintainer = (await client.project(server.project)).maintainers[0]
    changes: dict[Field, Value] = {
        Field.STATE: "changes-requested",
        Field.DELEGATE: maintainer.id,
        Field.ARCHIVED: True,
    }
    changed = await client.set_patch(patch.id, changes)
    assert (changed.state, changed.archived) == ("changes-requested", True)
    assert changed.delegate is not None
    assert changed.delegate.id == maintainer.id
    again, _ = await client.patch(patch.id)
    assert again.state == "changes-requested"


async def test_the_states_are_learnt_and_nothing_changes(
    server: DemoServer, client: Client, patch: Patch
) -> None:
    assert set(USUAL_STATES) <= set(await client.states(patch.id))
    assert (await client.patch(patch.id))[0] == patch


async def test_who_may_not_write_is_told_so(server: DemoServer, patch: Patch) -> None:
    for token, kind in (
        (server.outsider_token, errors.NotPermitted),
        ("0" * 40, errors.TokenRefused),
        ("", errors.TokenRefused),
    ):
        client = Client(server.url, Credentials(server.url, token), limits=QUICK)
        with pytest.raises(kind):
            await client.set_patch(patch.id, {Field.STATE: "accepted"})
        with pytest.raises(kind):
            await client.states(patch.id)
        await client.aclose()


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ({"cut": True}, errors.Unreachable),
        ({"reset": True}, errors.Unreachable),
        ({"garbage": "html"}, errors.NotPatchwork),
        ({"garbage": "json"}, errors.NotPatchwork),
        ({"redirect": "http://elsewhere.invalid/api/"}, errors.NotPatchwork),
        ({"status": 401}, errors.NotAllowed),
        ({"status": 404}, errors.ApiError),
        ({"status": 409}, errors.Conflict),
        ({"status": 429}, errors.Busy),
        ({"status": 500}, errors.ServerTrouble),
        ({"status": 503}, errors.Busy),
    ],
)
async def test_each_fault_of_a_read_is_one_line(
    server: DemoServer, client: Client, fault: dict[str, object], kind: type[errors.ApiError]
) -> None:
    server.faults.add("/series/", **fault)
    with pytest.raises(kind) as caught:
        await client.series_page(server.project)
    assert str(caught.value).startswith(server.url)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("fault", [{"cut": True}, {"reset": True}, {"status": 429}, {"status": 502}])
async def test_a_fault_that_passes_is_not_noticed(
    server: DemoServer, client: Client, fault: dict[str, object]
) -> None:
    server.faults.add("/series/", times=2, **fault)
    assert (await client.series_page(server.project)).items
    assert len(server.requests) == 3


@pytest.mark.parametrize("fault", [{"cut": True}, {"reset": True}, {"garbage": "json"}, {"garbage": "html"}])
async def test_a_write_that_met_a_fault_went_out_once(
    server: DemoServer, client: Client, patch: Patch, fault: dict[str, object]
) -> None:
    server.faults.add("/patches/", method="PATCH", **fault)
    with pytest.raises(errors.AnswerLost):
        await client.set_patch(patch.id, {Field.STATE: "accepted"})
    assert [seen.method for seen in server.requests].count("PATCH") == 1


async def test_an_answer_without_an_end_is_broken_off(server: DemoServer) -> None:
    server.faults.add("/series/", endless=True)
    client = Client(server.url, limits=Limits(silence=1, total=0.2, size=1024 * 1024))
    with pytest.raises((errors.TimedOut, errors.NotPatchwork)):
        await client.series_page(server.project)
    await client.aclose()


async def test_a_wrong_password_is_said_to_be_one_and_reading_goes_on(server: DemoServer) -> None:
    wrong = Credentials(server.url, username="somebody", password="wrong")
    client = Client(server.url, wrong, limits=QUICK)
    page = await client.patches_page(server.project, per_page=1)
    assert len(page.items) == 1
    assert "does not take your user name and password" in client.token_trouble
    with pytest.raises(errors.TokenRefused, match="user name and password"):
        await client.set_patch(page.items[0].id, {Field.STATE: "accepted"})
    await client.aclose()
