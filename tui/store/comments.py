"""Comments of patches and cover letters, and the trailers in them, written down and read back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tui.core.change import Kind
from tui.core.intent import Status
from tui.core.model import Comment, Person
from tui.core.rows import CommentRow, Mark
from tui.core.trailers import Trailer, parse_trailers
from tui.store.connection import bindable, listed
from tui.store.talk import read_wished, touch
from tui.store.texts import packed, unpacked
from tui.store.touched import Touched
from tui.store.writing import put_person, upsert

_COMMENT = upsert("comment", "key about date submitter_id addressed headers content", "msgid subject web_url")
_TALK = (
    "INSERT INTO talk SELECT ?1, ?2, count(*), ifnull(sum(unread), 0), ifnull(sum(addressed = 0), 0)"
    " FROM comment WHERE about = ?1 ON CONFLICT DO UPDATE SET fetched = excluded.fetched,"
    " total = excluded.total, unread = excluded.unread, open = excluded.open"
)
_COLUMNS = (
    "SELECT c.key, c.msgid, c.date, c.subject, p.id, p.name, p.email, c.content, c.headers, c.addressed,"
    " c.web_url, c.about, c.unread FROM json_each(?) AS asked"
)
_PEOPLE = "JOIN person p ON p.id = c.submitter_id ORDER BY asked.key, c.date, abs(c.key)"
_READ = f"{_COLUMNS} JOIN comment c ON c.about = asked.value {_PEOPLE}"
_READ_OWN = f"{_COLUMNS} JOIN comment c ON c.key = asked.value {_PEOPLE}"
_NUMBERS = "SELECT total, unread, open FROM talk WHERE about = ?"
_VOUCHED = "SELECT name, who FROM trailer WHERE about = ? AND said ORDER BY 1, 2"


def put(
    db: sqlite3.Connection,
    touched: Touched,
    about: int,
    comments: Sequence[Comment],
    read: Iterable[int],
    fetched: datetime,
) -> None:
    """Write all comments of a patch or cover letter; what the server has no more leaves.

    New ones are unread, but for those whose keys are in ``read``; known ones keep their mark.
    """
    comments = [one._replace(about=about) for one in comments]
    before = db.execute(_NUMBERS, (about,)).fetchone(), db.execute(_VOUCHED, (about,)).fetchall()
    known = {key for (key,) in db.execute("SELECT key FROM comment WHERE about = ?", (about,))}
    gone = known.difference(one.key for one in comments)
    db.executemany("DELETE FROM comment WHERE key = ?", [(key,) for key in gone])
    changed = [_put_one(db, one) for one in comments]
    fresh = {one.key for one in comments} - known - set(read)
    _set_unread(db, fresh, True)
    trailers = (trailer for one in comments for trailer in parse_trailers(one.content))
    put_trailers(db, about, trailers, said=True)
    db.execute(_TALK, (about, fetched.isoformat()))
    now = db.execute(_NUMBERS, (about,)).fetchone(), db.execute(_VOUCHED, (about,)).fetchall()
    if gone or any(changed) or now != before:
        touched[Kind.COMMENTS].add(about)
    if now != before:
        touch(db, touched, [about])
    _name_authors(db, touched, fresh)


def put_again(db: sqlite3.Connection, touched: Touched, comment: Comment) -> None:
    """Write one comment that is stored; what its text says is taken as known."""
    if not db.execute("SELECT 1 FROM comment WHERE key = ?", (comment.key,)).fetchone():
        return
    if _put_one(db, comment):
        db.execute(
            "UPDATE talk SET open = (SELECT count(*) FROM comment WHERE about = ?1 AND addressed = 0)"
            " WHERE about = ?1",
            (comment.about,),
        )
        touched[Kind.COMMENTS].add(comment.about)
        touch(db, touched, [comment.about])


def _name_authors(db: sqlite3.Connection, touched: Touched, keys: Iterable[int]) -> None:
    """Tell the lines of the inbox that did not know who wrote these."""
    rows = db.execute(
        "SELECT event_id FROM happening WHERE comment_id IN (SELECT value FROM json_each(?)) AND who = ''",
        (listed(keys),),
    ).fetchall()
    if rows:
        touched[Kind.INBOX].update(event_id for (event_id,) in rows)


def _put_one(db: sqlite3.Connection, one: Comment) -> bool:
    """Write a comment; say whether that made a difference."""
    person = put_person(db, one.submitter)
    addressed = None if one.addressed is None else int(one.addressed)
    texts = [packed(text) for text in (json.dumps(one.headers), one.content)]
    numbers = (one.key, one.about, one.date.isoformat(), one.submitter.id, addressed, *texts)
    shown = (bindable(text) for text in (one.msgid, one.subject, one.web_url))
    return db.execute(_COMMENT, (*numbers, *shown)).rowcount > 0 or person


def _set_unread(db: sqlite3.Connection, keys: Iterable[int], unread: bool) -> set[int]:
    """Mark comments; return what those are about that were marked otherwise."""
    rows = db.execute(
        "UPDATE comment SET unread = ?1 WHERE key IN (SELECT value FROM json_each(?2)) AND unread != ?1"
        " RETURNING about",
        (unread, listed(keys)),
    )
    return {about for (about,) in rows.fetchall()}


def mark(db: sqlite3.Connection, touched: Touched, keys: Iterable[int], read: bool) -> None:
    """Note which comments the user has read, or wants to read again."""
    changed = _set_unread(db, keys, not read)
    db.execute(
        "UPDATE talk SET unread = (SELECT count(*) FROM comment WHERE about = talk.about AND unread)"
        " WHERE about IN (SELECT value FROM json_each(?))",
        (listed(changed),),
    )
    if changed:
        touched[Kind.COMMENTS].update(changed)
        touch(db, touched, changed)


def expect(db: sqlite3.Connection, about: Iterable[int]) -> None:
    """Note that there are comments which are not here yet: these are to be read again."""
    db.execute(
        "UPDATE talk SET fetched = '' WHERE about IN (SELECT value FROM json_each(?))", (listed(about),)
    )


def put_trailers(db: sqlite3.Connection, about: int, trailers: Iterable[Trailer], *, said: bool) -> None:
    """Write who vouches in a text itself, or in the comments on it, in the place of what was known."""
    db.execute("DELETE FROM trailer WHERE about = ? AND said = ?", (about, said))
    rows = {(about, one.name.lower(), bindable(one.who), said) for one in trailers}
    db.executemany("INSERT OR IGNORE INTO trailer VALUES (?, ?, CAST(? AS TEXT), ?)", rows)


def read(db: sqlite3.Connection, about: Iterable[int]) -> list[CommentRow]:
    """Return comments in the order of what they are about, then of their dates."""
    keys = list(about)
    return _rows(db.execute(_READ, (listed(keys),)), read_wished(db, keys))


def read_own(db: sqlite3.Connection, keys: Iterable[int]) -> list[CommentRow]:
    """Return comments by their own keys, in the order asked for, without those that are not stored."""
    return _rows(db.execute(_READ_OWN, (listed(keys),)), read_wished(db))


def _rows(
    found: Iterable[tuple[Any, ...]], laid: Mapping[int, tuple[bool | None, Status]]
) -> list[CommentRow]:
    rows: list[CommentRow] = []
    for key, msgid, date, subject, *person, content, headers, addressed, web_url, at, unread in found:
        server = None if addressed is None else bool(addressed)
        value, status = laid.get(key, (server, None))
        comment = Comment(
            id=abs(key),
            msgid=msgid,
            date=datetime.fromisoformat(date),
            subject=subject,
            submitter=Person(*person),
            content=unpacked(content),
            headers=tuple((name, value) for name, value in json.loads(unpacked(headers))),
            addressed=value,
            web_url=web_url,
            about=at,
        )
        held = Mark.HELD if status is Status.HELD else Mark.WAITING
        rows.append(CommentRow(comment, bool(unread), held if status else Mark.NONE, server))
    return rows
