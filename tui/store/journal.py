"""The journal: what the user did and what became of it, and taking it back."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from tui.core.intent import PATCH_FIELDS, Field, Value, Wish, value_of
from tui.core.journal import ActionRow, ItemRow, Outcome, Undone
from tui.store import outbox, reading, talk
from tui.store.connection import listed
from tui.store.touched import Touched

LOOKED_AT = 200
"""Actions among which the next one to undo is looked for."""

_OUTBOX = (
    "FROM item i LEFT JOIN outbox o"
    " ON (o.patch_id, o.field, o.comment, o.action_id) = (i.patch_id, i.field, i.comment, i.action_id)"
)
_OUTCOME = "coalesce(o.status, nullif(i.outcome, ''), 'done')"


def read_actions(db: sqlite3.Connection, limit: int) -> list[ActionRow]:
    """Return the newest actions, the newest first."""
    rows = db.execute(
        "SELECT id, created, key, title, undoes FROM action ORDER BY id DESC LIMIT ?", (limit,)
    ).fetchall()
    outcomes: defaultdict[int, list[tuple[Outcome, int]]] = defaultdict(list)
    for id_, outcome, number in db.execute(
        f"SELECT i.action_id, {_OUTCOME}, count(*) {_OUTBOX}"  # noqa: S608 - our own names
        " WHERE i.action_id IN (SELECT value FROM json_each(?)) GROUP BY 1, 2",
        (listed(row[0] for row in rows),),
    ):
        outcomes[id_].append((Outcome(outcome), number))
    filed = set()
    for id_, what, number in _read_filed(db, [row[0] for row in rows]):
        filed.add(id_)
        outcomes[id_].append((what, number))
    undone = _read_undone(db)
    return [
        ActionRow(
            id=id_,
            created=datetime.fromisoformat(created),
            key=key,
            title=title,
            number=sum(number for _, number in outcomes[id_]),
            outcomes=tuple(outcomes[id_]),
            undoes=undoes,
            undone=id_ in undone,
            lasting=id_ in filed,
        )
        for id_, created, key, title, undoes in rows
    ]


def _read_filed(db: sqlite3.Connection, ids: Sequence[int]) -> list[tuple[int, Outcome, int]]:
    if not db.execute("SELECT EXISTS (SELECT 1 FROM filing)").fetchone()[0]:
        return []  # most never file a check
    from tui.store import filings

    return filings.read_outcomes(db, ids)


def _read_undone(db: sqlite3.Connection) -> set[int]:
    """Return what was taken back by an action that still holds; who takes back is always newer."""
    undone: set[int] = set()
    for id_, undoes in db.execute(
        "SELECT id, undoes FROM action WHERE undoes IS NOT NULL ORDER BY id DESC"
    ).fetchall():
        if id_ not in undone:
            undone.add(undoes)
    return undone


def read_items(db: sqlite3.Connection, action_id: int) -> list[ItemRow]:
    """Return the wishes of an action."""
    rows = db.execute(
        f"SELECT i.patch_id, i.field, i.before, i.after, {_OUTCOME}, coalesce(o.error, ''), i.comment"
        f" {_OUTBOX} WHERE i.action_id = ? ORDER BY i.patch_id, i.field, i.comment",
        (action_id,),
    )
    return [
        ItemRow(row[0], Field(row[1]), json.loads(row[2]), json.loads(row[3]), Outcome(row[4]), *row[5:])
        for row in rows
    ]


def find_undoable(db: sqlite3.Connection) -> int | None:
    """Return the newest action, or redo of one, that holds and came to anything."""
    actions = read_actions(db, LOOKED_AT)
    backward = _backward(actions)
    for action in actions:
        if action.lasting and not action.is_on_its_way:
            continue  # a check that the server has stays there
        if action.id not in backward and not action.undone and _lives(action):
            return action.id
    return None


def find_redoable(db: sqlite3.Connection) -> int | None:
    """Return the newest undo that holds; none when the user has done something new since."""
    actions = read_actions(db, LOOKED_AT)
    backward = _backward(actions)
    for action in actions:
        if action.undoes is None:
            return None
        if action.id in backward and not action.undone:
            return action.id
    return None


def _backward(actions: list[ActionRow]) -> set[int]:
    """Return the undos: they take back an action, or a redo."""
    backward: set[int] = set()
    for action in reversed(actions):
        if action.undoes is not None and action.undoes not in backward:
            backward.add(action.id)
    return backward


def _lives(action: ActionRow) -> bool:
    return any(outcome not in (Outcome.DROPPED, Outcome.FAILED) for outcome, _ in action.outcomes)


def undo(
    db: sqlite3.Connection, touched: Touched, action_id: int, created: datetime, key: str, title: str
) -> Undone:
    """Take an action back as a new one; nothing when it is unknown or already taken back.

    What it set is wished back to what the user saw before, as seen with what it set: when the
    server turns out to have something else by then, that wish is held like any other.  What
    never reached the server (held, failed) is dropped.  What shows something else than the
    action set, by the user or by somebody else, stays.  The new action is there even when
    nothing is taken back: the next undo goes on to what was done before.
    """
    known = db.execute("SELECT 1 FROM action WHERE id = ?", (action_id,)).fetchone()
    if not known or action_id in _read_undone(db):
        return Undone(0)
    items = read_items(db, action_id)
    shown = _read_shown(db, items)
    wishes: list[Wish] = []
    dropped: list[Wish] = []
    kept = 0
    for item in items:
        back = Wish(item.patch_id, item.field, item.after, item.before, item.comment)
        if item.outcome in (Outcome.HELD, Outcome.FAILED):
            outbox.drop_of(db, touched, action_id, back)
            if item.outcome is Outcome.HELD:
                dropped.append(back)
        elif item.outcome is Outcome.DROPPED or item.before == item.after:
            continue
        elif shown.get((*item.target, item.field), item.after) != item.after:
            kept += 1
        else:
            wishes.append(back)
    new = outbox.file(db, touched, wishes, created, key, title, action_id)
    for wish in dropped:
        outbox.put_item(db, new, wish, Outcome.DONE)
    return Undone(new, len(wishes) + len(dropped), kept)


def _read_shown(db: sqlite3.Connection, items: Sequence[ItemRow]) -> dict[tuple[int, int, Field], Value]:
    """Return what rows show: the server's values with open wishes over them; of what is stored only."""
    ids = {item.patch_id for item in items if not item.comment}
    patches = reading.read_patches(db, ids)
    shown = {(patch.id, 0, field): value_of(patch, field) for patch in patches for field in PATCH_FIELDS}
    shown |= {(patch_id, 0, field): value for patch_id, field, value, _ in outbox.read_open(db, ids)}
    addressed = talk.read_addressed(db, {item.comment for item in items if item.comment})
    return shown | {(about, key, Field.ADDRESSED): value for key, (about, value) in addressed.items()}


def prune(db: sqlite3.Connection, before: datetime) -> int:
    """Forget actions from before a moment of which nothing is in the outbox; return how many."""
    old = db.execute(
        "DELETE FROM action WHERE created < ? AND id NOT IN (SELECT action_id FROM outbox UNION ALL"
        " SELECT action_id FROM filing WHERE status NOT IN ('done', 'dropped')) RETURNING id",
        (before.isoformat(),),
    ).fetchall()
    db.executemany("DELETE FROM item WHERE action_id = ?", old)
    db.executemany("DELETE FROM filing WHERE action_id = ?", old)
    return len(old)
