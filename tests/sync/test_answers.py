"""Comments are fetched when they are looked at, near, or told by events; each once, and quietly."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.sync.rig import Rig, ids, state
from tests.sync.test_telling import ADA, ME, MINE, comment
from tui.api.client import Client
from tui.core.change import Kind
from tui.demo.model import Comment, Cover, Patch
from tui.sync.answers import MOST_TOLD, STALE

pytestmark = pytest.mark.anyio


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    rig = Rig(me=ME)
    yield rig
    await rig.sync.close()


def quietly(rig: Rig, on: Patch | Cover, number: int) -> Comment:
    """Let somebody answer, with no event."""
    comment(rig, on, number)
    rig.app.world.events.pop()
    return on.comments[-1]


def unread(rig: Rig, about: int) -> list[tuple[int, bool]]:
    return [(row.comment.id, row.unread) for row in rig.store.comments([about])]


async def test_comments_come_when_they_are_looked_at_and_again_after_a_while(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    quietly(rig, patch, 1)
    for _ in range(2):
        rig.sync.need_comments(patch.id)
        rig.sync.need_comments(patch.id)
        await rig.sync.settled()
    assert rig.road.count("comments/") == 1
    assert unread(rig, patch.id) == [(1, True)]
    quietly(rig, patch, 2)
    rig.time += STALE
    rig.sync.need_comments(patch.id)
    await rig.sync.settled()
    assert unread(rig, patch.id) == [(1, True), (2, True)]


async def test_all_pages_are_read(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    for number in range(1, 260):
        quietly(rig, patch, number)
    rig.sync.need_comments(patch.id)
    await rig.sync.settled()
    assert len(rig.store.comments([patch.id])) == 259


async def test_the_comments_of_the_series_under_the_cursor_come_after_its_texts(rig: Rig) -> None:
    patches = await rig.start_with(2, of=3)
    cover = rig.add_cover(rig.app.world.series[1])
    rig.sync.refresh()
    quietly(rig, cover, 1)
    quietly(rig, patches[2], 1)
    await rig.sync.settled()
    rig.road.log.clear()
    rig.sync.look_at(1, None, near=[2])
    await rig.sync.settled()
    talks = rig.store.talks([-900, *ids(patches)])
    assert {key for key, talk in talks.items() if talk.fetched} == {-900, *ids(patches[:3])}
    assert [row.comment.key for row in rig.store.comments([-900, patches[2].id])] == [-1, 1]
    asked = ["comments/" in line for line in rig.road.log]
    assert asked == sorted(asked)
    rig.road.log.clear()
    rig.sync.look_at(1, None)
    await rig.sync.settled()
    assert rig.road.log == []


async def test_a_comment_that_an_event_tells_is_fetched(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    cover = rig.add_cover(patch.series)
    rig.sync.refresh()
    await rig.sync.settled()
    rig.road.log.clear()
    comment(rig, patch, 1)
    comment(rig, cover, 1)
    await rig.beat()
    assert (unread(rig, patch.id), unread(rig, -900)) == ([(1, True)], [(1, True)])
    assert rig.road.count("comments/") == 2


async def test_of_much_that_was_told_the_newest_is_fetched_and_the_rest_when_looked_at(rig: Rig) -> None:
    patches = await rig.start_with(1, of=MOST_TOLD + 10)
    rig.sync.need_comments(patches[0].id)
    await rig.sync.settled()
    for number, patch in enumerate(patches, 1):
        comment(rig, patch, number)
    rig.road.log.clear()
    await rig.beat()
    assert rig.road.count("comments/") == MOST_TOLD
    assert unread(rig, patches[-1].id) == [(MOST_TOLD + 10, True)]
    assert unread(rig, patches[0].id) == []
    rig.sync.need_comments(patches[0].id)
    await rig.sync.settled()
    assert unread(rig, patches[0].id) == [(1, True)]


async def test_comments_on_what_is_not_stored_are_not_asked_for(rig: Rig) -> None:
    await rig.start_with()
    stranger = rig.add_patch("[PATCH] older")
    comment(rig, stranger, 1)
    await rig.beat()
    assert rig.road.count("comments/") == 0


async def test_own_comments_and_what_was_said_of_closed_patches_need_not_be_read(rig: Rig) -> None:
    one, two = rig.add_series(2).patches
    two.state = state("accepted")
    comment(rig, one, 1, ADA)
    comment(rig, one, 2, MINE)
    comment(rig, two, 3, ADA)
    await rig.start()
    for patch in (one, two):
        rig.sync.need_comments(patch.id)
    await rig.sync.settled()
    assert unread(rig, one.id) == [(1, True), (2, False)]
    assert unread(rig, two.id) == [(3, False)]
    comment(rig, two, 4, ADA)
    await rig.beat()
    assert unread(rig, two.id) == [(3, False), (4, True)]


async def test_what_goes_wrong_is_said_where_they_would_be_shown(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.app.faults.add("comments/", status=500, times=1)
    rig.changes.clear()
    rig.sync.need_comments(patch.id)
    await rig.sync.settled()
    assert "500" in rig.sync.comments_trouble(patch.id)
    assert [change.ids for change in rig.changes if change.kind is Kind.COMMENTS] == [{patch.id}]
    assert rig.notices == []
    rig.sync.need_comments(patch.id)
    await rig.sync.settled()
    assert rig.sync.comments_trouble(patch.id) == ""


async def test_a_server_without_comments_says_so(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    (patch,) = await rig.start_with()

    async def negotiate(self: Client) -> str:
        return "1.0"

    monkeypatch.setattr(Client, "negotiate", negotiate)
    assert rig.sync.why_not_addressed == ""
    rig.sync.need_comments(patch.id)
    await rig.sync.settled()
    assert "no comments" in rig.sync.comments_trouble(patch.id)
    assert rig.store.talks([patch.id]) == {}
    assert "came with 1.3" in rig.sync.why_not_addressed


async def test_comments_are_kept_over_a_restart_and_ages_are_counted_in_utc(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.off = timedelta(hours=-11)
    rig.sync.need_comments(patch.id)
    await rig.sync.settled()
    assert rig.store.talks([patch.id])[patch.id].fetched == rig.time + rig.off


async def test_lists_are_right_before_the_first_comment_is_asked_for(rig: Rig) -> None:
    patches = await rig.start_with(10, of=3)
    for number, patch in enumerate(patches, 1):
        patch.state = state("accepted")
        rig.tell("patch-state-changed", patch=patch)
        comment(rig, patch, number)
    right: list[bool] = []

    def look(_: object) -> None:
        asked = rig.road.count("comments/")
        if asked and not right:
            right.append(all(row.patch.state == "accepted" for row in rig.store.patch_rows(ids(patches))))

    leave = rig.store.listen(look)
    await rig.beat()
    leave()
    assert right == [True]
    before = next(n for n, line in enumerate(rig.road.log) if "comments/" in line)
    assert before <= 6
    assert all(rig.store.talks(ids(patches))[id_].fetched for id_ in ids(patches))
