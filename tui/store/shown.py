"""A patch as it is shown, in SQL: what the server said, with the open wishes laid over."""

from __future__ import annotations

from tui.core.intent import OPEN
from tui.core.states import CLOSED_STATES

_STATUSES = ", ".join(f"'{status}'" for status in OPEN)
_WISHED = f"(SELECT patch_id FROM outbox WHERE status IN ({_STATUSES}))"  # noqa: S608


def as_shown(field: str, column: str, patch: str = "p") -> str:
    """Return a column of a patch as it is shown: of what lies over it, the newest."""
    return (
        f"CASE WHEN {patch}.id IN {_WISHED} THEN (SELECT value FROM (SELECT o.id AS place,"  # noqa: S608
        f" json_extract(o.wished, '$') AS value FROM outbox o WHERE o.patch_id = {patch}.id"
        f" AND o.field = '{field}' AND o.status IN ({_STATUSES})"
        f" UNION ALL SELECT 0, {patch}.{column}) ORDER BY place DESC LIMIT 1)"
        f" ELSE {patch}.{column} END"
    )


STATE = as_shown("state", "state")
DELEGATE = as_shown("delegate", "delegate_id")
ARCHIVED = as_shown("archived", "archived")
ADDRESSED = (
    f"CASE WHEN c.key IN (SELECT comment FROM outbox WHERE status IN ({_STATUSES}))"  # noqa: S608
    " THEN (SELECT json_extract(o.wished, '$') FROM outbox o WHERE o.comment = c.key"
    f" AND o.status IN ({_STATUSES}) ORDER BY o.id DESC LIMIT 1) ELSE c.addressed END"
)
"""Whether a comment ``c`` is addressed, as it is shown."""
CLOSED = ", ".join(f"'{state}'" for state in sorted(CLOSED_STATES))
"""The states that need nobody's action any more, for an IN."""
