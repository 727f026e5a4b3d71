"""THE table of what a user can do.  Keys, footer, help and palette are made from it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Where(StrEnum):
    """The panes in which an action means something."""

    SERIES = "series"
    PATCHES = "patches"
    DIFF = "diff"


LISTS = frozenset({Where.SERIES, Where.PATCHES})
DIFF = frozenset({Where.DIFF})
READ = frozenset({Where.PATCHES, Where.DIFF})
ANYWHERE = LISTS | DIFF


class Action(NamedTuple):
    """One thing that a user can do; the screen's method ``action_<id>`` does it."""

    id: str
    keys: tuple[str, ...]
    """Textual's names, the one to show first."""
    title: str
    """One to three words, for the footer and the palette."""
    help: str
    """A sentence without a full stop."""
    where: frozenset[Where] = ANYWHERE
    footer: int = 0
    """Its rank in the footer, 1 the most useful; 0 is not shown there."""


ACTIONS = (
    Action("open", ("enter",), "open", "Open what the cursor is on, in the next pane", LISTS, 1),
    Action("set_state", ("s",), "state", "Set the state of the marked rows, or of this one", footer=2),
    Action(
        "delegate", ("d",), "delegate", "Delegate the marked rows, or this one, to a maintainer", footer=3
    ),
    Action(
        "archive", ("a",), "archive", "Archive the marked rows, or this one, or bring them back", footer=4
    ),
    Action("mark", ("space",), "mark", "Mark this row, and go to the next", LISTS, 5),
    Action("page_down_diff", ("space",), "page", "Go down a page", DIFF, 1),
    Action("page_down", ("pagedown",), "page down", "Go down a page"),
    Action("page_up", ("b", "pageup"), "page up", "Go up a page"),
    Action("down", ("j", "down"), "down", "Go down a line"),
    Action("up", ("k", "up"), "up", "Go up a line"),
    Action("half_down", ("ctrl+d",), "half page down", "Go down half a page"),
    Action("half_up", ("ctrl+u",), "half page up", "Go up half a page"),
    Action("top", ("g", "home"), "top", "Go to the first line"),
    Action("bottom", ("G", "end"), "bottom", "Go to the last line"),
    Action("left", ("left",), "left", "Show what is left of a long line", DIFF),
    Action("right", ("right",), "right", "Show what is right of a long line", DIFF),
    Action(
        "next_patch",
        ("right_square_bracket",),
        "next patch",
        "Go to the next patch of the series",
        READ,
        footer=6,
    ),
    Action(
        "previous_patch", ("left_square_bracket",), "previous patch", "Go to the previous patch of the series"
    ),
    Action("next_file", ("right_curly_bracket",), "next file", "Go to the next file of the diff", footer=7),
    Action("previous_file", ("left_curly_bracket",), "previous file", "Go to the previous file of the diff"),
    Action("next_hunk", ("right_parenthesis",), "next hunk", "Go to the next hunk of the diff", footer=8),
    Action("previous_hunk", ("left_parenthesis",), "previous hunk", "Go to the previous hunk of the diff"),
    Action("next_pane", ("tab",), "next pane", "Go to the next pane", footer=9),
    Action("previous_pane", ("shift+tab",), "previous pane", "Go to the previous pane"),
    Action("zoom", ("z",), "zoom", "Give this pane the whole screen, or take it back"),
    Action("refresh", ("R",), "refresh", "Ask the server for what is new"),
    Action("browse", ("o",), "web page", "Open this in the browser"),
    Action("copy", ("y",), "copy", "Copy the message id, the address or a git am line"),
    Action("cancel", ("ctrl+c",), "stop writing", "Stop the writes that have not gone out yet"),
    Action("help", ("question_mark",), "help", "Show what the keys do", footer=10),
    Action("palette", ("ctrl+p", "colon"), "all actions", "Find an action by its name"),
    Action(
        "back", ("escape", "q"), "back", "Go back one level; q asks at the top before it leaves", footer=11
    ),
    Action("leave", ("Q",), "leave", "Leave at once"),
)

_SHOWN = {
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "right_curly_bracket": "}",
    "left_curly_bracket": "{",
    "right_parenthesis": ")",
    "left_parenthesis": "(",
    "question_mark": "?",
    "colon": ":",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "shift+Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
}


def show_key(key: str) -> str:
    """Return a key as a person writes it."""
    return _SHOWN.get(key, key)


def footer_actions(where: Where) -> list[Action]:
    """Return the actions that the footer names in a pane, the most useful first."""
    return sorted((a for a in ACTIONS if a.footer and where in a.where), key=lambda a: a.footer)
