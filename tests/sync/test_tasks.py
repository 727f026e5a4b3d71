"""Work in the background: bugs are told and logged, and no wake-up is lost."""

from __future__ import annotations

import asyncio
import logging

import pytest

from tests.sync.rig import Rig
from tui.api.errors import ApiError
from tui.core.change import Tone
from tui.core.intent import Field
from tui.sync.tasks import Bug, Tasks

pytestmark = pytest.mark.anyio


async def nothing() -> None:
    """Do nothing."""


def ignore(error: ApiError) -> None:
    """Do nothing about it."""


async def test_work_can_begin_again_in_the_turn_in_which_it_ends() -> None:
    tasks, order = Tasks(), list[str]()

    async def work() -> None:
        asyncio.get_running_loop().call_soon(lambda: order.append(f"began: {start()}"))

    def start() -> bool:
        return tasks.start("key", nothing, ignore)

    tasks.start("key", work, ignore)
    assert not start()
    await tasks.settled()
    await asyncio.sleep(0)
    assert order == ["began: True"]
    await tasks.close()


async def test_a_bug_is_told_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    tasks, told = Tasks(), list[ApiError]()

    async def work() -> None:
        raise TypeError("details")

    tasks.start("key", work, told.append)
    await tasks.settled()
    (error,) = told
    assert isinstance(error, Bug)
    assert str(error) == "Something in pwtui went wrong (TypeError); --debug keeps the details"
    (record,) = caplog.records
    assert (record.levelno, record.name) == (logging.ERROR, "tui.sync.tasks")
    assert record.exc_info is not None
    assert isinstance(record.exc_info[1], TypeError)
    assert not tasks.running("key")


async def test_who_was_woken_during_a_try_does_not_rest() -> None:
    tasks, waits = Tasks(), list[str]()

    async def wait(woken: asyncio.Event) -> None:
        waits.append("rests")

    tasks.stay()
    tasks.wake()
    await tasks.rest(wait)
    assert waits == []
    tasks.stay()
    await tasks.rest(wait)
    assert waits == ["rests"]


@pytest.mark.parametrize("where", ["connect", "series_page", "patches_page"])
async def test_a_bug_while_reading_leaves_a_true_screen_and_refresh_recovers(rig: Rig, where: str) -> None:
    rig.add_series()
    rig.bugs[where] = 1 if where != "connect" else 10
    rig.sync.start()
    await rig.sync.settled()
    notice = rig.only_notice()
    assert "went wrong (RuntimeError); --debug" in notice.text
    assert (notice.tone, notice.retry) == (Tone.TROUBLE, True)
    assert not rig.sync.status.loading
    rig.bugs.clear()
    rig.sync.refresh()
    await rig.sync.settled()
    assert len(rig.series_ids()) == 1


async def test_a_bug_in_a_text_is_shown_in_its_place(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.bugs["patch"] = 1
    rig.sync.need_body(patch.id)
    await rig.sync.settled()
    assert "RuntimeError" in rig.sync.trouble(patch.id)
    rig.sync.need_body(patch.id)
    await rig.sync.settled()
    assert rig.store.body(patch.id) is not None


async def test_a_refused_token_is_told_once_and_makes_a_reader(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    assert (rig.sync.can_write, rig.sync.why_reader) == (True, "")
    rig.client.trouble = "the server does not take the token; reading goes on without it"
    rig.sync.refresh()
    await rig.sync.settled()
    notice = rig.only_notice()
    assert (notice.text, notice.tone) == (rig.client.trouble, Tone.TROUBLE)
    assert (rig.sync.can_write, rig.sync.why_reader) == (False, rig.client.trouble)
    assert rig.sync.wish([patch.id], Field.STATE, "accepted").changed == 0
    assert rig.notices[-1].text == rig.client.trouble
    assert rig.store.intents() == []
