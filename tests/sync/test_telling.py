"""What is told of which event: by whom it was, whom it concerns, and whether it was told before."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from tests.sync.rig import NOON, Rig, state
from tui.core.inbox import Line, Topic
from tui.core.intent import Field
from tui.core.me import Me
from tui.demo.model import Check, Comment, Cover, Patch, Person, Series
from tui.demo.registry import MIRA, USERS
from tui.sync.events import NEWEST

pytestmark = pytest.mark.anyio

TOMASZ = next(user for user in USERS if user.username == "tomasz")
ME = Me(MIRA.username, "mira@work.example")
ADA = Person(700, "Ada", "ada@example.org", None)
MINE = Person(701, "Mira at work", "Mira@Work.example", None)


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    rig = Rig(me=ME)
    yield rig
    await rig.sync.close()


def lines(rig: Rig) -> list[Line]:
    """Return what is told, the newest first."""
    project = rig.sync.project
    return rig.store.inbox(project.id) if project else []


def told(rig: Rig, topic: Topic) -> list[tuple[str, str]]:
    """Return who did what, of one topic."""
    return [(line.who, line.what) for line in lines(rig) if line.topic is topic]


def comment(rig: Rig, on: Patch | Cover, number: int, author: Person = ADA) -> None:
    """Let somebody answer a mail."""
    rig.time += timedelta(seconds=1)
    made = Comment(number, on.project, on.mail, f"<c{number}@example.org>", author, rig.time, parent=on)
    on.comments.append(made)
    kind = "patch" if isinstance(on, Patch) else "cover"
    rig.tell(f"{kind}-comment-created", comment=made, **{kind: on})


def check(rig: Rig, patch: Patch, result: str, context: str = "build") -> None:
    """Let a CI say something of a patch."""
    rig.time += timedelta(seconds=1)
    made = Check(len(rig.app.world.events), patch, TOMASZ, rig.time, result, context, "", "")
    patch.checks.append(made)
    rig.tell("check-created", patch=patch, check=made, actor=TOMASZ)


def change(rig: Rig, patch: Patch, to: str, **what: Any) -> None:
    """Let a patch get a state."""
    rig.time += timedelta(seconds=1)
    before, patch.state = patch.state, state(to)
    rig.tell("patch-state-changed", patch=patch, before=before, after=patch.state, **what)


async def test_a_new_series_is_told_with_its_submitter(rig: Rig) -> None:
    await rig.start_with()
    made = rig.add_series(3)
    rig.tell_series(made)
    await rig.beat()
    (line,) = lines(rig)
    assert (line.topic, line.series_id, line.patch_id) == (Topic.SERIES, made.id, None)
    assert (line.who, line.what, line.name) == (made.submitter.name, "3 patches", made.name)
    assert not line.read
    assert rig.store.count_unread(made.project.id) == 1


async def test_an_own_series_is_no_news(rig: Rig) -> None:
    await rig.start_with()
    made = rig.add_series()
    made.submitter = made.patches[0].submitter = MINE
    rig.tell_series(made)
    await rig.beat()
    assert lines(rig) == []


async def test_a_loose_patch_is_told_as_a_series(rig: Rig) -> None:
    await rig.start_with()
    patch = rig.add_patch("[PATCH] alone")
    rig.tell("patch-created", patch=patch)
    await rig.beat()
    (line,) = lines(rig)
    assert (line.topic, line.series_id, line.patch_id, line.name) == (
        Topic.SERIES,
        -patch.id,
        patch.id,
        "alone",
    )


def next_version(rig: Rig, of: Series, name: str = "") -> Series:
    made = rig.add_series()
    made.version, made.name, made.submitter = of.version + 1, name or of.name, of.submitter
    rig.tell_series(made)
    return made


@pytest.mark.parametrize("how", ["here", "elsewhere"])
async def test_a_new_version_of_what_i_sent_back_is_told_as_that(rig: Rig, how: str) -> None:
    first, other = rig.add_series(), rig.add_series()
    await rig.start()
    if how == "here":
        rig.sync.wish([first.patches[0].id], Field.STATE, "changes-requested")
        await rig.sync.settled()
    else:
        change(rig, first.patches[0], "changes-requested", actor=MIRA)
        await rig.beat()
    assert lines(rig) == []
    next_version(rig, first, f"[RFC]  {str(first.name).upper()}")
    next_version(rig, other)
    await rig.beat()
    assert told(rig, Topic.VERSION) == [(first.submitter.name, "v2, you sent back v1")]
    assert told(rig, Topic.SERIES) == [(other.submitter.name, "v2, 1 patch")]


async def test_what_somebody_else_sent_back_or_i_took_back_is_a_new_series(rig: Rig) -> None:
    theirs, undone = rig.add_series(), rig.add_series()
    await rig.start()
    change(rig, theirs.patches[0], "changes-requested", actor=TOMASZ)
    rig.sync.wish([undone.patches[0].id], Field.STATE, "changes-requested")
    await rig.sync.settled()
    rig.sync.undo()
    await rig.sync.settled()
    next_version(rig, theirs)
    next_version(rig, undone)
    await rig.beat()
    assert told(rig, Topic.VERSION) == []
    assert len(told(rig, Topic.SERIES)) == 2


async def test_comments_on_what_is_mine_are_told_with_their_authors(rig: Rig) -> None:
    sent, given, neither = (rig.add_series().patches[0] for _ in range(3))
    sent.submitter, given.delegate = MINE, MIRA
    cover = rig.add_cover(given.series)
    await rig.start()
    parents: tuple[Patch | Cover, ...] = (sent, given, neither, cover)
    for number, on in enumerate(parents, 1):
        comment(rig, on, number)
    await rig.beat()
    assert [(line.patch_id, line.who, line.what) for line in lines(rig)] == [
        (-cover.id, "Ada", "comment"),
        (given.id, "Ada", "comment"),
        (sent.id, "Ada", "comment"),
    ]


async def test_own_comments_are_no_news(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    patch.delegate = MIRA
    change(rig, patch, "under-review", actor=MIRA)
    comment(rig, patch, 1, MINE)
    await rig.beat()
    assert lines(rig) == []


async def test_a_comment_is_told_once_however_often_the_server_does(rig: Rig) -> None:
    made = rig.add_series().patches[0]
    made.delegate = MIRA
    await rig.start()
    comment(rig, made, 1)
    await rig.beat()
    rig.store.mark_read(lines(rig)[0].ids)
    rig.tell("patch-comment-created", patch=made, comment=made.comments[0])
    await rig.beat()
    assert [line.read for line in lines(rig)] == [True]


async def test_authors_are_asked_for_of_few_patches_before_the_rest_is_told(rig: Rig) -> None:
    patches = rig.add_series(25).patches
    for patch in patches:
        patch.delegate = MIRA
    await rig.start()
    for number, patch in enumerate(patches, 1):
        comment(rig, patch, number)
    held = rig.road.hold("patches/1022/comments/")
    rig.sync.refresh()
    await held.arrived.wait()
    assert len(lines(rig)) == 25
    assert sorted({line.who for line in lines(rig)}) == ["", "Ada"]
    held.released.set()
    await rig.sync.settled()
    assert rig.road.count("comments/") == 25
    assert {line.who for line in lines(rig)} == {"Ada"}


async def test_comments_that_the_server_refuses_are_told_without_a_name(rig: Rig) -> None:
    made = rig.add_series().patches[0]
    made.delegate = MIRA
    await rig.start()
    comment(rig, made, 1)
    rig.app.faults.add("comments/", status=500, times=None)
    await rig.beat()
    assert told(rig, Topic.COMMENT) == [("", "comment")]
    assert rig.notices == []


async def test_a_check_is_told_when_it_turns_red_and_not_while_it_stays_so(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    check(rig, patch, "success")
    check(rig, patch, "warning", "style")
    await rig.beat()
    assert lines(rig) == []
    check(rig, patch, "fail")
    check(rig, patch, "fail", "boot")
    await rig.beat()
    assert told(rig, Topic.CHECK) == [("tomasz", "boot, build failed")]
    rig.store.mark_read(lines(rig)[0].ids)
    check(rig, patch, "fail")
    await rig.beat()
    assert [line.read for line in lines(rig)] == [True]
    check(rig, patch, "success")
    await rig.beat()
    assert told(rig, Topic.CHECK) == [("tomasz", "boot failed")]
    check(rig, patch, "fail")
    await rig.beat()
    assert sorted((line.what, line.read) for line in lines(rig)) == [
        ("boot failed", True),
        ("build failed", False),
    ]


async def test_checks_of_what_is_done_with_are_not_told(rig: Rig) -> None:
    closed, archived = (rig.add_series().patches[0] for _ in range(2))
    closed.state, archived.archived = state("accepted"), True
    await rig.start()
    check(rig, closed, "fail")
    check(rig, archived, "fail")
    await rig.beat()
    assert lines(rig) == []


async def test_states_that_others_change_are_told_a_series_in_one_line(rig: Rig) -> None:
    patches = await rig.start_with(of=3)
    for patch in patches:
        change(rig, patch, "accepted", actor=TOMASZ)
    change(rig, patches[0], "rejected")
    await rig.beat()
    assert told(rig, Topic.STATE) == [
        ("", "Accepted → Rejected"),
        ("tomasz", "3 patches: New → Accepted"),
    ]
    assert rig.store.count_unread(patches[0].project.id) == 2


async def test_states_that_i_change_are_not_told(rig: Rig) -> None:
    first, second = await rig.start_with(2)
    rig.sync.wish([first.id], Field.STATE, "accepted")
    await rig.sync.settled()
    change(rig, second, "rfc", actor=MIRA)
    await rig.beat()
    assert lines(rig) == []


@pytest.mark.parametrize("actor", [None, MIRA])
async def test_where_nothing_tells_who_i_am_the_journal_does(actor: Any) -> None:
    rig = Rig()
    first, second = await rig.start_with(2)
    rig.sync.wish([first.id], Field.STATE, "accepted")
    await rig.sync.settled()
    rig.app.world.events[-1].actor = actor
    change(rig, second, "rfc", actor=actor)
    await rig.beat()
    assert [line.series_id for line in lines(rig)] == [second.series.id if second.series else 0]
    await rig.sync.close()


async def test_what_comes_to_me_or_is_taken_from_me_is_told(rig: Rig) -> None:
    patches = await rig.start_with(5)
    for patch, before, after, actor in zip(
        patches,
        (None, MIRA, TOMASZ, None, None),
        (MIRA, TOMASZ, None, MIRA, TOMASZ),
        (TOMASZ, TOMASZ, TOMASZ, MIRA, TOMASZ),
        strict=True,
    ):
        rig.time += timedelta(seconds=1)
        patch.delegate = after
        rig.tell("patch-delegated", patch=patch, before=before, after=after, actor=actor)
    await rig.beat()
    assert told(rig, Topic.DELEGATED) == [("tomasz", "mira → tomasz"), ("tomasz", "nobody → mira")]


async def test_what_happened_to_patches_that_are_not_here_is_not_told(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.store.forget_series([patch.series.id if patch.series else 0])
    change(rig, patch, "accepted", actor=TOMASZ)
    check(rig, patch, "fail")
    await rig.beat()
    assert lines(rig) == []


async def test_what_was_before_the_first_start_is_there_as_read(rig: Rig) -> None:
    made = rig.add_series()
    rig.tell_series(made)
    await rig.start()
    assert [(line.series_id, line.read) for line in lines(rig)] == [(made.id, True)]
    assert rig.store.count_unread(made.project.id) == 0


async def test_much_just_before_the_first_start_is_no_news_either(rig: Rig) -> None:
    (made,), late = rig.add_series().patches, rig.add_series()
    for number in range(2 * NEWEST):
        change(rig, made, "accepted" if number % 2 else "new", actor=TOMASZ)
    change(rig, late.patches[0], "accepted", actor=TOMASZ)
    await rig.start()
    rig.store.forget_series([late.id])  # as if only an older page had brought it
    rig.sync.refresh()
    await rig.beat()
    project = made.project.id
    assert rig.store.count_unread(project) == 0
    change(rig, made, "rfc", actor=TOMASZ)
    await rig.beat()
    assert rig.store.count_unread(project) == 1


async def test_what_was_told_goes_with_its_series(rig: Rig) -> None:
    await rig.start_with()
    made = rig.add_series()
    rig.tell_series(made)
    await rig.beat()
    assert len(lines(rig)) == 1
    rig.store.forget_series([made.id])
    assert lines(rig) == []
    assert rig.store.count_unread(made.project.id) == 0


async def test_ages_do_not_depend_on_the_clock_of_the_server(rig: Rig) -> None:
    await rig.start_with()
    for _ in range(3):
        rig.time += timedelta(hours=1)
        made = rig.add_series()
        made.date = made.patches[0].date = rig.time
        rig.tell("series-created", series=made)
        rig.app.world.events[-1].date += timedelta(hours=11, minutes=2)
    await rig.beat()
    hours = [(line.when - NOON) / timedelta(hours=1) for line in lines(rig)]
    assert [round(one) for one in hours] == [3, 2, 1]
