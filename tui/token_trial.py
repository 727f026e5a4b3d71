"""Showing a token to its server: is it taken, and what may it do there?"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.api.errors import ApiError, NotPermitted
from tui.core.credentials import Credentials
from tui.core.first import Verdict
from tui.core.text import clean

if TYPE_CHECKING:
    from tui.api.client import Client

PATIENCE = 20.0
"""Seconds after which a server that says nothing is given up."""


async def try_token(server: str, project: str, token: str) -> Verdict:
    """Say what a token may do in a project; never raises.

    Nothing in the API tells it.  So the newest patch is given a state that does not exist, which
    changes nothing: who may write to it hears that there is no such state, others that they may not.
    """
    secret = Credentials(server, token)
    if secret.fault:
        return Verdict(False, secret.fault)
    try:
        async with asyncio.timeout(PATIENCE):
            client = await asyncio.to_thread(_open, secret)
            try:
                return await _ask(client, project)
            finally:
                await client.aclose()
    except ApiError as error:
        return Verdict(False, clean(str(error)))
    except TimeoutError:
        return Verdict(False, f"{clean(server)} has not answered; it will be tried when it is used")


def _open(secret: Credentials) -> Client:
    from tui.api.client import open_client

    return open_client(secret.server, secret)


async def _ask(client: Client, project: str) -> Verdict:
    page = await client.patches_page(project, per_page=1)
    if client.token_trouble:
        return Verdict(False, clean(client.token_trouble))
    if not page.items:
        return Verdict(True, "taken", f"taken; {clean(project)} has no patch yet to ask about")
    try:
        await client.states(page.items[0].id)
    except NotPermitted:
        more = "taken; it may change the patches that you sent or that are delegated to you"
        return Verdict(True, "may change your own patches", more)
    return Verdict(True, f"may change any patch of {clean(project)}")
