"""The store: all that is shown is read from here, and only from here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from tui.core.change import Change, Kind
from tui.core.intent import Intent, Status, Wish
from tui.core.model import Body, Cover, Patch, Project, Series, User
from tui.core.rows import PatchRow, SeriesRow
from tui.store import outbox, overlay, reading, writing
from tui.store.connection import open_database, transaction

Listener = Callable[[Change], None]


class Store:
    """One server's objects and the outbox, on one SQLite connection of one thread.

    Every write is one transaction; after it, listeners hear which ids are really new or
    different.  A patch that changes also changes the row of its series, so both are told.
    """

    def __init__(self, path: str = ":memory:") -> None:
        self._db = open_database(path)
        self._listeners: list[Listener] = []

    def close(self) -> None:
        """Close the connection; nothing can be read afterwards."""
        self._db.close()

    # What changed

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Have every change told to a function, until the returned one is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def notify(self, change: Change) -> None:
        """Tell a change to all who listen."""
        for listener in tuple(self._listeners):
            listener(change)

    @contextmanager
    def _writing(self) -> Iterator[writing.Touched]:
        touched = writing.Touched()
        with transaction(self._db):
            yield touched
        for kind, ids in touched.items():
            self.notify(Change(kind, frozenset() if kind is Kind.STATES else frozenset(ids)))

    # What the server said

    def put_project(self, project: Project) -> None:
        """Store a project; one without maintainers leaves the known ones alone."""
        with self._writing() as touched:
            writing.put_project(self._db, touched, project)

    def put_series(self, series: Iterable[Series]) -> None:
        """Store series."""
        with self._writing() as touched:
            writing.put_series(self._db, touched, series)

    def put_patches(self, patches: Iterable[Patch]) -> None:
        """Store patches; one in no series also as a series of one, with minus its id."""
        with self._writing() as touched:
            writing.put_patches(self._db, touched, patches)

    def put_body(self, patch_id: int, body: Body) -> None:
        """Store the text of a patch."""
        with self._writing() as touched:
            writing.put_body(self._db, touched, patch_id, body)

    def put_cover(self, cover: Cover, body: Body) -> None:
        """Store a cover letter with its text; told as a body with minus its id."""
        with self._writing() as touched:
            writing.put_cover(self._db, cover)
            writing.put_body(self._db, touched, -cover.id, body)

    def put_states(self, states: tuple[str, ...], learnt: bool) -> None:
        """Store states: the server's whole list in its order (learnt), or some known otherwise."""
        with self._writing() as touched:
            writing.put_states(self._db, touched, states, learnt)

    # What is stored

    def project(self, link_name: str) -> Project | None:
        """Return a project by its link name, in whatever case."""
        return reading.read_project(self._db, link_name)

    def user(self, user_id: int) -> User | None:
        """Return a maintainer or delegate."""
        return reading.read_user(self._db, user_id)

    def series_ids(self, project_id: int) -> list[int]:
        """Return the ids of a project's series, the newest first; loose patches are negative."""
        return reading.read_series_ids(self._db, project_id)

    def count_series(self, project_id: int) -> int:
        """Return how many of the server's series are stored; loose patches do not count."""
        return reading.count_series(self._db, project_id)

    def series_rows(self, ids: Iterable[int]) -> list[SeriesRow]:
        """Return rows in the order asked for, without series that are not stored."""
        return overlay.read_series_rows(self._db, ids)

    def patch_ids(self, series_id: int) -> list[int]:
        """Return the ids of a series' stored patches, in its order."""
        return reading.read_patch_ids(self._db, series_id)

    def patch_rows(self, ids: Iterable[int]) -> list[PatchRow]:
        """Return rows in the order asked for, without patches that are not stored."""
        return overlay.read_patch_rows(self._db, ids)

    def patches(self, ids: Iterable[int]) -> list[Patch]:
        """Return patches as the server has them, with no wish laid over."""
        return reading.read_patches(self._db, ids)

    def unknown_series(self, ids: Iterable[int]) -> list[int]:
        """Return which of these series lack patches in the store, so that their states are unknown."""
        return reading.read_unknown_series(self._db, ids)

    def series_of(self, patch_id: int) -> int | None:
        """Return the series of a patch: negative for a loose one, None where nothing is stored."""
        return reading.read_series_of(self._db, patch_id)

    def body(self, patch_id: int) -> Body | None:
        """Return the text of a patch."""
        return reading.read_body(self._db, patch_id)

    def cover(self, cover_id: int) -> tuple[Cover, Body] | None:
        """Return a cover letter and its text."""
        cover, body = reading.read_cover(self._db, cover_id), reading.read_body(self._db, -cover_id)
        return (cover, body) if cover and body else None

    def states(self) -> tuple[str, ...]:
        """Return the states to choose from: the server's list, else the usual ones; then what was seen."""
        return reading.read_states(self._db)

    # The outbox

    def file(self, wishes: Iterable[Wish], created: datetime | None = None) -> int:
        """File wishes as one action, to be sent, and return the action's id (see outbox.file)."""
        with self._writing() as touched:
            created = created or datetime.now(UTC).replace(tzinfo=None)
            return outbox.file(self._db, touched, wishes, created)

    def intents(self, *statuses: Status) -> list[Intent]:
        """Return intents with one of these statuses (all without one), the oldest first."""
        return outbox.read_intents(self._db, statuses or tuple(Status))

    def intents_of(self, patch_id: int) -> list[Intent]:
        """Return all intents of one patch, the oldest first."""
        return outbox.read_intents_of(self._db, patch_id)

    def count_intents(self) -> dict[Status, int]:
        """Return how many intents have each status."""
        return outbox.count(self._db)

    def set_status(self, intent_ids: Iterable[int], status: Status, error: str = "") -> None:
        """Say how far intents have come; every outcome but sending counts as an attempt."""
        with self._writing() as touched:
            outbox.set_status(self._db, touched, intent_ids, status, error)

    def settle(self, intent_ids: Iterable[int]) -> None:
        """Take intents out of the outbox: the server has confirmed them, or they are given up."""
        with self._writing() as touched:
            outbox.remove(self._db, touched, intent_ids)

    def requeue(self) -> None:
        """Let intents that a killed run was sending wait again."""
        outbox.requeue(self._db)
