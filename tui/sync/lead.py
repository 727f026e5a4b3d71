"""Who syncs and delivers when several processes have one store: one leads, the others follow."""

from __future__ import annotations

import os
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

    def __init__(self, store: Store, project: str) -> None:
        self._store = store
        self._project = f"{project.lower()} "
        self._owner = self._project + os.urandom(8).hex()
        self._leads = store.path is None
        self._follows = False

    @property
    def leads(self) -> bool:
        """Whether this process is the one that delivers what waits, of all projects of the store."""
        return self._leads

    @property
    def follows(self) -> bool:
        """Whether another process reads the news of our project.

        One that leads for another project does not; where nothing can be kept everybody reads.
        """
        return self._follows

    def take(self) -> bool:
        """Take or renew the lease; say whether it is ours."""
        self._leads = self._store.lease(self._owner, LEASE)
        others = not self._leads and not self._store.refuses
        self._follows = others and self._store.leader().startswith(self._project)
        return self._leads

    def leave(self) -> None:
        """Let another process take over at once."""
        if self._leads and self._store.path is not None:
            self._leads = False
            with suppress(StoreTrouble):
                self._store.free_lease(self._owner)

    async def watch(self, rest: Rest, on_lead: Callable[[], None], on_change: Callable[[], None]) -> None:
        """Follow what other processes change, for ever, and take over when nobody leads any more.

        ``on_lead`` hears when we deliver or read the news from now on, and did not before.
        """
        looks = 0
        while True:
            await rest(LOOK)
            looks += 1
            if self._store.poll():
                on_change()
            if looks % LOOKS_A_LEASE == 0:
                before = self._leads, self._follows
                self.take()
                if (self._leads and not before[0]) or (before[1] and not self._follows):
                    on_lead()
