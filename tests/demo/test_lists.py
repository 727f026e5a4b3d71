"""Lists: paging, order, filters, versions, and what is not there."""

from __future__ import annotations

import httpx
import pytest

from tui.demo.server import DemoServer


def ids(http: httpx.Client, path: str, **params: str | int | list[str]) -> list[int]:
    return [one["id"] for one in http.get(f"/api/{path}/", params=params).raise_for_status().json()]


def test_links_lead_through_the_pages_and_back(http: httpx.Client, server: DemoServer) -> None:
    first = http.get("/api/patches/?per_page=2&order=-id")
    assert {name: httpx.URL(link["url"]).query.decode() for name, link in first.links.items()} == {
        "next": "order=-id&page=2&per_page=2",
        "first": "order=-id&page=1&per_page=2",
        "last": "order=-id&page=3&per_page=2",
    }
    middle = http.get(first.links["next"]["url"])
    last = http.get(middle.links["next"]["url"])
    assert middle.links["prev"]["url"] == f"{server.url}/api/patches/?order=-id&per_page=2"
    assert "next" not in last.links
    rows = first.json() + middle.json() + last.json()
    assert [row["id"] for row in rows] == [4005, 4004, 4003, 4002, 4001]


@pytest.mark.parametrize("page", ["0", "4", "x", "-1"])
def test_a_page_that_is_not_there(http: httpx.Client, page: str) -> None:
    answer = http.get("/api/patches/", params={"page": page, "per_page": 2})
    assert (answer.status_code, answer.json()) == (404, {"detail": "Invalid page."})


def test_an_empty_list_has_one_page(http: httpx.Client) -> None:
    answer = http.get("/api/patches/?project=kiln-attic")
    assert (answer.status_code, answer.json(), set(answer.links)) == (200, [], {"first", "last"})


@pytest.mark.parametrize("size", ["0", "x", "-2"])
def test_an_odd_page_size_is_the_usual_one(http: httpx.Client, size: str) -> None:
    assert len(ids(http, "patches", per_page=size)) == 5


def test_filters_that_may_be_repeated(http: httpx.Client) -> None:
    assert ids(http, "patches", series=["702", "703"]) == [4004, 4005]
    assert ids(http, "patches", state=["accepted", "new"]) == [4001, 4002, 4003, 4004, 4005]
    assert ids(http, "patches", submitter=["visitor@example.org"]) == [4004]
    assert ids(http, "patches", delegate=["jun", "mira"]) == [4003]
    assert {row["id"] for row in http.get("/api/series/?project=kiln-devel&project=kiln-docs").json()} == {
        701,
        702,
        703,
    }


@pytest.mark.parametrize(
    "query",
    [
        "series=701&series=999",
        "state=new&state=burnt",
        "delegate=nobody",
        "submitter=4444",
        "project=oven",
        "since=soon",
        "series=x",
    ],
)
def test_a_value_that_names_nothing_finds_nothing(http: httpx.Client, query: str) -> None:
    answer = http.get(f"/api/patches/?{query}")
    assert (answer.status_code, answer.json()) == (200, [])


def test_words_of_a_search_are_all_wanted_and_phrases_kept(http: httpx.Client) -> None:
    assert ids(http, "patches", q="KILN door") == [4002]
    assert ids(http, "patches", q='"the door"') == [4002]
    assert ids(http, "patches", q='"door the"') == []


def test_order_by_several_names_and_by_none_known(http: httpx.Client) -> None:
    assert ids(http, "patches", order="-state,-id") == [4002, 4005, 4004, 4003, 4001]
    assert ids(http, "patches", order="-weather") == [4001, 4002, 4003, 4004, 4005]


def test_since_includes_its_moment_and_before_does_not(http: httpx.Client) -> None:
    date = http.get("/api/patches/4004/").json()["date"]
    assert ids(http, "patches", since=date) == [4004, 4005]
    assert ids(http, "patches", before=date) == [4001, 4002, 4003]


def test_covers_by_series_find_nothing_as_on_a_real_server(http: httpx.Client) -> None:
    assert ids(http, "covers") == [1501]
    assert ids(http, "covers", series=701) == []


@pytest.mark.parametrize("version", ["", "1.0/", "1.1/", "1.4/"])
def test_addresses_keep_the_version_but_for_comments_and_checks(
    http: httpx.Client, server: DemoServer, version: str
) -> None:
    patch = http.get(f"/api/{version}patches/4001/").json()
    assert patch["url"] == f"{server.url}/api/{version}patches/4001/"
    assert patch["series"][0]["url"] == f"{server.url}/api/{version}series/701/"
    assert patch["checks"] == f"{server.url}/api/patches/4001/checks/"
    assert ("web_url" in patch) == (version != "1.0/")


def test_dependencies_show_where_the_project_shows_them(http: httpx.Client) -> None:
    assert http.get("/api/series/701/").json()["dependencies"] == []
    assert "dependencies" not in http.get("/api/1.3/series/701/").json()


def test_events_of_comments_are_told_from_1_3_on(http: httpx.Client) -> None:
    query = "events/?category=patch-comment-created"
    (event,) = http.get(f"/api/{query}").json()
    assert event["payload"]["comment"]["url"].endswith("/api/patches/4001/comments/20001/")
    assert http.get(f"/api/1.2/{query}").json() == []


def test_events_by_series_patch_and_actor(http: httpx.Client) -> None:
    assert {one["category"] for one in http.get("/api/events/?series=703").json()} == {
        "series-created",
        "patch-completed",
        "series-completed",
    }
    (event,) = http.get("/api/events/?actor=21&patch=4002").json()
    assert event["payload"]["current_state"] == "accepted"
    assert http.get("/api/events/?category=fire").json() == []


@pytest.mark.parametrize(
    "path",
    ["/api/1.0/patches/4001/comments/", "/api/1.2/patches/4001/comments/20001/", "/api/2.0/", "/api/pots/"],
)
def test_what_a_version_has_not_is_a_page(http: httpx.Client, path: str) -> None:
    answer = http.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")


def test_an_address_without_its_last_slash_leads_there(http: httpx.Client, server: DemoServer) -> None:
    answer = http.get("/api/patches?q=x")
    assert (answer.status_code, answer.headers["location"]) == (301, f"{server.url}/api/patches/?q=x")


def test_an_own_account_shows_settings(http: httpx.Client, maintainer: dict[str, str]) -> None:
    assert "settings" in http.get("/api/users/21/", headers=maintainer).json()
    assert "settings" not in http.get("/api/users/22/", headers=maintainer).json()
    people = http.get("/api/people/?q=visitor", headers=maintainer).json()
    assert [one["user"]["username"] for one in people] == ["visitor"]
