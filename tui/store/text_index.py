"""What can be found in texts: words of messages and changed lines, paths, trailers."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

from tui.core.model import Body
from tui.core.paths import DEV_NULL, name_of, split_git_names, strip_prefix
from tui.core.stacks import name_key
from tui.core.trailers import Trailer, above_rule, is_cut, parse_trailers
from tui.store import comments, texts
from tui.store.connection import bindable

LETTERS = 16_000
"""Of a text, so many are indexed, its message first and that by half: 0.2 ms, a few 5."""
PATHS = 1000
"""Of one patch; there are some that touch every file."""
TEXTS_AT_ONCE = 10
KEYS_AT_ONCE = 1000
DEAD = 500
"""So many texts may have left before the index is made anew, when they are more than those here."""

_CHANGED = re.compile(r"^[+-](.*)", re.MULTILINE)
_GIT = re.compile(r"^diff --git (.+)", re.MULTILINE)
_PAIR = re.compile(r"^--- (.+)\n\+\+\+ (.+)", re.MULTILINE)


def put(db: sqlite3.Connection, key: int, body: Body) -> None:
    """Index a text, in the place of what was indexed of it: a patch's, or by minus its id a cover's."""
    for statement in (
        "DELETE FROM indexed WHERE id = ?",
        "DELETE FROM patch_file WHERE patch_id = ?",
    ):
        db.execute(statement, (key,))
    words = _words(body).encode("utf-8", "replace").decode()
    doc = db.execute("INSERT INTO text_index (words) VALUES (?)", (words,)).lastrowid
    db.execute("INSERT INTO indexed VALUES (?, ?)", (doc, key))
    if key > 0:
        paths = ((key, bindable(path)) for path in changed_paths(body.diff))
        db.executemany("INSERT OR IGNORE INTO patch_file VALUES (?, CAST(? AS TEXT))", paths)
    comments.put_trailers(db, key, _vouched(db, key, body), said=False)


def _vouched(db: sqlite3.Connection, key: int, body: Body) -> list[Trailer]:
    """Return the trailers of a text.

    An mbox has those of comments too, by their first lines only: the address may be on the second
    one, and who is named without it would be counted as somebody else.
    """
    trailers = parse_trailers(above_rule(body.content))
    (ahead,) = db.execute("SELECT ahead FROM body WHERE id = ?", (key,)).fetchone() or (0,)
    return [one for one in trailers if not (ahead and is_cut(one))]


def _words(body: Body) -> str:
    """Return what is indexed of a text, NULs aside, at which SQLite would end it."""
    pieces = [body.content[: LETTERS // 2]]
    left = LETTERS - len(pieces[0])
    for found in _CHANGED.finditer(body.diff):
        if left <= 0:
            break
        pieces.append(found[1][:left])
        left -= len(found[1]) + 1
    return "\n".join(pieces).replace("\0", " ")


def changed_paths(diff: str) -> list[str]:
    """Return the paths that a diff changes, of a renamed file both."""
    paths: dict[str, None] = {}
    for names in _names(diff):
        paths.update((strip_prefix(name), None) for name in names if name != DEV_NULL)
        if len(paths) >= PATHS:
            break
    return list(paths)[:PATHS]


def _names(diff: str) -> Iterator[tuple[str, ...]]:
    """Return the names of each file: from git's headers, or where it has none, from plain ones."""
    git = False
    for found in _GIT.finditer(diff):
        git = True
        yield split_git_names(found[1])
    if not git:
        for found in _PAIR.finditer(diff):
            yield tuple(name_of(name) for name in found.groups())


def put_some(db: sqlite3.Connection) -> bool:
    """Index a few of what is stored and not indexed yet; say whether there is more.

    That is what came before there was an index, and all of it when the index is made anew.
    """
    keys = _put_keys(db)
    _drop_dead(db)
    missing = db.execute(
        "SELECT id FROM body WHERE id NOT IN (SELECT id FROM indexed) ORDER BY stored DESC LIMIT ?",
        (TEXTS_AT_ONCE,),
    ).fetchall()
    for (key,) in missing:
        text = texts.read(db, key)
        if text is not None:
            put(db, key, text.whole())
    return keys == KEYS_AT_ONCE or len(missing) == TEXTS_AT_ONCE


def _put_keys(db: sqlite3.Connection) -> int:
    """Work out which series are versions of each other, for some that came before that was kept."""
    found = db.execute(
        "SELECT s.name, s.id FROM stack JOIN series s ON s.id = series_id WHERE key IS NULL LIMIT ?",
        (KEYS_AT_ONCE,),
    ).fetchall()
    keys = [(bindable(name_key(name)), id_) for name, id_ in found]
    db.executemany("UPDATE stack SET key = CAST(? AS TEXT) WHERE series_id = ?", keys)
    return len(found)


def _drop_dead(db: sqlite3.Connection) -> None:
    """Begin the index anew when most of what it holds has left."""
    last, here = db.execute(
        "SELECT (SELECT coalesce(max(id), 0) FROM text_index_docsize), (SELECT count(*) FROM indexed)"
    ).fetchone()
    if last - here > max(DEAD, here):
        empty(db)


def empty(db: sqlite3.Connection) -> None:
    """Forget what is indexed."""
    db.execute("INSERT INTO text_index (text_index) VALUES ('delete-all')")
    db.execute("DELETE FROM indexed")


def read_indexed(db: sqlite3.Connection, project_id: int) -> int:
    """Return how many patches of a project are indexed."""
    row = db.execute(
        "SELECT count(*) FROM indexed i JOIN patch p ON p.id = i.id WHERE p.project_id = ?", (project_id,)
    ).fetchone()
    return int(row[0])
