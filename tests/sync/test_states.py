"""The server's states: asked for once, and told when a server misbehaves."""

from __future__ import annotations

import pytest

from tests.sync.rig import Rig
from tui.api.errors import ApiError
from tui.core.change import Notice, Tone
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


class TookIt(ApiError):
    """What a client raises when the server took a state that does not exist."""

    retryable = False


async def test_a_server_that_takes_any_state_is_told_and_not_asked_again(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    (patch,) = await rig.start_with()
    asked: list[int] = []

    async def states(patch_id: int) -> tuple[str, ...]:
        asked.append(patch_id)
        raise TookIt("the server took it; look at the patch")

    monkeypatch.setattr(rig.client, "states", states)
    for _ in range(2):
        rig.sync.learn_states(patch.id)
        await rig.sync.settled()
    assert rig.only_notice() == Notice("the server took it; look at the patch", Tone.TROUBLE)
    assert asked == [patch.id]
