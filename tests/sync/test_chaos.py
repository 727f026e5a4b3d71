"""Whatever the line and the server do, a wish ends up done, held, refused or taken back: never lost."""

from __future__ import annotations

import asyncio
import random

import pytest

from tests.sync.rig import Rig, state
from tui.core.intent import Field, Status
from tui.core.rows import Mark

pytestmark = pytest.mark.anyio

BUGS = ("series_page", "patches_page", "patch", "set_patch")
WISHES = ("accepted", "rejected", "rfc", "deferred")


class Weather:
    """One seed's worth of bad luck, and what was wished last of each patch."""

    def __init__(self, rig: Rig, seed: int) -> None:
        self.rig = rig
        self.dice = random.Random(seed)
        self.loses = bool(seed % 2)
        """Whether answers to writes get lost, too."""
        self.patches = {patch.id: patch for _ in range(3) for patch in rig.add_series(2).patches}
        self.last: dict[int, str] = {}
        self.meddled: set[int] = set()
        """Patches that somebody else wrote to, or all of them once answers were lost."""

    async def blow(self) -> None:
        """Let one thing happen."""
        dice, rig = self.dice, self.rig
        some = dice.sample(sorted(self.patches), dice.randint(1, 6))
        match dice.randrange(12):
            case 0 | 1 | 2:
                wished = dice.choice(WISHES)
                rig.sync.wish(some, Field.STATE, wished)
                self.last.update(dict.fromkeys(some, wished))
            case 3:
                rig.road.broken = not rig.road.broken
            case 4:
                status = dice.choice([500, 503, 429])
                rig.app.faults.add("patches/", method=dice.choice(["GET", "PATCH"]), status=status, times=1)
            case 5:
                rig.app.faults.add("patches/", method="PATCH", garbage="html", times=1)
            case 6:
                self.patches[some[0]].state = state(dice.choice(WISHES))
                self.meddled.add(some[0])
            case 7:
                rig.sync.refresh()
            case 8 if self.loses:
                rig.road.losing = 1
                self.meddled.update(self.patches)
            case 9:
                rig.bugs[dice.choice(BUGS)] += 1
            case 10 if self.loses:
                rig.bugs["set_patch answered"] += 1
                self.meddled.update(self.patches)
            case _:
                for _ in range(dice.randrange(30)):
                    await asyncio.sleep(0)
        for id_ in some:
            assert rig.row(id_).patch.state in ("new", *WISHES)

    async def clear_up(self) -> None:
        """Let the sun shine until nothing waits."""
        self.rig.road.broken, self.rig.road.losing = False, 0
        self.rig.app.faults.clear()
        self.rig.bugs.clear()
        for _ in range(3):
            self.rig.sync.refresh()
            await self.rig.sync.settled()


@pytest.mark.parametrize("seed", range(12))
async def test_no_wish_is_lost(rig: Rig, seed: int) -> None:
    weather = Weather(rig, seed)
    await rig.start()
    for _ in range(40):
        await weather.blow()
    await rig.sync.settled()
    assert rig.store.intents(Status.SENDING) == []
    await weather.clear_up()
    intents = rig.store.intents()
    assert {intent.status for intent in intents} <= {Status.HELD}
    held = {intent.patch_id for intent in intents}
    assert held <= weather.meddled
    for id_, patch in weather.patches.items():
        row = rig.row(id_)
        if id_ in held:
            assert row.mark is Mark.HELD
            continue
        assert (row.patch.state, row.mark) == (patch.state.slug, Mark.NONE)
        if id_ not in weather.meddled:
            assert patch.state.slug == weather.last.get(id_, "new")
    status = rig.sync.status
    assert (status.offline, status.loading, status.waiting) == (False, False, len(intents))
