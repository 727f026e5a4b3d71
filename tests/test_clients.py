"""A client goes without a token that cannot be had, and says why."""

from __future__ import annotations

import pytest

from tui.clients import open_with_token
from tui.core.credentials import Credentials, Keeper, Kept

pytestmark = pytest.mark.anyio
SERVER = "http://patchwork.example.org"


async def test_a_token_that_cannot_be_had_is_done_without() -> None:
    client = open_with_token(SERVER, Credentials(SERVER, kept=Kept(Keeper.COMMAND, "false")))
    assert client.token_trouble.endswith("; reading goes on without it")
    await client.aclose()


async def test_one_that_is_here_is_taken() -> None:
    client = open_with_token(SERVER, Credentials(SERVER, "a-token"))
    assert not client.token_trouble
    await client.aclose()
