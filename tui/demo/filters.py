"""Which objects a list request asks for, and in which order.

As on a real server, a value that names nothing (an unknown state, project, person) is no error:
the list is empty.  Filters by object may be repeated, and any of their values will do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from starlette.datastructures import QueryParams

from tui.demo.model import Cover, Event, Patch, Series
from tui.demo.registry import Project, State, User
from tui.demo.world import World

CATEGORIES = frozenset(
    {
        "cover-created",
        "patch-created",
        "patch-completed",
        "patch-state-changed",
        "patch-delegated",
        "patch-relation-changed",
        "check-created",
        "series-created",
        "series-completed",
        "cover-comment-created",
        "patch-comment-created",
    }
)
_TERM = re.compile(r'"([^"]*)"|([^\s,]+)')
_TRUTH = {"1": True, "true": True, "0": False, "false": False}


class UnknownValue(Exception):
    """A filter's value names nothing that the server has."""


class _Numbered(Protocol):
    @property
    def id(self) -> int: ...


class _Dated(_Numbered, Protocol):
    date: datetime


N = TypeVar("N", bound=_Numbered)
D = TypeVar("D", bound=_Dated)
T = TypeVar("T")
Key = Callable[[T], object]


def filter_patches(world: World, params: QueryParams, can_hash: bool) -> list[Patch]:
    """Return the patches asked for.  ``can_hash``: whether ``hash`` and ``msgid`` are filters yet."""
    projects = _choose(params, "project", world.projects.values(), _link_name)
    series = _choose(params, "series", world.series.values())
    people = _choose(params, "submitter", world.people.values(), lambda person: person.email)
    delegates = _choose(params, "delegate", world.users.values(), lambda user: user.username)
    states = _choose_states(params, world.states.values())
    archived = _TRUTH.get(params.get("archived", "").lower())
    found: Iterable[Patch] = _within(world.patches.values(), params)
    if projects is not None:
        found = [patch for patch in found if patch.project in projects]
    if series is not None:
        found = [patch for patch in found if patch.series in series]
    if people is not None:
        found = [patch for patch in found if patch.submitter in people]
    if delegates is not None:
        found = [patch for patch in found if patch.delegate in delegates]
    if states is not None:
        found = [patch for patch in found if patch.state in states]
    if archived is not None:
        found = [patch for patch in found if patch.archived is archived]
    if can_hash and (wanted := params.get("hash")):
        found = [patch for patch in found if patch.hash == wanted.lower()]
    if can_hash and (wanted := params.get("msgid")):
        found = [patch for patch in found if patch.msgid == f"<{wanted}>"]
    return _search(found, params, lambda patch: patch.name)


def filter_covers(world: World, params: QueryParams) -> list[Cover]:
    """Return the cover letters asked for.  ``series`` finds nothing, as on a real server, which
    looks its value up among the projects.
    """
    projects = _choose(params, "project", world.projects.values(), _link_name)
    people = _choose(params, "submitter", world.people.values(), lambda person: person.email)
    if params.get("series"):
        return []
    found = [
        cover
        for cover in _within(world.covers.values(), params)
        if (projects is None or cover.project in projects)
        and (people is None or cover.submitter in people)
        and params.get("msgid", cover.bare_msgid) == cover.bare_msgid
    ]
    return _search(found, params, lambda cover: cover.name)


def filter_series(world: World, params: QueryParams) -> list[Series]:
    """Return the series asked for."""
    projects = _choose(params, "project", world.projects.values(), _link_name)
    people = _choose(params, "submitter", world.people.values(), lambda person: person.email)
    found = [
        series
        for series in _within(world.series.values(), params)
        if (projects is None or series.project in projects) and (people is None or series.submitter in people)
    ]
    return _search(found, params, lambda series: series.name or "")


def filter_events(world: World, params: QueryParams, can_actor: bool, comments: bool) -> list[Event]:
    """Return the events asked for.  ``can_actor``: whether ``actor`` is a filter yet; ``comments``:
    whether events about comments are told.
    """
    projects = _choose(params, "project", world.projects.values(), _link_name)
    series = _choose(params, "series", world.series.values())
    patches = _choose(params, "patch", world.patches.values())
    covers = _choose(params, "cover", world.covers.values())
    category = params.get("category")
    if category and category not in CATEGORIES:
        raise UnknownValue
    actors = None
    if can_actor and params.get("actor"):
        actors = _choose(QueryParams({"actor": params["actor"]}), "actor", world.users.values())
    return [
        event
        for event in _within(world.events, params)
        if (projects is None or event.project in projects)
        and (series is None or event.series in series)
        and (patches is None or event.patch in patches)
        and (covers is None or event.cover in covers)
        and (actors is None or event.actor in actors)
        and (not category or event.category == category)
        and (comments or event.comment is None)
    ]


def filter_named(found: Iterable[T], params: QueryParams, text: Callable[[T], str]) -> list[T]:
    """Return those whose text has what ``q`` asks for."""
    return _search(found, params, text)


def order(found: Sequence[N], params: QueryParams, keys: dict[str, Key[N]], usual: str) -> list[N]:
    """Return objects in the order asked for; a name that is no order is passed over.

    Ties keep the order of ids, downwards where the order is downwards.
    """
    names = [name.strip() for name in params.get("order", "").split(",")]
    wanted = [name for name in names if name.lstrip("-") in keys] or [usual]
    ordered = sorted(found, key=lambda one: one.id, reverse=wanted[0].startswith("-"))
    for name in reversed(wanted):
        ordered.sort(key=keys[name.lstrip("-")], reverse=name.startswith("-"))  # type: ignore[arg-type]
    return ordered


def _link_name(project: Project) -> str:
    return project.link_name


def _choose(
    params: QueryParams, name: str, known: Iterable[N], text: Callable[[N], str] | None = None
) -> set[N] | None:
    """Return the objects that a filter's values name, by id or by a text whatever its case.

    None means that nothing was asked.  Raises UnknownValue.
    """
    values = params.getlist(name)
    if not values:
        return None
    by_id = {one.id: one for one in known}
    by_text = {text(one).lower(): one for one in by_id.values()} if text else {}
    chosen = set()
    for value in values:
        one = by_id.get(int(value)) if value.isdecimal() else by_text.get(value.lower())
        if one is None:
            raise UnknownValue
        chosen.add(one)
    return chosen


def _choose_states(params: QueryParams, known: Iterable[State]) -> set[State] | None:
    spaced = QueryParams([("state", value.replace("-", " ")) for value in params.getlist("state")])
    return _choose(spaced, "state", known, lambda state: state.name)


def _within(found: Iterable[D], params: QueryParams) -> Iterable[D]:
    """Return what is dated from ``since`` on (itself included) and before ``before``."""
    since, before = _read_moment(params, "since"), _read_moment(params, "before")
    if since is not None:
        found = [one for one in found if one.date >= since]
    if before is not None:
        found = [one for one in found if one.date < before]
    return found


def _read_moment(params: QueryParams, name: str) -> datetime | None:
    text = params.get(name)
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UnknownValue from None
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _search(found: Iterable[T], params: QueryParams, text: Callable[[T], str]) -> list[T]:
    """Keep what has every word of ``q``; a phrase in double quotes is one word."""
    words = [(phrase or word).lower() for phrase, word in _TERM.findall(params.get("q", ""))]
    return [one for one in found if all(word in text(one).lower() for word in words)]


PATCH_ORDER: dict[str, Key[Patch]] = {
    "id": lambda patch: patch.id,
    "name": lambda patch: patch.name,
    "project": lambda patch: patch.project.link_name,
    "date": lambda patch: patch.date,
    "state": lambda patch: patch.state.id,
    "archived": lambda patch: patch.archived,
    "submitter": lambda patch: patch.submitter.id,
}
COVER_ORDER: dict[str, Key[Cover]] = {
    "id": lambda cover: cover.id,
    "name": lambda cover: cover.name,
    "date": lambda cover: cover.date,
    "submitter": lambda cover: cover.submitter.id,
}
SERIES_ORDER: dict[str, Key[Series]] = {
    "id": lambda series: series.id,
    "name": lambda series: series.name or "",
    "date": lambda series: series.date,
    "submitter": lambda series: series.submitter.id,
}
EVENT_ORDER: dict[str, Key[Event]] = {"date": lambda event: event.date}
USER_ORDER: dict[str, Key[User]] = {
    "id": lambda user: user.id,
    "username": lambda user: user.username,
    "email": lambda user: user.email,
}
