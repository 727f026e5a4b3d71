"""The version of the API, pages of lists, and answers that are not Patchwork's."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.api.replies import EMPTY, GONE, HTML, INDEX, PATCH, patches
from tui import __version__
from tui.api import errors
from tui.core.model import Page

if TYPE_CHECKING:
    from tests.api.conftest import Line

pytestmark = pytest.mark.anyio


async def test_the_newest_version_that_both_speak_is_asked_for_once(line: Line) -> None:
    client = line.client(HTML, GONE, INDEX)
    assert client.version is None
    assert await asyncio.gather(*(client.negotiate() for _ in range(5))) == ["1.2"] * 5
    assert line.paths == ["/api/1.4/", "/api/1.3/", "/api/1.2/"]
    assert client.version == "1.2"


async def test_a_negotiation_that_failed_is_begun_anew(line: Line) -> None:
    client = line.client(httpx.ConnectError("refused"), INDEX)
    with pytest.raises(errors.Unreachable):
        await client.negotiate()
    assert await client.negotiate() == "1.4"


async def test_requests_are_pinned_to_the_version_once_it_is_known(line: Line) -> None:
    client = line.client(EMPTY, INDEX, EMPTY)
    await client.projects()
    await client.negotiate()
    await client.projects()
    assert line.paths == ["/api/projects/", "/api/1.4/", "/api/1.4/projects/"]


@pytest.mark.parametrize("reply", [EMPTY, partial(httpx.Response, 200, html="<html>Hello</html>")])
async def test_what_is_not_patchwork_is_not_negotiated_with(
    line: Line, reply: partial[httpx.Response]
) -> None:
    with pytest.raises(errors.NotPatchwork):
        await line.client(reply).negotiate()


async def test_a_web_page_instead_of_json_is_named(line: Line) -> None:
    page = "<!doctype html><title>Sign in to the\n guest network</title><p>...</p>"
    client = line.client(partial(httpx.Response, 200, html=page))
    with pytest.raises(errors.NotPatchwork, match="sent a web page where Patchwork's API") as caught:
        await client.series_page("qemu-devel")
    assert caught.value.reason == "Sign in to the guest network"


async def test_json_of_something_else_is_not_patchwork(line: Line) -> None:
    client = line.client(partial(httpx.Response, 200, json={"hello": "world"}))
    with pytest.raises(errors.NotPatchwork, match="not a list"):
        await client.series_page("qemu-devel")
    with pytest.raises(errors.NotPatchwork, match="no 'id'"):
        await client.series(1)


async def test_every_request_says_who_we_are_and_that_it_takes_gzip(line: Line) -> None:
    await line.client(EMPTY).projects()
    headers = line.requests[0].headers
    assert headers["user-agent"] == f"pwtui/{__version__}"
    assert "gzip" in headers["accept-encoding"]
    assert headers["accept"].startswith("application/json")
    assert "authorization" not in headers


async def test_a_page_knows_the_last_one_and_never_follows_a_link(line: Line) -> None:
    link = (
        '<http://evil.invalid/api/patches/?page=3&per_page=2>; rel="next", '
        '<http://evil.invalid/api/patches/?page=12&per_page=2>; rel="last"'
    )
    client = line.client(patches(PATCH, link=link), EMPTY)
    page = await client.patches_page("example", page=2, per_page=2)
    assert (page.number, page.last, page.next) == (2, 12, 3)
    await client.patches_page("example", page=3, per_page=2)
    assert {(r.url.scheme, r.url.host) for r in line.requests} == {("https", "patchwork.example.org")}


@pytest.mark.parametrize("link", ["", "nonsense", "<http://[/?page=x>; rel=last", '<?page=1e9>; rel="last"'])
async def test_a_damaged_link_means_this_is_the_last_page(line: Line, link: str) -> None:
    page = await line.client(patches(PATCH, link=link)).patches_page("example")
    assert (page.number, page.last, page.next) == (1, 1, None)


async def test_an_empty_project_has_nothing_and_a_page_past_the_end_too(line: Line) -> None:
    client = line.client(EMPTY, EMPTY, GONE)
    assert await client.series_page("example") == Page(())
    assert await client.series_count("example") == 0
    past = await client.series_page("example", page=9)
    assert (past.items, past.next) == ((), None)
