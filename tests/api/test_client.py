"""What the client asks, and what it makes of the answers."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.api.replies import EMPTY, HTML, INDEX, PATCH, SERVER, patches
from tui.api import errors
from tui.api.client import NO_STATE, Client
from tui.core.check_draft import CheckDraft
from tui.core.credentials import Credentials
from tui.core.intent import Field
from tui.core.model import CheckState

if TYPE_CHECKING:
    from tests.api.conftest import Line

pytestmark = pytest.mark.anyio


async def test_the_number_of_series_is_the_last_page_of_one_each(line: Line) -> None:
    series = {"id": 9, "project": {"id": 3}, "date": "2026-01-02T03:04:05"}
    link = f'<{SERVER}/api/series/?page=421&per_page=1>; rel="last"'
    client = line.client(partial(httpx.Response, 200, json=[series], headers={"Link": link}))
    assert await client.series_count("example") == 421
    assert dict(line.requests[0].url.params)["per_page"] == "1"


async def test_a_server_that_names_only_the_next_page_does_not_tell_how_many(line: Line) -> None:
    series = {"id": 9, "project": {"id": 3}, "date": "2026-01-02T03:04:05"}
    link = f'<{SERVER}/api/series/?page=2&per_page=1>; rel="next"'
    client = line.client(
        partial(httpx.Response, 200, json=[series], headers={"Link": link}),
        partial(httpx.Response, 200, json=[series]),
    )
    assert await client.series_count("example") is None
    assert await client.series_count("example") == 1


async def test_states_that_are_named_by_their_labels_are_learnt_as_slugs(line: Line) -> None:
    said = "Invalid state x. Expected one of: New, Under Review, RFC."
    client = line.client(partial(httpx.Response, 400, json={"state": [said]}))
    assert await client.states(7) == ("new", "under-review", "rfc")


async def test_filters_go_out_by_the_names_of_patchwork_and_empty_ones_stay(line: Line) -> None:
    await line.client(EMPTY).patches_page(
        "a&b=c", series=(1, 2), states=("new", "rfc"), archived=False, text="x y", page=2, per_page=50
    )
    assert line.requests[0].url.params.multi_items() == [
        ("project", "a&b=c"),
        ("order", "-date"),
        ("series", "1"),
        ("series", "2"),
        ("state", "new"),
        ("state", "rfc"),
        ("archived", "false"),
        ("q", "x y"),
        ("page", "2"),
        ("per_page", "50"),
    ]


async def test_a_project_name_cannot_lead_elsewhere(line: Line) -> None:
    client = line.client(partial(httpx.Response, 404, json={"detail": "Not found."}))
    with pytest.raises(errors.NotFound):
        await client.project("../users/?x=#y")
    assert line.requests[0].url.raw_path == b"/api/projects/..%2Fusers%2F%3Fx%3D%23y/"


async def test_a_patch_comes_with_its_text(line: Line) -> None:
    patch, body = await line.client(partial(httpx.Response, 200, json=PATCH)).patch(7)
    assert (patch.name, body.content, body.diff) == ("A change", "Why", "diff --git a/x b/x")
    assert body.headers == (("Subject", "A change"),)


async def test_a_message_id_finds_its_patch_and_no_other(line: Line) -> None:
    client = line.client(patches(PATCH))
    found = await client.find_patch("example", "<a@example.org>")
    assert found is not None
    assert found.id == 7
    assert line.requests[0].url.params["msgid"] == "a@example.org"
    assert await client.find_patch("example", "b@example.org") is None  # 1.1 passes over the filter
    assert await client.find_cover("example", "a@example.org") is not None
    assert await client.find_cover("example", "b@example.org") is None


async def test_a_write_is_one_request_with_the_fields_that_change(line: Line) -> None:
    client = line.client(partial(httpx.Response, 200, json=PATCH | {"state": "accepted"}), token="secret")
    patch = await client.set_patch(7, {Field.STATE: "accepted", Field.DELEGATE: None, Field.ARCHIVED: True})
    request = line.requests[0]
    assert patch.state == "accepted"
    assert (request.method, request.url.path) == ("PATCH", "/api/patches/7/")
    assert json.loads(request.content) == {"state": "accepted", "delegate": None, "archived": True}
    assert request.headers["authorization"] == "Token secret"
    assert len(line.requests) == 1


async def test_basic_authentication() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json=[])

    credentials = Credentials(SERVER, username="ada", password="löve")
    await Client(SERVER, credentials, transport=httpx.MockTransport(answer)).projects()
    assert asked[0].headers["authorization"] == "Basic YWRhOmzDtnZl"


@pytest.mark.parametrize(
    "reply",
    [
        httpx.ReadError("reset"),
        httpx.RemoteProtocolError("cut"),
        httpx.ReadTimeout("late"),
        httpx.WriteTimeout("late"),
        partial(httpx.Response, 200, content=b'{"id": 7, "proj'),
        partial(httpx.Response, 200, html="<p>Welcome</p>"),
        partial(httpx.Response, 200, json={"id": 7}),
    ],
)
async def test_a_write_without_a_readable_answer_is_not_repeated(
    line: Line, reply: Exception | partial[httpx.Response]
) -> None:
    client = line.client(reply)
    with pytest.raises(errors.AnswerLost, match="nobody knows whether it was taken") as caught:
        await client.set_patch(7, {Field.STATE: "accepted"})
    assert caught.value.retryable
    assert len(line.requests) == 1


@pytest.mark.parametrize("error", [httpx.ConnectError("refused"), httpx.ConnectTimeout("late")])
async def test_a_write_that_never_went_out_is_not_in_doubt(line: Line, error: Exception) -> None:
    client = line.client(error)
    with pytest.raises((errors.Unreachable, errors.TimedOut)) as caught:
        await client.set_patch(7, {Field.STATE: "accepted"})
    assert not isinstance(caught.value, errors.AnswerLost)
    assert len(line.requests) == 1


async def test_the_states_are_learnt_from_a_refusal(line: Line) -> None:
    many = ["new", "under-review", *(f"state-{n}" for n in range(60))]
    said = f"Invalid state {NO_STATE}. Expected one of: {', '.join(many)}"
    client = line.client(partial(httpx.Response, 400, json={"state": [said]}))
    assert await client.states(7) == tuple(many)
    assert json.loads(line.requests[0].content) == {"state": NO_STATE}


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (partial(httpx.Response, 403, json={"detail": "You do not have permission"}), errors.NotPermitted),
        (partial(httpx.Response, 400, json={"state": ["No."]}), errors.Invalid),
        (partial(httpx.Response, 400, json={"detail": "Bad"}), errors.Invalid),
        (partial(httpx.Response, 200, json=PATCH), errors.Misconfigured),
    ],
)
async def test_states_that_cannot_be_learnt_are_an_error(
    line: Line, reply: partial[httpx.Response], kind: type[errors.ApiError]
) -> None:
    with pytest.raises(kind) as caught:
        await line.client(reply).states(7)
    assert not caught.value.retryable


async def test_there_are_no_comments_before_1_1(line: Line) -> None:
    client = line.client(HTML, HTML, HTML, HTML, INDEX)
    assert await client.patch_comments(7) == ()
    assert await client.cover_comments(7) == ()
    assert client.version == "1.0"
    assert len(line.requests) == 5


async def test_a_comment_is_marked_where_the_server_can(line: Line) -> None:
    told = {"id": 1, "date": "2026-01-02T03:04:05", "content": "Fine", "addressed": True}
    client = line.client(INDEX, partial(httpx.Response, 200, json=told))
    for about, kind in ((7, "patches"), (-7, "covers")):
        comment = await client.set_addressed(about, 1, True)
        assert (comment.about, comment.key, comment.addressed) == (about, about // 7, True)
        request = line.requests[-1]
        assert (request.method, json.loads(request.content)) == ("PATCH", {"addressed": True})
        assert request.url.path.endswith(f"/api/1.4/{kind}/7/comments/1/")
    await client.set_addressed(7, 1, None)
    assert json.loads(line.requests[-1].content) == {"addressed": None}


async def test_an_older_server_cannot_mark_comments(line: Line) -> None:
    client = line.client(HTML, HTML, INDEX)
    with pytest.raises(errors.TooOld, match="came with API") as caught:
        await client.set_addressed(7, 1, True)
    assert not caught.value.retryable
    assert len(line.requests) == 3


async def test_a_mark_whose_answer_is_lost_is_looked_at_first(line: Line) -> None:
    client = line.client(INDEX, partial(httpx.Response, 200, text="no"))
    with pytest.raises(errors.AnswerLost):
        await client.set_addressed(7, 1, True)


async def test_comments_checks_and_events(line: Line) -> None:
    told = {"id": 1, "date": "2026-01-02T03:04:05", "state": "fail", "content": "Fine", "category": "x"}
    client = line.client(INDEX, patches(told))
    assert [c.content for c in await client.patch_comments(7)] == ["Fine"]
    assert [(c.patch_id, c.state) for c in await client.checks(7)] == [(7, CheckState.FAIL)]
    assert [e.id for e in (await client.events_page("example", datetime(2026, 1, 2))).items] == [1]
    assert line.requests[-1].url.params["since"] == "2026-01-02T00:00:00"


async def test_series_are_listed_by_the_dates_of_their_mails(line: Line) -> None:
    client = line.client(patches())
    await client.series_page("example", since=datetime(2026, 1, 2), before=datetime(2026, 1, 3, 4, 5))
    asked = line.requests[-1].url.params
    assert (asked["since"], asked["before"]) == ("2026-01-02T00:00:00", "2026-01-03T04:05:00")
    await client.series_page("example")
    assert not {"since", "before"} & set(line.requests[-1].url.params)


async def test_a_list_that_never_ends_is_not_followed_for_ever(line: Line) -> None:
    told: dict[str, object] = {"id": 1, "date": "2026-01-02T03:04:05"}
    client = line.client(patches(told, link='<?page=99999>; rel="last"'))
    assert len(await client.checks(7)) == len(line.requests) < 100


async def test_pages_after_the_first_are_read_side_by_side() -> None:
    told, at_once = [], []
    all_there = asyncio.Event()

    async def answer(request: httpx.Request) -> httpx.Response:
        number = int(request.url.params["page"])
        told.append(number)
        if number > 1:
            at_once.append(number)
            if len(at_once) == 3:
                all_there.set()
            await all_there.wait()  # each waits for the others: one after the other never ends
        check = {"id": number, "date": "2026-01-02T03:04:05", "state": "fail"}
        return httpx.Response(200, json=[check], headers={"Link": '<?page=4>; rel="last"'})

    client = Client(SERVER, transport=httpx.MockTransport(answer))
    assert [check.id for check in await client.checks(7)] == [1, 2, 3, 4]
    assert sorted(told) == [1, 2, 3, 4]


async def test_a_page_that_fails_fails_the_list(line: Line) -> None:
    told: dict[str, object] = {"id": 1, "date": "2026-01-02T03:04:05"}
    first = patches(told, link='<?page=3>; rel="last"')
    with pytest.raises(errors.NotPermitted):
        await line.client(first, partial(httpx.Response, 403, json={"detail": "no"})).checks(7)


async def test_pages_are_read_one_by_one_where_their_number_is_not_told(line: Line) -> None:
    told: dict[str, object] = {"id": 1, "date": "2026-01-02T03:04:05"}
    more = [patches(told, link=f'<?page={number}>; rel="next"') for number in (2, 3)]
    assert len(await line.client(*more, patches(told)).checks(7)) == 3
    assert [request.url.params["page"] for request in line.requests] == ["1", "2", "3"]


DRAFT = CheckDraft(CheckState.FAIL, "unit", "1 failed", "https://ci.example.org/7")
FILED: dict[str, object] = {"id": 9, "date": "2026-01-02T03:04:05", "state": "fail", "context": "unit"}


async def test_a_check_is_filed(line: Line) -> None:
    client = line.client(partial(httpx.Response, 201, json=FILED))
    assert (await client.file_check(7, DRAFT)).id == 9
    await client.file_check(7, DRAFT._replace(target_url="", description=""))
    assert [request.method for request in line.requests] == ["POST", "POST"]
    assert line.paths[0] == "/api/patches/7/checks/"
    assert json.loads(line.requests[0].content) == {
        "state": "fail",
        "context": "unit",
        "description": "1 failed",
        "target_url": "https://ci.example.org/7",
    }
    assert "target_url" not in json.loads(line.requests[1].content)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (partial(httpx.Response, 400, json={"context": ["No slug."], "target_url": ["No."]}), errors.Invalid),
        (partial(httpx.Response, 403, json={"detail": "You do not have permission"}), errors.NotPermitted),
        (partial(httpx.Response, 201, text="cut"), errors.AnswerLost),
        (httpx.ReadError("reset"), errors.AnswerLost),
    ],
)
async def test_a_check_that_is_refused_says_why_and_is_sent_once(
    line: Line, reply: partial[httpx.Response] | Exception, kind: type[errors.ApiError]
) -> None:
    with pytest.raises(kind) as caught:
        await line.client(reply).file_check(7, DRAFT)
    assert len(line.requests) == 1
    if isinstance(caught.value, errors.Invalid):
        assert caught.value.fields == {"context": "No slug.", "target_url": "No."}


@pytest.mark.parametrize(
    "server",
    [
        "patchwork.example.org",
        "https://a@b.example.org",
        "https://x.org/",
        "ftp://x",
        "http://[::1",
        "http://a:b",
        "http://xn--a.example",
        "http://a\x1b.example",
        "http://\udc80.example",
    ],
)
async def test_a_server_is_a_root_address(server: str) -> None:
    with pytest.raises(ValueError, match="http"):
        Client(server)


@pytest.mark.parametrize(
    "credentials",
    [
        Credentials("https://other.example.org", "the-secret"),
        Credentials(SERVER, "the-secret\nX-Header: 1"),
        Credentials(SERVER, "", "ada", ""),
        Credentials(SERVER, "the-secret\udce9"),
        Credentials(SERVER, "", "ada", "the-secret\udce9"),
    ],
)
async def test_credentials_that_cannot_be_sent_here_are_not_taken(credentials: Credentials) -> None:
    with pytest.raises(ValueError, match="these credentials") as caught:
        Client(SERVER, credentials)
    assert "the-secret" not in str(caught.value)
