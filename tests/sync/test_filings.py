"""A check that is filed arrives once: offline, refused, with its answer lost, after a kill."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sync.rig import Rig
from tui.core.change import Tone
from tui.core.check_draft import CheckDraft
from tui.core.intent import Status
from tui.core.journal import Outcome
from tui.core.me import Me
from tui.core.model import CheckState
from tui.demo.model import Check, Patch
from tui.demo.registry import MIRA, ROBOT, VISITOR

pytestmark = pytest.mark.anyio

DRAFT = CheckDraft(CheckState.FAIL, "unit", "1 of 9 failed", "https://ci.example.org/1")


async def test_a_check_is_filed_and_shows(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    action = rig.sync.file_check([patch.id], DRAFT, key="c")
    assert (action.changed, action.refused) == (1, "")
    assert rig.sync.status.waiting == 1
    await rig.sync.settled()
    (there,) = patch.checks
    assert (there.state, there.context, there.description, there.target_url, there.user) == (*DRAFT, MIRA)
    assert rig.store.filings() == []
    assert [one.context for one in rig.store.checks([patch.id])[patch.id]] == ["unit"]
    assert rig.row(patch.id).patch.check is CheckState.FAIL
    assert rig.sync.status.waiting == 0
    assert rig.only_notice().text == f"unit: fail filed for {patch.name}"
    (row,) = rig.store.journal()
    assert (row.key, row.outcomes) == ("c", ((Outcome.DONE, 1),))


async def test_offline_it_waits_and_goes_out_when_the_server_is_back(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.road.broken = True
    rig.sync.file_check([patch.id], DRAFT)
    await rig.sync.settled()
    assert patch.checks == []
    assert "is filed later" in rig.notices[-1].text
    assert rig.sync.status.waiting == 1
    rig.road.broken = False
    await rig.look()
    assert len(patch.checks) == 1
    assert rig.sync.status.waiting == 0


async def test_it_outlasts_the_run(tmp_path: Path) -> None:
    rig = Rig(path=tmp_path / "store")
    (patch,) = await rig.start_with()
    rig.road.broken = True
    rig.sync.file_check([patch.id], DRAFT)
    await rig.sync.settled()
    await rig.restart()
    rig.road.broken = False
    await rig.start()
    assert len(patch.checks) == 1
    await rig.sync.close()


async def test_a_lost_answer_files_nothing_twice(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    say(rig, patch)
    rig.road.losing = 1
    rig.sync.file_check([patch.id], DRAFT)
    await rig.sync.settled()
    assert len(patch.checks) == 2
    (one,) = rig.store.filings()
    assert (one.status, one.attempts) == (Status.WAITING, 1)
    rig.sync.retry_checks([one.id])
    await rig.sync.settled()
    assert len(patch.checks) == 2
    assert rig.store.filings() == []


async def test_what_says_the_same_and_was_there_before_is_not_ours(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    say(rig, patch)
    rig.sync.file_check([patch.id], DRAFT)
    await rig.sync.settled()
    assert len(patch.checks) == 2


async def test_a_kill_while_it_is_sent_files_nothing_twice(tmp_path: Path) -> None:
    rig = Rig(path=tmp_path / "store")
    (patch,) = await rig.start_with()
    hold = rig.road.hold("POST")
    rig.sync.file_check([patch.id], DRAFT)
    await hold.arrived.wait()
    await rig.kill()
    await rig.start()
    assert len(patch.checks) == 1
    assert rig.store.filings() == []
    await rig.sync.close()


async def test_what_is_refused_keeps_all_that_was_written_and_says_of_which_field(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    draft = DRAFT._replace(context="no slug", target_url="https://")
    rig.sync.file_check([patch.id], draft)
    await rig.sync.settled()
    (one,) = rig.store.filings()
    assert (one.status, one.draft) == (Status.FAILED, draft)
    assert set(one.faults) == {"context", "target_url"}
    assert rig.only_notice().tone is Tone.TROUBLE
    assert "not filed" in rig.only_notice().text
    assert rig.sync.status.failed == 1
    assert rig.sync.drop_checks([one.id]) == 1
    assert rig.sync.status.failed == 0


async def test_who_may_not_is_told_so() -> None:
    rig = Rig(VISITOR)
    (patch,) = await rig.start_with()
    rig.sync.file_check([patch.id], DRAFT)
    await rig.sync.settled()
    assert rig.store.filings()[0].status is Status.FAILED
    assert "permission" in rig.only_notice().text
    assert patch.id in rig.sync.barred
    await rig.sync.close()


async def test_without_a_token_nothing_is_filed() -> None:
    rig = Rig(None)
    (patch,) = await rig.start_with()
    assert "token" in rig.sync.file_check([patch.id], DRAFT).refused
    assert rig.store.filings() == []
    await rig.sync.close()


async def test_one_refused_does_not_keep_the_others_back(rig: Rig) -> None:
    first, second, third = await rig.start_with(of=3)
    rig.app.faults.add(path=f"patches/{second.id}/checks/", method="POST", status=400, times=1)
    rig.sync.file_check([first.id, second.id, third.id], DRAFT)
    await rig.sync.settled()
    assert [len(patch.checks) for patch in (first, second, third)] == [1, 0, 1]
    assert [one.patch_id for one in rig.store.filings()] == [second.id]


async def test_undo_drops_what_has_not_gone_out_and_passes_by_what_has(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.road.broken = True
    rig.sync.file_check([patch.id], DRAFT)
    await rig.sync.settled()
    rig.sync.undo()
    assert rig.store.filings() == []
    assert rig.notices[-1].text.startswith("Not filed after all")
    rig.road.broken = False
    await rig.look()
    assert patch.checks == []
    action = rig.sync.file_check([patch.id], DRAFT)
    await rig.sync.settled()
    rig.sync.undo(action.id)
    assert "keeps a check for good" in rig.notices[-1].text
    rig.sync.undo()
    assert rig.notices[-1].text == "Nothing to undo"
    assert len(patch.checks) == 1


def say(rig: Rig, patch: Patch) -> None:
    """Have somebody else say just the same first."""
    state, context, description, url = DRAFT
    patch.checks.append(Check(1, patch, ROBOT, rig.time, state.value, context, description, url))


async def test_own_checks_are_no_news() -> None:
    rig = Rig(me=Me(username=MIRA.username))
    (patch,) = await rig.start_with()
    project = rig.sync.project
    assert project is not None
    rig.sync.file_check([patch.id], DRAFT)
    await rig.sync.settled()
    await rig.beat()
    assert rig.row(patch.id).patch.check is CheckState.FAIL
    assert not rig.row(patch.id).fresh
    assert not rig.store.has_news
    assert rig.store.inbox(project.id) == []
    await rig.sync.close()


async def test_stopping_the_writes_stops_checks_too(rig: Rig) -> None:
    first, second = await rig.start_with(of=2)
    rig.road.broken = True
    rig.sync.file_check([first.id, second.id], DRAFT)
    await rig.sync.settled()
    assert rig.sync.cancel_writes() == 2
    assert rig.sync.status.waiting == 0
    rig.road.broken = False
    await rig.look()
    assert first.checks == second.checks == []
