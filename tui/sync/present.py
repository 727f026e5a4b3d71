"""What the server has before a write: Patchwork has no If-Match, so we look."""

from __future__ import annotations

from collections.abc import Sequence

from tui.api.errors import ApiError, NotFound
from tui.core.intent import Target
from tui.core.model import Comment, Patch
from tui.sync.answers import Answers
from tui.sync.desk import Desk
from tui.sync.patch_lists import SERIES_A_REQUEST, is_final, is_of_one, one_by_one, read_apart
from tui.sync.tasks import together, trouble_of

Present = dict[Target, Patch | Comment | ApiError]


async def read_present(desk: Desk, answers: Answers, targets: Sequence[Target]) -> Present:
    """Return what the server has of some patches and comments, or why it will not say.

    Raises an ApiError that all met.
    """
    patch_ids = [target.patch_id for target in targets if not target.comment]
    present: Present = {Target(id_): one for id_, one in (await _read_patches(desk, patch_ids)).items()}
    comments = [target for target in targets if target.comment]
    for about in dict.fromkeys(target.patch_id for target in comments):
        some = [target for target in comments if target.patch_id == about]
        present.update(await _read_comments(answers, about, some))
    return present


async def _read_comments(answers: Answers, about: int, targets: Sequence[Target]) -> Present:
    """Return what the server has of some comments on one patch or cover letter: one list has all."""
    present: Present = {}

    async def read() -> None:
        present.update((Target(about, one.key), one) for one in await answers.bring(about))

    trouble = await trouble_of(read(), f"look at the comments on {about}")
    if trouble is not None and not (is_final(trouble) or is_of_one(trouble)):
        raise trouble
    gone = trouble or NotFound("The comment is not there any more", status=404)
    return {target: present.get(target, gone) for target in targets}


async def _read_patches(desk: Desk, ids: Sequence[int]) -> dict[int, Patch | ApiError]:
    """Return what the server has of some patches, or why it will not say.

    One list request for many patches of a few series; one request for a single patch, for a
    loose one, and for one that its series' list left out.  Raises an ApiError that all met.
    """
    present: dict[int, Patch | ApiError] = {}

    async def read_one(patch_id: int) -> None:
        began = desk.writes
        patch, _ = await desk.ask(lambda server: server.patch(patch_id))
        desk.take_patches([patch], began)
        present[patch_id] = patch

    async def ask(patch_id: int) -> None:
        trouble = await trouble_of(read_one(patch_id), f"look at patch {patch_id}")
        if trouble is not None:
            if not (is_final(trouble) or is_of_one(trouble)):
                raise trouble
            present[patch_id] = trouble

    if len(ids) > 1:
        members: dict[int, list[int]] = {}
        for patch in desk.store.patches(ids):
            if patch.series_id:
                members.setdefault(patch.series_id, []).append(patch.id)

        async def read_list(batch: Sequence[int]) -> None:
            found, unread = await read_apart(desk, batch)
            present.update((patch.id, patch) for patch in found)
            troubles = await one_by_one(list(unread), read_members)
            present.update((id_, trouble) for one, trouble in troubles.items() for id_ in members[one])

        async def read_members(series_id: int) -> None:
            """Read what is wished of a series without a list; raise when there is no getting any of it."""
            troubles = await one_by_one(members[series_id], read_one)
            if len(troubles) == len(members[series_id]) and not any(map(is_final, troubles.values())):
                raise next(iter(troubles.values()))
            present.update(troubles)

        series = list(members)
        batches = [series[i : i + SERIES_A_REQUEST] for i in range(0, len(series), SERIES_A_REQUEST)]
        await together(*map(read_list, batches))
    await together(*(ask(patch_id) for patch_id in ids if patch_id not in present))
    return present
