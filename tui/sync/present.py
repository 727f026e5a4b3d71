"""What the server has before a write: Patchwork has no If-Match, so we look."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence

from tui.api.errors import ApiError, NotPatchwork, Refused, ServerTrouble
from tui.core.model import Patch
from tui.sync.desk import Desk
from tui.sync.listing import SERIES_A_REQUEST, read_patches_of
from tui.sync.tasks import Bug, together, trouble_of

OF_ONE = (ServerTrouble, NotPatchwork, Bug)
"""Troubles that may well be of one patch alone: with any other, the next request would meet the same."""


def is_final(error: ApiError) -> bool:
    """Say whether the server said no to a request; whatever else went wrong, a wish outlasts it."""
    return isinstance(error, Refused) and not error.retryable


async def read_present(desk: Desk, ids: Sequence[int]) -> dict[int, Patch | ApiError]:
    """Return what the server has of some patches, or why it will not say.

    One list request for many patches of a few series; one request for a single patch, for a
    loose one, and for one that its series' list left out.  Raises an ApiError that all met.
    """
    present: dict[int, Patch | ApiError] = {}

    async def ask(request: Awaitable[None], about: Sequence[int]) -> None:
        trouble = await trouble_of(request, f"look at patches {about}")
        if trouble is None:
            return
        if not (is_final(trouble) or isinstance(trouble, OF_ONE)):
            raise trouble
        present.update((patch_id, trouble) for patch_id in about if patch_id not in present)

    async def read_list(series_ids: Sequence[int]) -> None:
        present.update((patch.id, patch) for patch in await read_patches_of(desk, series_ids))

    async def read_one(patch_id: int) -> None:
        began = desk.writes
        patch, _ = await desk.ask(lambda server: server.patch(patch_id))
        desk.take_patches([patch], began)
        present[patch_id] = patch

    if len(ids) > 1:
        members: dict[int, list[int]] = {}
        for patch in desk.store.patches(ids):
            if patch.series_id:
                members.setdefault(patch.series_id, []).append(patch.id)
        series = list(members)
        batches = [series[i : i + SERIES_A_REQUEST] for i in range(0, len(series), SERIES_A_REQUEST)]
        about = [[id_ for one in batch for id_ in members[one]] for batch in batches]
        await together(*(ask(read_list(batch), of) for batch, of in zip(batches, about, strict=True)))
    await together(*(ask(read_one(patch_id), [patch_id]) for patch_id in ids if patch_id not in present))
    return present
