"""What the server said: pages in, rows out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from tui.core.change import Change, Kind
from tui.core.model import Body, Cover, EventCursor, Patch, Project, Series, User
from tui.core.rows import PatchRow, SeriesRow
from tui.store import news, overlay, reading, texts, upkeep, writing
from tui.store.base import Base
from tui.store.texts import Packed
from tui.store.trouble import StoreTrouble

UNKEPT = 20
"""Texts that can be read although nothing can be kept."""


class Bodies(Base):
    """The texts of patches, keyed by their ids, and of cover letters, by minus theirs."""

    def __init__(self, path: Path | None) -> None:
        super().__init__(path)
        self._unkept: dict[int, tuple[Cover | None, Body]] = {}
        self._last: Packed | None = None
        """The text that was read last."""

    def put_body(self, patch_id: int, body: Body) -> None:
        """Store the text of a patch.  Where nothing can be kept, the last few are read from memory."""
        self._put_text(patch_id, None, body)

    def put_ahead(self, body: Body) -> None:
        """Store the text of a patch from the mbox of its series: nearly its own, to which it gives way."""
        from tui.store import text_index

        with self._writing() as touched:
            if texts.put(self._db, touched, body.id, body, ahead=True):
                text_index.put(self._db, body.id, body)

    def put_cover(self, cover: Cover, body: Body) -> None:
        """Store a cover letter with its text; told as a body with minus its id."""
        self._put_text(-cover.id, cover, body)

    def _put_text(self, key: int, cover: Cover | None, body: Body) -> None:
        from tui.store import text_index  # not needed by a start that finds its texts here

        try:
            with self._writing() as touched:
                if cover:
                    writing.put_cover(self._db, cover)
                if texts.put(self._db, touched, key, body):
                    text_index.put(self._db, key, body)
        except StoreTrouble:
            self._unkept.pop(key, None)
            self._unkept[key] = (cover, body)
            for old in list(self._unkept)[:-UNKEPT]:
                del self._unkept[old]
            self.notify(Change(Kind.BODIES, frozenset({key})))
        else:
            self._unkept.pop(key, None)

    def has_body(self, key: int, *, own: bool = False) -> bool:
        """Say whether a text is stored, a patch's or by minus its id a cover letter's, without reading it."""
        return not self.lacking([key], own=own)

    def lacking(self, keys: Iterable[int], *, own: bool = False) -> list[int]:
        """Return which of these texts are not stored, in the order asked for.

        With ``own`` also those that came ahead, and so are only nearly what the patches have.
        """
        asked = list(keys)
        has = self._read(texts.find, asked, own=own)
        return [key for key in asked if key not in has and key not in self._unkept]

    def body(self, key: int) -> Body | None:
        """Return a text, a patch's or by minus its id a cover letter's."""
        if key in self._unkept:
            return self._unkept[key][1]
        text = self._read(self._unpack, key, whole=True)
        return text.body if text is not None else None

    def text(self, key: int) -> Packed | None:
        """Return a text, unpacked if that takes no time to speak of: the last one asked for stays so."""
        if key in self._unkept:
            return texts.whole_of(self._unkept[key][1])
        return self._read(self._unpack, key, whole=False)

    def packed(self, key: int) -> Packed | None:
        """Return a text as it is kept, for a thread to unpack."""
        return self.text(key) if key in self._unkept else self._read(texts.read, key)

    def _unpack(self, db: sqlite3.Connection, key: int, *, whole: bool) -> Packed | None:
        """Read a text.  What is read again, as when a tab shows its message, is not unpacked again."""
        text = texts.read(db, key)
        if text is not None and self._last is not None and self._last.mark == text.mark:
            text = self._last
        if text is not None:
            text.whole() if whole else text.at_once()
            self._last = text
        return text

    def cover(self, cover_id: int) -> tuple[Cover, Body] | None:
        """Return a cover letter and its text."""
        cover, body = self._unkept.get(-cover_id) or (
            self._read(reading.read_cover, cover_id),
            self._read(_read_whole, -cover_id),
        )
        return (cover, body) if cover and body else None


class Contents(Bodies):
    """A server's objects.  Writes raise StoreTrouble; reads do not."""

    # What the server said

    def put_project(self, project: Project) -> None:
        """Store a project; one without maintainers leaves the known ones alone."""
        with self._writing() as touched:
            writing.put_project(self._db, touched, project)

    def put_series(self, series: Iterable[Series]) -> None:
        """Store series; one that was known and shows something else now is ``fresh``."""
        with self._writing() as touched:
            writing.put_series(self._db, touched, series)

    def put_patches(self, patches: Iterable[Patch]) -> None:
        """Store patches; one in no series also as a series of one, with minus its id.

        One that was known and shows something else now, wishes laid over, is ``fresh``, and so
        is its series.
        """
        with self._writing() as touched:
            writing.put_patches(self._db, touched, patches)

    def put_states(self, states: tuple[str, ...], learnt: bool) -> None:
        """Store states: the server's whole list in its order (learnt), or some known otherwise."""
        with self._writing() as touched:
            writing.put_states(self._db, touched, states, learnt)

    def forget_patches(self, patch_ids: Iterable[int]) -> int:
        """Forget patches that are gone (404), with their texts; return how many there were.

        Their wishes stay until the server has refused them.
        """
        from tui.store import limits

        with self._writing() as touched:
            return limits.forget_patches(self._db, touched, patch_ids)

    def forget_series(self, series_ids: Iterable[int]) -> int:
        """Forget series that are gone (404), with all that is in them; return how many there were."""
        from tui.store import limits

        with self._writing() as touched:
            return limits.forget_series(self._db, touched, series_ids)[0]

    def put_event_cursor(self, project_id: int, cursor: EventCursor) -> None:
        """Note the last event that was followed, after what it brought is stored."""
        with self._writing():
            upkeep.put_event_cursor(self._db, project_id, cursor)

    def event_cursor(self, project_id: int) -> EventCursor | None:
        """Return the last event that was followed."""
        return self._read(upkeep.read_event_cursor, project_id)

    def mark_seen(self, series_ids: Iterable[int] = (), patch_ids: Iterable[int] = ()) -> None:
        """Take the ``fresh`` off rows that were under the cursor; nothing is written where there is none."""
        marked = {
            kind: found
            for kind, ids in ((Kind.SERIES, series_ids), (Kind.PATCHES, patch_ids))
            if (found := self._read(news.read, kind, ids))
        }
        if marked:
            with self._writing() as touched:
                for kind, ids in marked.items():
                    news.remove(self._db, touched, kind, ids)

    @property
    def has_news(self) -> bool:
        """Whether any series is ``fresh``."""
        return self._read(news.has_any, Kind.SERIES)

    # What is stored

    def project(self, link_name: str) -> Project | None:
        """Return a project by its link name, in whatever case."""
        return self._read(reading.read_project, link_name)

    def projects(self) -> list[Project]:
        """Return all projects that are stored, by their link names."""
        return self._read(reading.read_projects)

    def user(self, user_id: int) -> User | None:
        """Return a maintainer or delegate."""
        return self._read(reading.read_user, user_id)

    def series_ids(
        self,
        project_id: int,
        limit: int | None = None,
        through: int | None = None,
        *,
        from_end: bool = False,
        below: int | None = None,
    ) -> list[int]:
        """Return the ids of a project's series, the newest first; loose patches are negative.

        ``limit`` cuts the list, but not before the series ``through``: its end off, or ``from_end``
        its beginning.  With ``below`` it begins under that series; where that is gone, there is none.
        """
        return self._read(reading.read_series_ids, project_id, limit, through, from_end=from_end, below=below)

    def last_series(self, project_id: int) -> int | None:
        """Return the last of a project's series, the oldest one; None where none is stored."""
        return self._read(reading.read_last_series, project_id)

    def count_series(self, project_id: int) -> int:
        """Return how many of the server's series are stored; loose patches do not count."""
        return self._read(reading.count_series, project_id)

    def newest_series_id(self) -> int:
        """Return the greatest id of the server's series that are stored; 0 where none is."""
        return self._read(reading.read_newest_series)

    def count_patches(self, project_id: int) -> int:
        """Return how many patches of a project are stored."""
        return self._read(reading.count_patches, project_id)

    def series_rows(self, ids: Iterable[int]) -> list[SeriesRow]:
        """Return rows in the order asked for, without series that are not stored."""
        return self._read(overlay.read_series_rows, ids)

    def listed_series(self, ids: Iterable[int]) -> list[Series]:
        """Return series as the server lists them, without what their patches add up to."""
        return self._read(reading.read_series, ids)

    def patch_ids(self, series_id: int) -> list[int]:
        """Return the ids of a series' stored patches, in its order."""
        return self._read(reading.read_patch_ids, series_id)

    def patch_rows(self, ids: Iterable[int]) -> list[PatchRow]:
        """Return rows in the order asked for, without patches that are not stored."""
        return self._read(overlay.read_patch_rows, ids)

    def patches(self, ids: Iterable[int]) -> list[Patch]:
        """Return patches as the server has them, with no wish laid over."""
        return self._read(reading.read_patches, ids)

    def unknown_series(self, ids: Iterable[int]) -> list[int]:
        """Return which of these series lack patches in the store, so that their states are unknown."""
        return self._read(reading.read_unknown_series, ids)

    def series_of(self, patch_id: int) -> int | None:
        """Return the series of a patch: negative for a loose one, None where nothing is stored."""
        return self._read(reading.read_series_of, patch_id)

    def states(self) -> tuple[str, ...]:
        """Return the states to choose from: the server's list, else the usual ones; then what was seen."""
        return self._read(reading.read_states)


def _read_whole(db: sqlite3.Connection, key: int) -> Body | None:
    text = texts.read(db, key)
    return None if text is None else text.whole()
