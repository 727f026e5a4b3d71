"""What is said when the servers that were asked for a project could not answer."""

from __future__ import annotations

import httpx
import pytest

from tests.sync.rig import Rig
from tui.api.client import Client
from tui.core.place import parse_place
from tui.search import look_on
from tui.sync.server import Connect

pytestmark = pytest.mark.anyio


class Nameless(httpx.AsyncHTTPTransport):
    """A machine without a network: no name is known."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no") from OSError(101, "Network is unreachable")


def off(server: str) -> Connect:
    async def connect() -> Client:
        return Client(server, transport=Nameless(), verify=False)

    return connect


async def test_without_a_network_each_server_is_named_once_with_the_reason_first() -> None:
    servers = {f"https://{letter}.example.org": off(f"https://{letter}.example.org") for letter in "abcdef"}
    outcome = await look_on(parse_place("kiln-devel"), servers, lambda _: None)
    assert outcome.spots == ()
    reason = "network is unreachable: a.example.org, b.example.org, c.example.org and 3 more"
    assert outcome.trouble == f"6 servers could not answer: {reason}"


async def test_different_reasons_stand_side_by_side() -> None:
    busy = Rig()
    busy.app.faults.add("projects", status=503, body="")
    wordless = Rig()
    wordless.app.faults.add("projects", garbage="html")
    servers = {
        "https://a.example.org": off("https://a.example.org"),
        "https://b.example.org": busy.connect,
        "https://c.example.org": wordless.connect,
    }
    outcome = await look_on(parse_place("kiln-devel"), servers, lambda _: None)
    assert outcome.trouble.startswith("3 servers could not answer: network is unreachable: a.example.org; ")
    assert "status 503: b.example.org" in outcome.trouble
    assert outcome.trouble.endswith(": c.example.org")


async def test_one_server_is_told_in_whole() -> None:
    servers = {"https://a.example.org": off("https://a.example.org")}
    outcome = await look_on(parse_place("kiln-devel"), servers, lambda _: None)
    assert "https://a.example.org is not there (network is unreachable)" in outcome.trouble
