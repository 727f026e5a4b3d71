"""The server's states: asked for once, and told when a server misbehaves."""

from __future__ import annotations

import pytest

from tests.sync.rig import Rig
from tui.demo.registry import VISITOR

pytestmark = pytest.mark.anyio


async def test_states_are_learnt_once(rig: Rig) -> None:
    (patch,) = await rig.start_with()
    rig.sync.learn_states(patch.id)
    rig.sync.learn_states(patch.id)
    await rig.sync.settled()
    rig.sync.learn_states(patch.id)
    await rig.sync.settled()
    assert rig.road.count("PATCH") == 1
    assert rig.store.states()[10] == "queued"
    assert patch.state.slug == "new"
    assert rig.notices == []


async def test_a_refusal_to_tell_the_states_is_quiet() -> None:
    rig = Rig(VISITOR)
    (patch,) = await rig.start_with()
    before = rig.store.states()
    rig.sync.learn_states(patch.id)
    await rig.sync.settled()
    assert rig.notices == []
    assert rig.store.states() == before
    await rig.sync.close()
