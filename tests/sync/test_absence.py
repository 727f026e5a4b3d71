"""After a long absence: what happened comes page by page, with a clock that may be another one."""

from __future__ import annotations

import gc
import time
from datetime import timedelta

import pytest

from tests.sync.between_runs import change, run_again
from tests.sync.rig import Rig
from tui.core.change import Change
from tui.core.intent import Field
from tui.core.model import Event
from tui.demo.model import Event as Told
from tui.store import wishes

pytestmark = pytest.mark.anyio

MONTH = 20_000
"""Events of a busy month."""


async def test_a_long_absence_is_caught_up_page_by_page(kept: Rig) -> None:
    patches = await kept.start_with(4, of=2)
    for number in range(1200):
        kept.time += timedelta(minutes=1)
        kept.tell("check-created", patch=patches[number % 8])
    for patch in patches:
        change(kept, patch)
    said: list[str] = []
    await kept.restart()
    kept.store.listen(lambda _: said.append(kept.sync.status.syncing))
    kept.road.log.clear()
    kept.sync.start()
    await kept.sync.settled()
    assert {kept.row(patch.id).patch.state for patch in patches} == {"accepted"}
    told = [words for words in dict.fromkeys(said) if words]
    assert told[:2] == ["catching up 250 of 1,250", "catching up 500 of 1,250"]
    assert told[-1] == "catching up 1,213"
    assert kept.sync.status.syncing == ""
    assert kept.road.count("events/.*order=date") == 5
    assert kept.road.count("patches/.*series=") == 1


async def test_catching_up_goes_on_where_it_was_broken_off(kept: Rig) -> None:
    (patch,) = await kept.start_with()
    for _ in range(900):
        kept.time += timedelta(minutes=1)
        kept.tell("patch-created")
    change(kept, patch)
    await kept.restart()
    dates = [event.date for event in kept.app.world.events]
    held = kept.road.hold(f"events/.*since={dates[249].isoformat().replace(':', '.*')}")
    kept.sync.start()
    await held.arrived.wait()
    await kept.sync.close()
    kept.store.close()
    kept.road.log.clear()
    held.pattern = "nothing"
    kept.store, kept.sync = kept.open()
    kept.sync.start()
    await kept.sync.settled()
    assert kept.row(patch.id).patch.state == "accepted"
    assert kept.road.count("events/.*order=date") == 3


async def test_a_month_of_events_is_never_in_memory_at_once(kept: Rig) -> None:
    patches = await kept.start_with(4, of=2)
    first = max((event.id for event in kept.app.world.events), default=0)
    kept.app.world.events.extend(
        Told(
            "check-created",
            patches[0].project,
            kept.time + timedelta(minutes=2 * number),
            id=first + number,
            patch=patches[number % 8],
        )
        for number in range(1, MONTH + 1)
    )
    kept.time += timedelta(minutes=2 * MONTH)
    change(kept, patches[5])
    await kept.restart()
    told: dict[str, int] = {}

    def note(change: Change) -> None:
        if (words := kept.sync.status.syncing) and words not in told:
            told[words] = sum(isinstance(one, Event) for one in gc.get_objects())

    kept.store.listen(note)
    kept.sync.start()
    await kept.sync.settled()
    assert kept.row(patches[5].id).patch.state == "accepted"
    assert next(iter(told)).startswith("catching up 250 of 20,")
    assert len(told) >= MONTH // 250
    assert max(told.values()) <= 3 * 250


@pytest.mark.parametrize("years", [-30, 30])
async def test_a_clock_of_ours_that_is_years_off_misses_and_loses_nothing(
    kept: Rig, monkeypatch: pytest.MonkeyPatch, years: int
) -> None:
    first, second = await kept.start_with(2)
    kept.sync.wish([first.id], Field.STATE, "accepted")
    await kept.sync.settled()
    change(kept, second, "rejected")
    kept.off = timedelta(days=365 * years)
    present = time.time()
    monkeypatch.setattr(time, "time", lambda: present + kept.off.total_seconds())
    monkeypatch.setattr(wishes, "_now", lambda: kept.time + kept.off)
    await run_again(kept)
    assert kept.row(second.id).patch.state == "rejected"
    assert kept.sync.undo(key="u").changed == 1
    await kept.sync.settled()
    assert first.state.slug == "new"
    kept.app.faults.add("/api/", reset=True)
    kept.sync.wish([second.id], Field.STATE, "rfc")
    await kept.sync.settled()
    kept.app.faults.clear()
    kept.off = timedelta()
    await run_again(kept)
    assert (second.state.slug, kept.store.intents()) == ("rfc", [])
    assert [action.undoes for action in kept.store.journal()][1:] == [1, None]
