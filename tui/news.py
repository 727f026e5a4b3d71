"""``pwtui news``: what is new, as text, from the stores of this machine alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tui.core.dates import age
from tui.core.inbox import Line, Topic
from tui.core.model import Project
from tui.core.text import cells, clean
from tui.store.store import Store, open_store

TITLES = {
    Topic.VERSION: "New versions of what you sent back",
    Topic.COMMENT: "Comments on patches of yours, or delegated to you",
    Topic.DELEGATED: "Delegated to you, or taken from you",
    Topic.CHECK: "Checks that turned red",
    Topic.STATE: "States that others changed",
    Topic.SERIES: "New series",
}
Tell = Callable[[str], None]


def report(data: Path, files: Sequence[Path], since: datetime | None, tell: Tell) -> int:
    """Tell what is unread, or all since a moment of the local time; return the exit status.

    That is 1 where there is no store to read.
    """
    kept = [path for path in files if path.exists()]
    if not kept:
        tell(f"Nothing is kept in {data} yet: open a project with pwtui, and its news are followed")
        return 1
    after = since.astimezone(UTC).replace(tzinfo=None) if since else None
    told = sum(_tell_store(path, after, tell) for path in kept)
    if not told:
        tell(f"Nothing since {since:%Y-%m-%d %H:%M}" if since else "Nothing new")
    return 0


def _tell_store(path: Path, after: datetime | None, tell: Tell) -> int:
    """Tell what is new on one server; return how many lines that were."""
    store = open_store(path)
    told = 0
    try:
        for line in filter(None, (*store.remarks, store.refuses)):
            tell(clean(line))
        for project in store.projects():
            told += _tell_project(store, path, project, after, tell)
    finally:
        store.close()
    return told


def _tell_project(store: Store, path: Path, project: Project, after: datetime | None, tell: Tell) -> int:
    lines = [line for line in store.inbox(project.id) if (line.when >= after if after else not line.read)]
    if lines:
        tell(f"{clean(project.link_name)}  {path.stem}")
    for topic, title in TITLES.items():
        if found := [line for line in lines if line.topic is topic]:
            tell(f"\n  {title}")
            for row in _rows(found):
                tell(f"    {row}")
    if lines:
        tell("")
    return len(lines)


def _rows(lines: Iterable[Line]) -> list[str]:
    """Lay out the lines of one topic, so that their columns stand below each other."""
    now = datetime.now(UTC).replace(tzinfo=None)
    rows = [(age(line.when, now).rjust(3), line.who, line.what, line.name) for line in lines]
    widths = [max(cells(row[column]) for row in rows) for column in range(3)]
    return [
        "  ".join(
            [*(part + " " * (width - cells(part)) for part, width in zip(row, widths, strict=False)), row[3]]
        )
        for row in rows
    ]
