"""Whom the client talks to, and who gets to see a secret: redirects, tokens, tracebacks."""

from __future__ import annotations

import traceback
from functools import partial
from typing import TYPE_CHECKING

import httpx
import pytest

from tui.api import errors
from tui.api.client import Client
from tui.core.credentials import Credentials
from tui.core.intent import Field

if TYPE_CHECKING:
    from tests.api.conftest import Line

pytestmark = pytest.mark.anyio

SERVER = "https://patchwork.example.org"
OK = partial(httpx.Response, 200, json=[])


def moved(location: str, status: int = 301) -> partial[httpx.Response]:
    return partial(httpx.Response, status, headers={"Location": location})


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
        "",
    ],
)
async def test_a_redirect_to_another_host_is_refused_and_gets_nothing(line: Line, location: str) -> None:
    client = line.client(moved(location), OK, token="secret")
    with pytest.raises(errors.NotPatchwork, match=r"redirects to .*, which is not followed"):
        await client.projects()
    assert len(line.requests) == 1


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


async def test_a_write_follows_no_redirect(line: Line) -> None:
    client = line.client(moved(f"{SERVER}/elsewhere/", 308), token="secret")
    with pytest.raises(errors.NotPatchwork, match="redirects to"):
        await client.set_patch(7, {Field.STATE: "new"})
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
