"""Misbehaviour on demand, for tests: what a bad server, or a bad network, does to a request."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from starlette.types import Message, Receive, Scope, Send

from tui.demo.links import Json

_App = Callable[[Scope, Receive, Send], Awaitable[None]]
_GARBAGE = {
    "html": ("text/html", "<html><body><h1>It works!</h1></body></html>"),
    "json": ("application/json", '[{"id": 4001, "name": "half an ans'),
}


class Seen(NamedTuple):
    """A request that came in."""

    method: str
    path: str
    query: str

    def as_json(self) -> Json:
        """Return the request for the log over HTTP."""
        return {"method": self.method, "path": self.path, "query": self.query}


@dataclass(eq=False, repr=False)
class Fault:
    """A rule: which requests, how often, and what happens to them.

    What happens is a delay (seconds), then at most one of the others; none of them is an ordinary
    answer, only late.  ``reset`` needs a socket: in process it raises ConnectionResetError.
    """

    path: str = ""
    """A regular expression, searched in path and query."""
    method: str = ""
    """Which method; any where empty."""
    times: int | None = None
    """For how many requests; for all where None."""
    delay: float = 0.0
    status: int | None = None
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    """Half of the true answer, with the Content-Length of the whole."""
    reset: bool = False
    """The connection is closed without an answer."""
    garbage: str = ""
    """``html`` or ``json``: an answer of status 200 that is a page, or half of a document."""
    endless: bool = False
    """An answer that begins and never ends."""
    redirect: str = ""
    """The address that the answer sends the client to."""

    def matches(self, method: str, target: str) -> bool:
        """Whether a request is one of those meant, and any are left."""
        return self.times != 0 and self.method in ("", method) and re.search(self.path, target) is not None


class Faults:
    """The rules in force, and the log of requests.  ``delay_all`` is in seconds, for every request."""

    def __init__(self) -> None:
        self.delay_all = 0.0
        self.requests: list[Seen] = []
        self._rules: list[Fault] = []

    def add(self, path: str = "", **what: object) -> Fault:
        """Add a rule; the words are the fields of Fault.  The first rule that fits a request counts.

        Over HTTP ``delay_all`` may stand alone.  Raises TypeError for an unknown word.
        """
        delay_all = what.pop("delay_all", None)
        fault = Fault(path, **what)  # type: ignore[arg-type]
        if isinstance(delay_all, int | float):
            self.delay_all = float(delay_all)
        else:
            self._rules.append(fault)
        return fault

    def clear(self) -> None:
        """Forget all rules."""
        self._rules.clear()
        self.delay_all = 0.0

    async def handle(self, app: _App, scope: Scope, receive: Receive, send: Send) -> None:
        """Log a request and answer it, in the way that the first rule for it wants."""
        query = scope["query_string"].decode("latin-1")
        self.requests.append(Seen(scope["method"], scope["path"], query))
        target = f"{scope['path']}?{query}" if query else scope["path"]
        fault = next((rule for rule in self._rules if rule.matches(scope["method"], target)), None)
        if fault is not None and fault.times is not None:
            fault.times -= 1
        delay = self.delay_all + (fault.delay if fault else 0.0)
        if delay:
            await asyncio.sleep(delay)
        if fault is None:
            await app(scope, receive, send)
        else:
            await _misbehave(fault, app, scope, receive, send)


async def _misbehave(fault: Fault, app: _App, scope: Scope, receive: Receive, send: Send) -> None:
    if fault.reset:
        await _reset(receive, send)
    elif fault.cut:
        await _cut(app, scope, receive, send)
    elif fault.endless:
        await _send(send, 200, {"content-type": "application/json"}, b"[", more=True)
        while True:
            await asyncio.sleep(0.02)
            await send({"type": "http.response.body", "body": b" ", "more_body": True})
    elif fault.garbage:
        kind, text = _GARBAGE[fault.garbage]
        await _send(send, 200, {"content-type": kind}, text.encode())
    elif fault.redirect:
        await _send(send, 302, {"location": fault.redirect}, b"")
    elif fault.status is not None:
        await _send(
            send, fault.status, {"content-type": "application/json", **fault.headers}, fault.body.encode()
        )
    else:
        await app(scope, receive, send)


async def _send(send: Send, status: int, headers: dict[str, str], body: bytes, more: bool = False) -> None:
    pairs = {name.lower(): value for name, value in headers.items()}
    if not more:
        pairs["content-length"] = str(len(body))
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in pairs.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body, "more_body": more})


async def _cut(app: _App, scope: Scope, receive: Receive, send: Send) -> None:
    """Send the first half of the body and return: the server then has to close the connection."""

    async def send_half(message: Message) -> None:
        if message["type"] == "http.response.body":
            body = message["body"]
            message = {**message, "body": body[: len(body) // 2], "more_body": True}
        await send(message)

    await app(scope, receive, send_half)
    await _drop(receive, send)


async def _reset(receive: Receive, send: Send) -> None:
    if not await _drop(receive, send):
        raise ConnectionResetError("the embedded server was told to reset this connection")


async def _drop(receive: Receive, send: Send) -> bool:
    """Close the connection under the server, where there is one; ASGI itself has no word for it."""
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if not isinstance(transport, asyncio.Transport):
        return False
    transport.close()
    while (await receive())["type"] != "http.disconnect":
        pass
    return True
