"""Where an action can mean something: the panes, the lists above them, and where one types."""

from enum import StrEnum


class Where(StrEnum):
    """The panes, the lists above them and what is typed into, in which an action means something."""

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
    OPENING = "opening"
    """The search for a project."""
    CHOOSER = "chooser"
    LINE = "line"
    """The line at the bottom that is typed into."""
    NOTE = "note"
    FORM = "form"
    """A check that is written."""
    WELCOME = "welcome"


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
OPENING = frozenset({Where.OPENING})
CHOOSING = frozenset({Where.CHOOSER, Where.WELCOME})
LINE = frozenset({Where.LINE})
NOTE = frozenset({Where.NOTE})
FORMS = frozenset({Where.FORM, Where.WELCOME})
TYPED = CHOOSING | LINE | NOTE | FORMS
"""Where characters are typed, and so do nothing else."""
EVERYWHERE = frozenset(Where)


def pane_of(where: Where) -> Where:
    """Return the pane of a tab, by its first one; a pane is its own."""
    return TABS[0] if where in READER else where
