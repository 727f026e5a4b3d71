"""Looking at a server as a doctor does: does it answer, what its clock says, and who we are there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from tui.api import decode
from tui.api.client import Client
from tui.api.errors import NotAllowed, NotFound
from tui.api.record import decode_list
from tui.api.wire import Limits

BRIEF = Limits(connect=6.0, silence=10.0, total=20.0, tries=1)
"""For somebody who waits for all of it."""


class Account(NamedTuple):
    """What a server says of a token, or of a user name and password."""

    trouble: str = ""
    """Why it is not taken; empty where it is."""
    username: str = ""
    """Whose it is, where that could be found out."""
    is_other: bool = False
    """Whether it is not that of the user who was asked about."""


class Checkup(Client):
    """One server, examined.  Every request raises an ApiError, and nothing else, when it fails."""

    async def clock(self) -> float | None:
        """Return by how many seconds the server's clock is ahead of ours, from its Date header (RFC 9110).

        It is right to a second or so.  None where there is no such header.
        """
        from email.utils import parsedate_to_datetime

        began = datetime.now(UTC)
        answer = await self._wire.read("api/", "the API")
        ended = datetime.now(UTC)
        try:
            told = parsedate_to_datetime(answer.headers.get("date", ""))
        except (ValueError, TypeError):
            return None
        if told.tzinfo is None:  # as for "-0000"; HTTP's is always GMT
            told = told.replace(tzinfo=UTC)
        return (told - began).total_seconds() - (ended - began).total_seconds() / 2

    async def account(self, username: str) -> Account:
        """Say whether the server takes our proof, by a list that it shows to accounts alone.

        Nothing tells whose a token is; but since API 1.2 an account shows its settings to its
        owner, so a user name can be tried.
        """
        version = await self.negotiate()
        params = [("q", username)] if username else []
        try:
            answer = await self._read("users/", "the accounts", [*params, ("per_page", "250")])
        except NotAllowed as error:
            return Account(trouble=str(error))
        except NotFound:
            return Account()
        users = decode_list(self._json(answer), self.server, decode.user)
        found = next((u for u in users if u and u.username.casefold() == username.casefold()), None)
        if found is None or version in ("1.0", "1.1"):
            return Account(is_other=bool(username) and found is None)
        shown = self._record(await self._read(f"users/{found.id}/", f"user {username}"))
        is_ours = "settings" in shown.fields
        return Account(username=found.username if is_ours else "", is_other=not is_ours)
