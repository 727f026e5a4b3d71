"""A rig for each test, closed after it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.sync.rig import Rig


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """A sync on an empty embedded server; the token is a maintainer's."""
    rig = Rig()
    yield rig
    await rig.sync.close()
