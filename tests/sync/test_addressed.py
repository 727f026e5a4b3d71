"""Comments are marked as addressed the way patches are written to: outbox, undo, held, refused."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.sync.rig import Rig
from tests.sync.test_telling import ADA, ME, comment, lines
from tui.api.client import Client
from tui.core.change import Tone
from tui.core.intent import Field, Status
from tui.core.journal import Outcome
from tui.core.rows import CommentRow, Mark
from tui.demo.model import Comment, Cover, Patch
from tui.demo.registry import MIRA, VISITOR

pytestmark = pytest.mark.anyio


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    rig = Rig(me=ME)
    yield rig
    await rig.sync.close()


async def answered(rig: Rig, *addressed: bool | None) -> tuple[Patch, list[Comment]]:
    """A patch with comments, which are known."""
    (patch,) = await rig.start_with()
    await answer(rig, patch, patch.id, *addressed)
    return patch, patch.comments


async def answer(rig: Rig, on: Patch | Cover, about: int, *addressed: bool | None) -> None:
    for number, value in enumerate(addressed, 1):
        comment(rig, on, number, ADA)
        rig.app.world.events.pop()
        on.comments[-1].addressed = value
    rig.sync.need_comments(about)
    await rig.sync.settled()
    rig.road.log.clear()


def row(rig: Rig, key: int = 1) -> CommentRow:
    return rig.store.comments_named([key])[0]


async def test_a_tick_shows_at_once_and_reaches_the_server(rig: Rig) -> None:
    patch, (one, _) = await answered(rig, False, False)
    assert rig.row(patch.id).talk.open == 2
    assert rig.sync.address([1], True, key="t").changed == 1
    assert (row(rig).comment.addressed, row(rig).addressed, row(rig).mark) == (True, False, Mark.WAITING)
    assert rig.row(patch.id).talk.open == 1
    assert rig.store.series_rows([1])[0].talk.open == 1
    assert rig.row(patch.id).mark is Mark.NONE
    await rig.sync.settled()
    assert one.addressed is True
    assert (row(rig).comment.addressed, row(rig).mark) == (True, Mark.NONE)
    assert rig.row(patch.id).talk.open == 1
    assert rig.store.intents() == []
    assert rig.only_notice().text == "comment of Ada marked as addressed"
    (action,) = rig.store.journal()
    assert (action.key, action.title) == ("t", "comment of Ada marked as addressed")
    assert rig.sync.address([1], True).changed == 0


async def test_comments_on_a_cover_letter_have_their_own_numbers(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    cover = rig.add_cover(patch.series)
    rig.sync.refresh()
    await rig.sync.settled()
    await answer(rig, patch, patch.id, None)
    await answer(rig, cover, -900, None)
    rig.sync.address([-1], False)
    await rig.sync.settled()
    assert (cover.comments[0].addressed, patch.comments[0].addressed) == (False, None)
    assert (row(rig, -1).comment.addressed, row(rig, 1).comment.addressed) == (False, None)
    assert rig.store.series_rows([1])[0].talk.open == 1


async def test_several_of_one_patch_need_one_look(rig: Rig) -> None:
    _, comments = await answered(rig, False, None, False)
    assert rig.sync.address([1, 2, 3], True).changed == 3
    await rig.sync.settled()
    assert [one.addressed for one in comments] == [True] * 3
    assert rig.road.count("GET") == 1
    assert rig.only_notice().text == "3 of 3 comments marked as addressed"


async def test_undo_and_redo_before_and_after_delivery(rig: Rig) -> None:
    _, (one, two) = await answered(rig, False, None)
    rig.sync.address([1, 2], True)
    rig.sync.undo()
    assert [row(rig, key).comment.addressed for key in (1, 2)] == [False, None]
    await rig.sync.settled()
    assert (one.addressed, two.addressed) == (False, None)
    rig.sync.redo()
    await rig.sync.settled()
    assert (one.addressed, two.addressed) == (True, True)
    rig.sync.undo()
    await rig.sync.settled()
    assert (one.addressed, two.addressed) == (False, None)
    assert rig.store.intents() == []


async def test_what_somebody_else_marked_is_held_and_decided(rig: Rig) -> None:
    _, (one,) = await answered(rig, None)
    one.addressed = False
    rig.sync.address([1], True)
    await rig.sync.settled()
    (held,) = rig.store.intents(Status.HELD)
    assert held.error == (
        "the server has open now, you saw unmarked and wish addressed; decide in the outbox"
    )
    assert (row(rig).comment.addressed, row(rig).addressed, row(rig).mark) == (True, False, Mark.HELD)
    assert rig.road.count("PATCH") == 0
    assert rig.sync.decide(held.id, mine=True)
    await rig.sync.settled()
    assert (one.addressed, rig.store.intents()) == (True, [])


async def test_theirs_leaves_what_the_server_has(rig: Rig) -> None:
    _, (one,) = await answered(rig, None)
    one.addressed = False
    rig.sync.address([1], True)
    await rig.sync.settled()
    assert rig.sync.decide(rig.store.intents()[0].id, mine=False)
    await rig.sync.settled()
    assert (row(rig).comment.addressed, rig.store.intents()) == (False, [])


async def test_who_may_not_is_refused_and_the_row_goes_back() -> None:
    rig = Rig(VISITOR)
    _, (one,) = await answered(rig, False)
    rig.sync.address([1], True)
    await rig.sync.settled()
    assert (one.addressed, row(rig).comment.addressed, row(rig).mark) == (False, False, Mark.NONE)
    (failed,) = rig.store.intents(Status.FAILED)
    assert (failed.field, failed.comment) == (Field.ADDRESSED, 1)
    assert rig.only_notice().text.startswith("comment of Ada not marked as addressed: ")
    assert dict(rig.sync.barred) == {}
    await rig.sync.close()


async def test_its_author_may() -> None:
    rig = Rig(VISITOR)
    patch, (one,) = await answered(rig, False)
    one.submitter.user = VISITOR
    rig.sync.address([1], True)
    await rig.sync.settled()
    assert one.addressed is True
    one.submitter.user = None
    assert not patch.may_be_edited_by(VISITOR)
    await rig.sync.close()


async def test_a_comment_that_is_gone_fails(rig: Rig) -> None:
    patch, _ = await answered(rig, False)
    patch.comments.clear()
    rig.sync.address([1], True)
    await rig.sync.settled()
    (failed,) = rig.store.intents(Status.FAILED)
    assert "not there any more" in failed.error
    assert rig.store.comments([patch.id]) == []


async def test_offline_it_waits_and_goes_out_when_the_server_is_back(rig: Rig) -> None:
    patch, (one,) = await answered(rig, False)
    rig.app.faults.add("/api/", reset=True)
    rig.sync.address([1], True)
    await rig.sync.settled()
    assert (row(rig).comment.addressed, row(rig).mark) == (True, Mark.WAITING)
    assert rig.row(patch.id).talk.open == 0
    rig.app.faults.clear()
    await rig.look()
    assert (one.addressed, rig.store.intents()) == (True, [])


async def test_a_patch_and_its_comment_of_one_action_are_told_apart(rig: Rig) -> None:
    patch, (one,) = await answered(rig, False)
    rig.sync.address([1], True)
    rig.sync.wish([patch.id], Field.STATE, "accepted")
    await rig.sync.settled()
    assert (one.addressed, patch.state.slug) == (True, "accepted")
    assert rig.only_notice().text == "2 of 2 patches and comments changed"
    outcomes = [item.outcome for action in rig.store.journal() for item in rig.store.action_items(action.id)]
    assert outcomes == [Outcome.DONE] * 2


async def test_an_old_server_says_that_it_cannot(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    async def negotiate(self: Client) -> str:
        return "1.2"

    monkeypatch.setattr(Client, "negotiate", negotiate)
    await answered(rig, None)
    action = rig.sync.address([1], True)
    assert (action.changed, action.refused) == (0, rig.sync.why_not_addressed)
    assert (rig.only_notice().text, rig.only_notice().tone) == (action.refused, Tone.TROUBLE)
    assert rig.store.intents() == []


async def test_a_server_that_turns_out_to_be_old_refuses(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    await answered(rig, None)

    async def negotiate(self: Client) -> str:
        return "1.2"

    monkeypatch.setattr(Client, "negotiate", negotiate)
    rig.sync.address([1], True)
    await rig.sync.settled()
    assert "came with API 1.3" in rig.store.intents(Status.FAILED)[0].error


async def test_marking_an_old_comment_of_mine_is_no_news(rig: Rig) -> None:
    patch = rig.add_series().patches[0]
    patch.delegate = MIRA
    await rig.start()
    await answer(rig, patch, patch.id, None, False)
    rig.store.mark_comments([1], read=True)
    rig.sync.address([1, 2], True)
    await rig.sync.settled()
    for one in patch.comments:
        rig.tell("patch-comment-created", comment=one, patch=patch)
    await rig.beat()
    assert {line.read for line in lines(rig)} == {True, False}
    assert patch.project.id
    assert rig.store.count_unread(patch.project.id) == 1


async def test_a_read_that_began_before_a_write_does_not_take_it_back(rig: Rig) -> None:
    patch, _ = await answered(rig, False)
    held = rig.road.hold(f"patches/{patch.id}/comments/?")
    rig.time = rig.time.replace(year=rig.time.year + 1)
    rig.sync.need_comments(patch.id)
    await held.arrived.wait()
    old = patch.comments[0].addressed
    rig.sync._desk.take_answered(row(rig).comment._replace(addressed=True))
    held.released.set()
    await rig.sync.settled()
    assert (old, row(rig).comment.addressed) == (False, True)
