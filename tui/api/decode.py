"""JSON to the objects of the domain.  This is where JSON dies.

What degrades: no name, no submitter, no series (1.0), no web_url (1.0), states and checks that
we do not know.  What does not: ids, dates, states, projects; without one, NotPatchwork.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypedDict
from urllib.parse import quote

from tui.api.record import Record, storable
from tui.core.model import (
    Body,
    Check,
    CheckState,
    Comment,
    Cover,
    Event,
    Patch,
    Person,
    Project,
    Series,
    User,
)


def person(record: Record | None) -> Person:
    """Decode a submitter; one that is null is nobody in particular."""
    if record is None:
        return Person(0, "", "")
    return Person(record.count("id", 0), record.text("name"), record.text("email"))


def user(record: Record | None) -> User | None:
    """Decode a user, who may be null."""
    if record is None:
        return None
    return User(
        record.number("id"),
        record.text("username"),
        record.text("first_name"),
        record.text("last_name"),
        record.text("email"),
    )


def project(record: Record) -> Project:
    """Decode a project; lists leave the maintainers out at some versions."""
    return Project(
        id=record.number("id"),
        link_name=record.essential("link_name"),
        name=record.text("name"),
        list_email=record.text("list_email"),
        web_url=record.link("web_url"),
        maintainers=tuple(u for r in record.records("maintainers") if (u := user(r))),
    )


def _series_of(record: Record) -> int | None:
    """The id of the series of a patch or cover letter: a list of at most one."""
    embedded = record.records("series")
    return embedded[0].number("id") if embedded else None


def check_state(name: str) -> CheckState:
    """Return a check's state; one that we do not know counts as pending."""
    try:
        return CheckState(name)
    except ValueError:
        return CheckState.PENDING


class _Mail(TypedDict):
    """What a patch and a cover letter have in common."""

    id: int
    project_id: int
    msgid: str
    name: str
    date: datetime
    submitter: Person
    series_id: int | None
    web_url: str


def _mail(record: Record, kind: str) -> _Mail:
    number = record.number("id")
    return _Mail(
        id=number,
        project_id=record.needed("project").number("id"),
        msgid=record.text("msgid"),
        name=record.text("name"),
        date=record.date("date"),
        submitter=person(record.record("submitter")),
        series_id=_series_of(record),
        web_url=record.page("web_url", f"/{kind}/{number}/"),
    )


def patch(record: Record) -> Patch:
    """Decode a patch, listed or in detail."""
    return Patch(
        **_mail(record, "patch"),
        state=record.essential("state"),
        archived=record.flag("archived"),
        delegate=user(record.record("delegate")),
        check=check_state(record.text("check")),
        hash=record.text("hash"),
        commit_ref=record.text("commit_ref"),
        pull_url=record.text("pull_url"),
    )


def cover(record: Record) -> Cover:
    """Decode a cover letter, listed or in detail."""
    return Cover(**_mail(record, "cover"))


def series(record: Record) -> Series:
    """Decode a series; the name of one whose cover letter has not come yet is null."""
    number = record.number("id")
    in_project = record.needed("project")
    link_name = quote(in_project.text("link_name"), safe="")
    letter = record.record("cover_letter")
    patch_ids = tuple(dict.fromkeys(r.number("id") for r in record.records("patches")))
    received = record.count("received_total", len(patch_ids))
    total = record.count("total", received)
    return Series(
        id=number,
        project_id=in_project.number("id"),
        name=record.text("name") or f"Untitled series #{number}",
        date=record.date("date"),
        submitter=person(record.record("submitter")),
        version=record.count("version", 1),
        total=total,
        received_total=received,
        received_all=record.flag("received_all") if "received_all" in record.fields else received >= total,
        cover_id=letter.number("id") if letter else None,
        patch_ids=patch_ids,
        web_url=record.page("web_url", f"/project/{link_name}/list/?series={number}"),
    )


def headers(record: Record) -> tuple[tuple[str, str], ...]:
    """Decode the headers of a mail, in order; one that stands twice comes as a list."""
    block = record.record("headers")
    if block is None:
        return ()
    found: list[tuple[str, str]] = []
    for name, value in block.fields.items():
        values = value if isinstance(value, list) else [value]
        found.extend((storable(name), storable(v)) for v in values if isinstance(v, str))
    return tuple(found)


def body(record: Record) -> Body:
    """Decode the text of a patch or cover letter from its detail."""
    return Body(record.number("id"), headers(record), record.text("content"), record.text("diff"))


def comment(record: Record) -> Comment:
    """Decode a comment."""
    return Comment(
        id=record.number("id"),
        msgid=record.text("msgid"),
        date=record.date("date"),
        subject=record.text("subject"),
        submitter=person(record.record("submitter")),
        content=record.text("content"),
        headers=headers(record),
        addressed=None if record.fields.get("addressed") is None else record.flag("addressed"),
        web_url=record.link("web_url"),
    )


def check_of(patch_id: int) -> Callable[[Record], Check]:
    """Return what decodes a check of a patch; the payload does not name the patch."""

    def check(record: Record) -> Check:
        return Check(
            id=record.number("id"),
            patch_id=patch_id,
            date=record.date("date"),
            state=check_state(record.text("state")),
            context=record.text("context"),
            description=record.text("description"),
            target_url=record.link("target_url"),
            user=user(record.record("user")),
        )

    return check


def event(record: Record) -> Event:
    """Decode an event; what it is about stands in its payload, by category."""
    payload = record.record("payload") or Record({}, record.server)
    check = payload.record("check")

    def sent(key: str) -> datetime | None:
        found = payload.record(key)
        return found.date("date") if found and "date" in found.fields else None

    def about(key: str) -> int | None:
        found = payload.record(key)
        return found.number("id") if found else None

    def changed(side: str) -> str:
        delegate = user(payload.record(f"{side}_delegate"))
        return delegate.username if delegate else payload.text(f"{side}_state")

    return Event(
        id=record.number("id"),
        category=record.essential("category"),
        date=record.date("date"),
        patch_id=about("patch"),
        series_id=about("series"),
        cover_id=about("cover"),
        actor=user(record.record("actor")),
        patch_date=sent("patch"),
        series_date=sent("series"),
        comment_id=about("comment"),
        comment_date=sent("comment"),
        before=changed("previous"),
        after=changed("current"),
        context=check.text("context") if check else "",
        check=check_state(check.text("state")) if check else None,
    )
