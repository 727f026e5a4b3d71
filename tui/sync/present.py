"""What the server has before a write: Patchwork has no If-Match, so we look."""

from __future__ import annotations

from collections.abc import Sequence

from tui.api.errors import ApiError
from tui.core.model import Patch
from tui.sync.desk import Desk
from tui.sync.listing import SERIES_A_REQUEST, read_patches_of
from tui.sync.tasks import together


async def read_present(desk: Desk, ids: Sequence[int]) -> dict[int, Patch | ApiError]:
    """Return what the server has of some patches, or why it will not say.

    One list request for many patches of a few series; one request for a single patch, for a
    loose one, and for one that its series' list left out.  Raises an ApiError that may pass.
    """
    present: dict[int, Patch | ApiError] = {}

    async def read_lists(series_ids: Sequence[int]) -> None:
        present.update((patch.id, patch) for patch in await read_patches_of(desk, series_ids))

    async def read_one(patch_id: int) -> None:
        began = desk.writes
        try:
            patch, _ = await desk.ask(lambda server: server.patch(patch_id))
        except ApiError as error:
            if error.retryable:
                raise
            present[patch_id] = error
        else:
            desk.take_patches([patch], began)
            present[patch_id] = patch

    if len(ids) > 1:
        series = list(dict.fromkeys(p.series_id for p in desk.store.patches(ids) if p.series_id))
        starts = range(0, len(series), SERIES_A_REQUEST)
        await together(*(read_lists(series[i : i + SERIES_A_REQUEST]) for i in starts))
    await together(*(read_one(patch_id) for patch_id in ids if patch_id not in present))
    return present
