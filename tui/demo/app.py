"""The embedded Patchwork server as an ASGI app.

Imports neither uvicorn nor templates: ``pwtui --demo`` waits for this module before its first rows.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from starlette.datastructures import URL, Headers, QueryParams
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from tui.demo import api
from tui.demo.calls import Call, NoSuchPage, Refused, find_user
from tui.demo.faults import Faults
from tui.demo.links import VERSIONS, Links
from tui.demo.world import CORPUS, World

_NOT_FOUND = (
    "<!doctype html>\n<html lang=en><head><title>Not Found</title></head>"
    "<body><h1>Not Found</h1><p>The requested resource was not found on this server.</p></body></html>\n"
)


def make_app(
    corpus: Path = CORPUS,
    now: Callable[[], datetime] | None = None,
    local: timedelta = timedelta(),
    faults: Faults | None = None,
    control: bool = False,
) -> DemoApp:
    """Return a server with a corpus loaded, to be called as an ASGI app.

    ``corpus`` is a folder of mbox files, or one file; ``now`` a clock in naive UTC; ``local`` how
    far the server's own time is ahead of UTC; ``faults`` what goes wrong; ``control`` whether
    ``/_demo/`` takes orders over HTTP.
    """
    return DemoApp(World(corpus, now or _now, local), faults or Faults(), control)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


class DemoApp:
    """The ASGI app; ``world`` is what it serves, ``faults`` what it does wrong, with a log of requests."""

    def __init__(self, world: World, faults: Faults, control: bool) -> None:
        self.world = world
        self.faults = faults
        self._control = control

    def reset(self) -> None:
        """Go back to what was loaded, with no faults and an empty log."""
        self.world.reset()
        self.faults.clear()
        self.faults.requests.clear()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        if self._control and scope["path"].startswith("/_demo/"):
            response = self._obey(scope["method"], scope["path"], await _read_body(receive))
            await response(scope, receive, send)
        else:
            await self.faults.handle(self._answer, scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _read_body(receive)
        try:
            response = self._find(scope, body)
        except NoSuchPage:
            response = HTMLResponse(_NOT_FOUND, 404)
        except Refused as refusal:
            response = JSONResponse(refusal.body, refusal.status)
        await response(scope, receive, send)

    def _find(self, scope: Scope, body: bytes) -> Response:
        url, path, method = URL(scope=scope), scope["path"], scope["method"]
        if not path.endswith("/") and method in ("GET", "HEAD"):
            return RedirectResponse(url.replace(path=f"{url.path}/"), 301)
        parts = tuple(part for part in path.split("/") if part)
        params = QueryParams(scope["query_string"])
        if parts[:1] != ("api",):
            from tui.demo import pages  # 2 ms, and the app asks for none

            return pages.answer(self.world, path, params)
        if method not in ("GET", "HEAD"):
            _ = self.world.events  # told before anything changes
        version = parts[1] if len(parts) > 1 and parts[1] in VERSIONS else ""
        headers = Headers(scope=scope)
        call = Call(
            world=self.world,
            method=method,
            path=parts[2:] if version else parts[1:],
            url=str(url),
            params=params,
            headers=headers,
            body=body,
            links=Links(f"{url.scheme}://{url.netloc}", version),
            user=find_user(headers),
        )
        return api.answer(call)

    def _obey(self, method: str, path: str, body: bytes) -> Response:
        match method, path:
            case "POST", "/_demo/faults":
                try:
                    self.faults.add(**json.loads(body))
                except (TypeError, ValueError) as error:
                    return JSONResponse({"detail": str(error)}, 400)
            case "DELETE", "/_demo/faults":
                self.faults.clear()
            case "DELETE", "/_demo/requests":
                self.faults.requests.clear()
            case "POST", "/_demo/reset":
                self.reset()
            case "GET", "/_demo/requests":
                return JSONResponse([seen.as_json() for seen in self.faults.requests])
            case _:
                return HTMLResponse(_NOT_FOUND, 404)
        return Response(status_code=204)


async def _read_body(receive: Receive) -> bytes:
    """Return a request's whole body.  starlette.requests would do it, at 2 ms more of imports."""
    body = b""
    while (message := await receive())["type"] == "http.request":
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    return body
