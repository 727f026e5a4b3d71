"""Comments as a thread: which mail answers which, by In-Reply-To and References (RFC 5322, 3.6.4).

Clients break these headers in every way there is: none at all, the parent not on the list, two
mails that answer each other.  So the nearest ancestor that is known takes a mail, and one that
has none stands at the beginning of a thread of its own: no mail is ever left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tui.core.model import Comment

_MESSAGE_ID = re.compile(r"<[^<>\s]+>")


class Reply(NamedTuple):
    """A comment at its place in the thread."""

    comment: Comment
    depth: int
    """0 for what answers the patch or cover letter itself, or nothing that is known."""
    parent: int
    """Where in the thread the comment stands that it answers; -1 at depth 0."""


def build_thread(comments: Sequence[Comment]) -> list[Reply]:
    """Return all comments in the order they are read in: each before its answers, older ones first.

    Each comes out once, whatever its headers say; those of one moment are in the order of their
    ids.  No depth is too deep: nothing here calls itself.
    """
    order = sorted(range(len(comments)), key=lambda number: (comments[number].date, comments[number].id))
    parents = _find_parents(comments, order)
    children: dict[int, list[int]] = {}
    for number in order:
        children.setdefault(parents[number], []).append(number)
    thread: list[Reply] = []
    todo = [(number, 0, -1) for number in reversed(children.get(-1, []))]
    while todo:
        number, depth, parent = todo.pop()
        here = len(thread)
        thread.append(Reply(comments[number], depth, parent))
        todo += [(child, depth + 1, here) for child in reversed(children.get(number, []))]
    return thread


def ancestors(comment: Comment) -> list[str]:
    """Return the ids of the mails that a comment's headers name as above it, the nearest first."""
    named: dict[str, list[str]] = {"in-reply-to": [], "references": []}
    for name, value in comment.headers:
        if (low := name.lower()) in named:
            named[low] += _MESSAGE_ID.findall(value)
    # In-Reply-To may name several, of which the first is meant; References end with the parent.
    return list(dict.fromkeys([*named["in-reply-to"], *reversed(named["references"])]))


def _find_parents(comments: Sequence[Comment], order: Sequence[int]) -> list[int]:
    """Return for each comment the one that it answers; -1 for none that is known."""
    known: dict[str, int] = {}
    for number in order:
        known.setdefault(comments[number].msgid.strip(), number)
    parents = [-1] * len(comments)
    for number in order:
        own = comments[number].msgid.strip()
        for name in ancestors(comments[number]):
            if name != own and name in known:
                parents[number] = known[name]
                break
    _break_cycles(parents, order)
    return parents


def _break_cycles(parents: list[int], order: Sequence[int]) -> None:
    """Let the oldest mail of each cycle answer nothing."""
    ranks = {number: rank for rank, number in enumerate(order)}
    done: set[int] = set()
    for start in order:
        path: list[int] = []
        here = start
        on_path: set[int] = set()
        while here >= 0 and here not in done and here not in on_path:
            path.append(here)
            on_path.add(here)
            here = parents[here]
        if here in on_path:
            cycle = path[path.index(here) :]
            parents[min(cycle, key=lambda number: ranks[number])] = -1
        done.update(path)
