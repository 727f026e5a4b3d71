"""Handlers of what users work with: patches, their checks, bundles."""

from __future__ import annotations

import re

from starlette.responses import JSONResponse, Response

from tui.demo import filters, views
from tui.demo.calls import Call, Refused, find_patch, refuse_stranger
from tui.demo.links import Json
from tui.demo.model import Bundle, Check, Patch
from tui.demo.registry import Project, User
from tui.demo.writes import Invalid, read_patches, read_text, read_truth, update_patch

_CHECK_STATES = ("pending", "success", "warning", "fail")
_SLUG = re.compile(r"[-a-zA-Z0-9_]+")
_URL = re.compile(r"(?:https?|ftps?)://[^\s/]+\S*", re.I)


def list_patches(call: Call) -> Response:
    """Answer with a page of patches."""
    found = filters.filter_patches(call.world, call.params, call.links.has("1.2"))
    return call.answer(filters.order(found, call.params, filters.PATCH_ORDER, "id"), views.list_patch)


def show_patch(call: Call) -> Response:
    """Answer with one patch."""
    return JSONResponse(views.show_patch(_patch(call), call.links))


def change_patch(call: Call) -> Response:
    """Change a patch, if the user may."""
    patch = _patch(call)
    if call.user is None or not patch.may_be_edited_by(call.user):
        raise refuse_stranger(call.user)
    update_patch(call.world, patch, call.data(), call.user, call.links.has("1.2"))
    return show_patch(call)


def list_checks(call: Call) -> Response:
    """Answer with a page of a patch's checks."""
    users = call.params.getlist("user")
    states, context = call.params.get("state"), call.params.get("context")
    found = [
        check
        for check in _patch(call).checks
        if (not users or check.user.username in users or str(check.user.id) in users)
        and (not states or check.state == states)
        and (not context or check.context == context)
    ]
    return call.answer(found, views.show_check)


def show_check(call: Call) -> Response:
    """Answer with one check."""
    number = int(call.path[3])
    for check in _patch(call).checks:
        if check.id == number:
            return JSONResponse(views.show_check(check, call.links))
    raise Refused(404, "No Check matches the given query.")


def create_check(call: Call) -> Response:
    """Add a check to a patch, if the user may.  Strangers without a token are told the same as
    those with one: the real server asks for the patch's permission only.
    """
    patch = _patch(call)
    if call.user is None or not patch.may_be_edited_by(call.user):
        raise Refused(403, "You do not have permission to perform this action.")
    check = _read_check(call, patch, call.user)
    shown = views.show_check(check, call.links)
    return JSONResponse(shown, 201, headers={"Location": str(shown["url"])})


def _read_check(call: Call, patch: Patch, user: User) -> Check:
    data, errors = call.data(), dict[str, object]()
    state = data.get("state")
    if not state:
        raise Refused(400, {"state": ["A check must have a state."]})
    if state not in _CHECK_STATES:
        errors["state"] = [f'"{state}" is not a valid choice.']
    context = str(data.get("context", "default"))
    if not _SLUG.fullmatch(context):
        errors["context"] = ["Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."]
    url = data.get("target_url") or None
    if url is not None and not _URL.fullmatch(str(url)):
        errors["target_url"] = ["Enter a valid URL."]
    description = data.get("description")
    if errors:
        raise Refused(400, errors)
    return call.world.add_check(
        patch,
        user,
        str(state),
        context,
        None if description is None else str(description),
        None if url is None else str(url),
    )


def list_bundles(call: Call) -> Response:
    """Answer with a page of the bundles that the user may see."""
    owners, public = call.params.getlist("owner"), call.params.get("public")
    projects = call.params.getlist("project")
    found = [
        bundle
        for bundle in call.world.bundles.values()
        if (bundle.public or bundle.owner is call.user)
        and (not owners or bundle.owner.username in owners or str(bundle.owner.id) in owners)
        and (not projects or _is_one_of(bundle.project, projects))
        and (public not in ("true", "false") or bundle.public is (public == "true"))
    ]
    found = filters.filter_named(found, call.params, lambda bundle: bundle.name)
    keys: dict[str, filters.Key[Bundle]] = {
        "id": lambda bundle: bundle.id,
        "name": lambda bundle: bundle.name,
        "owner": lambda bundle: bundle.owner.id,
    }
    return call.answer(filters.order(found, call.params, keys, "id"), views.show_bundle)


def show_bundle(call: Call) -> Response:
    """Answer with one bundle."""
    return JSONResponse(views.show_bundle(_bundle(call), call.links))


def create_bundle(call: Call) -> Response:
    """Make a bundle for the user."""
    _need_bundle_writes(call)
    if call.user is None:
        raise refuse_stranger(None)
    data = call.data()
    missing = {name: ["This field is required."] for name in ("name", "patches") if name not in data}
    name, public, patches = _read_bundle(call, data, missing)
    bundle = call.world.add_bundle(name or "", call.user, bool(public), patches or [])
    shown = views.show_bundle(bundle, call.links)
    return JSONResponse(shown, 201, headers={"Location": str(shown["url"])})


def change_bundle(call: Call) -> Response:
    """Change a bundle of the user's."""
    _need_bundle_writes(call)
    bundle = _own_bundle(call)
    name, public, patches = _read_bundle(call, call.data(), {})
    bundle.name = bundle.name if name is None else name
    bundle.public = bundle.public if public is None else public
    bundle.patches = patches or bundle.patches
    return show_bundle(call)


def delete_bundle(call: Call) -> Response:
    """Delete a bundle of the user's."""
    _need_bundle_writes(call)
    del call.world.bundles[_own_bundle(call).id]
    return Response(status_code=204)


def _read_bundle(
    call: Call, data: Json, missing: dict[str, list[str]]
) -> tuple[str | None, bool | None, list[Patch] | None]:
    name, public, patches = None, None, None
    errors: Json = dict(missing)
    for field, value in data.items():
        try:
            if field == "name":
                name = read_text(value, 50)
                if not name:
                    raise Invalid("This field may not be blank.")  # noqa: TRY301
            elif field == "public":
                public = read_truth(value)
            elif field == "patches":
                patches = _read_bundled(call, value)
        except Invalid as error:
            errors[field] = [str(error)]
    if errors:
        raise Refused(400, errors)
    return name, public, patches


def _read_bundled(call: Call, value: object) -> list[Patch]:
    patches = list(dict.fromkeys(read_patches(call.world, value)))
    if not patches:
        raise Invalid("Bundles cannot be empty")
    if len({patch.project for patch in patches}) > 1:
        raise Invalid("Bundle patches must belong to the same project")
    return patches


def _need_bundle_writes(call: Call) -> None:
    if not call.links.has("1.2"):
        raise Refused(405, f'Method "{call.method}" not allowed.')


def _patch(call: Call) -> Patch:
    return find_patch(call, int(call.path[1]))


def _bundle(call: Call) -> Bundle:
    bundle = call.world.bundles.get(int(call.path[1]))
    if bundle is None or not (bundle.public or bundle.owner is call.user):
        raise Refused(404, "No Bundle matches the given query.")
    return bundle


def _own_bundle(call: Call) -> Bundle:
    bundle = _bundle(call)
    if bundle.owner is not call.user:
        raise refuse_stranger(call.user)
    return bundle


def _is_one_of(project: Project, wanted: list[str]) -> bool:
    return project.link_name in wanted or str(project.id) in wanted
