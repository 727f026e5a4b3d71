"""The server misbehaves as it is told, as often as it is told, and keeps a log."""

from __future__ import annotations

import httpx
import pytest

from tui.demo.app import DemoApp
from tui.demo.server import DemoServer
from tui.demo.world import World


def test_a_status_with_a_body_and_headers_as_often_as_told(http: httpx.Client, server: DemoServer) -> None:
    server.faults.add(r"/patches/\?", times=1, status=503, body="busy", headers={"Retry-After": "7"})
    assert http.get("/api/series/").status_code == 200
    answer = http.get("/api/patches/?q=x")
    assert (answer.status_code, answer.text, answer.headers["retry-after"]) == (503, "busy", "7")
    assert http.get("/api/patches/?q=x").status_code == 200


def test_a_rule_for_one_method(http: httpx.Client, server: DemoServer, maintainer: dict[str, str]) -> None:
    server.faults.add("/patches/4001/", method="PATCH", status=409, body="{}")
    assert http.get("/api/patches/4001/").status_code == 200
    assert http.patch("/api/patches/4001/", json={}, headers=maintainer).status_code == 409


def test_an_answer_that_is_cut(http: httpx.Client, server: DemoServer) -> None:
    server.faults.add("/patches/", cut=True, times=1)
    with pytest.raises(httpx.RemoteProtocolError, match=r"incomplete|peer closed"):
        http.get("/api/patches/")
    assert http.get("/api/patches/").status_code == 200


def test_a_connection_that_is_closed(http: httpx.Client, server: DemoServer) -> None:
    server.faults.add("/patches/", reset=True, times=1)
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        http.get("/api/patches/")
    assert http.get("/api/patches/").status_code == 200


@pytest.mark.parametrize(("what", "start"), [("html", "<html>"), ("json", "[{")])
def test_garbage(http: httpx.Client, server: DemoServer, what: str, start: str) -> None:
    server.faults.add("/patches/", garbage=what)
    answer = http.get("/api/patches/")
    assert answer.status_code == 200
    assert answer.text.startswith(start)
    with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
        answer.json()


def test_an_answer_that_never_ends(http: httpx.Client, server: DemoServer) -> None:
    server.faults.add("/patches/", endless=True)
    with http.stream("GET", "/api/patches/") as answer:
        chunks = answer.iter_raw()
        assert [next(chunks)[:1] for _ in range(3)] == [b"[", b" ", b" "]
    server.faults.clear()
    assert http.get("/api/patches/").status_code == 200


def test_a_redirect_to_another_host(http: httpx.Client, server: DemoServer) -> None:
    server.faults.add("/patches/", redirect="http://other.invalid/api/patches/")
    answer = http.get("/api/patches/")
    assert (answer.status_code, answer.headers["location"]) == (302, "http://other.invalid/api/patches/")


def test_delays_are_for_one_or_all(http: httpx.Client, server: DemoServer) -> None:
    server.faults.add("/patches/", delay=5, times=1)
    with pytest.raises(httpx.ReadTimeout):
        http.get("/api/patches/", timeout=0.05)
    server.faults.delay_all = 5
    with pytest.raises(httpx.ReadTimeout):
        http.get("/api/series/", timeout=0.05)


def test_orders_over_http(http: httpx.Client, server: DemoServer) -> None:
    order = {"path": "/patches/", "status": 502, "times": 1}
    assert http.post("/_demo/faults", json=order).status_code == 204
    assert http.get("/api/patches/?q=x").status_code == 502
    assert http.get("/_demo/requests").json() == [{"method": "GET", "path": "/api/patches/", "query": "q=x"}]
    assert http.post("/_demo/faults", json={"weather": "bad"}).status_code == 400
    assert http.post("/_demo/faults", json={"delay_all": 0.001}).status_code == 204
    assert server.faults.delay_all == 0.001
    assert http.post("/_demo/reset").status_code == 204
    assert (server.requests, server.faults.delay_all) == ([], 0)


@pytest.mark.anyio
async def test_orders_over_http_are_not_taken_unless_wanted(small_server: DemoServer) -> None:
    quiet = DemoApp(small_server.app.world, small_server.faults, control=False)
    transport = httpx.ASGITransport(quiet)
    async with httpx.AsyncClient(transport=transport, base_url="http://demo.invalid") as client:
        assert (await client.post("/_demo/faults", json={"status": 500})).status_code == 404
        assert (await client.get("/api/patches/")).json()[0]["url"] == "http://demo.invalid/api/patches/4001/"
    assert isinstance(quiet.world, World)
