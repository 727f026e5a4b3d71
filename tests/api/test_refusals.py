"""Each status that says no: the error it becomes, and the sentence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from typing import TYPE_CHECKING

import httpx
import pytest

from tui.api import errors
from tui.api.refusals import seconds_of
from tui.core.intent import Field

if TYPE_CHECKING:
    from tests.api.conftest import Line

NO_TOKEN = "Authentication credentials were not provided."
BAD_TOKEN = "Invalid token."
STRANGER = "You do not have permission to perform this action."


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("status", "detail", "kind", "words"),
    [
        (401, NO_TOKEN, errors.TokenRefused, "does not take your token"),
        (403, BAD_TOKEN, errors.TokenRefused, "does not take your token"),
        (403, STRANGER, errors.NotPermitted, "does not permit you to change patch 7"),
        (404, "Not found.", errors.NotFound, "has no patch 7"),
        (405, "Method not allowed.", errors.Refused, "refused patch 7 (405: Method not allowed.)"),
        (409, "Somebody else.", errors.Conflict, "refresh and look again"),
        (429, "Slow down.", errors.Busy, "slow down"),
        (500, "Oops.", errors.ServerTrouble, "500: Oops."),
        (502, "", errors.ServerTrouble, "(502)"),
        (503, "", errors.Busy, "not available"),
        (504, "", errors.ServerTrouble, "(504)"),
    ],
)
async def test_a_write_that_is_refused_says_why_and_is_not_repeated(
    line: Line, status: int, detail: str, kind: type[errors.ApiError], words: str
) -> None:
    client = line.client(partial(httpx.Response, status, json={"detail": detail}), token="secret")
    with pytest.raises(kind) as caught:
        await client.set_patch(7, {Field.STATE: "accepted"})
    assert type(caught.value) is kind
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert (caught.value.status, caught.value.reason) == (status, detail)
    assert len(line.requests) == 1


@pytest.mark.anyio
async def test_without_a_token_the_sentence_says_where_to_put_one(line: Line) -> None:
    client = line.client(partial(httpx.Response, 403, json={"detail": NO_TOKEN}))
    with pytest.raises(errors.TokenRefused, match="wants a token for patch 7; set PWTUI_TOKEN"):
        await client.set_patch(7, {Field.STATE: "accepted"})


@pytest.mark.anyio
async def test_a_page_behind_a_login_wants_a_token_where_none_was_sent(line: Line) -> None:
    client = line.client(partial(httpx.Response, 401, json={"detail": "Log in."}))
    with pytest.raises(errors.TokenRefused, match="wants a token for patch 7"):
        await client.patch(7)


@pytest.mark.anyio
async def test_a_read_that_is_not_permitted_does_not_speak_of_changes(line: Line) -> None:
    client = line.client(partial(httpx.Response, 403, json={"detail": STRANGER}), token="secret")
    with pytest.raises(errors.NotPermitted, match=f"does not let you see patch 7: {STRANGER}"):
        await client.patch(7)


@pytest.mark.anyio
async def test_what_is_wrong_can_be_stored(line: Line) -> None:
    said = b'{"state\\udc80": ["Expected one of: \\udfff"]}'
    client = line.client(partial(httpx.Response, 400, content=said))
    with pytest.raises(errors.Invalid) as caught:
        await client.set_patch(7, {Field.STATE: "x"})
    assert caught.value.fields == {"state\ufffd": "Expected one of: \ufffd"}


@pytest.mark.anyio
async def test_a_bot_wall_is_not_blamed_on_the_token(line: Line) -> None:
    page = "<html><head><title>Checking your browser</title></head></html>"
    client = line.client(partial(httpx.Response, 403, html=page), token="secret")
    with pytest.raises(errors.NotPermitted, match="Checking your browser"):
        await client.patch(7)


@pytest.mark.anyio
async def test_wrong_values_are_told_by_field(line: Line) -> None:
    said = {"state": ["Invalid state x.", "Really."], "delegate": {"of": ["Nobody."]}, "odd": {"a": 1}}
    client = line.client(partial(httpx.Response, 400, json=said))
    with pytest.raises(errors.Invalid) as caught:
        await client.set_patch(7, {Field.STATE: "x"})
    assert caught.value.fields == {"state": "Invalid state x. Really.", "delegate": "Nobody.", "odd": ""}
    assert "Invalid state x. Really.; Nobody." in str(caught.value)


@pytest.mark.anyio
@pytest.mark.parametrize("body", [b"", b"[1]", b'"no"', b"\xff\xfe", b"[" * 100_000])
async def test_a_refusal_without_sense_is_still_a_refusal(line: Line, body: bytes) -> None:
    client = line.client(partial(httpx.Response, 400, content=body))
    with pytest.raises(errors.Invalid):
        await client.set_patch(7, {Field.STATE: "x"})


@pytest.mark.anyio
async def test_an_api_that_is_switched_off_is_told_from_a_thing_that_is_not_there(line: Line) -> None:
    off = partial(httpx.Response, 404, html="<h1>Not Found</h1>")
    client = line.client(off)
    with pytest.raises(errors.ApiOff, match="switched off"):
        await client.project("qemu-devel")
    with pytest.raises(errors.ApiOff, match="switched off"):
        await client.negotiate()
    line.replies = [partial(httpx.Response, 200, json=[]), off]
    await client.projects()
    with pytest.raises(errors.NotFound, match="has no patch 7"):
        await client.patch(7)


@pytest.mark.anyio
async def test_an_unknown_project_is_named(line: Line) -> None:
    client = line.client(partial(httpx.Response, 404, json={"detail": "Not found."}))
    with pytest.raises(errors.NotFound, match=r"https://patchwork\.example\.org has no project qemu-dvel"):
        await client.project("qemu-dvel")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        ("", None),
        ("soon", None),
        ("-1", None),
        ("9" * 50, 3600.0),
        ("Mon, 01 Jan 2024 00:00:00 +99999999999999", None),
        ("Mon, 01 Jan 9999 23:59:59 -2359", 3600.0),
    ],
)
def test_retry_after_is_read_or_passed_over_and_never_more_than_an_hour(
    header: str, seconds: float | None
) -> None:
    assert seconds_of(header) == seconds


def test_retry_after_as_a_date() -> None:
    assert seconds_of("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    soon = seconds_of(format_datetime(datetime.now(UTC) + timedelta(minutes=40), usegmt=True))
    assert soon is not None
    assert 2000 < soon <= 2400
