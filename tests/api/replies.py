"""Answers that several tests of this room give."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import httpx

from tui.api.wire import Limits

if TYPE_CHECKING:
    from tests.api.conftest import Talk

SERVER = "https://patchwork.example.org"
PATCH: dict[str, object] = {
    "id": 7,
    "project": {"id": 3},
    "msgid": "<a@example.org>",
    "name": "A change",
    "state": "new",
    "date": "2026-01-02T03:04:05",
    "content": "Why",
    "diff": "diff --git a/x b/x",
    "headers": {"Subject": "A change"},
}
OK = EMPTY = partial(httpx.Response, 200, json=[])
GONE = partial(httpx.Response, 404, json={"detail": "Invalid page."})
HTML = partial(httpx.Response, 404, html="<h1>Not Found</h1>")
INDEX = partial(httpx.Response, 200, json={"patches": ""})
ONCE = Limits(tries=1, backoff=0)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def patches(*payloads: dict[str, object], link: str = "") -> partial[httpx.Response]:
    """Answer with a list, and perhaps a Link header."""
    return partial(httpx.Response, 200, json=list(payloads), headers={"Link": link} if link else {})


def moved(location: str | bytes, status: int = 301) -> partial[httpx.Response]:
    """Answer with a redirect."""
    raw = location if isinstance(location, bytes) else location.encode()
    return partial(httpx.Response, status, headers=[(b"Location", raw)])


def saying(answer: bytes) -> Talk:
    """Answer each connection's first request with these bytes, and hang up."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()

    return talk
