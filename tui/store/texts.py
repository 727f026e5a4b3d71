"""Texts of patches and cover letters, under a patch's id or minus a cover letter's."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime

from tui.core.change import Kind
from tui.core.model import Body
from tui.store.connection import listed
from tui.store.touched import Touched

LARGE = 100_000
"""Bytes of what is kept of a text from which on it is not to fill SQLite's memory."""
AT_ONCE = 8_000_000
"""Bytes of a text that are unpacked between two keys: some 15 ms."""
PLAIN = 2000
"""Bytes up to which a text is kept as it is."""

_PUT = (
    "INSERT INTO body (id, stored, size, headers, content, diff, ahead) VALUES (?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT DO UPDATE SET stored = excluded.stored, size = excluded.size,"
    " headers = excluded.headers, content = excluded.content, diff = excluded.diff, ahead = excluded.ahead"
    " WHERE excluded.ahead <= ahead"
    " AND (headers, content, diff) IS NOT (excluded.headers, excluded.content, excluded.diff)"
)


def put(db: sqlite3.Connection, touched: Touched, key: int, body: Body, *, ahead: bool = False) -> bool:
    """Write a text; say whether it is another one than before, or known for the patch's own only now.

    One that came ``ahead``, in the mbox of its series, never takes the place of a patch's own.
    """
    stored = datetime.now(UTC).replace(tzinfo=None).isoformat()
    parts = [packed(text) for text in (json.dumps(body.headers), body.content, body.diff)]
    size = sum(map(len, parts))
    new = db.execute(_PUT, (key, stored, size, *parts, ahead)).rowcount > 0
    if not ahead:
        new |= db.execute("UPDATE body SET ahead = 0 WHERE id = ? AND ahead", (key,)).rowcount > 0
    if new:
        touched[Kind.BODIES].add(key)
    return new


class Packed:
    """A text as it is kept.  It is unpacked once, in whatever thread: 36 MB of Chinese take 80 ms."""

    def __init__(self, key: int, parts: tuple[str | bytes, ...]) -> None:
        self.mark = key, *map(hash, parts)
        """Says of two whether they are the same: its key, then headers, message and diff."""
        self.body: Body | None = None
        """The text, where it is unpacked."""
        self._parts = parts

    def whole(self) -> Body:
        """Unpack it.  Raises ValueError where it is damaged."""
        parts = self._parts  # taken first: another thread may be done with them by the next line
        return self.body or self._take([unpacked(part) for part in parts])

    def at_once(self) -> Body | None:
        """Unpack it if that takes some milliseconds and no more.  Raises ValueError where it is damaged."""
        parts = self._parts
        if self.body is None:
            texts = [unpacked_within(part, AT_ONCE) for part in parts]
            whole = [text for text in texts if text is not None]
            if len(whole) == len(texts):
                self._take(whole)
        return self.body

    def _take(self, texts: list[str]) -> Body:
        headers, content, diff = texts
        pairs = tuple((name, value) for name, value in json.loads(headers))
        self.body = Body(abs(self.mark[0]), pairs, content, diff)
        self._parts = ()
        return self.body


def whole_of(body: Body) -> Packed:
    """Return a text that was never packed."""
    text = Packed(body.id, ())
    text.body = body
    return text


def read(db: sqlite3.Connection, key: int) -> Packed | None:
    """Return a text, or None where it is not stored."""
    row = db.execute("SELECT headers, content, diff FROM body WHERE id = ?", (key,)).fetchone()
    if row is None:
        return None
    if sum(map(len, row)) > LARGE:
        # SQLite keeps what it read, 1 MB and more, and a text is not read again soon.
        db.execute("PRAGMA shrink_memory")
    return Packed(key, row)


def find(db: sqlite3.Connection, keys: Iterable[int], *, own: bool = False) -> set[int]:
    """Return which of these texts are stored, or are a patch's ``own`` and did not come in an mbox."""
    rows = db.execute(
        "SELECT id FROM body WHERE id IN (SELECT value FROM json_each(?)) AND ahead <= ?",
        (listed(keys), not own),
    )
    return {row[0] for row in rows}


def packed(text: str) -> str | bytes:
    """Return what to keep of a text: bytes where it is compressed, so that the column tells which it is."""
    raw = text.encode("utf-8", "surrogatepass")
    return text if len(raw) <= PLAIN and text.isascii() else zlib.compress(raw, 1)


def unpacked(kept: str | bytes) -> str:
    """Return a text from what is kept.  Raises ValueError where that is damaged."""
    if isinstance(kept, str):
        return kept
    try:
        return zlib.decompress(kept).decode("utf-8", "surrogatepass")
    except zlib.error as error:
        raise ValueError(str(error)) from error


def unpacked_within(kept: str | bytes, most: int) -> str | None:
    """Return a text from what is kept, if it has no more bytes than that; raises as ``unpacked`` does."""
    if isinstance(kept, str):
        return kept
    unpacking = zlib.decompressobj()
    try:
        raw = unpacking.decompress(kept, most + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if len(raw) > most:
        return None
    if not unpacking.eof:
        raise ValueError("it ends too early")
    return raw.decode("utf-8", "surrogatepass")
