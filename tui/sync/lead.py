"""Who syncs and delivers when several processes have one store: one leads, the others follow."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress

from tui.store.store import Store
from tui.store.trouble import StoreTrouble

LOOK = 1.0
"""Seconds between two looks at what other processes did."""
LEASE = 15.0
"""Seconds for which a lease is taken; a process that is gone loses it at once."""
LOOKS_A_LEASE = 3
"""So many looks later it is renewed, or asked for again."""

Rest = Callable[[float], Awaitable[None]]
"""Waits for so many seconds."""


class Lead:
    """Whether this process leads.  A store in memory is always led."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._owner = secrets.token_hex(8)
        self._leads = store.path is None

    @property
    def leads(self) -> bool:
        """Whether this process is the one that syncs and delivers."""
        return self._leads

    @property
    def follows(self) -> bool:
        """Whether another process is the one.  Where nothing can be kept nobody leads, and all read."""
        return not self._leads and not self._store.refuses

    def take(self) -> bool:
        """Take or renew the lease; say whether it is ours."""
        self._leads = self._store.lease(self._owner, LEASE)
        return self._leads

    def leave(self) -> None:
        """Let another process take over at once."""
        if self._leads and self._store.path is not None:
            self._leads = False
            with suppress(StoreTrouble):
                self._store.free_lease(self._owner)

    async def watch(self, rest: Rest, on_lead: Callable[[], None], on_change: Callable[[], None]) -> None:
        """Follow what other processes change, for ever, and take over when nobody leads any more."""
        looks = 0
        while True:
            await rest(LOOK)
            looks += 1
            if self._store.poll():
                on_change()
            if looks % LOOKS_A_LEASE == 0:
                led = self._leads
                if self.take() and not led:
                    on_lead()
