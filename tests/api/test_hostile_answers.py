"""Whatever a server answers, a method returns or raises an ApiError: nothing else leaves the client."""

from __future__ import annotations

import asyncio
import copy
import gzip
import json
import random
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.api.replies import HEAD, INDEX, ONCE, SERVER
from tui.api.client import Client
from tui.api.errors import ApiError
from tui.core.credentials import Credentials
from tui.core.intent import Field
from tui.demo.app import make_app

if TYPE_CHECKING:
    from tests.api.conftest import Listen

Ask = Callable[[Client], Awaitable[object]]

METHODS: Mapping[str, Ask] = {
    "projects/kiln-devel/": lambda client: client.project("kiln-devel"),
    "projects/": lambda client: client.projects(),
    "series/1/": lambda client: client.series(1),
    "series/": lambda client: client.series_page("kiln-devel"),
    "series/?": lambda client: client.series_count("kiln-devel"),
    "patches/": lambda client: client.patches_page("kiln-devel"),
    "patches/1/": lambda client: client.patch(1),
    "patches/?": lambda client: client.find_patch("kiln-devel", "a@example.org"),
    "covers/": lambda client: client.find_cover("kiln-devel", "a@example.org"),
    "covers/1/": lambda client: client.cover(1),
    "patches/1/?": lambda client: client.set_patch(1, {Field.STATE: "new"}),
    "patches/1/??": lambda client: client.states(1),
    "patches/1/comments/": lambda client: client.patch_comments(1),
    "covers/1/comments/": lambda client: client.cover_comments(1),
    "patches/1/checks/": lambda client: client.checks(1),
    "events/": lambda client: client.events_page("kiln-devel"),
    "": lambda client: client.negotiate(),
}
"""Every method, by the path of what answers it."""

DEEP = b"[" * 100_000
ODD_VALUES: list[object] = [
    None, True, 0, -1, 2**63, 2**64, 10**400, 1.5, 1e300, float("nan"), float("inf"), "", "x",
    "\ud800", "\udfff\ud800x", "\x00\x1b[2J", "10000-01-01T00:00:00", "-0001-01-01",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59", "http://xn--a.example/", "http://[", "a" * 70_000, [], [None], [[]], {},
    {"id": 1},
]  # fmt: skip
BODIES = [
    b"", b"null", b"NaN", b"[NaN]", b"[[]]", b"{}", b"[{}]", b'"x"', DEEP, b'{"a":' * 50_000, b"7" * 5000,
    b"\xff\xfe\x00", b"\xef\xbb\xbf[]", b"\x00" * 10, b'["\xed\xa0\x80"]', b"<html>", b"From ",
    b'{"state": ["Expected one of: \\ud800, , ."]}', b'{"state": {"a": []}, "\\udfff": null}',
    b'{"detail": "\\ud800"}', b'{"detail": {"a": 1}}',
]  # fmt: skip
HEADERS: list[list[tuple[bytes, bytes]]] = [
    [(b"Content-Type", b"\xff\xfe")],
    [(b"Content-Type", b"text/html; charset=\xff")],
    [(b"Link", b'<http://[/?page=2>; rel="last", ;;=<>,' + b"\xff")],
    [(b"Link", b'<?page=%s>; rel="last"' % (b"9" * 5000))],
    [(b"Retry-After", b"Mon, 01 Jan 2024 00:00:00 +99999999999999")],
    [(b"Retry-After", b"\xb2")],
    [(b"Content-Encoding", b"gzip")],
    [(b"Content-Encoding", b"gzip, deflate, \xff")],
    [(b"Set-Cookie", b"a=\xff\xfe; Expires=Mon, 99 Foo 99999; Domain=\xff; Path=\x00")],
    [(b"X-Long", b"x" * 60_000)],
    *(
        [(b"Location", place)]
        for place in (b"", b"http://xn--a.example/", b"http://[", b"//\xff/", b"\xff", b"x" * 70_000, b"http://a:99999/")
    ),
]  # fmt: skip


class Stage:
    """A client, and a server that says to it whatever it is told to."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._answer: Callable[[], httpx.Response] = INDEX
        transport = httpx.MockTransport(self._answered)
        self._client = Client(SERVER, Credentials(SERVER, "secret"), transport=transport, limits=ONCE)

    def _answered(self, request: httpx.Request) -> httpx.Response:
        # Comments are asked for once the version is known, which this must not stand in the way of.
        return INDEX() if self._path and request.url.path == "/api/1.4/" else self._answer()

    async def survives(
        self, body: bytes, status: int = 200, headers: Sequence[tuple[bytes, bytes]] = ()
    ) -> None:
        self._answer = lambda: httpx.Response(status, headers=headers, stream=httpx.ByteStream(body))
        await refuses_or_returns(METHODS[self._path], self._client, (status, headers, body))


async def refuses_or_returns(ask: Ask, client: Client, what: object) -> None:
    try:
        found = await ask(client)
    except ApiError as error:
        assert str(error).isprintable(), f"{str(what)[:300]}: {error}"
        assert len(str(error)) < 1000
    except Exception as error:  # noqa: BLE001 - this is what must never be
        pytest.fail(f"{type(error).__name__}: {error!s:.200} for {str(what)[:300]}")
    else:
        assert not re.search(r"\\ud[89a-f]", repr(found)), f"{str(what)[:300]}: cannot be stored"


@pytest.mark.anyio
@pytest.mark.parametrize("path", METHODS)
async def test_odd_bodies_and_headers(path: str) -> None:
    for status in (200, 301, 400, 403, 404, 503):
        stage = Stage(path)
        for body in BODIES:
            await stage.survives(body, status)
        for headers in HEADERS:
            await stage.survives(b"[]", status, headers)
            await stage.survives(b"[]")  # what stays of it, such as cookies, is sent back


@pytest.mark.anyio
async def test_arguments_that_no_address_can_hold() -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=[]))
    client = Client(SERVER, transport=transport, limits=ONCE)
    for text in ("\ud800", "x" * 70_000, "\x00", "../..", "é"):
        for ask in (
            lambda c: c.project(text),  # noqa: B023
            lambda c: c.series_page(text),  # noqa: B023
            lambda c: c.find_patch("kiln-devel", text),  # noqa: B023
            lambda c: c.find_cover(text, text),  # noqa: B023
        ):
            await refuses_or_returns(ask, client, text)


RAW = [
    HEAD + b"Content-Length: %s\r\n\r\n[]" % length
    for length in (b"x", b"-1", b"9" * 5000, b"9" * 18, b"2, 3", b"\xff")
] + [
    HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n[]",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 5000 + b"\r\n",
    HEAD + b"X: " + b"x" * 200_000 + b"\r\n\r\n[]",
    HEAD + b"X\xff: \xff\x00\r\n\r\n[]",
    HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"[]")[:-4],
    HEAD + b"Content-Encoding: deflate\r\n\r\n\xff\xff",
    b"HTTP/1.1 999 \xff\r\n\r\n",
    b"HTTP/1.1 99999 Hm\r\n\r\n",
    b"HTTP/9.9 200 OK\r\n\r\n",
    b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
    b"HTTP/1.1 100 Continue\r\n\r\n" * 50,
    b"\x00\xff\n\n",
    b"",
]


@pytest.mark.anyio
async def test_odd_bytes_on_the_wire(listen: Listen) -> None:
    saying = RAW[0]

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(saying)
        await writer.drain()

    async with listen(talk) as address:
        client = Client(address, limits=ONCE)
        for saying in RAW:
            for path in ("projects/", "patches/1/?"):
                await refuses_or_returns(METHODS[path], client, saying)
        await client.aclose()


def real_answers() -> dict[str, bytes]:
    """What the embedded server answers to each method."""

    async def ask() -> dict[str, bytes]:
        transport = httpx.ASGITransport(app=make_app())
        answers = {}
        async with httpx.AsyncClient(transport=transport, base_url=f"{SERVER}/api/") as http:
            first = {
                kind: (await http.get(f"{kind}/?per_page=1")).json()[0]["id"]
                for kind in ("patches", "series", "covers")
            }
            for path in METHODS:
                plain = path.rstrip("?")
                for kind, number in first.items():
                    plain = plain.replace(f"{kind}/1/", f"{kind}/{number}/")
                if "mbox" not in plain:
                    answers[path] = (await http.get(f"{plain}?per_page=2")).content
        return answers

    return asyncio.run(ask())


ANSWERS = real_answers()


def spots(value: object, here: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the places of all values inside a value."""
    found = [here] if here else []
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        found += spots(item, (*here, key))
    return found


def damaged(answer: object, chance: random.Random) -> object:
    """Return an answer with one to three of its values replaced or left out."""
    answer = copy.deepcopy(answer)
    for _ in range(chance.randint(1, 3)):
        places = spots(answer)
        if not places:
            break
        *way, last = chance.choice(places)
        where: object = answer
        for key in way:
            where = where[key]  # type: ignore[index]
        if chance.random() < 0.2:
            del where[last]  # type: ignore[attr-defined]
        else:
            where[last] = copy.deepcopy(chance.choice(ODD_VALUES))  # type: ignore[index]
    return answer


@settings(max_examples=150, deadline=None)
@given(path=st.sampled_from(sorted(ANSWERS)), chance=st.randoms(use_true_random=False))
def test_damaged_answers_of_the_embedded_server(path: str, chance: random.Random) -> None:
    body = json.dumps(damaged(json.loads(ANSWERS[path]), chance)).encode()
    asyncio.run(Stage(path).survives(body))


@pytest.mark.anyio
@pytest.mark.parametrize("path", ["patches/1/", "series/1/", "events/", "patches/1/comments/"])
async def test_each_value_of_an_answer_in_turn_is_odd(path: str) -> None:
    whole = json.loads(ANSWERS[path])
    whole = whole[:1] if isinstance(whole, list) else whole
    stage = Stage(path)
    for *way, last in spots(whole):
        for odd in ODD_VALUES:
            where: Any = (told := copy.deepcopy(whole))
            for key in way:
                where = where[key]
            where[last] = odd
            await stage.survives(json.dumps(told).encode())
