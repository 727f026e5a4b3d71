"""The API's resources: which handler answers which path and method, from which version on."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import JSONResponse, Response

from tui.demo import discussion, filters, triage, views
from tui.demo.briefs import show_user
from tui.demo.calls import Call, NoSuchPage, Refused, refuse_stranger
from tui.demo.model import Person
from tui.demo.registry import Project

Handler = Callable[[Call], Response]
_RESOURCES = ("projects", "users", "people", "patches", "covers", "series", "events", "bundles")
_READS = {"HEAD": "GET", "PUT": "PATCH"}


def answer(call: Call) -> Response:
    """Return the answer to a request below ``/api/``.

    Raises Refused, and NoSuchPage where no version of the API has such an address.
    """
    is_project = len(call.path) == 2 and call.path[0] == "projects"
    shape = (
        ("projects", "#") if is_project else tuple("#" if part.isdecimal() else part for part in call.path)
    )
    since, methods = _TABLE.get(shape, ("9", {}))
    if not methods or not call.links.has(since):
        raise NoSuchPage
    handler = methods.get(_READS.get(call.method, call.method))
    if handler is None:
        raise Refused(405, f'Method "{call.method}" not allowed.')
    try:
        return handler(call)
    except filters.UnknownValue:
        return call.answer([], lambda one, _: {"id": one})


def _index(call: Call) -> Response:
    return JSONResponse({name: call.links.api(name) for name in _RESOURCES})


def _list_projects(call: Call) -> Response:
    found = filters.filter_named(list(call.world.projects.values()), call.params, lambda one: one.link_name)
    return call.answer(filters.order(found, call.params, _PROJECT_ORDER, "id"), views.show_project)


def _show_project(call: Call) -> Response:
    wanted = call.path[1]
    for project in call.world.projects.values():
        if wanted in (str(project.id), project.link_name):
            return JSONResponse(views.show_project(project, call.links))
    raise Refused(404, "No Project matches the given query.")


def _list_users(call: Call) -> Response:
    _need_user(call)
    found = filters.filter_named(
        call.world.users.values(), call.params, lambda one: one.username + " " + one.email
    )
    return call.answer(filters.order(found, call.params, filters.USER_ORDER, "id"), show_user)


def _show_user(call: Call) -> Response:
    _need_user(call)
    user = call.world.users.get(int(call.path[1]))
    if user is None:
        raise Refused(404, "No User matches the given query.")
    show = views.show_account if user is call.user else show_user
    return JSONResponse(show(user, call.links))


def _list_people(call: Call) -> Response:
    _need_user(call)
    found = filters.filter_named(
        call.world.people.values(), call.params, lambda one: f"{one.name} {one.email}"
    )
    keys: dict[str, filters.Key[Person]] = {
        "id": lambda one: one.id,
        "name": lambda one: one.name,
        "email": lambda one: one.email,
    }
    return call.answer(filters.order(found, call.params, keys, "id"), views.show_contact)


def _show_person(call: Call) -> Response:
    _need_user(call)
    person = call.world.people.get(int(call.path[1]))
    if person is None:
        raise Refused(404, "No Person matches the given query.")
    return JSONResponse(views.show_contact(person, call.links))


def _list_covers(call: Call) -> Response:
    found = filters.filter_covers(call.world, call.params)
    return call.answer(filters.order(found, call.params, filters.COVER_ORDER, "id"), views.list_cover)


def _show_cover(call: Call) -> Response:
    cover = call.world.covers.get(int(call.path[1]))
    if cover is None:
        raise Refused(404, "No Cover matches the given query.")
    return JSONResponse(views.show_cover(cover, call.links))


def _list_series(call: Call) -> Response:
    found = filters.filter_series(call.world, call.params)
    return call.answer(filters.order(found, call.params, filters.SERIES_ORDER, "id"), views.show_series)


def _show_series(call: Call) -> Response:
    series = call.world.series.get(int(call.path[1]))
    if series is None:
        raise Refused(404, "No Series matches the given query.")
    return JSONResponse(views.show_series(series, call.links))


def _list_events(call: Call) -> Response:
    found = filters.filter_events(call.world, call.params, call.links.has("1.2"), call.links.has("1.3"))
    return call.answer(filters.order(found, call.params, filters.EVENT_ORDER, "-date"), views.show_event)


def _need_user(call: Call) -> None:
    if call.user is None:
        raise refuse_stranger(None)


_PROJECT_ORDER: dict[str, filters.Key[Project]] = {"id": lambda one: one.id, "name": lambda one: one.name}
_TABLE: dict[tuple[str, ...], tuple[str, dict[str, Handler]]] = {
    (): ("1.0", {"GET": _index}),
    ("projects",): ("1.0", {"GET": _list_projects}),
    ("projects", "#"): ("1.0", {"GET": _show_project}),
    ("users",): ("1.0", {"GET": _list_users}),
    ("users", "#"): ("1.0", {"GET": _show_user}),
    ("people",): ("1.0", {"GET": _list_people}),
    ("people", "#"): ("1.0", {"GET": _show_person}),
    ("patches",): ("1.0", {"GET": triage.list_patches}),
    ("patches", "#"): ("1.0", {"GET": triage.show_patch, "PATCH": triage.change_patch}),
    ("patches", "#", "checks"): ("1.0", {"GET": triage.list_checks, "POST": triage.create_check}),
    ("patches", "#", "checks", "#"): ("1.0", {"GET": triage.show_check}),
    ("patches", "#", "comments"): ("1.1", {"GET": discussion.list_comments}),
    ("patches", "#", "comments", "#"): (
        "1.3",
        {"GET": discussion.show_comment, "PATCH": discussion.change_comment},
    ),
    ("covers",): ("1.0", {"GET": _list_covers}),
    ("covers", "#"): ("1.0", {"GET": _show_cover}),
    ("covers", "#", "comments"): ("1.1", {"GET": discussion.list_comments}),
    ("covers", "#", "comments", "#"): (
        "1.3",
        {"GET": discussion.show_comment, "PATCH": discussion.change_comment},
    ),
    ("series",): ("1.0", {"GET": _list_series}),
    ("series", "#"): ("1.0", {"GET": _show_series}),
    ("events",): ("1.0", {"GET": _list_events}),
    ("bundles",): ("1.0", {"GET": triage.list_bundles, "POST": triage.create_bundle}),
    ("bundles", "#"): (
        "1.0",
        {"GET": triage.show_bundle, "PATCH": triage.change_bundle, "DELETE": triage.delete_bundle},
    ),
}
