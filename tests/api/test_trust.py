"""Whom the client talks to, and who gets to see a secret: redirects, tokens, tracebacks."""

from __future__ import annotations

import asyncio
import traceback
from functools import partial
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.api.replies import OK, SERVER, moved
from tui.api import errors
from tui.api.client import Client
from tui.core.credentials import Credentials
from tui.core.intent import Field

if TYPE_CHECKING:
    from tests.api.conftest import Line

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("location", "led_to"),
    [
        ("/api/1.3/projects/?page=1", f"{SERVER}/api/1.3/projects/?page=1"),
        (f"{SERVER}/x/", f"{SERVER}/x/"),
        ("http://patchwork.example.org/x/", f"{SERVER}/x/"),
        ("http://patchwork.example.org:80/x/", f"{SERVER}/x/"),
        ("https://ada:lovelace@patchwork.example.org/x/#y", f"{SERVER}/x/"),
    ],
)
async def test_a_read_follows_redirects_on_the_same_host(line: Line, location: str, led_to: str) -> None:
    client = line.client(moved(location), OK, token="secret")
    await client.projects()
    assert str(line.requests[1].url) == led_to
    assert line.requests[1].headers["authorization"] == "Token secret"


@pytest.mark.parametrize(
    "location",
    [
        "https://evil.invalid/api/projects/",
        "//evil.invalid/x/",
        "https://patchwork.example.org.evil.invalid/",
        "https://patchwork.example.org:8443/x/",
        "http://patchwork.example.org:8080/x/",
        "ftp://patchwork.example.org/x/",
        "file:///etc/passwd",
        "http://[broken",
        "http://xn--a.example/",
        "http://\xe9\x80.example/",
        b"http://\xff\xfe.example/",
        "x" * 70_000,
        "//[::1/",
        "",
    ],
)
async def test_a_redirect_to_another_host_is_refused_and_gets_nothing(
    line: Line, location: str | bytes
) -> None:
    client = line.client(moved(location), OK, token="secret")
    with pytest.raises(errors.NotPatchwork, match=r"redirects to .*, which is not followed") as caught:
        await client.projects()
    assert len(line.requests) == 1
    assert len(str(caught.value)) < 400


async def test_a_redirect_to_tls_is_followed_without_the_token(line: Line) -> None:
    client = line.client(
        moved(f"{SERVER}/api/projects/"), OK, server=SERVER.replace("https", "http"), token="s"
    )
    await client.projects()
    assert [str(r.url.copy_with(query=None)) for r in line.requests] == [
        "http://patchwork.example.org/api/projects/",
        "https://patchwork.example.org/api/projects/",
    ]
    assert ["authorization" in r.headers for r in line.requests] == [True, False]


async def test_a_redirect_to_tls_that_would_not_be_verified_is_refused() -> None:
    server = SERVER.replace("https", "http")
    answer = httpx.MockTransport(lambda _: moved(f"{SERVER}/api/projects/")())
    with pytest.raises(errors.NotPatchwork, match=r"redirects to https://.*; use --server if it moved"):
        await Client(server, transport=answer, verify=False).projects()


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize(
    ("location", "where"),
    [
        (f"{SERVER}/api/patches/7/", SERVER),
        ("/elsewhere/", "another page"),
        ("http://xn--a.example/", "no valid address"),
    ],
)
async def test_a_write_follows_no_redirect_and_says_what_to_set(
    line: Line, location: str, where: str, status: int
) -> None:
    client = line.client(moved(location, status), server=SERVER.replace("https", "http"), token="secret")
    with pytest.raises(errors.Misconfigured, match=f"redirects changes to {where}.*; set that") as caught:
        await client.set_patch(7, {Field.STATE: "new"})
    assert not caught.value.retryable
    assert len(line.requests) == 1


BAD_TOKEN = partial(httpx.Response, 403, json={"detail": "Invalid token."})


def deaf_to_tokens(request: httpx.Request) -> httpx.Response:
    return BAD_TOKEN() if "authorization" in request.headers or request.method != "GET" else OK()


async def test_a_token_that_is_not_taken_goes_with_no_further_read() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return deaf_to_tokens(request)

    client = Client(SERVER, Credentials(SERVER, "secret"), transport=httpx.MockTransport(answer))
    assert client.token_trouble == ""
    assert (await client.projects()).items == ()
    assert "does not take your token" in client.token_trouble
    assert (await client.projects()).items == ()
    with pytest.raises(errors.TokenRefused, match="does not take your token"):
        await client.set_patch(7, {Field.STATE: "new"})
    assert ["authorization" in r.headers for r in asked] == [True, False, False, True]


async def test_reads_at_the_same_time_all_come_through_without_a_refused_token() -> None:
    credentials = Credentials(SERVER, username="ada", password="lovelace")
    client = Client(SERVER, credentials, transport=httpx.MockTransport(deaf_to_tokens))
    pages = await asyncio.gather(*(client.projects() for _ in range(8)))
    assert [page.items for page in pages] == [()] * 8


async def test_a_read_that_is_refused_without_the_token_too_is_refused(line: Line) -> None:
    client = line.client(BAD_TOKEN, token="secret")
    with pytest.raises(errors.TokenRefused, match="does not take your token"):
        await client.projects()
    assert len(line.requests) == 2
    assert client.token_trouble == ""


async def test_a_read_that_needs_another_right_is_not_repeated(line: Line) -> None:
    stranger = partial(httpx.Response, 403, json={"detail": "You do not have permission."})
    client = line.client(stranger, token="secret")
    with pytest.raises(errors.NotPermitted):
        await client.projects()
    assert len(line.requests) == 1


async def test_redirects_in_a_circle_end(line: Line) -> None:
    client = line.client(moved("/api/projects/"))
    with pytest.raises(errors.NotPatchwork, match="redirects in a circle"):
        await client.projects()
    assert len(line.requests) < 10


@pytest.mark.parametrize("status", [200, 400, 403, 500])
async def test_no_secret_stands_in_an_error_its_causes_or_its_locals(line: Line, status: int) -> None:
    secret = "0123456789abcdef"
    client = line.client(partial(httpx.Response, status, content=b"{"), token=secret)
    with pytest.raises(errors.ApiError) as caught:
        await client.set_patch(7, {Field.STATE: "new"})
    told = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert line.requests[0].headers["authorization"] == f"Token {secret}"
    # The frame of this test knows the secret; those of the client must not show it.
    frames = [frame for frame in told.stack if "/tui/" in frame.filename or "httpx" in frame.filename]
    shown = "".join(str(frame.locals) for frame in frames) + str(caught.value)
    assert frames
    assert secret not in shown


async def test_a_connection_that_fails_shows_no_secret() -> None:
    secret = "0123456789abcdef"
    server = "http://127.0.0.1:1"
    client = Client(server, Credentials(server, secret))
    with pytest.raises(errors.Unreachable) as caught:
        await client.set_patch(7, {Field.STATE: "new"})
    told = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    while told is not None:
        for frame in told.stack:
            if not frame.filename.endswith("test_trust.py"):
                assert secret not in str(frame.locals)
        told = told.__cause__  # type: ignore[assignment]
    await client.aclose()
