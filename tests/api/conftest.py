"""A server that says what it is told to, and raw sockets for what no HTTP library would say."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import httpx
import pytest

from tui.api.client import Client
from tui.api.wire import Limits
from tui.core.credentials import Credentials

SERVER = "https://patchwork.example.org"

Reply = Callable[[], httpx.Response] | Exception
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
Listen = Callable[[Talk], AbstractAsyncContextManager[str]]


class Line:
    """A server by script: its replies in turn, the last one for ever, and what it was asked."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.replies: list[Reply] = []

    def client(self, *replies: Reply, server: str = SERVER, token: str = "", tries: int = 3) -> Client:
        """Return a client of this server, which waits for nothing between tries."""
        self.replies = list(replies)
        credentials = Credentials(server, token) if token else None
        limits = Limits(tries=tries, backoff=0)
        return Client(server, credentials, transport=httpx.MockTransport(self._answer), limits=limits)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if isinstance(reply, Exception):
            raise reply
        return reply()

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [request.url.path for request in self.requests]


@pytest.fixture
def line() -> Line:
    """Return a server by script."""
    return Line()


@pytest.fixture
def listen(monkeypatch: pytest.MonkeyPatch) -> Listen:
    """Return what opens a socket on this machine, where each connection is one talk."""
    for name in ("https_proxy", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)

    @asynccontextmanager
    async def opened(talk: Talk) -> AsyncIterator[str]:
        async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await talk(reader, writer)
            except (ConnectionError, asyncio.IncompleteReadError):
                pass  # the client had enough of it
            finally:
                writer.close()

        server = await asyncio.start_server(served, "127.0.0.1", 0)
        try:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        finally:
            server.close()
            await server.wait_closed()

    return opened
