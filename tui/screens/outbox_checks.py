"""Checks on their way to the server, as rows of the outbox."""

from __future__ import annotations

from tui.core.colors import Colors
from tui.core.filing import Filing
from tui.core.intent import Status
from tui.core.text import clean
from tui.widgets.columns import Cell
from tui.widgets.palette import style
from tui.widgets.rows import PREFIX


def filing_cells(filing: Filing, name: str, status: str, reason: str, colors: Colors) -> dict[str, Cell]:
    """Return the cells of a check's row; name, status and reason are clean."""
    dim, text = style(colors.dim), style(colors.text)
    look = colors.bad if filing.status is Status.FAILED else colors.pending
    return {
        "status": ((status, style(look)),),
        "name": ((PREFIX.sub("", name), text),),
        "field": (("check", dim),),
        "change": ((clean(filing.draft.title), text),),
        "attempts": ((f"{filing.attempts}×" if filing.attempts else "", dim),),
        "reason": ((reason, dim),),
    }


def filing_details(filing: Filing, name: str, tries: str) -> list[str]:
    """Tell a check in full; ``name`` is clean."""
    draft = filing.draft
    about = " ".join(part for part in (draft.title, draft.description, draft.target_url) if part)
    said = "; ".join(f"{field}: {words}" for field, words in filing.faults.items()) or filing.error
    return [name, f"check {clean(about)}, {filing.status} after {tries}", clean(said)]
