"""The checks of patches: read when somebody looks at them, and again when something happened to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tui.api.errors import ApiError
from tui.core.change import Change, Kind
from tui.sync.desk import Desk
from tui.sync.patch_lists import is_of_one
from tui.sync.tasks import Bug, together

LANES = 3
"""Patches that are asked for at a time: one request fewer than a server gets, so texts get through."""
LATEST = 50
"""So many of those that failed are read again when the server is back."""


class Checks:
    """Reads the checks of patches into the store.

    What the store has is fresh until an event or the patch's own check says otherwise.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._wanted: dict[int, None] = {}
        self._under_way: set[int] = set()
        self._in_sight: tuple[int, ...] = ()
        self._troubles: dict[int, str] = {}
        self._quiet = False
        """Whether nobody looks at what was asked for last, so that trouble with it is not told."""

    def need(self, patch_ids: Iterable[int], *, quiet: bool = False) -> None:
        """Read the checks of these patches, unless they are here and fresh, or failed before.

        ``quiet``: only their number shows, so trouble with them is kept for who looks.
        """
        self._quiet = quiet
        self._in_sight = tuple(dict.fromkeys(id_ for id_ in patch_ids if id_ > 0))
        self._want([id_ for id_ in self._in_sight if id_ not in self._troubles])

    def refresh(self) -> None:
        """Read again what was asked for last, fresh or not."""
        for id_ in self._in_sight:
            self._troubles.pop(id_, None)
        self._desk.store.note_check_news(self._in_sight)
        self._want(self._in_sight)

    def retry(self) -> None:
        """Read again what failed."""
        failed = list(self._troubles)[-LATEST:]
        self._troubles.clear()
        self._want(failed)

    def trouble(self, patch_id: int) -> str:
        """Return why the checks of a patch are missing; empty where nothing is wrong."""
        return self._troubles.get(patch_id, "")

    def _want(self, patch_ids: Sequence[int]) -> None:
        readings = self._desk.store.check_readings(patch_ids)
        # What happens to one while it is read stays news, which asks for it again.
        wanted = (id_ for id_ in patch_ids if id_ not in self._under_way)
        stale = [id_ for id_ in wanted if id_ not in readings or readings[id_].news]
        self._wanted = dict.fromkeys([*stale, *self._wanted])
        if self._wanted:
            self._desk.tasks.start("checks", self._read_all, self._desk.complain)

    async def _read_all(self) -> None:
        try:
            while self._wanted:
                await together(*(self._lane() for _ in range(min(LANES, len(self._wanted)))))
        except ApiError as error:
            self._fail(list(self._wanted), error)
            self._complain(error)
        finally:
            self._wanted.clear()

    async def _lane(self) -> None:
        while self._wanted:
            patch_id = next(iter(self._wanted))
            del self._wanted[patch_id]
            try:
                await self.read(patch_id)
            except ApiError as error:
                self._fail([patch_id], error)
                if not is_of_one(error):
                    raise
                self._complain(error)

    async def read(self, patch_id: int) -> None:
        """Read all checks of a patch.  Raises ApiError."""
        store = self._desk.store
        before = store.check_readings([patch_id]).get(patch_id)
        self._under_way.add(patch_id)
        try:
            found = await self._desk.ask(lambda server: server.checks(patch_id))
        finally:
            self._under_way.discard(patch_id)
        self._troubles.pop(patch_id, None)
        store.put_checks(patch_id, found, before.news if before else 0)

    def _complain(self, error: ApiError) -> None:
        if not self._quiet or isinstance(error, Bug):
            self._desk.complain(error)

    def _fail(self, patch_ids: Sequence[int], error: ApiError) -> None:
        self._troubles.update(dict.fromkeys(patch_ids, str(error)))
        self._desk.store.notify(Change(Kind.CHECKS, frozenset(patch_ids)))
