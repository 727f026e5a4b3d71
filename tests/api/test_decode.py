"""What degrades and what does not, on small payloads of our own and on the five real ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import pytest

from tui.api import decode
from tui.api.errors import NotPatchwork
from tui.api.record import Record, decode_list, parse_json
from tui.core.model import CheckState, Event, Person, Project, User

SERVER = "https://patchwork.example.org"

PATCH: dict[str, object] = {
    "id": 7,
    "project": {"id": 3, "link_name": "example"},
    "msgid": "<a@example.org>",
    "date": "2026-01-02T03:04:05",
    "name": "[v2,1/2] A change",
    "state": "under-review",
    "archived": True,
    "submitter": {"id": 4, "name": "Ada", "email": "ada@example.org"},
    "delegate": {"id": 5, "username": "grace", "first_name": "Grace", "last_name": "Hopper"},
    "series": [{"id": 9, "name": "Changes"}],
    "check": "warning",
    "hash": "abc",
    "commit_ref": "def",
    "pull_url": "git://example.org/x.git",
    "web_url": "http://patchwork.example.org/project/example/patch/a@example.org/",
}
SERIES: dict[str, object] = {
    "id": 9,
    "project": {"id": 3, "link_name": "example"},
    "name": "Changes",
    "date": "2026-01-02T03:04:05",
    "submitter": {"id": 4, "name": "Ada", "email": "ada@example.org"},
    "version": 2,
    "total": 3,
    "received_total": 2,
    "received_all": False,
    "cover_letter": {"id": 6},
    "patches": [{"id": 7}, {"id": 8}],
}


def record_of(*payloads: Mapping[str, object], server: str = SERVER) -> Record:
    fields: dict[str, object] = {}
    for payload in payloads:
        fields |= payload
    return Record(fields, server)


def without(payload: dict[str, object], *names: str) -> Record:
    return Record({k: v for k, v in payload.items() if k not in names}, SERVER)


def test_a_patch() -> None:
    patch = decode.patch(record_of(PATCH))
    assert (patch.id, patch.project_id, patch.series_id) == (7, 3, 9)
    assert patch.submitter == Person(4, "Ada", "ada@example.org")
    assert patch.delegate == User(5, "grace", "Grace", "Hopper", "")
    assert (patch.state, patch.check, patch.archived) == ("under-review", CheckState.WARNING, True)
    assert patch.date == datetime(2026, 1, 2, 3, 4, 5)
    assert (patch.hash, patch.commit_ref, patch.pull_url) == ("abc", "def", "git://example.org/x.git")


def test_what_is_null_degrades() -> None:
    names = (
        "submitter",
        "delegate",
        "series",
        "check",
        "hash",
        "commit_ref",
        "pull_url",
        "web_url",
        "archived",
    )
    for record in (record_of(PATCH, dict.fromkeys(names)), without(PATCH, *names)):
        patch = decode.patch(record)
        assert patch.submitter.label == "unknown"
        assert (patch.delegate, patch.series_id, patch.archived) == (None, None, False)
        assert (patch.check, patch.hash, patch.pull_url) == (CheckState.PENDING, "", "")
        assert patch.web_url == f"{SERVER}/patch/7/"


def test_names_may_be_null() -> None:
    nameless = {"id": 4, "name": None, "email": "ada@example.org"}
    assert (
        decode.patch(record_of(PATCH, {"submitter": nameless, "name": None})).submitter.label
        == "ada@example.org"
    )
    assert decode.series(record_of(SERIES, {"name": None})).name == "Untitled series #9"
    user = {"id": 5, "username": "grace", "first_name": None, "last_name": None, "email": None}
    assert decode.user(Record(user, SERVER)) == User(5, "grace")


@pytest.mark.parametrize("name", ["id", "project", "date", "state"])
@pytest.mark.parametrize("how", ["missing", "null", "of another type"])
def test_a_missing_essential_field_is_named(name: str, how: str) -> None:
    record = without(PATCH, name) if how == "missing" else record_of(PATCH, {name: None})
    if how == "of another type":
        record = record_of(PATCH, {name: [1]})
    with pytest.raises(NotPatchwork, match=f"'{name}'"):
        decode.patch(record)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", -1),
        ("id", 0),
        ("id", float("nan")),
        ("date", "10000-01-01T00:00:00"),
        ("date", "-0001-01-01T00:00:00"),
        ("submitter", {"id": -1}),
        ("id", 2**63),
        ("id", True),
        ("id", 1.5),
        ("date", "yesterday"),
        ("date", "0001-01-01T00:00:00+23:00"),
        ("submitter", "Ada"),
        ("series", {"id": 1}),
        ("series", ["x"]),
        ("archived", "yes"),
        ("name", {"a": 1}),
    ],
)
def test_damaged_fields_raise_one_kind_of_error(name: str, value: object) -> None:
    with pytest.raises(NotPatchwork):
        decode.patch(record_of(PATCH, {name: value}))


@pytest.mark.parametrize("value", [None, [], "x", 3])
def test_what_is_no_object_is_not_patchwork(value: object) -> None:
    with pytest.raises(NotPatchwork, match="not an object"):
        Record(value, SERVER)
    with pytest.raises(NotPatchwork):
        decode_list({"detail": value}, SERVER, decode.patch)


@pytest.mark.parametrize("text", [b"", b'{"id": 7', b"[" * 100_000, b"\xff", b"7" * 5000, b"OK"])
def test_what_is_no_json_is_not_patchwork(text: bytes) -> None:
    with pytest.raises(NotPatchwork, match="no JSON"):
        parse_json(text, SERVER)


def test_unknown_states_and_checks_do_not_raise() -> None:
    patch = decode.patch(record_of(PATCH, {"state": "queued-for-next", "check": "exploded"}))
    assert (patch.state, patch.check) == ("queued-for-next", CheckState.PENDING)


def test_a_date_with_an_offset_is_turned_to_utc() -> None:
    for told in ("2026-01-02T05:04:05+02:00", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05"):
        assert decode.patch(record_of(PATCH, {"date": told})).date == datetime(2026, 1, 2, 3, 4, 5)


def test_lone_surrogates_which_no_database_takes_are_replaced() -> None:
    name = decode.patch(record_of(PATCH, {"name": "é\ud800 \U0001f600"})).name
    assert name == "é\ufffd \U0001f600"
    assert name.encode()


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("http://patchwork.example.org/a/?b=c", f"{SERVER}/a/?b=c"),
        ("https://evil.invalid/a/", f"{SERVER}/a/"),
        ("https://evil.invalid//other.invalid/a/", f"{SERVER}//other.invalid/a/"),
        ("@evil.invalid/", f"{SERVER}/patch/7/"),
        ("javascript:alert(1)", f"{SERVER}/patch/7/"),
        ("http://[broken", f"{SERVER}/patch/7/"),
        ("https://evil.invalid/\x1b]8;;x", f"{SERVER}/patch/7/"),
        ("https://evil.invalid/a/?b=\x1b]8;;x", f"{SERVER}/patch/7/"),
        ("https://evil.invalid/a/?b=\u202e", f"{SERVER}/patch/7/"),
        ("https://evil.invalid/a/?b=c d", f"{SERVER}/patch/7/"),
        ("https://evil.invalid/\xe9/", f"{SERVER}/patch/7/"),
        ("", f"{SERVER}/patch/7/"),
    ],
)
def test_web_addresses_are_of_the_configured_server(told: str, kept: str) -> None:
    assert decode.patch(record_of(PATCH, {"web_url": told})).web_url == kept


def test_web_addresses_of_a_server_below_a_path_are_not_doubled() -> None:
    below = f"{SERVER}/patchwork"
    told = "http://patchwork.example.org/patchwork/patch/7/"
    assert decode.patch(record_of(PATCH, {"web_url": told}, server=below)).web_url == f"{below}/patch/7/"
    assert decode.patch(record_of(PATCH, {"web_url": None}, server=below)).web_url == f"{below}/patch/7/"


def test_a_series() -> None:
    series = decode.series(record_of(SERIES))
    assert (series.version, series.total, series.received_total, series.received_all) == (2, 3, 2, False)
    assert (series.cover_id, series.patch_ids) == (6, (7, 8))
    assert series.web_url == f"{SERVER}/project/example/list/?series=9"


def test_a_series_that_lists_a_patch_twice_has_it_once() -> None:
    twice = {"patches": [{"id": 8}, {"id": 7}, {"id": 8}]}
    assert decode.series(record_of(SERIES, twice)).patch_ids == (8, 7)


def test_the_page_of_a_series_is_a_plain_address_whatever_its_project_is_called() -> None:
    hostile = {"project": {"id": 3, "link_name": "../\x1b]8;;é\ud800"}}
    address = decode.series(record_of(SERIES, hostile)).web_url
    assert address == f"{SERVER}/project/..%2F%1B%5D8%3B%3B%C3%A9%EF%BF%BD/list/?series=9"


def test_a_series_of_which_no_patch_came() -> None:
    nothing: dict[str, object] = {"patches": [], "received_total": 0, "cover_letter": None, "total": 2}
    series = decode.series(record_of(SERIES, nothing))
    assert (series.patch_ids, series.received_total, series.received_all) == ((), 0, False)
    bare = decode.series(
        without(SERIES, "patches", "received_total", "received_all", "total", "cover_letter")
    )
    assert (bare.patch_ids, bare.total, bare.cover_id, bare.version) == ((), 0, None, 2)


def test_a_patch_without_a_diff_has_an_empty_one() -> None:
    headers = {"Subject": "Pull", "Received": ["one", "two", 3], "X": None}
    body = decode.body(Record({"id": 7, "headers": headers, "content": "Please pull", "diff": None}, SERVER))
    assert (body.content, body.diff) == ("Please pull", "")
    assert body.headers == (("Subject", "Pull"), ("Received", "one"), ("Received", "two"))


def test_a_project_with_and_without_maintainers() -> None:
    told = {"id": 3, "link_name": "example", "name": None, "web_url": "javascript:x", "maintainers": None}
    assert decode.project(Record(told, SERVER)) == Project(3, "example", "")
    told["maintainers"] = [{"id": 5, "username": "grace"}]
    assert decode.project(Record(told, SERVER)).maintainers == (User(5, "grace"),)


def test_a_comment_says_whether_it_is_addressed_where_the_server_knows() -> None:
    told = {"id": 1, "date": "2026-01-02T03:04:05", "subject": None, "content": "Fine", "submitter": None}
    comment = decode.comment(Record(told, SERVER))
    assert (comment.addressed, comment.subject, comment.content) == (None, "", "Fine")
    assert decode.comment(Record(told | {"addressed": False}, SERVER)).addressed is False


def test_a_check() -> None:
    told = {
        "id": 1,
        "date": "2026-01-02T03:04:05",
        "state": "fail",
        "context": "ci",
        "target_url": "file:///x",
    }
    check = decode.check_of(7)(Record(told, SERVER))
    assert (check.patch_id, check.state, check.context, check.target_url) == (7, CheckState.FAIL, "ci", "")
    for address, kept in (("https://ci.example.org/1?x=y", True), ("https://ci.example.org/\x1b[2J", False)):
        check = decode.check_of(7)(Record(told | {"target_url": address}, SERVER))
        assert check.target_url == (address if kept else "")


def test_an_event_says_what_it_is_about() -> None:
    told = {
        "id": 1,
        "category": "patch-completed",
        "date": "2026-01-02T03:04:05",
        "actor": None,
        "payload": {"patch": {"id": 7}, "series": {"id": 9}},
    }
    event = decode.event(Record(told, SERVER))
    assert (event.patch_id, event.series_id, event.cover_id, event.actor) == (7, 9, None, None)
    assert event.series_date is None
    dated = told | {"payload": {"series": {"id": 9, "date": "2026-01-01T00:00:00"}}}
    assert decode.event(Record(dated, SERVER)).series_date == datetime(2026, 1, 1)
    assert decode.event(Record(dated, SERVER)).patch_date is None
    assert decode.event(Record(told | {"payload": None}, SERVER)).patch_id is None


def test_an_event_says_what_changed_from_what_to_what() -> None:
    def read(payload: object) -> Event:
        told = {"id": 1, "category": "x", "date": "2026-01-02T03:04:05", "payload": payload}
        return decode.event(Record(told, SERVER))

    state = read({"patch": {"id": 7}, "previous_state": "new", "current_state": "accepted"})
    assert (state.before, state.after, state.check, state.comment_id) == ("new", "accepted", None, None)
    given = read({"previous_delegate": None, "current_delegate": {"id": 3, "username": "mira"}})
    assert (given.before, given.after) == ("", "mira")
    related = read({"patch": {"id": 7}, "previous_relation": None, "current_relation": None})
    assert (related.before, related.after) == ("", "")
    check = read({"check": {"id": 5, "state": "fail", "context": "build"}})
    assert (check.check, check.context) == (CheckState.FAIL, "build")
    assert read({"check": {"id": 5, "state": "odd"}}).check is CheckState.PENDING
    comment = read({"comment": {"id": 9, "date": "2026-01-01T00:00:00"}})
    assert (comment.comment_id, comment.comment_date) == (9, datetime(2026, 1, 1))


@pytest.mark.parametrize("read", [decode.patch, decode.series, decode.cover, decode.comment, decode.event])
def test_an_empty_object_is_not_patchwork(read: Callable[[Record], object]) -> None:
    with pytest.raises(NotPatchwork, match="no 'id'"):
        read(Record({}, SERVER))


def test_the_real_payloads_decode(shared: Path) -> None:
    files = sorted((shared / "payloads").glob("*.json"))
    assert len(files) == 5
    for file in files:
        record = Record(parse_json(file.read_bytes(), SERVER), SERVER)
        told = json.loads(file.read_text())
        patch, body = decode.patch(record), decode.body(record)
        assert (patch.id, patch.msgid, patch.series_id) == (
            told["id"],
            told["msgid"],
            told["series"][0]["id"],
        )
        assert patch.web_url.startswith(SERVER + "/")
        assert body.diff == told["diff"]
        assert dict(body.headers).keys() == told["headers"].keys()
