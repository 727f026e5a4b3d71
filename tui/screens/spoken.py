"""Rows in words: what a list or a diff shows by columns, signs and colours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tui.core.dates import age
from tui.core.model import CheckState
from tui.core.rows import Mark, PatchRow, SeriesRow
from tui.core.text import clean
from tui.diff.row import Kind, Row

AMPLE = 400
"""Cells to draw a row in that is only to be heard."""
_CHECKS = {
    CheckState.SUCCESS: "checks passed",
    CheckState.WARNING: "checks warn",
    CheckState.FAIL: "checks failed",
}
_MARKS = {Mark.WAITING: "write waiting", Mark.HELD: "write held"}
_SIGNS = {"+": "added", "-": "removed", " ": "line", "\\": "remark", "t": "torn line"}
_KINDS = {
    Kind.FILE: "file",
    Kind.HUNK: "hunk",
    Kind.HEADER: "header",
    Kind.SUBJECT: "subject",
    Kind.WARNING: "warning",
    Kind.FOLD: "folded",
    Kind.NOTE: "comment",
    Kind.STAT: "changed file",
}


def series_words(row: SeriesRow, place: str, now: datetime) -> str:
    """Say what a row of the list of series is; ``place`` is what comes first."""
    series = row.series
    states = ", ".join(f"{number} {slug}" if row.known > 1 else slug for slug, number in row.states)
    parts = [
        place,
        "new" if row.fresh else "",
        series.name,
        f"version {series.version}" if series.version > 1 else "",
        f"{series.received_total} of {series.total} patches",
        states,
        _check(row.check),
        _MARKS.get(row.mark, ""),
        "archived" if row.archived else "",
        "note" if row.noted else "",
        f"by {series.submitter.name}",
        f"{age(series.date, now)} ago",
        ", ".join(f"delegated to {user.username}" for user in row.delegates),
    ]
    return _joined(parts)


def patch_words(row: PatchRow, place: str) -> str:
    """Say what a row of the list of patches is."""
    patch = row.patch
    parts = [
        place,
        "new" if row.fresh else "",
        patch.name,
        patch.state,
        _check(patch.check),
        _MARKS.get(row.mark, ""),
        "archived" if patch.archived else "",
        "note" if row.noted else "",
        f"delegated to {patch.delegate.username}" if patch.delegate else "",
    ]
    return _joined(parts)


def line_words(row: Row) -> str:
    """Say what a row of the reader is: of a line of a diff, whether it was added or removed."""
    if row.kind is Kind.PAIR:
        sides = [(word, side) for word, side in (("old", row.left), ("new", row.right)) if side]
        if len(sides) == 2 and row.left and row.left.sign == " ":
            sides = sides[1:]
        return ". ".join(f"{word} {line_words(side)}" for word, side in sides)
    if row.kind is Kind.BODY:
        text = row.text if row.sign in "\\t" else row.text[1:]
        number = row.new or row.old
        return f"{_SIGNS.get(row.sign, 'line')} {number}: {_text(text)}"
    kind = _KINDS.get(row.kind, "")
    return f"{kind}: {_text(row.text)}" if kind else _text(row.text)


def squeezed(texts: Iterable[str]) -> str:
    """Return texts as one, with single blanks."""
    return " ".join("".join(texts).split())


def _text(text: str) -> str:
    return clean(text).strip() or "empty"


def _check(check: CheckState | None) -> str:
    return _CHECKS.get(check, "") if check else ""


def _joined(parts: list[str]) -> str:
    return ", ".join(clean(part) for part in parts if part)
