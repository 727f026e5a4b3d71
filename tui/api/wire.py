"""Requests to one server, and nothing known of Patchwork: limits, retries, redirects, proof.

Reads are tried again when they broke off or met 429, 502, 503 or 504.  Writes never are: one
whose answer is lost raises AnswerLost, and whoever wished it reads first.
"""

from __future__ import annotations

import asyncio
import base64
import random
import ssl
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass

import httpx

from tui import __version__
from tui.api.errors import ApiError, Busy, NotPatchwork, Refused, Unreachable
from tui.api.faults import broke_off, fault
from tui.api.refusals import Refusal, seconds_of
from tui.core.credentials import Credentials

Params = Sequence[tuple[str, str]]

_AGAIN = (429, 502, 503, 504)
_DEFAULT_PORT = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Limits:
    """How long, how much, how often.  Seconds and bytes."""

    connect: float = 10.0
    silence: float = 30.0
    """How long the server may say nothing."""
    total: float = 90.0
    """How long one try of a request may take in all: an answer that drips for ever ends here."""
    size: int = 64 * 1024 * 1024
    """The largest answer, unpacked.  The largest mbox seen is a few megabytes."""
    tries: int = 3
    """How often a read is sent at most."""
    backoff: float = 0.5
    """The first wait between two tries; it doubles, and varies by half."""
    longest_wait: float = 20.0
    """A server that asks for a longer wait than this is Busy at once."""
    at_once: int = 4
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer."""

    status: int
    headers: httpx.Headers
    body: bytes
    links: Mapping[str | None, Mapping[str, str]]

    @property
    def html(self) -> bool:
        """Whether this is a web page."""
        return "html" in self.headers.get("content-type", "") or self.body[:64].lstrip().startswith(b"<")


class _Proof(httpx.Auth):
    """Adds the Authorization header, and only to requests to the very origin it was set for."""

    def __init__(self, credentials: Credentials | None, root: httpx.URL) -> None:
        self._credentials = credentials
        self._origin = _origin(root)

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._credentials and _origin(request.url) == self._origin:
            request.headers["Authorization"] = _header(self._credentials)
        yield request


def _header(credentials: Credentials) -> str:
    if credentials.token:
        return f"Token {credentials.token}"
    pair = f"{credentials.username}:{credentials.password}".encode()
    return f"Basic {base64.b64encode(pair).decode('ascii')}"


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port or _DEFAULT_PORT.get(url.scheme)


class Wire:
    """The connections to one server."""

    def __init__(
        self,
        server: str,
        credentials: Credentials | None,
        transport: httpx.AsyncBaseTransport | None,
        verify: ssl.SSLContext | bool,
        limits: Limits,
    ) -> None:
        self.server = server
        self.has_token = bool(credentials)
        self.known = False
        """Whether the server has spoken Patchwork: then a 404 is about what was asked for."""
        try:
            self._root = httpx.URL(server)
        except httpx.InvalidURL:
            raise ValueError(f"{server!r} is no http address") from None
        self._verifies = verify is not False
        self._limits = limits
        self._slots = asyncio.Semaphore(limits.at_once)
        self._http = httpx.AsyncClient(
            transport=transport,
            verify=verify,
            auth=_Proof(credentials, self._root),
            headers={"User-Agent": f"pwtui/{__version__}", "Accept": "application/json, */*;q=0.1"},
            timeout=httpx.Timeout(limits.silence, connect=limits.connect, pool=None),
            limits=httpx.Limits(
                max_connections=limits.at_once,
                max_keepalive_connections=limits.at_once,
                keepalive_expiry=30.0,
            ),
            follow_redirects=False,
        )

    async def aclose(self) -> None:
        """Close the connections; requests under way are broken off."""
        await self._http.aclose()

    async def read(self, path: str, what: str, params: Params = ()) -> Answer:
        """GET a path below the root address, with retries; ``what`` names it in sentences."""
        for attempt in range(1, self._limits.tries + 1):
            last = attempt == self._limits.tries
            try:
                return await self._follow(path, what, params)
            except Unreachable as error:
                if last or not broke_off(error):
                    raise
                wait = 0.0
            except Refused as error:
                if last or error.status not in _AGAIN:
                    raise
                wait = (error.retry_after or 0.0) if isinstance(error, Busy) else 0.0
                if wait > self._limits.longest_wait:
                    raise
            variation = 0.5 + random.random()  # noqa: S311 - spreads retries, hides nothing
            await asyncio.sleep(wait + self._limits.backoff * 2 ** (attempt - 1) * variation)
        raise AssertionError("unreachable: the last try returns or raises")

    async def write(self, path: str, what: str, changes: Mapping[str, object]) -> Answer:
        """PATCH a path below the root address, once.  Redirects are refused."""
        request = self._http.build_request("PATCH", self._address(path), json=dict(changes))
        answer = await self._send(request, what)
        if 300 <= answer.status < 400:
            where = answer.headers.get("location", "")
            raise self._elsewhere(where)
        if answer.status >= 400:
            raise self._refusal(answer, what)
        return answer

    def _address(self, path: str) -> httpx.URL:
        return httpx.URL(f"{self.server}/{path}")

    async def _follow(self, path: str, what: str, params: Params) -> Answer:
        url = self._address(path)
        if params:
            url = url.copy_with(params=httpx.QueryParams(list(params)))
        for _ in range(self._limits.redirects + 1):
            answer = await self._send(self._http.build_request("GET", url), what)
            if answer.status >= 400:
                raise self._refusal(answer, what)
            if not 300 <= answer.status < 400:
                return answer
            url = self._rebased(url, answer.headers.get("location", ""))
        raise NotPatchwork(f"{self.server} redirects in a circle; check the address")

    def _rebased(self, asked: httpx.URL, location: str) -> httpx.URL:
        """Where a redirect of a read leads: path and query of it, on the scheme, host and port of
        the configured server, or on https of the same host.
        """
        try:
            target = asked.join(location)
        except httpx.InvalidURL:
            raise self._elsewhere(location) from None
        root = self._root
        if not location or target.host != root.host or target.scheme not in _DEFAULT_PORT:
            raise self._elsewhere(location)
        if _origin(target) == _origin(root):
            return target.copy_with(userinfo=b"", fragment=None)
        upgraded = root.scheme == "http" and target.scheme == "https"
        if upgraded and not self._verifies:  # TLS that is not verified is no step up
            raise self._elsewhere(location)
        if not upgraded and target.port not in (None, root.port):
            raise self._elsewhere(location)
        port = target.port if upgraded else root.port
        scheme = "https" if upgraded else root.scheme
        return httpx.URL(scheme=scheme, host=root.host, port=port, raw_path=target.raw_path)

    def _elsewhere(self, location: str) -> NotPatchwork:
        try:
            url = httpx.URL(location)
            where = f"{url.scheme}://{url.host}" if url.host else "another page"
        except httpx.InvalidURL:
            where = "no valid address"
        return NotPatchwork(
            f"{self.server} redirects to {where}, which is not followed; use --server if it moved"
        )

    def _refusal(self, answer: Answer, what: str) -> ApiError:
        return Refusal(
            server=self.server,
            what=what,
            status=answer.status,
            body=answer.body,
            html=answer.html,
            retry_after=seconds_of(answer.headers.get("retry-after", "")),
            had_token=self.has_token,
            known=self.known,
        ).error()

    async def _send(self, request: httpx.Request, what: str) -> Answer:
        """Send one request and take in its whole answer, within all limits."""
        try:
            async with self._slots, asyncio.timeout(self._limits.total):
                response = await self._http.send(request, stream=True)
                try:
                    body = await self._take_in(response)
                finally:
                    await response.aclose()
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise fault(error, self.server, what, written=request.method != "GET") from error
        return Answer(response.status_code, response.headers, body, response.links)

    async def _take_in(self, response: httpx.Response) -> bytes:
        body = bytearray()
        async for piece in response.aiter_bytes():
            body += piece
            if len(body) > self._limits.size:
                size = self._limits.size // (1024 * 1024)
                raise NotPatchwork(
                    f"{self.server} sent more than {size} MiB in one answer; it was broken off"
                )
        return bytes(body)
