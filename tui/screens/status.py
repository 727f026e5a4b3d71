"""What goes on between store and server, in words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.core.change import SyncStatus
from tui.store.store import Store

if TYPE_CHECKING:
    from tui.core.query import Query


def line_words(status: SyncStatus) -> tuple[str, str]:
    """Return a word for the line to the server, and what is to be told besides where there is room."""
    if status.offline:
        since = f"since {_clock(status.offline_since)}" if status.offline_since else ""
        again = f"next try {_clock(status.next_try, seconds=True)}" if status.next_try else ""
        return "offline", ", ".join(part for part in (since, again) if part)
    if status.searching:
        return "searching the server", status.searching
    if status.syncing:
        return "syncing", status.syncing
    return ("loading" if status.loading else "connecting" if status.connecting else "online"), ""


def mark_words(marked: int, hidden: int, ranged: int) -> str:
    """Say how many rows a range is about to mark, how many are marked, how many of these are hidden."""
    parts = [f"range of {ranged:,}"] if ranged else []
    if marked:
        parts.append(f"{marked:,} marked{f' ({hidden:,} not shown)' if hidden else ''}")
    return " · ".join(parts)


def write_words(status: SyncStatus, outbox: str, cancel: str) -> str:
    """Say how many writes are under way, wait, are held or failed.

    ``outbox`` is the key that lists them, ``cancel`` the one that stops them.
    """
    if status.of and not status.offline:
        under_way = f"writing {status.done} of {status.of} ({cancel} stops)"
        return " · ".join([under_way, *_undecided(status)])
    waiting = status.waiting - status.held
    parts = [f"{waiting} write{'s' if waiting > 1 else ''} waiting"] if waiting > 0 else []
    parts += _undecided(status)
    return " · ".join(parts) + f" ({outbox})" if parts else ""


def gap_words(query: Query, store: Store, name: str) -> str:
    """Say of the answer to a query about a project what it cannot know."""
    parts: list[str] = []
    project = store.project(name)
    if query.reads_texts and project:
        known, number = store.indexed(project.id)
        if known < number:
            parts.append(f"texts of {known:,} of {number:,} patches are here to look into")
    if query.reads_comments and project:
        known, number = store.commented(project.id)
        if known < number:
            parts.append(f"comments on {known:,} of {number:,} patches were read")
    return "; ".join(parts)


def _undecided(status: SyncStatus) -> list[str]:
    found = ((status.held, "held"), (status.failed, "failed"))
    return [f"{number} {word}" for number, word in found if number]


def _clock(moment: datetime, *, seconds: bool = False) -> str:
    """Write a moment, naive UTC, as the clock on the wall shows it."""
    return moment.replace(tzinfo=UTC).astimezone().strftime("%H:%M:%S" if seconds else "%H:%M")
