"""The colour roles that every theme names.  All colour on the screen comes from here."""

from __future__ import annotations

from typing import NamedTuple


class Colors(NamedTuple):
    """One colour a role, each ``#rrggbb``.  The defaults are the dark theme's."""

    background: str = "#16181d"
    panel: str = "#1e2128"
    """Bars, dialogs."""
    border: str = "#3a404b"
    text: str = "#d5d9e0"
    dim: str = "#868e9b"
    """What matters less: ages, names of closed rows, hints."""
    accent: str = "#7fb4f0"
    """What has the focus: its border, its cursor row's sign, keys in hints."""
    cursor: str = "#2c3a4f"
    """The cursor row's background where the focus is."""
    cursor_off: str = "#262a33"
    """The same where the focus is not."""
    good: str = "#8fc98b"
    warning: str = "#e5c07b"
    bad: str = "#ee8a88"
    info: str = "#86c5d8"
    pending: str = "#c9a3ec"
    """Wishes that the server has not confirmed."""

    file: str = "#e8ebf0"
    """File header rows of a diff."""
    file_line: str = "#262b35"
    """Their background."""
    hunk: str = "#7d9bc4"
    line_number: str = "#5d6572"
    trailer: str = "#9ab8a0"
    added: str = "#9bd6a0"
    added_line: str = "#17291d"
    removed: str = "#f0a3a0"
    removed_line: str = "#321c20"

    keyword: str = "#c7a0e8"
    name: str = "#8fbcf2"
    """Functions and classes where they are defined."""
    type: str = "#7fc8c8"
    string: str = "#b5cf8b"
    number: str = "#e0b080"
    comment: str = "#8b94a3"
    preproc: str = "#d6a2c0"
    builtin: str = "#9fc3e0"
