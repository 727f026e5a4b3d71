"""A road to the embedded server, in process, that can be watched and broken."""

from __future__ import annotations

import asyncio
import re

import httpx

from tui.demo.app import DemoApp


class Hold:
    """Answers that stay on the road until they are released."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.arrived = asyncio.Event()
        self.released = asyncio.Event()


class Road(httpx.AsyncBaseTransport):
    """The way to the server: ``broken`` lets nothing through; ``log`` is what went."""

    def __init__(self, app: DemoApp) -> None:
        self._inner = httpx.ASGITransport(app)
        self._holds: list[Hold] = []
        self.under_way = 0
        """How many requests are on it now."""
        self.most = 0
        """How many requests were on it at once at most."""
        self.broken = False
        self.losing = 0
        """How many answers to writes are lost from now on, after the server has acted."""
        self.closed = False
        self.late = ""
        """What matches this gets no answer in time."""
        self.log: list[str] = []

    def hold(self, pattern: str) -> Hold:
        """Hold back the answers to requests that match: method, path and query."""
        hold = Hold(pattern)
        self._holds.append(hold)
        return hold

    def release(self) -> None:
        """Let all that is held back go on, and hold nothing any more."""
        for hold in self._holds:
            hold.released.set()
        self._holds.clear()

    def count(self, pattern: str) -> int:
        """Say how many requests match."""
        return sum(1 for line in self.log if re.search(pattern, line))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.broken:
            raise httpx.ConnectError("broken", request=request)
        line = f"{request.method} {request.url.path}?{request.url.query.decode()}"
        self.log.append(line)
        if self.late and re.search(self.late, line):
            raise httpx.ReadTimeout("late", request=request)
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await asyncio.sleep(0)  # as on a real road, others may set out meanwhile
        try:
            response = await self._inner.handle_async_request(request)
            for hold in self._holds:
                if re.search(hold.pattern, line):
                    hold.arrived.set()
                    await hold.released.wait()
        finally:
            self.under_way -= 1
        if self.losing and request.method != "GET":
            self.losing -= 1
            raise httpx.ReadError("lost", request=request)
        return response

    async def aclose(self) -> None:
        self.closed = True
