"""What happens on the server while pwtui does not run, and the next run."""

from __future__ import annotations

from datetime import timedelta

from tests.sync.rig import Rig, state
from tui.demo.model import Patch


def change(rig: Rig, patch: Patch, to: str = "accepted") -> None:
    """Change a patch on the server, with its event."""
    rig.time += timedelta(seconds=1)
    patch.state = state(to)
    rig.tell("patch-state-changed", patch=patch)


async def run_again(rig: Rig) -> None:
    """End the run, and let the next one come to rest."""
    await rig.restart()
    rig.road.log.clear()
    rig.changes.clear()
    rig.sync.start()
    await rig.sync.settled()
