"""Mboxes can be applied, and pages are plain and escaped."""

from __future__ import annotations

import email
from collections.abc import Callable

import httpx
import pytest

from tui.demo.app import DemoApp
from tui.demo.pages import write_mbox


def test_a_patch_comes_as_a_mail_with_the_trailers_of_its_comments(http: httpx.Client) -> None:
    answer = http.get("/project/kiln-devel/patch/11@example.org/mbox/")
    mail = email.message_from_string(answer.text)
    assert answer.text.startswith("From patchwork ")
    assert (mail["X-Patchwork-Id"], mail["Message-Id"]) == ("4001", "<11@example.org>")
    assert mail["X-Patchwork-Submitter"] == "Ann Author <ann@example.org>"
    body = str(mail.get_payload())
    assert body.startswith(
        "Say why.\n\nSigned-off-by: Ann Author <ann@example.org>\n"
        "Reviewed-by: Jun Nakagawa <jun@example.org>\n---\n kiln.c | 1 +\n\ndiff --git a/kiln.c"
    )
    assert "filename=v2-1-3-kiln-add-a-grate.patch" in answer.headers["content-disposition"]


def test_a_series_comes_whole_and_in_order(http: httpx.Client) -> None:
    text = http.get("/series/701/mbox/").text
    numbers = [line.split()[1] for line in text.splitlines() if line.startswith("X-Patchwork-Id")]
    assert numbers == ["4001", "4002", "4003"]
    assert "X-Patchwork-Delegate: jun@example.org" in text


def test_a_cover_letter_comes_as_a_mail(http: httpx.Client) -> None:
    text = http.get("/project/kiln-devel/cover/10@example.org/mbox/").text
    assert "X-Patchwork-Id: 1501" in text
    assert text.endswith("\n\nAll of it.\n")


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/", "Kiln Attic"),
        ("/project/kiln-devel/list/", "kiln: sweep"),
        ("/project/kiln-devel/list/?series=702", "kiln: sweep"),
        ("/project/kiln-devel/patch/15@example.org/", "Say why."),
        ("/project/kiln-devel/cover/10@example.org/", "All of it."),
        ("/project/kiln-devel/patch/15@example.org/raw/", "diff --git"),
    ],
)
def test_pages_are_there(http: httpx.Client, path: str, word: str) -> None:
    answer = http.get(path)
    assert answer.status_code == 200
    assert word in answer.text


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/patch/4001/", "/project/kiln-devel/patch/11@example.org/"),
        ("/patch/4001/mbox/", "/project/kiln-devel/patch/11@example.org/mbox/"),
        ("/cover/1501/", "/project/kiln-devel/cover/10@example.org/"),
        ("/comment/20001/", "/project/kiln-devel/patch/11@example.org/#20001"),
    ],
)
def test_old_addresses_lead_on(http: httpx.Client, path: str, target: str) -> None:
    answer = http.get(path)
    assert (answer.status_code, answer.headers["location"]) == (302, target)


@pytest.mark.parametrize(
    "path",
    [
        "/project/oven/list/",
        "/project/kiln-devel/patch/none@example.org/",
        "/series/9/mbox/",
        "/comment/1/",
        "/x/",
    ],
)
def test_pages_that_are_not_there(http: httpx.Client, path: str) -> None:
    assert http.get(path).status_code == 404


def test_markup_in_a_subject_is_escaped(
    load: Callable[..., DemoApp], http: httpx.Client, make_patch: Callable[..., str]
) -> None:
    from starlette.datastructures import QueryParams

    from tui.demo import pages

    app = load(make_patch("[PATCH] <script>alert(1)</script>", 1))
    page = bytes(pages.answer(app.world, "project/kiln-devel/patch/1@example.org/", QueryParams()).body)
    assert b"<script>" not in page
    assert b"&lt;script&gt;" in page


def test_a_slash_in_a_message_id(load: Callable[..., DemoApp], make_patch: Callable[..., str]) -> None:
    from starlette.datastructures import QueryParams

    from tui.demo import pages
    from tui.demo.briefs import find_page

    app = load(make_patch("[PATCH] one", 1).replace("<1@example.org>", "<a/b@example.org>"))
    (patch,) = app.world.patches.values()
    assert find_page(patch) == "project/kiln-devel/patch/a%2Fb@example.org/"
    answer = pages.answer(app.world, "/project/kiln-devel/patch/a/b@example.org/mbox/", QueryParams())
    assert b"X-Patchwork-Id" in bytes(answer.body)


def test_names_outside_ascii_are_encoded(
    load: Callable[..., DemoApp], make_patch: Callable[..., str]
) -> None:
    app = load(make_patch("[PATCH] glühen", 1, sender="Zoë Müller <zoe@example.org>"))
    (patch,) = app.world.patches.values()
    head, _, _ = write_mbox(patch).partition("\n\n")
    assert head.isascii()
    assert patch.submitter.name == "Zoë Müller"
