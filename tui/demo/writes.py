"""Changes of patches: each field checked as the real server checks it, then all made at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from tui.demo.calls import Refused
from tui.demo.links import Json
from tui.demo.model import Patch
from tui.demo.registry import State, User
from tui.demo.world import World

T = TypeVar("T")
_TRUTHS = {"t", "y", "yes", "true", "on", "1"}
_FALSEHOODS = {"f", "n", "no", "false", "off", "0"}
_NO_NULL = "This field may not be null."


class Invalid(Exception):
    """A field's value is refused; the text is the server's."""


def update_patch(world: World, patch: Patch, data: Json, user: User, can_relate: bool) -> None:
    """Change a patch as a request's data asks.  Fields that cannot be written are passed over.

    Raises Refused, with the reason of every field that is wrong; nothing is changed then.
    """
    state, delegate = patch.state, patch.delegate
    archived, commit_ref, pull_url = patch.archived, patch.commit_ref, patch.pull_url
    related: list[Patch] | None = None
    errors: Json = {}
    for name, value in data.items():
        try:
            if name == "state":
                state = _read_state(world, value)
            elif name == "delegate":
                delegate = _read_delegate(world, patch, value)
            elif name == "archived":
                archived = read_truth(value)
            elif name == "commit_ref":
                commit_ref = read_text(value, 255)
            elif name == "pull_url":
                pull_url = read_text(value, 255)
            elif name == "related" and can_relate:
                related = read_patches(world, value)
        except Invalid as error:
            errors[name] = [str(error)]
    if errors:
        raise Refused(400, errors)
    if related is not None:
        _relate(world, patch, related, user)
    patch.archived, patch.commit_ref, patch.pull_url = archived, commit_ref, pull_url
    if state is not patch.state:
        world.record("patch-state-changed", patch, user, patch.state, state)
        patch.state = state
    if delegate is not patch.delegate:
        world.record("patch-delegated", patch, user, patch.delegate, delegate)
        patch.delegate = delegate


def read_truth(value: object) -> bool:
    """Return a boolean field's value.  Raises Invalid."""
    if value is None:
        raise Invalid(_NO_NULL)
    text = str(value).lower()
    if text not in _TRUTHS | _FALSEHOODS:
        raise Invalid("Must be a valid boolean.")
    return text in _TRUTHS


def read_text(value: object, longest: int) -> str | None:
    """Return a text field's value.  Raises Invalid."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Invalid("Not a valid string.")
    text = str(value).strip()
    if len(text) > longest:
        raise Invalid(f"Ensure this field has no more than {longest} characters.")
    return text


def read_patches(world: World, value: object) -> list[Patch]:
    """Return the patches that a list of ids names.  Raises Invalid."""
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        raise Invalid(f'Expected a list of items but got type "{type(value).__name__}".')
    return [_find(world.patches, number) for number in value]


def _find(known: dict[int, T], value: object) -> T:
    text = str(value)
    if isinstance(value, bool) or not text.isdecimal():
        raise Invalid(f"Incorrect type. Expected pk value, received {type(value).__name__}.")
    if int(text) not in known:
        raise Invalid(f'Invalid pk "{text}" - object does not exist.')
    return known[int(text)]


def _read_state(world: World, value: object) -> State:
    if value is None or value == "":
        raise Invalid(_NO_NULL)
    if not isinstance(value, str):
        raise Invalid(f"Incorrect type. Expected string value, received {type(value).__name__}.")
    slug = "-".join("".join(c for c in value.lower() if c.isalnum() or c in "-_ ").split()).strip("-_")
    for state in world.states.values():
        if state.slug == slug:
            return state
    known = ", ".join(state.slug for state in world.states.values())
    raise Invalid(f"Invalid state {slug}. Expected one of: {known}.")


def _read_delegate(world: World, patch: Patch, value: object) -> User | None:
    if value is None or value == "":
        return None
    user = _find(world.users, value)
    if user not in patch.project.maintainers:
        raise Invalid(f"User '{user.username}' is not a maintainer for project '{patch.project.name}'")
    return user


def _relate(world: World, patch: Patch, others: Iterable[Patch], user: User) -> None:
    """Put a patch and others into one relation, or take it out of its own.  Raises Refused."""
    wanted = frozenset({patch, *others})
    everyone = wanted | patch.related
    if any(user not in one.project.maintainers for one in everyone):
        raise Refused(403, "At least one patch is part of a project you are not maintaining.")
    if wanted == {patch}:
        rest = patch.related - {patch}
        _set_relation(world, [patch], frozenset(), user)
        _set_relation(world, rest, rest if len(rest) > 1 else frozenset(), user)
        return
    if len({one.related for one in wanted if one.related}) > 1:
        raise Refused(
            409,
            "At least one patch is already part of another relation. You have to explicitly remove a "
            "patch from its existing relation before moving it to this one.",
        )
    relation = frozenset().union(wanted, *(one.related for one in wanted))
    _set_relation(world, relation, relation, user)


def _set_relation(world: World, patches: Iterable[Patch], relation: frozenset[Patch], user: User) -> None:
    for one in sorted(patches, key=lambda patch: patch.id):
        if bool(one.related) != bool(relation):
            world.record("patch-relation-changed", one, user)
        one.related = relation
