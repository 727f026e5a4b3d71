"""What a picture needs that the demo does not bring by itself: writes that wait, deeds of other days."""

from __future__ import annotations

import itertools
from datetime import timedelta

from tests.conftest import NOW
from tests.screens.conftest import Seat
from tui.api.errors import Unreachable
from tui.core.inbox import Happening, Topic
from tui.core.intent import Field, Status, Value, Wish, value_of
from tui.core.journal import Outcome
from tui.core.model import Project
from tui.sync.server import Server


def stage_writes(seat: Seat) -> None:
    """Put writes of every status into the outbox."""
    taken = "the server has accepted now, you saw {seen} and wish under-review; decide in the outbox"
    refused = "You do not have permission to perform this action"
    _file(seat, 4, Field.STATE, "under-review", 3)
    held = _file(seat, 5, Field.STATE, "under-review", 1)
    failed = _file(seat, 6, Field.DELEGATE, _delegate(seat), 2)
    _file(seat, 2, Field.ARCHIVED, True, 2)
    store = seat.browser.store
    seen = next(intent.seen for intent in store.intents() if intent.id in held)
    store.set_status(held, Status.HELD, taken.format(seen=seen))
    store.set_status(failed, Status.FAILED, refused)
    store.set_status(failed[:1], Status.FAILED, refused)
    seat.browser.sync._delivery.show()


def stage_deeds(seat: Seat) -> None:
    """Put deeds into the journal, one of them undone, one held in part."""
    store = seat.browser.store
    seat_of = {"a": Field.ARCHIVED, "s": Field.STATE, "d": Field.DELEGATE}
    deeds: tuple[tuple[str, int, Value, int, str, float], ...] = (
        ("s", 2, "accepted", 3, "3 patches set to accepted", 50),
        ("d", 4, _delegate(seat), 4, "4 patches delegated to tomasz", 26),
        ("a", 6, True, 2, "2 patches archived", 5),
        ("s", 9, "rejected", 4, "4 patches set to rejected", 0.5),
    )
    for key, row, value, count, title, hours in deeds:
        created = NOW - timedelta(hours=hours)
        wishes = _wishes(seat, row, seat_of[key], value, count)
        action = store.file(wishes, created, key=key, title=title)
        store.settle([intent.id for intent in store.intents() if intent.action_id == action])
    last = store.journal(1)[0]
    back = [Wish(i.patch_id, i.field, i.after, i.before) for i in store.action_items(last.id)]
    undo = store.file(
        back,
        NOW - timedelta(minutes=12),
        key="u",
        title="Undid: 4 patches set to rejected",
        undoes=last.id,
    )
    ids = [intent.id for intent in store.intents() if intent.action_id == undo]
    store.settle(ids[1:], Outcome.DONE)
    store.set_status(
        ids[:1],
        Status.HELD,
        "the server has queued now, you saw rejected and wish under-review; decide in the outbox",
    )
    seat.browser.sync._delivery.show()


def stage_marks(seat: Seat) -> None:
    """Mark rows around the cursor, of which one is hidden, one is gone and two patches are not ours."""
    listing, store = seat.browser.series, seat.browser.store
    rows = listing.ids[listing.cursor - 2 : listing.cursor + 7]
    listing.mark(rows)
    listing.mark([10**9])
    desk = seat.browser.sync._desk
    for id in store.patch_ids(rows[0])[:2]:
        desk.barred[id] = "You do not have permission to perform this action."
    listing.show([id for id in listing.ids if id != rows[-1]])
    seat.browser._show_status()


def stage_silence(seat: Seat) -> None:
    """Let the server have been silent for a while, with writes that wait and a row that changed."""
    _file(seat, 4, Field.STATE, "under-review", 3)
    sync = seat.browser.sync
    store = seat.browser.store
    patch = store.patches(store.patch_ids(seat.browser.series.ids[2])[:1])[0]
    store.put_patches([patch._replace(state="under-review")])
    desk = sync._desk
    desk.now = lambda: NOW

    async def lost(server: Server) -> Project:
        raise Unreachable("kiln.example.org does not answer")

    ask = desk.ask
    desk.ask = lambda request, *, heavy=False: ask(lost)  # type: ignore[method-assign,arg-type]
    since = NOW - timedelta(minutes=47)
    desk.status = desk.status._replace(offline=True, offline_since=since)
    sync._delivery.show()


def stage_news(seat: Seat) -> None:
    """Put something of every topic into the inbox, and let some of it be read."""
    store = seat.browser.store
    series = [row.series for row in store.series_rows(seat.browser.series.ids[:20])]
    project_id = series[0].project_id
    ids = itertools.count(90_000)

    def tell(topic: Topic, row: int, hours: float, who: str, *, patches: int = 0, **what: str) -> None:
        """Tell something of a series, or of its first patches."""
        date = NOW - timedelta(hours=hours)
        about: list[int | None] = [*store.patch_ids(series[row].id)[:patches]] or [None]
        found = [Happening(next(ids), topic, date, series[row].id, one, who=who) for one in about]
        store.put_happenings(project_id, [one._replace(**what) for one in found])  # type: ignore[arg-type]

    tell(Topic.STATE, 13, 30, "tomasz", patches=1, before="under-review", after="accepted")
    tell(Topic.DELEGATED, 9, 26, "tomasz", patches=2, before="", after="mira")
    store.mark_read(id for line in store.inbox(project_id) for id in line.ids)
    tell(Topic.COMMENT, 12, 5, "Ruth Ashdown", patches=1)
    tell(Topic.COMMENT, 12, 4, "Ruth Ashdown", patches=1)
    tell(Topic.CHECK, 6, 3, "kiln-ci", patches=1, after="fail", context="build-riscv64")
    tell(Topic.CHECK, 6, 3, "kiln-ci", patches=1, after="fail", context="boot")
    tell(Topic.STATE, 14, 2, "tomasz", patches=4, before="new", after="queued")
    tell(Topic.DELEGATED, 8, 1.5, "tomasz", patches=1, before="tomasz", after="mira")
    tell(Topic.VERSION, 7, 1, series[7].submitter.name, before="1")
    tell(Topic.SERIES, 3, 3, series[3].submitter.name)
    tell(Topic.SERIES, 5, 2, series[5].submitter.name)


def _delegate(seat: Seat) -> int:
    project = seat.browser.sync.project
    return next(user.id for user in project.maintainers if user.username == "tomasz") if project else 0


def _file(seat: Seat, row: int, field: Field, value: Value, count: int) -> list[int]:
    store = seat.browser.store
    action = store.file(_wishes(seat, row, field, value, count), NOW)
    return [intent.id for intent in store.intents() if intent.action_id == action]


def _wishes(seat: Seat, row: int, field: Field, value: Value, count: int) -> list[Wish]:
    """Wish for the first patches, from a row of the series on."""
    store = seat.browser.store
    ids = [id for series in seat.browser.series.ids[row:] for id in store.patch_ids(series)][:count]
    return [Wish(p.id, field, value_of(p, field), value) for p in store.patches(ids)]


def stage_older(seat: Seat) -> None:
    """Have the older half of the project here, too."""
    seat.browser.sync.need_older()
