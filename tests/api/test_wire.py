"""Limits, retries, and how many at a time."""

from __future__ import annotations

import asyncio
import gzip
from functools import partial
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.api.replies import HEAD, OK, ONCE, SERVER, saying
from tui.api import errors
from tui.api.client import Client
from tui.api.wire import Limits
from tui.core.intent import Field

if TYPE_CHECKING:
    from tests.api.conftest import Line, Listen

pytestmark = pytest.mark.anyio


async def test_an_answer_that_drips_for_ever_ends_at_the_deadline(listen: Listen) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(HEAD + b"\r\n[")
        hung_up = asyncio.ensure_future(reader.read())
        while not hung_up.done():
            writer.write(b" ")
            await asyncio.wait([hung_up], timeout=0.01)
        await hung_up

    async with listen(talk) as address:
        client = Client(address, limits=Limits(silence=5, total=0.1))
        with pytest.raises(errors.TimedOut, match="took too long over the projects"):
            await client.projects()
        await client.aclose()


async def test_an_answer_that_floods_is_broken_off(listen: Listen) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(HEAD + b"\r\n")
        while True:
            writer.write(b" " * 65536)
            await writer.drain()

    async with listen(talk) as address:
        client = Client(address, limits=Limits(size=1024 * 1024))
        with pytest.raises(errors.NotPatchwork, match="more than 1 MiB in one answer"):
            await client.projects()
        await client.aclose()


async def test_a_small_answer_that_unpacks_to_a_large_one_is_broken_off(listen: Listen) -> None:
    packed = gzip.compress(b" " * 4 * 1024 * 1024)
    head = HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    async with listen(saying(head + packed)) as address:
        client = Client(address, limits=Limits(size=1024 * 1024))
        with pytest.raises(errors.NotPatchwork, match="more than 1 MiB"):
            await client.projects()
        await client.aclose()


async def test_an_answer_that_is_packed_twice_is_not_unpacked(listen: Listen) -> None:
    packed = gzip.compress(gzip.compress(b"[]"))
    head = HEAD + b"Content-Encoding: gzip\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(
        packed
    )
    async with listen(saying(head + packed)) as address:
        client = Client(address, limits=ONCE)
        with pytest.raises(errors.NotPatchwork, match="packed more than once"):
            await client.projects()
        with pytest.raises(errors.AnswerLost):
            await client.set_patch(7, {Field.STATE: "new"})
        await client.aclose()


async def test_a_packed_answer_is_unpacked_and_a_damaged_one_told(listen: Listen) -> None:
    for packed, sound in ((gzip.compress(b"[]"), True), (b"not gzip", False)):
        head = HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
        async with listen(saying(head + packed)) as address:
            client = Client(address, limits=ONCE)
            if sound:
                assert (await client.projects()).items == ()
            else:
                with pytest.raises(errors.NotPatchwork, match="in damaged form"):
                    await client.projects()
            await client.aclose()


@pytest.mark.parametrize("status", [429, 502, 503, 504])
async def test_a_read_that_met_a_busy_server_is_tried_again(line: Line, status: int) -> None:
    client = line.client(partial(httpx.Response, status), partial(httpx.Response, status), OK)
    assert (await client.projects()).items == ()
    assert len(line.requests) == 3


@pytest.mark.parametrize("status", [429, 502, 503, 504])
async def test_a_server_that_stays_busy_is_left_alone_after_the_last_try(line: Line, status: int) -> None:
    client = line.client(partial(httpx.Response, status))
    with pytest.raises(errors.Refused) as caught:
        await client.projects()
    assert caught.value.retryable
    assert len(line.requests) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 500])
async def test_other_refusals_are_not_tried_again(line: Line, status: int) -> None:
    client = line.client(partial(httpx.Response, status, json={}))
    with pytest.raises(errors.ApiError):
        await client.projects()
    assert len(line.requests) == 1


async def test_the_wait_that_a_server_asks_for_is_kept(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    async def wait(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", wait)
    client = line.client(partial(httpx.Response, 429, headers={"Retry-After": "7"}), OK)
    await client.projects()
    assert waits == [7.0]


async def test_a_wait_that_is_too_long_is_handed_on(line: Line) -> None:
    client = line.client(partial(httpx.Response, 503, headers={"Retry-After": "3600"}))
    with pytest.raises(errors.Busy, match="try again in 3600 s") as caught:
        await client.projects()
    assert caught.value.retry_after == 3600
    assert len(line.requests) == 1


async def test_waits_between_tries_grow_and_vary(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    async def wait(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", wait)
    answer = httpx.MockTransport(lambda _: httpx.Response(502))
    client = Client(SERVER, transport=answer, limits=Limits(tries=4, backoff=1))
    with pytest.raises(errors.ServerTrouble):
        await client.projects()
    assert [low <= w < 3 * low for w, low in zip(waits, (0.5, 1, 2), strict=True)] == [True] * 3


async def test_at_most_four_requests_go_at_a_time() -> None:
    open_now, most, gate = 0, 0, asyncio.Event()

    async def answer(request: httpx.Request) -> httpx.Response:
        nonlocal open_now, most
        open_now += 1
        most = max(most, open_now)
        if open_now == 4:
            gate.set()
        await gate.wait()
        await asyncio.sleep(0)
        open_now -= 1
        return httpx.Response(200, json=[])

    client = Client(SERVER, transport=httpx.MockTransport(answer))
    await asyncio.gather(*(client.projects() for _ in range(20)))
    assert most == 4


async def test_a_request_that_is_cancelled_frees_its_place() -> None:
    stuck, begun = asyncio.Event(), asyncio.Event()

    async def answer(request: httpx.Request) -> httpx.Response:
        if "stuck" in request.url.path:
            begun.set()
            await stuck.wait()
        return httpx.Response(200, json=[])

    limits = Limits(at_once=1)
    client = Client(SERVER, transport=httpx.MockTransport(answer), limits=limits)
    task = asyncio.create_task(client.project("stuck"))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await client.projects()).items == ()


async def test_connections_are_kept(listen: Listen) -> None:
    connections = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        while await reader.readuntil(b"\r\n\r\n"):
            writer.write(HEAD + b"Content-Length: 2\r\n\r\n[]")
            await writer.drain()

    async with listen(talk) as address:
        client = Client(address)
        for _ in range(3):
            await client.projects()
        await client.aclose()
    assert connections == 1
