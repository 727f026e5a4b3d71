"""The embedded Patchwork server as an ASGI app.

Imports neither uvicorn nor templates: ``pwtui --demo`` waits for this module before its first rows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from tui.demo import api, pages
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
            await self._answer_control(Request(scope, receive), scope, receive, send)
            return
        await self.faults.handle(self._answer, scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        body = await request.body()
        try:
            response = self._find(request, body)
        except NoSuchPage:
            response = HTMLResponse(_NOT_FOUND, 404)
        except Refused as refusal:
            response = JSONResponse(refusal.body, refusal.status)
        await response(scope, receive, send)

    def _find(self, request: Request, body: bytes) -> Response:
        path = request.url.path
        if not path.endswith("/") and request.method in ("GET", "HEAD"):
            return RedirectResponse(request.url.replace(path=f"{path}/"), 301)
        parts = tuple(part for part in path.split("/") if part)
        if parts[:1] != ("api",):
            return pages.answer(self.world, request.scope["path"], request.query_params)
        version = parts[1] if len(parts) > 1 and parts[1] in VERSIONS else ""
        call = Call(
            world=self.world,
            method=request.method,
            path=parts[2:] if version else parts[1:],
            url=str(request.url),
            params=request.query_params,
            headers=request.headers,
            body=body,
            links=Links(str(request.base_url).rstrip("/"), version),
            user=find_user(request.headers),
        )
        return api.answer(call)

    async def _answer_control(self, request: Request, scope: Scope, receive: Receive, send: Send) -> None:
        response: ASGIApp
        match request.method, request.url.path:
            case "POST", "/_demo/faults":
                self.faults.add(**await request.json())
                response = Response(status_code=204)
            case "DELETE", "/_demo/faults":
                self.faults.clear()
                response = Response(status_code=204)
            case "GET", "/_demo/requests":
                response = JSONResponse([seen.as_json() for seen in self.faults.requests])
            case "DELETE", "/_demo/requests":
                self.faults.requests.clear()
                response = Response(status_code=204)
            case "POST", "/_demo/reset":
                self.reset()
                response = Response(status_code=204)
            case _:
                response = HTMLResponse(_NOT_FOUND, 404)
        await response(scope, receive, send)
