"""What the store has of a talk, as mails to be read."""

from __future__ import annotations

import re
from collections.abc import Container
from contextlib import suppress

from tui.core.letter import Kind, Line
from tui.core.model import Body, Cover, Patch, Person
from tui.core.rows import CommentRow
from tui.core.threads import build_thread
from tui.diff.index import index_diff
from tui.diff.inner import inner_parts
from tui.diff.lines import TakesLong
from tui.diff.mailstat import cut_stat
from tui.diff.message import read_message
from tui.diff.row import Part
from tui.diff.torn import mend
from tui.store.store import Store
from tui.widgets.talk_rows import Post

LONG = 500_000
"""Characters of a diff whose statistics stay in the message: nobody would see that they are missing there."""
PATIENCE = 0.03
"""Seconds of processor time, after which they stay there, too."""
_REPLY = re.compile(r"(?:\s*(?:re|aw|sv|antw|vs|回复)\s*[:：]\s*)+", re.I)
_FILE = re.compile(r"^(?:\+\+\+ (?:b/)?|rename to )(?!/dev/null)(\S+)", re.M)
_PREFIXES = re.compile(r"(?:\[[^\]]*\]\s*)+")
_KINDS = {Part.TRAILER: Kind.TRAILER, Part.RULE: Kind.FOOTER}


def read_posts(store: Store, id: int, fresh: Container[int] = (), *, titled: bool = True) -> list[Post]:
    """Return the message of a patch, or minus its id the cover letter, and the comments on it as a thread.

    ``fresh`` are the keys of comments that are shown as new, read or not; ``titled`` says the message's
    subject, too.  Nothing where nothing is here.
    """
    posts: list[Post] = []
    title = ""
    if id > 0:
        rows = store.patch_rows([id])
        mail: Patch | Cover | None = rows[0].patch if rows else None
    else:
        mail = (store.cover(-id) or (None,))[0]
    if mail is not None:
        title = mail.name
        body = store.body(id)
        letter = message_lines(body) if body is not None else ()
        posts.append(Post(0, _who(mail.submitter), mail.date, letter, title=title if titled else ""))
    found = {row.comment.key: row for row in store.comments([id])}
    thread = build_thread([row.comment for row in found.values()])
    return posts + [_post(found[reply.comment.key], reply.depth, title, fresh) for reply in thread]


def first_path(store: Store, id: int) -> str:
    """Return the path of the first file of a patch; nothing where it has none."""
    body = store.body(id)
    named = _FILE.search(body.diff) if body is not None else None
    return named[1] if named else ""


def message_lines(body: Body) -> tuple[Line, ...]:
    """Return the lines of a patch's message or cover letter; nothing of it is a quotation."""
    message, diff, whole = mend(body.content, body.diff)
    if whole and len(diff) <= LONG:
        with suppress(TakesLong):
            message = cut_stat(message, index_diff(diff, PATIENCE))
    lines = read_message(message)
    inner = inner_parts([line.text for line in lines], ranges=False)
    return tuple(
        Line(line.text, kind=_KINDS[line.part])
        if line.part in _KINDS
        else Line(line.text, sign=_sign(inner[number], line.text) if number in inner else "")
        for number, line in enumerate(lines)
    )


def _sign(part: Part, text: str) -> str:
    """Return what a line of a diff is marked with."""
    if part is Part.CODE:
        return " " if text[:1] in " \\" else "h"
    return text[0]


def _post(row: CommentRow, depth: int, title: str, fresh: Container[int]) -> Post:
    comment = row.comment
    return Post(
        comment.key,
        _who(comment.submitter),
        comment.date,
        None,
        comment.content,
        comment.headers,
        title="" if _bare(comment.subject) in ("", _bare(title)) else comment.subject,
        depth=depth,
        unread=row.unread or comment.key in fresh,
        addressed=comment.addressed,
        mark=row.mark,
    )


def _bare(subject: str) -> str:
    """Return a subject without what answers and lists put before it."""
    text = " ".join(subject.split())
    while (shorter := _PREFIXES.sub("", _REPLY.sub("", text, count=1), count=1).strip()) != text:
        text = shorter
    return text.casefold()


def _who(person: Person) -> str:
    return person.label
