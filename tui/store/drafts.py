"""What the user has begun to write and not sent: checks.  It is kept here, and sent nowhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path

from tui.core.check_draft import CheckDraft
from tui.core.model import CheckState
from tui.store.connection import bindable, connect, listed, transaction

Kept = tuple[str, str, str, str, str]
"""A row of the table."""

_COLUMNS = "patch_ids, state, context, description, target_url"


def put(db: sqlite3.Connection, patch_ids: Iterable[int], draft: CheckDraft | None) -> None:
    """Keep the draft of a check of some patches in place of the one before; None removes it."""
    about = listed(sorted(patch_ids))
    if draft is None:
        db.execute("DELETE FROM check_draft WHERE patch_ids = ?", (about,))
    else:
        _put_row(db, (about, draft.state.value, draft.context, draft.description, draft.target_url))


def _put_row(db: sqlite3.Connection, row: Kept) -> None:
    db.execute(
        f"INSERT OR REPLACE INTO check_draft ({_COLUMNS})"  # noqa: S608 - our own names
        " VALUES (?, ?, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT))",
        (*row[:2], *map(bindable, row[2:])),
    )


def read(db: sqlite3.Connection, patch_ids: Iterable[int]) -> CheckDraft | None:
    """Return the draft of a check of some patches."""
    row = db.execute(
        "SELECT state, context, description, target_url FROM check_draft WHERE patch_ids = ?",
        (listed(sorted(patch_ids)),),
    ).fetchone()
    return CheckDraft(CheckState(row[0]), *row[1:]) if row else None


def read_kept(path: Path) -> list[Kept]:
    """Return the drafts that can be read from a file that cannot be used.  Never raises for its state."""
    found: dict[str, Kept] = {}
    with suppress(sqlite3.Error), closing(connect(str(path))) as db:
        db.execute("PRAGMA writable_schema = ON")
        for end in ("", " DESC"):
            with suppress(sqlite3.Error, ValueError):
                for row in db.execute(f"SELECT {_COLUMNS} FROM check_draft ORDER BY patch_ids{end}"):  # noqa: S608
                    about, state, *texts = map(str, row)
                    found[about] = (about, CheckState(state).value, texts[0], texts[1], texts[2])
    return list(found.values())


def put_kept(db: sqlite3.Connection, kept: Iterable[Kept]) -> None:
    """Write rescued drafts into a new file.  Raises sqlite3.Error."""
    with transaction(db, durable=True):
        for row in kept:
            _put_row(db, row)
