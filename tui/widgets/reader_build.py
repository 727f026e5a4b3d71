"""Making a document of a mail: what can be done before, how much work it is, what happens where it fails."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.diff.document import Document

PROSE = 10
"""Lines of a diff that take as long as one of a message."""
WIDE = 60
"""Characters that take as long as a line."""
UNCOUNTED = 4_000_000
"""Characters of a diff up to which its lines are not counted: they are so many of the usual length, and of
shorter ones it is soon found out."""

_log = logging.getLogger(__name__)


def effort(content: str, diff: str) -> int:
    """Return what there is to be indexed, in lines of a diff; what is worse than it looks is given up."""
    words = PROSE * (content.count("\n") + len(content) // WIDE)
    return words + max(diff.count("\n") if len(diff) > UNCOUNTED else 0, len(diff) // WIDE)


def build_safely(build: Callable[[], Document], plain: Callable[[], Document]) -> Document:
    """Return what ``build`` makes of a mail, or what ``plain`` does where that raises anything unforeseen."""
    from tui.diff.lines import TakesLong

    try:
        return build()
    except TakesLong:
        raise
    # The one boundary at which a mail that nobody thought of must not end the app: such a mail is a
    # defect of ours, and still has to be read today.
    except Exception as error:  # noqa: BLE001
        # The error's own words may quote the mail: the log gets its type, and where it was raised.
        told = RuntimeError(type(error).__name__)
        _log.exception("A mail could not be laid out", exc_info=(RuntimeError, told, error.__traceback__))
    return plain()


def warm() -> None:
    """Start the process that lexes."""
    from tui.diff.tinter import shared  # not before the first rows

    shared().warm()
