"""What happened that is worth telling: the rows of the inbox, and their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from tui.core.states import label_of
from tui.core.text import clean

PREFIX = re.compile(r"\A(\[[^\]]*\]\s*)+")
FARTHEST = timedelta(hours=14, minutes=30)
"""No clock is further from UTC; a mail that came so late tells nothing of the clock."""
QUARTER = timedelta(minutes=15)
"""Clocks of the world are whole quarters of an hour apart."""


class Topic(StrEnum):
    """What it is about, in the order of the inbox."""

    VERSION = "version"
    """A new version of a series that the user asked to change."""
    COMMENT = "comment"
    DELEGATED = "delegated"
    CHECK = "check"
    """A check failed that had not failed before."""
    STATE = "state"
    SERIES = "series"
    """A new series, or a loose patch."""
    ASKED = "asked"
    """The user asked for changes, from wherever: nobody is told, but VERSION comes of it."""


class Happening(NamedTuple):
    """One event that is worth telling."""

    event_id: int
    topic: Topic
    date: datetime
    """In the server's own time zone, which nothing tells."""
    series_id: int
    """Negative for a loose patch."""
    patch_id: int | None = None
    cover_id: int | None = None
    comment_id: int | None = None
    """Minus it for a comment on a cover letter: their numbers may clash."""
    mailed: datetime | None = None
    """The date of the mail that it is about, naive UTC."""
    who: str = ""
    """Did it; empty where the server does not tell."""
    before: str = ""
    """A state's slug, a user name, or the version that changes were asked for."""
    after: str = ""
    context: str = ""
    """Of a check."""
    read: bool = False

    @property
    def line(self) -> str:
        """Return what happenings have in common that are told in one line: those of one day only."""
        about: tuple[object, ...] = (self.before, self.after)
        if self.topic is Topic.COMMENT:
            about = (self.patch_id, self.cover_id)
        elif self.topic is Topic.CHECK:
            about = ()
        parts = (self.topic, self.series_id, self.date.date(), self.who, *about)
        return " ".join(map(str, parts))


class Told(NamedTuple):
    """A happening with what the store knows of the things it is about, as they came."""

    happening: Happening
    line: str
    series: str
    version: int
    total: int
    """Patches that its author announced."""
    patch: str = ""


class Line(NamedTuple):
    """A line of the inbox: what somebody did to one series on one day.  Its texts are clean."""

    ids: tuple[int, ...]
    """Of the events, the newest first."""
    topic: Topic
    when: datetime
    """Of the newest, naive UTC as far as can be told (see ``clock_of``)."""
    series_id: int
    patch_id: int | None
    """The one patch that it is about, or minus the id of a cover letter."""
    who: str
    what: str
    name: str
    """Of the patch, else of the series."""
    version: int
    read: bool


def gather(told: Iterable[Told]) -> list[Line]:
    """Make lines of happenings, which come with the newest first."""
    found = list(told)
    clock = clock_of([one.happening for one in found])
    lines: dict[tuple[str, bool], list[Told]] = {}
    for one in found:
        lines.setdefault((one.line, one.happening.read), []).append(one)
    return [_line(group, clock) for group in lines.values()]


def clock_of(happenings: Sequence[Happening]) -> timedelta:
    """Return how far the server's own time is ahead of UTC.

    Events are dated in the server's time and mails in UTC, and nothing tells the difference.  But
    a mail makes its event within minutes, mostly: the median of their differences, in whole
    quarters of an hour, is that of the clocks.  Where no mail is known it is taken for none.
    """
    return clock_of_gaps(one.date - one.mailed for one in happenings if one.mailed)


def clock_of_gaps(apart: Iterable[timedelta]) -> timedelta:
    """Return the same from the differences between events and their mails."""
    near = sorted(gap for gap in apart if abs(gap) <= FARTHEST)
    return round(near[len(near) // 2] / QUARTER) * QUARTER if near else timedelta()


def _line(group: Sequence[Told], clock: timedelta) -> Line:
    newest = group[0]
    one = newest.happening
    patches = {told.happening.patch_id for told in group}
    patch_id = one.patch_id if len(patches) == 1 else None
    name = newest.patch if patch_id and newest.patch else newest.series
    return Line(
        ids=tuple(told.happening.event_id for told in group),
        topic=one.topic,
        when=one.date - clock,
        series_id=one.series_id,
        patch_id=-one.cover_id if one.cover_id else patch_id,
        who=_names(group),
        what=clean(_what(group, len(patches))),
        name=clean(PREFIX.sub("", name)) or "(no subject)",
        version=newest.version,
        read=one.read,
    )


def _names(group: Sequence[Told]) -> str:
    """Say who did it; who wrote a comment may be known only after it was told, so there may be several."""
    first, *others = dict.fromkeys(clean(told.happening.who) for told in group)
    return f"{first} +{len(others)}" if others else first


def _what(group: Sequence[Told], patches: int) -> str:
    one, version, total = group[0].happening, group[0].version, group[0].total
    of = f"{patches} patches: " if patches > 1 else ""
    match one.topic:
        case Topic.VERSION:
            return f"v{version}, you sent back v{one.before}"
        case Topic.COMMENT:
            return "comment" if len(group) == 1 else f"{len(group)} comments"
        case Topic.DELEGATED:
            return f"{of}{one.before or 'nobody'} → {one.after or 'nobody'}"
        case Topic.CHECK:
            return (
                f"{of}{', '.join(dict.fromkeys(told.happening.context or 'check' for told in group))} failed"
            )
        case Topic.STATE:
            return f"{of}{label_of(one.before)} → {label_of(one.after)}"
        case _:
            size = "1 patch" if total == 1 else f"{total} patches"
            return f"v{version}, {size}" if version > 1 else size
