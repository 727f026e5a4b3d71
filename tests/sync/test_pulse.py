"""The pulse: less and less while nothing happens, nothing while the server is lost, no storms."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.sync.rig import NOON, Rig, state
from tui.sync.timer import IDLE, LONGEST, SHORTEST

pytestmark = pytest.mark.anyio


async def test_the_pauses_grow_while_nothing_happens_and_shrink_with_news(rig: Rig) -> None:
    await rig.start_with()
    await rig.beat()  # which looks at the last minutes once more
    pauses = []
    for _ in range(8):
        pauses.append(rig.beats[-1])
        await rig.beat()
    assert pauses[:3] == [SHORTEST, 1.5 * SHORTEST, 2.25 * SHORTEST]
    assert pauses[-1] == LONGEST
    rig.tell_series(rig.add_series())
    await rig.beat()
    assert rig.beats[-1] == SHORTEST


async def test_nobody_looking_makes_them_longer_still(rig: Rig) -> None:
    await rig.start_with()
    rig.sync.idle(True)
    for _ in range(12):
        await rig.beat()
    assert rig.beats[-1] == IDLE
    rig.road.log.clear()
    rig.time += timedelta(minutes=20)
    rig.sync.idle(False)
    await rig.sync.settled()
    assert rig.road.count("events/") == 1


async def test_coming_back_often_asks_once_a_minute(rig: Rig) -> None:
    await rig.start_with()
    for _ in range(5):
        rig.sync.idle(True)
        rig.sync.idle(False)
        await rig.sync.settled()
    assert rig.road.log == []
    rig.time += timedelta(minutes=2)
    for _ in range(5):
        rig.sync.idle(True)
        rig.sync.idle(False)
        await rig.sync.settled()
    assert rig.road.count("events/") == 1


async def test_nothing_is_asked_while_the_server_is_lost(rig: Rig) -> None:
    await rig.start_with()
    rig.time += timedelta(hours=1)
    rig.app.faults.add("/api/", reset=True)
    await rig.beat()
    assert rig.sync.status.offline
    rig.app.faults.requests.clear()
    told = len(rig.notices)
    await rig.beat()
    await rig.beat()
    assert rig.app.faults.requests == []
    assert len(rig.notices) == told == 1


async def test_the_status_says_since_when_it_is_lost_and_when_it_is_asked_again(rig: Rig) -> None:
    await rig.start_with()
    rig.app.faults.add("/api/", reset=True)
    rig.sync.refresh()
    await rig.sync.settled()
    rig.time += timedelta(minutes=1)
    await rig.look()
    status = rig.sync.status
    assert (status.offline_since, status.next_try) == (NOON, NOON + timedelta(seconds=70))
    rig.app.faults.clear()
    await rig.look()
    status = rig.sync.status
    assert (status.offline, status.offline_since, status.next_try) == (False, None, None)


async def test_a_clock_at_the_end_of_days_is_no_trouble(rig: Rig) -> None:
    await rig.start_with()
    rig.time = datetime.max
    rig.app.faults.add("/api/", reset=True)
    rig.sync.refresh()
    await rig.sync.settled()
    assert (rig.sync.status.offline, rig.sync.status.next_try) == (True, None)
    assert len(rig.notices) == 1


async def test_what_is_on_the_screen_is_read_again_now_and_then(rig: Rig) -> None:
    shown, other, *_ = [patch.series for patch in await rig.start_with(40)]
    assert shown
    assert other
    rig.sync.in_sight([shown.id])
    await rig.beat()
    shown.patches[0].archived = other.patches[0].archived = True
    await rig.beat()
    rig.road.log.clear()
    while not rig.road.count("patches/"):
        await rig.beat()
    assert rig.row(shown.patches[0].id).patch.archived
    assert not rig.row(other.patches[0].id).patch.archived
    assert rig.road.count("patches/") == 1
    assert sum(rig.beats[-rig.road.count("events/") :]) >= 600 - LONGEST


async def test_a_server_that_wants_to_be_left_alone_is(rig: Rig) -> None:
    await rig.start_with()
    rig.app.faults.add("/api/", status=429, headers={"Retry-After": "500"})
    await rig.beat()
    assert rig.beats[-1] == 500
    assert rig.road.count("") == 1
    assert "slow down" in rig.only_notice().text


async def test_a_start_without_a_line_is_made_good_and_followed(rig: Rig) -> None:
    made = rig.add_series()
    rig.road.broken = True
    await rig.start()
    rig.road.broken = False
    await rig.look()
    assert rig.series_ids() == [made.id]
    made.patches[0].state = state("rfc")
    rig.tell("patch-state-changed", patch=made.patches[0])
    await rig.beat()
    assert rig.row(made.patches[0].id).patch.state == "rfc"


async def test_leaving_ends_the_pulse(rig: Rig) -> None:
    await rig.start_with()
    held = rig.road.hold("events/")
    rig.sync.refresh()
    await held.arrived.wait()
    await rig.sync.close()
    rig.road.log.clear()
    rig.sync.idle(True)
    rig.sync.idle(False)
    await rig.sync.settled()
    assert rig.road.log == []
