"""Asking one server: the version of its API, one object, a page of a list, a whole short list."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Coroutine, Iterable, Mapping
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

import httpx

from tui.api.errors import ApiOff, NotFound, NotPatchwork
from tui.api.faults import answer_lost
from tui.api.record import Record, decode_list, parse_json
from tui.api.refusals import page_title
from tui.api.wire import Answer, Limits, Params, Wire
from tui.core.credentials import Credentials
from tui.core.model import Page

T = TypeVar("T")

VERSIONS = ("1.4", "1.3", "1.2", "1.1", "1.0")
"""What we speak, the newest first."""

LONGEST_PAGE = 250
"""What a server gives at most, unless it was set up to give less."""
MOST_PAGES = 40
"""Of a list that is fetched whole: a server that always names one more page is not followed."""


class Inquiry:
    """What every question to a Patchwork server needs.  The questions themselves: see Client."""

    def __init__(
        self,
        server: str,
        credentials: Credentials | None = None,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        verify: ssl.SSLContext | bool = True,
        limits: Limits | None = None,
    ) -> None:
        """Take the server's root address, without /api and without a slash at the end.

        Raises ValueError for an address that is none, or credentials of another server, and
        Misconfigured for proxies in the environment that cannot be used.
        """
        if not server.startswith(("http://", "https://")) or "@" in server or server.endswith("/"):
            raise ValueError("a server is given as http(s)://host, without a user or a slash at the end")
        if credentials is not None and credentials.server != server:
            raise ValueError(f"these credentials were set for {credentials.server}, not for {server}")
        if credentials is not None and credentials.kept:
            raise ValueError("the token of these credentials is kept elsewhere; fetch it first")
        if credentials is not None and credentials.fault:
            raise ValueError(f"these credentials cannot be sent: {credentials.fault}")
        self.server = server
        self.version: str | None = None
        """The API's version once it is negotiated."""
        self._negotiating = asyncio.Lock()
        self._wire = Wire(server, credentials, transport, verify, limits or Limits())

    @property
    def token_trouble(self) -> str:
        """Why the credentials go with writes only: the server refuses reads with them, and
        answers those without.  One sentence; empty while all is well.
        """
        return self._wire.token_trouble

    def go_without(self, trouble: str) -> None:
        """Ask without credentials, and say why."""
        self._wire.token_trouble = trouble

    async def aclose(self) -> None:
        """Close all connections."""
        await self._wire.aclose()

    async def negotiate(self) -> str:
        """Return the newest API version that the server and we both speak; asks once.

        Until then requests go to ``/api/`` without a version, which is the server's latest.
        """
        async with self._negotiating:
            if self.version is None:
                self.version = await self._newest()
        return self.version

    async def _newest(self) -> str:
        for version in VERSIONS:
            try:
                answer = await self._wire.read(f"api/{version}/", "the API")
                self._record(answer)
            except (ApiOff, NotFound):
                continue
            return version
        raise ApiOff(
            f"{self.server} has no Patchwork API: it is switched off there, or this is no Patchwork server; "
            "check the address",
            status=404,
        )

    def _path(self, path: str) -> str:
        return f"api/{self.version}/{path}" if self.version else f"api/{path}"

    async def _read(self, path: str, what: str, params: Params = ()) -> Answer:
        return await self._wire.read(self._path(path), what, params)

    async def _write(
        self,
        path: str,
        what: str,
        values: Mapping[str, object],
        read: Callable[[Record], T],
        method: str = "PATCH",
    ) -> T:
        """Write to something, and return it as the server has it now.

        Raises AnswerLost where nobody knows whether the write was taken.
        """
        answer = await self._wire.write(self._path(path), what, values, method)
        try:
            return read(self._record(answer))
        except NotPatchwork as error:
            raise answer_lost(self.server, what) from error

    def _json(self, answer: Answer) -> object:
        if answer.html:
            raise self._web_page(answer)
        return parse_json(answer.body, self.server)

    def _web_page(self, answer: Answer) -> NotPatchwork:
        return NotPatchwork(
            f"{self.server} sent a web page where Patchwork's API was expected; check the address",
            status=answer.status,
            reason=page_title(answer.body[:4000].decode("utf-8", "replace")),
        )

    def _record(self, answer: Answer) -> Record:
        record = Record(self._json(answer), self.server)
        self._wire.known = True
        return record

    async def _page(
        self,
        path: str,
        what: str,
        read: Callable[[Record], T],
        page: int,
        per_page: int,
        filters: Params = (),
    ) -> Page[T]:
        """Return a page of a list.  One past the end, which Patchwork answers with 404, is empty."""
        paging = [("page", str(page)), ("per_page", str(per_page))]
        try:
            answer = await self._read(path, what, [*((k, v) for k, v in filters if v), *paging])
        except NotFound:
            if page == 1:
                raise
            return Page((), page, page)
        items = decode_list(self._json(answer), self.server, read)
        self._wire.known = True
        last, counted = _last_page(answer, page)
        return Page(items, page, max(page, last), counted)

    async def _all(self, path: str, what: str, read: Callable[[Record], T]) -> tuple[T, ...]:
        """Return all pages of a short list; those after the first side by side, if their number is told."""
        first = await self._page(path, what, read, 1, LONGEST_PAGE)
        items, last = first.items, min(first.last, MOST_PAGES)
        if first.counted:
            rest = await _side_by_side(
                self._page(path, what, read, number, LONGEST_PAGE) for number in range(2, last + 1)
            )
            return sum((page.items for page in rest), items)
        page = first
        while page.next is not None and page.items and page.number < MOST_PAGES:
            page = await self._page(path, what, read, page.next, LONGEST_PAGE)
            items += page.items
        return items


async def _side_by_side(pages: Iterable[Coroutine[Any, Any, Page[T]]]) -> list[Page[T]]:
    """Read pages side by side, in their order; the first trouble ends them all."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(page) for page in pages]
    except BaseExceptionGroup as troubles:
        raise troubles.exceptions[0] from None
    return [task.result() for task in tasks]


def _last_page(answer: Answer, page: int) -> tuple[int, bool]:
    """The number of the last page that an answer's Link header leads to, and whether it is the very last.

    Only that number is used of it.
    """
    for name in ("last", "next"):
        try:
            numbers = parse_qs(urlsplit(answer.links.get(name, {}).get("url", "")).query).get("page", [""])
        except ValueError:
            continue
        if numbers[0].isdecimal() and len(numbers[0]) < 10:
            return int(numbers[0]), name == "last"
    return page, True
