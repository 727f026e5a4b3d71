"""Files that cannot be used: set aside, and the open wishes and the notes read out of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tui.core.intent import OPEN, Field, Status
from tui.core.model import CheckState
from tui.store.connection import bindable, connect, transaction

try:
    import fcntl
except ImportError:  # not on every system; there, nobody guards two processes from each other here
    fcntl = None  # type: ignore[assignment]

_COLUMNS = "o.action_id, a.created, o.patch_id, o.field, o.seen, o.wished, o.status, o.error"
_SINCE = ("", ", o.tried, a.key, a.title", ", o.comment")
"""Columns that came later, in the order of versions."""
_UNKNOWN = ("", "", "", "", "", "[]", "", "")
"""What stands in their place, and in that of the texts before them."""
_MAY_BE_THERE = "it may have arrived; look at the patch's checks before you try again"
_OPEN = "FROM outbox o LEFT JOIN action a ON a.id = o.action_id ORDER BY o.id"


class Rescued(NamedTuple):
    """An open wish as it stood in a file."""

    action_id: int
    created: str
    patch_id: int
    field: str
    seen: str
    wished: str
    status: str
    error: str
    tried: str = "[]"
    key: str = ""
    title: str = ""
    comment: int = 0


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Keep other processes from setting the same file aside meanwhile.  Raises OSError."""
    with path.with_name(f"{path.name}.lock").open("w") as lock:
        if fcntl:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def set_aside(path: Path, why: str) -> Path:
    """Rename a file with its log, and return its new name.  Raises OSError."""
    stem = f"{path.name}.{why}-{datetime.now(UTC):%Y-%m-%d}"
    names = (path.with_name(f"{stem}-{number}" if number > 1 else stem) for number in range(1, 1000))
    aside = next(name for name in names if not name.exists())
    for ending in ("-wal", "-shm", ""):  # the file last: a log without its file is nobody's
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    return aside


def read_wishes(path: Path) -> list[Rescued]:
    """Return the open wishes that can be read from a file, the oldest first.  Never raises for its state."""
    found: dict[tuple[object, ...], Rescued] = {}
    with suppress(sqlite3.Error), closing(connect(str(path))) as db:
        db.execute("PRAGMA writable_schema = ON")  # SQLite reads a file that is cut off only so
        for known in range(len(_SINCE), 0, -1):
            columns = "".join((_COLUMNS, *_SINCE[:known]))
            for end in ("", " DESC"):  # from both ends up to what is damaged
                found |= {one[:1] + one[2:4] + one[-1:]: one for one in _read(db, columns, end)}
            if found:
                break
    return sorted(found.values(), key=lambda one: one.action_id)


def _read(db: sqlite3.Connection, columns: str, end: str) -> Iterator[Rescued]:
    with suppress(sqlite3.Error, ValueError):
        for action_id, created, patch_id, *texts in db.execute(f"SELECT {columns} {_OPEN}{end}"):
            comment = texts.pop() if columns.endswith(_SINCE[-1]) else 0
            words = [str(text or "") for text in texts]
            one = Rescued._make((action_id, str(created), patch_id, *words, *_UNKNOWN[len(words) :], comment))
            if _makes_sense(one):
                yield one


def _makes_sense(one: Rescued) -> bool:
    try:
        json.loads(one.seen), json.loads(one.wished), Field(one.field)
        known = Status(one.status) in OPEN and isinstance(json.loads(one.tried), list)
    except ValueError:
        return False
    ids = (one.patch_id, one.action_id, one.comment)
    fits = bool(one.comment) == (one.field == Field.ADDRESSED)
    return known and fits and all(isinstance(id_, int) for id_ in ids)


def put_wishes(db: sqlite3.Connection, wishes: Iterable[Rescued], hold: str) -> None:
    """File rescued wishes in a new file; with ``hold``, held for that reason.  Raises sqlite3.Error.

    What comes from a damaged file is held: a flipped bit may have made it another patch's.
    """
    actions: dict[int, int | None] = {}
    with transaction(db, durable=True):
        for one in wishes:
            if one.action_id not in actions:
                actions[one.action_id] = db.execute(
                    "INSERT INTO action (created, key, title) VALUES (?, ?, ?)",
                    (_date(one.created), one.key, one.title),
                ).lastrowid
            key = (actions[one.action_id], one.patch_id, one.field, one.comment, one.seen, one.wished)
            held = hold or one.status == Status.HELD
            sent = one.status == Status.SENDING and one.tried == "[]"
            db.execute(
                "INSERT INTO outbox (action_id, patch_id, field, comment, seen, wished, tried, status, error)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *key,
                    f"[{one.wished}]" if sent else one.tried,
                    Status.HELD if held else Status.WAITING,
                    (hold or one.error) if held else "",
                ),
            )
            db.execute(
                "INSERT OR IGNORE INTO item (action_id, patch_id, field, comment, before, after)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                key,
            )


Rescue = tuple[int, str, str, int, str, str, str, str, int]
"""Of a check that the user filed: action, created, title, patch, what it says, whether it went out."""


def read_filings(path: Path) -> list[Rescue]:
    """Return the checks on their way that can be read from a file.  Never raises for its state."""
    found: dict[int, Rescue] = {}
    with suppress(sqlite3.Error), closing(connect(str(path))) as db:
        db.execute("PRAGMA writable_schema = ON")
        for end in ("", " DESC"):
            with suppress(sqlite3.Error, ValueError):
                for id_, action_id, created, title, patch_id, *said, sent in db.execute(
                    "SELECT f.id, f.action_id, a.created, a.title, f.patch_id, f.state, f.context,"  # noqa: S608
                    " f.description, f.target_url, f.after IS NOT NULL FROM filing f LEFT JOIN action a"
                    f" ON a.id = f.action_id WHERE f.status NOT IN ('done', 'dropped') ORDER BY f.id{end}"
                ):
                    state, context, description, url = (str(text or "") for text in said)
                    if state in list(CheckState) and isinstance(patch_id, int):
                        about = (action_id, _date(str(created)), str(title or ""), patch_id)
                        found[id_] = (*about, state, context, description, url, sent)
    return [found[id_] for id_ in sorted(found)]


def put_filings(db: sqlite3.Connection, filings: Iterable[Rescue], hold: str) -> None:
    """Write rescued checks into a new file.  Raises sqlite3.Error.

    With ``hold``, and where one may have gone out, they have failed: the user looks, and tries again.
    """
    actions: dict[int, int | None] = {}
    with transaction(db, durable=True):
        for action_id, created, title, patch_id, *said, sent in filings:
            if action_id not in actions:
                actions[action_id] = db.execute(
                    "INSERT INTO action (created, title) VALUES (?, CAST(? AS TEXT))",
                    (created, bindable(title)),
                ).lastrowid
            why = hold or (_MAY_BE_THERE if sent else "")
            texts = (bindable(str(text)) for text in (*said, why))
            db.execute(
                "INSERT INTO filing (action_id, patch_id, state, context, description, target_url, error,"
                " status) VALUES (?, ?, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT),"
                " CAST(? AS TEXT), CAST(? AS TEXT), ?)",
                (actions[action_id], patch_id, *texts, Status.FAILED if why else Status.WAITING),
            )


Note = tuple[str, int, str, str]
"""What it is about, its text, and when it was written."""


def read_notes(path: Path) -> list[Note]:
    """Return the user's notes that can be read from a file.  Never raises for its state."""
    found: dict[tuple[str, int], Note] = {}
    with suppress(sqlite3.Error), closing(connect(str(path))) as db:
        db.execute("PRAGMA writable_schema = ON")
        for end in ("", " DESC"):
            with suppress(sqlite3.Error, ValueError):
                for kind, id_, text, changed in db.execute(
                    f"SELECT kind, id, text, changed FROM note ORDER BY kind{end}, id{end}"  # noqa: S608
                ):
                    if isinstance(id_, int):
                        found[str(kind), id_] = (str(kind), id_, str(text), _date(str(changed)))
    return list(found.values())


def put_notes(db: sqlite3.Connection, notes: Iterable[Note]) -> None:
    """Write rescued notes into a new file.  Raises sqlite3.Error."""
    with transaction(db, durable=True):
        for kind, id_, text, changed in notes:
            db.execute(
                "INSERT OR REPLACE INTO note VALUES (CAST(? AS TEXT), ?, CAST(? AS TEXT), ?)",
                (bindable(kind), id_, bindable(text), changed),
            )


def _date(text: str) -> str:
    try:
        return datetime.fromisoformat(text).isoformat()
    except ValueError:
        return datetime.now(UTC).replace(tzinfo=None).isoformat()
