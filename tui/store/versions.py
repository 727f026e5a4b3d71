"""Which series are versions of each other: those of one name by one submitter, in one project."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from itertools import groupby

from tui.core.versions import Stack, Version
from tui.store.connection import listed

_STACKS = """
SELECT k.key, k.submitter_id, s.project_id, s.version, s.date, s.id
FROM (
    SELECT DISTINCT key, k.submitter_id, project_id FROM stack k JOIN series s ON s.id = series_id
    WHERE key != '' AND series_id IN (SELECT value FROM json_each(?))
    AND EXISTS (SELECT 1 FROM stack o WHERE (o.key, o.submitter_id) = (k.key, k.submitter_id)
        AND o.series_id != k.series_id)
) asked
JOIN stack k ON (k.key, k.submitter_id) = (asked.key, asked.submitter_id)
JOIN series s ON s.id = k.series_id AND s.project_id = asked.project_id
ORDER BY 1, 2, 3, 4 DESC, 5 DESC, 6 DESC
"""


def read_stacks(db: sqlite3.Connection, ids: Iterable[int]) -> list[Stack]:
    """Return the stacks that some series are in; a series alone is in none."""
    rows = db.execute(_STACKS, (listed(ids),))
    stacks = (tuple(Version(*row[3:]) for row in some) for _, some in groupby(rows, lambda row: row[:3]))
    return [stack for stack in stacks if len(stack) > 1]
