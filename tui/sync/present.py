"""What the server has before a write: Patchwork has no If-Match, so we look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
    look = _Look(desk)
    await look.read(patch_ids)
    present: Present = {Target(id_): one for id_, one in look.present.items()}
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


class _Look:
    """One look at what the server has of some patches, or why it will not say."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.present: dict[int, Patch | ApiError] = {}

    async def read(self, ids: Sequence[int]) -> None:
        """Look at them: one list request for many of a few series, one request for each that is left.

        That is a single patch, a loose one, and one that its series' list left out.  Raises an
        ApiError that all met.
        """
        if len(ids) > 1:
            members: dict[int, list[int]] = {}
            for patch in self._desk.store.patches(ids):
                if patch.series_id:
                    members.setdefault(patch.series_id, []).append(patch.id)
            series = list(members)
            batches = [series[i : i + SERIES_A_REQUEST] for i in range(0, len(series), SERIES_A_REQUEST)]
            await together(*(self._read_lists(batch, members) for batch in batches))
        await together(*(self._ask(patch_id) for patch_id in ids if patch_id not in self.present))

    async def _read_lists(self, batch: Sequence[int], members: Mapping[int, Sequence[int]]) -> None:
        """Read the lists of some series; of one that has none to be had, the patches that are wished for."""

        async def read_members(series_id: int) -> None:
            """Read them one by one; raise when there is no getting any of it."""
            troubles = await one_by_one(members[series_id], self._read_one)
            if len(troubles) == len(members[series_id]) and not any(map(is_final, troubles.values())):
                raise next(iter(troubles.values()))
            self.present.update(troubles)

        found, unread = await read_apart(self._desk, batch)
        self.present.update((patch.id, patch) for patch in found)
        troubles = await one_by_one(list(unread), read_members)
        self.present.update((id_, trouble) for one, trouble in troubles.items() for id_ in members[one])

    async def _ask(self, patch_id: int) -> None:
        trouble = await trouble_of(self._read_one(patch_id), f"look at patch {patch_id}")
        if trouble is not None:
            if not (is_final(trouble) or is_of_one(trouble)):
                raise trouble
            self.present[patch_id] = trouble

    async def _read_one(self, patch_id: int) -> None:
        began = self._desk.writes
        patch, _ = await self._desk.ask(lambda server: server.patch(patch_id))
        self._desk.take_patches([patch], began)
        self.present[patch_id] = patch
