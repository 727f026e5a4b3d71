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
from typing import NamedTuple

import httpx

from tui import __version__
from tui.api.addresses import origin, readable, rebased, site
from tui.api.errors import (
    ApiError,
    Busy,
    Misconfigured,
    NotFound,
    NotPatchwork,
    Refused,
    TokenRefused,
    Unreachable,
    one_line,
)
from tui.api.faults import answer_lost, bad_proxy, broke_off, fault
from tui.api.refusals import Refusal, seconds_of
from tui.core.credentials import Credentials

Params = Sequence[tuple[str, str]]

_AGAIN = (429, 502, 503, 504)


class Limits(NamedTuple):
    """How long, how much, how often.  Seconds and bytes."""

    connect: float = 10.0
    silence: float = 20.0
    """How long the server may say nothing."""
    total: float = 60.0
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


class Answer(NamedTuple):
    """A whole answer."""

    status: int
    headers: httpx.Headers
    location: str
    """Where a redirect leads; empty where it does not say."""
    proof: str
    """The kind of credentials that went along, ``Token`` or ``Basic``; empty where none did."""
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
        self._origin = origin(root)

    def __bool__(self) -> bool:
        return bool(self._credentials)

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._credentials and origin(request.url) == self._origin:
            request.headers["Authorization"] = _header(self._credentials)
        yield request


def _header(credentials: Credentials) -> str:
    if credentials.token:
        return f"Token {credentials.token}"
    pair = f"{credentials.username}:{credentials.password}".encode()
    return f"Basic {base64.b64encode(pair).decode('ascii')}"


async def _unfollow(response: httpx.Response) -> None:
    """Hide a redirect's address from httpx, which reads it although it is told not to follow."""
    response.extensions["location"] = response.headers.pop("location", "")


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
        self.known = False
        """Whether the server has spoken Patchwork: then a 404 is about what was asked for."""
        self.token_trouble = ""
        """Why reads go without credentials although there are some; empty while they go along."""
        try:
            self._root = readable(server)
        except ValueError:
            raise ValueError(f"{server!a} is no http address") from None
        self._verifies = verify is not False
        self._limits = limits
        self._slots = asyncio.Semaphore(limits.at_once)
        self._proof = _Proof(credentials, self._root)
        try:
            self._http = self._connections(transport, verify)
        except (ImportError, httpx.InvalidURL, ValueError) as error:
            raise bad_proxy(error) from None

    def _connections(
        self, transport: httpx.AsyncBaseTransport | None, verify: ssl.SSLContext | bool
    ) -> httpx.AsyncClient:
        limits = self._limits
        return httpx.AsyncClient(
            transport=transport,
            verify=verify,
            event_hooks={"response": [_unfollow]},
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

    async def read(self, path: str, what: str, params: Params = (), most: int = 0) -> Answer:
        """GET a path below the root address, with retries; ``what`` names it in sentences.

        Where ``most`` is given, the answer is broken off once it has so many bytes.

        Most servers let everybody read, but refuse a read with a token they do not know: it is
        then repeated without, and when that helps, all further reads go without.
        """
        url = self._address(path, what, params)
        if self.token_trouble or not self._proof:
            return await self._read(url, what, most, proven=False)
        try:
            return await self._read(url, what, most, proven=True)
        except TokenRefused as refused:
            try:
                answer = await self._read(url, what, most, proven=False)
            except TokenRefused:
                raise refused from None
            self.token_trouble = str(refused)
            return answer

    async def _read(self, url: httpx.URL, what: str, most: int, *, proven: bool) -> Answer:
        for attempt in range(1, self._limits.tries + 1):
            last = attempt == self._limits.tries
            try:
                return await self._follow(url, what, most, proven)
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

    async def write(
        self, path: str, what: str, changes: Mapping[str, object], method: str = "PATCH"
    ) -> Answer:
        """PATCH a path below the root address, or POST to it, once.  Redirects are refused."""
        url = self._address(path, what)
        answer = await self._send(self._http.build_request(method, url, json=dict(changes)), what)
        if 300 <= answer.status < 400:
            raise Misconfigured(
                f"{self.server} redirects changes to {site(answer.location)}, which is not followed; "
                "set that address with --server or PWTUI_SERVER",
                status=answer.status,
            )
        if answer.status >= 400:
            raise self._refusal(answer, what, written=True)
        return answer

    def _address(self, path: str, what: str, params: Params = ()) -> httpx.URL:
        try:
            url = httpx.URL(f"{self.server}/{path}")
            return url.copy_with(params=httpx.QueryParams(list(params))) if params else url
        except (httpx.InvalidURL, ValueError):  # too long, or lone surrogates
            raise NotFound(
                f"{self.server} has no {one_line(what)}: no address can name it", status=404
            ) from None

    async def _follow(self, url: httpx.URL, what: str, most: int, proven: bool) -> Answer:
        for _ in range(self._limits.redirects + 1):
            answer = await self._send(self._http.build_request("GET", url), what, most, proven)
            if answer.status >= 400:
                raise self._refusal(answer, what)
            if not 300 <= answer.status < 400:
                return answer
            try:
                url = rebased(self._root, url, answer.location, verified=self._verifies)
            except ValueError:
                raise NotPatchwork(
                    f"{self.server} redirects to {site(answer.location)}, which is not followed; "
                    "use --server if it moved"
                ) from None
        raise NotPatchwork(f"{self.server} redirects in a circle; check the address")

    def _refusal(self, answer: Answer, what: str, *, written: bool = False) -> ApiError:
        return Refusal(
            server=self.server,
            what=what,
            status=answer.status,
            body=answer.body,
            html=answer.html,
            retry_after=seconds_of(answer.headers.get("retry-after", "")),
            proof=answer.proof,
            written=written,
            known=self.known,
        ).error()

    async def _send(self, request: httpx.Request, what: str, most: int = 0, proven: bool = True) -> Answer:
        """Send one request and take in its whole answer, within all limits."""
        written = request.method != "GET"
        try:
            async with self._slots, asyncio.timeout(self._limits.total):
                response = await self._http.send(request, stream=True, auth=self._proof if proven else None)
                try:
                    body = await self._take_in(response, most)
                finally:
                    await response.aclose()
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            raise fault(error, self.server, what, written=written) from error
        except NotPatchwork as error:
            if written:
                raise answer_lost(self.server, what) from error
            raise
        return Answer(
            response.status_code,
            response.headers,
            response.extensions["location"],
            request.headers.get("authorization", "").partition(" ")[0],
            body,
            response.links,
        )

    async def _take_in(self, response: httpx.Response, most: int) -> bytes:
        if "," in response.headers.get("content-encoding", ""):  # 64 kB packed twice can be 64 GB
            raise NotPatchwork(f"{self.server} sent an answer that is packed more than once; try again")
        body = bytearray()
        async for piece in response.aiter_bytes():
            body += piece
            if 0 < most <= len(body):
                break
            if len(body) > self._limits.size:
                size = self._limits.size // (1024 * 1024)
                raise NotPatchwork(
                    f"{self.server} sent more than {size} MiB in one answer; it was broken off"
                )
        return bytes(body[: most or None])
