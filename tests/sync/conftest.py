"""A rig for each test, closed after it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.sync.rig import Rig


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """A sync on an empty embedded server; the token is a maintainer's."""
    rig = Rig()
    yield rig
    await rig.sync.close()


@pytest.fixture
async def kept(tmp_path: Path) -> AsyncIterator[Rig]:
    """The same with its store in a file, so that it can be ended and begun again."""
    rig = Rig(path=tmp_path / "store")
    yield rig
    await rig.sync.close()
    rig.store.close()
