"""Writes: who may, what is refused and in which words, and which events follow."""

from __future__ import annotations

import httpx
import pytest

from tui.demo.server import DemoServer

STATES = (
    "new, under-review, accepted, rejected, rfc, not-applicable, changes-requested, "
    "awaiting-upstream, superseded, deferred, queued"
)
PATCH = "/api/patches/4001/"


@pytest.mark.parametrize(
    ("header", "detail"),
    [
        ("", "Authentication credentials were not provided."),
        ("Token wrong", "Invalid token."),
        ("Token", "Invalid token header. No credentials provided."),
        ("Basic bWlyYTp3cm9uZw==", "Invalid username/password."),
        ("Basic ?", "Invalid basic header. Credentials not correctly base64 encoded."),
        ("Token demo-token-visitor", "You do not have permission to perform this action."),
    ],
)
def test_who_may_not_write_is_told_why(http: httpx.Client, header: str, detail: str) -> None:
    headers = {"Authorization": header} if header else {}
    answer = http.patch(PATCH, json={"state": "rfc"}, headers=headers)
    assert (answer.status_code, answer.json()) == (403, {"detail": detail})


def test_a_submitter_and_a_delegate_may_write(http: httpx.Client, outsider: dict[str, str]) -> None:
    assert http.patch("/api/patches/4004/", json={"archived": True}, headers=outsider).status_code == 200
    jun = httpx.BasicAuth("jun", "demo-password-jun")
    assert http.patch("/api/patches/4003/", json={"archived": True}, auth=jun).json()["archived"] is True


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({"state": "Burnt Out"}, {"state": [f"Invalid state burnt-out. Expected one of: {STATES}."]}),
        ({"state": None}, {"state": ["This field may not be null."]}),
        ({"state": 7}, {"state": ["Incorrect type. Expected string value, received int."]}),
        ({"delegate": "mira"}, {"delegate": ["Incorrect type. Expected pk value, received str."]}),
        ({"delegate": 999}, {"delegate": ['Invalid pk "999" - object does not exist.']}),
        (
            {"delegate": 26},
            {"delegate": ["User 'visitor' is not a maintainer for project 'Kiln Development'"]},
        ),
        ({"archived": "perhaps"}, {"archived": ["Must be a valid boolean."]}),
        ({"commit_ref": "f" * 256}, {"commit_ref": ["Ensure this field has no more than 255 characters."]}),
        ({"commit_ref": ["a"]}, {"commit_ref": ["Not a valid string."]}),
        (
            {"archived": None, "delegate": True},
            {
                "archived": ["This field may not be null."],
                "delegate": ["Incorrect type. Expected pk value, received bool."],
            },
        ),
    ],
)
def test_values_that_are_refused(
    http: httpx.Client, maintainer: dict[str, str], data: dict[str, object], errors: dict[str, list[str]]
) -> None:
    before = http.get(PATCH).json()
    answer = http.patch(PATCH, json={"commit_ref": "abc", **data}, headers=maintainer)
    assert (answer.status_code, answer.json()) == (400, errors)
    assert http.get(PATCH).json() == before


@pytest.mark.parametrize(
    ("content", "kind", "status", "start"),
    [
        ("{", "application/json", 400, "JSON parse error - "),
        ("x", "text/plain", 415, 'Unsupported media type "text/plain" in request.'),
    ],
)
def test_bodies_that_cannot_be_read(
    http: httpx.Client, maintainer: dict[str, str], content: str, kind: str, status: int, start: str
) -> None:
    answer = http.patch(PATCH, content=content, headers={**maintainer, "content-type": kind})
    assert answer.status_code == status
    assert answer.json()["detail"].startswith(start)


def test_a_form_will_do(http: httpx.Client, maintainer: dict[str, str]) -> None:
    answer = http.patch(
        PATCH, data={"state": "Queued", "archived": "True", "delegate": "22"}, headers=maintainer
    )
    patch = answer.json()
    assert (patch["state"], patch["archived"], patch["delegate"]["username"]) == ("queued", True, "tomasz")


def test_state_and_delegate_make_events_and_the_rest_does_not(
    http: httpx.Client, server: DemoServer, maintainer: dict[str, str]
) -> None:
    newest = http.get("/api/events/?per_page=1").json()[0]["id"]
    wish = {"state": "queued", "delegate": 23, "archived": True, "commit_ref": "0123abcd"}
    http.patch(PATCH, json=wish, headers=maintainer)
    http.patch(PATCH, json=wish, headers=maintainer)
    events = [one for one in http.get("/api/events/?order=date&per_page=250").json() if one["id"] > newest]
    assert [one["category"] for one in events] == ["patch-state-changed", "patch-delegated"]
    assert {one["actor"]["username"] for one in events} == {"mira"}
    assert events[0]["payload"]["previous_state"] == "new"
    assert events[1]["payload"]["previous_delegate"] is None
    assert events[1]["payload"]["current_delegate"]["username"] == "adaeze"


def test_reset_puts_all_back(http: httpx.Client, server: DemoServer, maintainer: dict[str, str]) -> None:
    def picture() -> list[object]:
        paths = ("patches/4001/", "patches/4001/checks/", "patches/4001/comments/", "events/", "bundles/")
        return [http.get(f"/api/{path}", headers=maintainer).json() for path in paths]

    before = picture()
    http.patch(PATCH, json={"state": "queued", "delegate": 23, "related": [4002]}, headers=maintainer)
    http.post(f"{PATCH}checks/", json={"state": "fail", "context": "x"}, headers=maintainer)
    http.patch(f"{PATCH}comments/20001/", json={"addressed": True}, headers=maintainer)
    http.post("/api/bundles/", json={"name": "b", "patches": [4001]}, headers=maintainer)
    changed = picture()
    assert all(now != then for now, then in zip(changed, before, strict=True))
    server.reset()
    assert picture() == before


def test_the_check_of_a_patch_is_the_worst_of_the_latest(
    http: httpx.Client, maintainer: dict[str, str]
) -> None:
    def check(state: str, context: str) -> str:
        http.post(f"{PATCH}checks/", json={"state": state, "context": context}, headers=maintainer)
        return str(http.get(PATCH).json()["check"])

    assert http.get(PATCH).json()["check"] == "pending"
    assert check("success", "a") == "success"
    assert check("fail", "b") == "fail"
    assert check("warning", "b") == "warning"
    assert check("pending", "b") == "pending"
    assert http.get("/api/events/?category=check-created").json()[0]["payload"]["check"]["state"] == "pending"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "state"),
        ({"state": "perfect"}, "state"),
        ({"state": "fail", "context": "two words"}, "context"),
        ({"state": "fail", "target_url": "nowhere"}, "target_url"),
    ],
)
def test_checks_that_are_refused(
    http: httpx.Client, maintainer: dict[str, str], data: dict[str, str], field: str
) -> None:
    answer = http.post(f"{PATCH}checks/", json=data, headers=maintainer)
    assert (answer.status_code, list(answer.json())) == (400, [field])


def test_relations_are_made_and_left(http: httpx.Client, maintainer: dict[str, str]) -> None:
    def related(number: int) -> list[int]:
        return [one["id"] for one in http.get(f"/api/patches/{number}/").json()["related"]]

    def relate(number: int, *others: int) -> int:
        data = {"related": list(others)}
        return http.patch(f"/api/patches/{number}/", json=data, headers=maintainer).status_code

    assert relate(4001, 4002, 4003) == 200
    assert (related(4001), related(4002)) == ([4002, 4003], [4001, 4003])
    assert relate(4004, 4005) == 200
    assert relate(4001, 4004) == 409
    assert relate(4004) == 200
    assert related(4005) == []
    assert relate(4001) == 200
    assert related(4002) == [4003]


def test_a_comment_is_addressed_by_its_writer_too(http: httpx.Client) -> None:
    jun = httpx.BasicAuth("jun", "demo-password-jun")
    path = f"{PATCH}comments/20001/"
    assert http.get(path).json()["addressed"] is None
    assert http.patch(path, json={"addressed": True}, auth=jun).json()["addressed"] is True
    assert http.patch(path, json={"addressed": "?"}, auth=jun).json() == {
        "addressed": ["Must be a valid boolean."]
    }


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({}, {"name": ["This field is required."], "patches": ["This field is required."]}),
        ({"name": "b", "patches": []}, {"patches": ["Bundles cannot be empty"]}),
        ({"name": "b", "patches": [1]}, {"patches": ['Invalid pk "1" - object does not exist.']}),
        ({"name": "", "patches": [4001]}, {"name": ["This field may not be blank."]}),
    ],
)
def test_bundles_that_are_refused(
    http: httpx.Client, maintainer: dict[str, str], data: dict[str, object], errors: dict[str, list[str]]
) -> None:
    answer = http.post("/api/bundles/", json=data, headers=maintainer)
    assert (answer.status_code, answer.json()) == (400, errors)


def test_a_bundle_is_its_owners_to_change(
    http: httpx.Client, maintainer: dict[str, str], outsider: dict[str, str]
) -> None:
    data = {"name": "mine", "public": True, "patches": [4002, 4001]}
    url = http.post("/api/bundles/", json=data, headers=maintainer).json()["url"]
    assert http.delete(url, headers=outsider).status_code == 403
    assert [one["id"] for one in http.get(url).json()["patches"]] == [4002, 4001]
    assert http.get("/bundle/mira/mine/mbox/").text.count("\nX-Patchwork-Id: ") == 2
    assert http.delete(url, headers=maintainer).status_code == 204
    assert http.get(url).status_code == 404


def test_methods_that_are_not_allowed(http: httpx.Client, maintainer: dict[str, str]) -> None:
    answer = http.delete(PATCH, headers=maintainer)
    assert (answer.status_code, answer.json()) == (405, {"detail": 'Method "DELETE" not allowed.'})
    answer = http.post("/api/1.1/bundles/", json={}, headers=maintainer)
    assert answer.status_code == 405
