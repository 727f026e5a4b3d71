"""Several processes on one store: one syncs and delivers, the others follow and take over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.sync.rig import PROJECT, Rig, state
from tui.core.intent import Field
from tui.store.store import Store
from tui.sync.lead import LOOKS_A_LEASE, Lead
from tui.sync.sync import Sync

pytestmark = pytest.mark.anyio


@pytest.fixture
async def kept(tmp_path: Path) -> AsyncIterator[Rig]:
    """A rig with a file."""
    rig = Rig(path=tmp_path / "store.db")
    yield rig
    await rig.sync.close()
    rig.store.close()


@pytest.fixture
async def other(kept: Rig) -> AsyncIterator[tuple[Store, Sync]]:
    """A second process on that file, which begins when the first has."""
    store, sync = kept.open()
    yield store, sync
    await sync.close()
    store.close()


async def tick(rig: Rig, looks: int = 1) -> None:
    """Let whoever waits look at what others did."""
    for _ in range(looks):
        rig.ticked.set()
        for _ in range(20):
            await asyncio.sleep(0)


def test_one_of_two_leads(tmp_path: Path) -> None:
    stores = [Store(tmp_path / "store.db") for _ in range(2)]
    first, second = (Lead(store, PROJECT) for store in stores)
    assert [lead.take() for lead in (first, second)] == [True, False]
    assert [lead.follows for lead in (first, second)] == [False, True]
    first.leave()
    assert not first.leads
    assert second.take()
    assert not second.follows
    for store in stores:
        store.close()


def test_who_shows_another_project_reads_its_news(tmp_path: Path) -> None:
    stores = [Store(tmp_path / "store.db") for _ in range(2)]
    first, second = Lead(stores[0], PROJECT), Lead(stores[1], f"{PROJECT}-2")
    assert [lead.take() for lead in (first, second)] == [True, False]
    assert not second.follows
    for store in stores:
        store.close()


def test_in_memory_everybody_leads() -> None:
    lead = Lead(Store(), PROJECT)
    assert lead.leads
    assert lead.take()


async def test_a_follower_asks_nothing_and_shows_what_the_leader_reads(
    kept: Rig, other: tuple[Store, Sync]
) -> None:
    (patch,) = await kept.start_with()
    store, sync = other
    sync.start()
    await sync.settled()
    assert kept.road.log == []
    patch.state = state("rfc")
    kept.tell("patch-state-changed", patch=patch)
    kept.sync.refresh()
    await kept.sync.settled()
    changes = len(kept.changes)
    await tick(kept)
    assert store.patch_rows([patch.id])[0].patch.state == "rfc"
    assert len(kept.changes) > changes
    assert sync.project == kept.sync.project


async def test_the_leader_sends_what_a_follower_wishes(kept: Rig, other: tuple[Store, Sync]) -> None:
    (patch,) = await kept.start_with()
    _, sync = other
    sync.start()
    sync.wish([patch.id], Field.STATE, "accepted")
    await sync.settled()
    assert patch.state.slug == "new"
    for _ in range(10):
        await tick(kept)
    await kept.sync.settled()
    assert patch.state.slug == "accepted"


async def test_a_follower_takes_over_when_the_leader_leaves(kept: Rig, other: tuple[Store, Sync]) -> None:
    (patch,) = await kept.start_with()
    store, sync = other
    sync.start()
    await sync.settled()
    await kept.sync.close()
    patch.state = state("rfc")
    kept.tell("patch-state-changed", patch=patch)
    await tick(kept, LOOKS_A_LEASE)
    await sync.settled()
    assert store.patches([patch.id])[0].state == "rfc"
    sync.wish([patch.id], Field.STATE, "accepted")
    await sync.settled()
    assert patch.state.slug == "accepted"
