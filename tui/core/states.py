"""Patch states: their short words, and the order of checks.

States are learnt from the server; the usual ten are only what to fall back on.
"""

from __future__ import annotations

from tui.core.model import CheckState

USUAL_STATES = (
    "new",
    "under-review",
    "accepted",
    "rejected",
    "rfc",
    "not-applicable",
    "changes-requested",
    "awaiting-upstream",
    "superseded",
    "deferred",
)
"""The states of a fresh Patchwork server, in its order."""

_SHORT = {
    "new": "New",
    "under-review": "Rev",
    "accepted": "Acc",
    "rejected": "Rej",
    "rfc": "RFC",
    "not-applicable": "N/A",
    "changes-requested": "Chg",
    "awaiting-upstream": "Ups",
    "superseded": "Sup",
    "deferred": "Def",
}

CLOSED_STATES = frozenset(
    {"accepted", "rejected", "not-applicable", "changes-requested", "superseded", "deferred"}
)
"""States that need nobody's action any more; such rows are shown dim."""

_CHECK_ORDER = (CheckState.PENDING, CheckState.SUCCESS, CheckState.WARNING, CheckState.FAIL)


def label_of(slug: str) -> str:
    """Return a state in words: ``changes-requested`` to ``Changes requested``."""
    words = {"rfc": "RFC", "not-applicable": "Not applicable"}.get(slug)
    return words or slug.replace("-", " ").capitalize()


def short_of(slug: str) -> str:
    """Return a state in three cells or fewer."""
    return _SHORT.get(slug) or slug.replace("-", "")[:3].capitalize()


def worst_check(checks: list[CheckState]) -> CheckState:
    """Return the worst of some checks; pending where there are none."""
    return max(checks, key=_CHECK_ORDER.index, default=CheckState.PENDING)
