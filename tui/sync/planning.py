"""From what is asked of patches and comments to wishes: only of those that are not so already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tui.core.deed import Step
from tui.core.intent import Field, Intent, Status, Target, Value, Wish, value_of
from tui.store.store import Store


def plan_patches(store: Store, patch_ids: Iterable[int], steps: Sequence[Step]) -> list[Wish]:
    """Return what is to be wished for some patches to have all these values: nothing that is so already.

    What is held is compared with the server's value, of which the user was told: wishing the
    same again insists, wishing the server's value gives in.
    """
    ids = list(dict.fromkeys(patch_ids))
    held = {(intent.target, intent.field) for intent in store.intents(Status.HELD)}
    wishes = []
    for row, stored in zip(store.patch_rows(ids), store.patches(ids), strict=True):
        for field, value in steps:
            insists = (Target(stored.id), field) in held
            seen = value_of(stored if insists else row.patch, field)
            if insists or seen != value:
                wishes.append(Wish(stored.id, field, seen, value))
    return wishes


def plan_addressed(store: Store, keys: Iterable[int], wished: bool | None) -> list[Wish]:
    """Return what is to be wished for some comments, by their own keys, to be marked so (as above)."""
    held = {intent.comment for intent in store.intents(Status.HELD)}
    wishes = []
    for row in store.comments_named(dict.fromkeys(keys)):
        comment = row.comment
        insists = comment.key in held
        seen = row.addressed if insists else comment.addressed
        if insists or seen != wished:
            wishes.append(Wish(comment.about, Field.ADDRESSED, seen, wished, comment.key))
    return wishes


def server_value(store: Store, intent: Intent) -> Value:
    """Return what the server has of a wish's field, as far as the store knows; else what the user saw."""
    if intent.comment:
        rows = store.comments_named([intent.comment])
        return rows[0].addressed if rows else intent.seen
    patches = store.patches([intent.patch_id])
    return value_of(patches[0], intent.field) if patches else intent.seen
