"""Where an action can mean something: the panes, and the lists above them."""

from enum import StrEnum


class Where(StrEnum):
    """The panes, and the lists above them, in which an action means something."""

    SERIES = "series"
    PATCHES = "patches"
    DIFF = "diff"
    TALK = "talk"
    CHECKS = "checks"
    CHANGES = "changes"
    HEADERS = "headers"
    OUTBOX = "outbox"
    JOURNAL = "journal"
    INBOX = "inbox"
    PREVIEW = "preview"
    TEAM = "team"
    OUTPUT = "output"


LISTS = frozenset({Where.SERIES, Where.PATCHES})
DIFF = frozenset({Where.DIFF})
TALK = frozenset({Where.TALK})
CHECKS = frozenset({Where.CHECKS})
TABS = (Where.DIFF, Where.TALK, Where.CHECKS, Where.CHANGES, Where.HEADERS)
"""Of the third pane, from left to right."""
READER = frozenset(TABS)
CHANGES = frozenset({Where.CHANGES})
DIFFS = DIFF | CHANGES
"""Where diffs are read: of a patch, and of what changed in one."""
READ = frozenset({Where.PATCHES}) | READER
ANYWHERE = LISTS | READER
"""In all panes."""
OUTBOX = frozenset({Where.OUTBOX})
JOURNAL = frozenset({Where.JOURNAL})
INBOX = frozenset({Where.INBOX})
PREVIEW = frozenset({Where.PREVIEW})
TEAM = frozenset({Where.TEAM})
SERIES = frozenset({Where.SERIES})
OUTPUT = frozenset({Where.OUTPUT})
LEDGERS = OUTBOX | JOURNAL | INBOX | PREVIEW | TEAM | OUTPUT
"""The lists above the panes."""


def pane_of(where: Where) -> Where:
    """Return the pane of a tab, by its first one; a pane is its own."""
    return TABS[0] if where in READER else where
