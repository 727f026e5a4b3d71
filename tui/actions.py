"""THE table of what a user can do.  Keys, footer, help and palette are made from it."""

from tui.action import DIGITS, Action
from tui.typed_actions import TYPED_ACTIONS
from tui.where import (
    ANYWHERE,
    CHANGES,
    CHECKS,
    CHOOSING,
    DIFF,
    DIFFS,
    EVERYWHERE,
    INBOX,
    JOURNAL,
    LISTS,
    OPENING,
    OUTBOX,
    OUTPUT,
    PREVIEW,
    READ,
    READER,
    SERIES,
    TALK,
    TEAM,
    Where,
)

MOTIONS = frozenset(("down", "up", "view_down", "view_up", "half_down", "half_up"))
MOTIONS |= {"page_down", "page_up", "top", "bottom"}
"""What means the same in the lists above the panes."""

ACTIONS = (
    Action("open", ("enter",), "open", "Open what the cursor is on", LISTS | CHANGES | CHECKS, 1),
    Action("set_state", ("s",), "state", "Set the state of the marked rows, or of this one", footer=5),
    Action(
        "delegate", ("d",), "delegate", "Delegate the marked rows, or this one, to a maintainer", footer=6
    ),
    Action(
        "archive", ("a",), "archive", "Archive the marked rows, or this one, or bring them back", footer=7
    ),
    Action("repeat", ("full_stop",), "repeat", "Do the last action again, on the marked rows or this one"),
    Action("mark", ("space",), "mark", "Mark this row, and go to the next", LISTS, 8),
    Action(
        "mark_range",
        ("V",),
        "mark range",
        "Mark from here on to where {mark_range} or {mark} is pressed again",
        LISTS,
    ),
    Action("mark_shown", ("asterisk",), "mark all", "Mark all rows that the pane shows", LISTS),
    Action("invert_marks", ("tilde",), "invert marks", "Mark the rows that are not, and no others", LISTS),
    Action(
        "toggle_stack", ("plus",), "versions", "Unfold the older versions under this, or fold them", SERIES
    ),
    Action("supersede", ("S",), "supersede", "Set all older versions of this to superseded", SERIES),
    Action("note", ("n",), "note", "Keep a note on this for yourself; it stays on this machine", LISTS),
    Action("seen", ("v",), "seen", "Mark the patch as looked at, in a diff the file; again, not", READ, 9),
    Action(
        "page_down_diff", ("space",), "page", "Go down a page; twice at the end: to the next patch", READER, 1
    ),
    Action("page_down", ("pagedown",), "page down", "Go down a page", ANYWHERE | CHOOSING),
    Action(
        "page_up",
        ("b", "pageup"),
        "page up",
        "Go up a page; in a diff, twice at the top: one patch back",
        ANYWHERE | CHOOSING,
    ),
    Action("down", ("j", "down"), "down", "Go down a line"),
    Action("up", ("k", "up"), "up", "Go up a line"),
    Action("half_down", ("ctrl+d",), "half page down", "Go down half a page"),
    Action("half_up", ("ctrl+u",), "half page up", "Go up half a page"),
    Action("view_down", ("ctrl+e",), "scroll down", "Scroll a line down; the cursor stays while it can"),
    Action("view_up", ("ctrl+y",), "scroll up", "Scroll a line up; the cursor stays while it can"),
    Action("top", ("g", "home"), "top", "Go to the first line"),
    Action("bottom", ("G", "end"), "bottom", "Go to the last line"),
    Action(
        "count",
        DIGITS,
        "count",
        "Count, as in {5 down} or {3 next_hunk}; {120 bottom}: line 120 of the new file",
        READER,
        shown="1 … 9",
        takes_digit=True,
    ),
    Action("count_rows", (), "count", "Count, as in {5 down}", LISTS, shown="1 … 9", takes_digit=True),
    Action(
        "filter",
        ("slash",),
        "filter",
        "Narrow the list while you type; {typed back} shows all again",
        LISTS,
        9,
    ),
    Action(
        "query",
        ("l",),
        "query",
        "Edit what the view asks for; {save_view} there saves it as a view",
        LISTS,
        9,
    ),
    Action("view", DIGITS[:-1], "view", "Go to a view by its number", LISTS, shown="1 … 9", takes_digit=True),
    Action("next_view", ("greater_than_sign",), "next view", "Go to the view on the right", LISTS),
    Action("previous_view", ("less_than_sign",), "previous view", "Go to the view on the left", LISTS),
    Action("tab_diff", ("D",), "diff", "Read the diff"),
    Action("tab_talk", ("T",), "talk", "Read what was said about this"),
    Action("tab_checks", ("X",), "checks", "Read what CI says of this"),
    Action("tab_changes", ("C",), "changes", "Compare versions of the series, patch by patch"),
    Action("tab_headers", ("H",), "headers", "Read all headers of the mail"),
    Action("next_tab", ("right",), "next tab", "Go to the tab on the right", READER),
    Action("previous_tab", ("left",), "previous tab", "Go to the tab on the left", READER),
    Action(
        "older_version", ("less_than_sign",), "older", "Compare with an older version", CHANGES | CHECKS, 2
    ),
    Action(
        "newer_version", ("greater_than_sign",), "newer", "Compare with a newer version", CHANGES | CHECKS, 3
    ),
    Action("left", ("h",), "left", "Show what is left of a long line, or the context before", DIFFS | CHECKS),
    Action("right", ("l",), "right", "Show what is right of it, or the context after", DIFFS | CHECKS),
    Action(
        "check_matrix", ("m",), "matrix", "Show the checks of the whole series, or of this patch", CHECKS, 3
    ),
    Action(
        "file_check", ("c",), "file check", "File a check of your own; it cannot be taken back", CHECKS, 5
    ),
    Action("drop_check", ("x",), "drop check", "Give up a check that has not reached the server", CHECKS),
    Action(
        "next_patch",
        ("right_square_bracket",),
        "next patch",
        "Go to the next patch of the series",
        READ,
        footer=9,
    ),
    Action(
        "previous_patch",
        ("left_square_bracket",),
        "previous patch",
        "Go to the previous patch of the series",
        READ,
    ),
    Action(
        "next_file",
        ("right_curly_bracket",),
        "next file",
        "Go to the next file of the diff",
        footer=3,
        on_diff=True,
    ),
    Action(
        "previous_file",
        ("left_curly_bracket",),
        "previous file",
        "Go to the previous file of the diff",
        on_diff=True,
    ),
    Action(
        "next_hunk",
        ("right_parenthesis",),
        "next hunk",
        "Go to the next hunk of the diff",
        footer=4,
        on_diff=True,
    ),
    Action(
        "previous_hunk",
        ("left_parenthesis",),
        "previous hunk",
        "Go to the previous hunk of the diff",
        on_diff=True,
    ),
    Action("files", ("L",), "files", "List the files of the diff, and go to one", DIFF, 5),
    Action(
        "search", ("slash",), "search", "Search this text; {as_regex} takes it as a regex", DIFF | TALK, 2
    ),
    Action(
        "next_hit",
        ("n",),
        "next",
        "Go to the next place that the search found; without one, to the next unread comment",
        DIFF | TALK,
        3,
    ),
    Action("previous_hit", ("N",), "previous", "Go to the one before", DIFF | TALK),
    Action(
        "remark",
        ("m", "enter"),
        "remark",
        "Open a fold or a file of the stat; show or hide what was said here, or go there; there: to its line",
        DIFF | TALK,
        6,
    ),
    Action("tick", ("t",), "addressed", "Tick this comment as addressed, or take that back", DIFF | TALK, 7),
    Action("who", ("w",), "who vouches", "Say who reviewed, acked and tested this", TALK, 5),
    Action("split", ("vertical_line",), "side by side", "Show old and new side by side, or as one", DIFFS, 8),
    Action(
        "fold",
        ("f",),
        "fold",
        "Fold the hunk, file or quotation under the cursor, or open it",
        DIFFS | TALK,
        8,
    ),
    Action("fold_all", ("F",), "fold all", "Fold all files or quotations, or open them", DIFFS | TALK),
    Action("wrap", ("w",), "wrap", "Wrap long lines, or let them run out of sight", DIFFS),
    Action(
        "whitespace", ("W",), "white space", "White space: as it is, with marks, its changes dimmed", DIFFS
    ),
    Action("follow_move", ("M",), "moved lines", "Go to where moved lines came from, or went to", DIFF),
    Action(
        "select",
        ("V",),
        "select",
        "Select lines with any motion; {copy} or {copy_patch} copies, {back} ends",
        DIFF,
    ),
    Action("next_pane", ("tab",), "next pane", "Go to the next pane", footer=10),
    Action("previous_pane", ("shift+tab",), "previous pane", "Go to the previous pane"),
    Action("zoom", ("z",), "zoom", "Give this pane the whole screen, or take it back"),
    Action("border_left", ("ctrl+left",), "narrower lists", "Move the border of lists and reader left"),
    Action("border_right", ("ctrl+right",), "wider lists", "Move the border of lists and reader right"),
    Action("border_up", ("ctrl+up",), "lower series", "Move the border of series and patches up"),
    Action("border_down", ("ctrl+down",), "higher series", "Move the border of series and patches down"),
    Action("refresh", ("R",), "refresh", "Ask the server for what is new", ANYWHERE | OPENING),
    Action("browse", ("o",), "web page", "Open this in the browser"),
    Action("copy", ("y",), "copy", "Copy the selected text; else an id, address, git am line"),
    Action("copy_patch", ("Y",), "copy patch", "Copy selection, hunk or file as a patch that applies", DIFF),
    Action("edit", ("e",), "editor", "Open the new side of this file here in your editor", DIFF),
    Action(
        "pipe",
        ("exclamation_mark",),
        "pipe",
        "Give the diff, its controls visible, to delta, bat, less",
        DIFF,
    ),
    Action("undo", ("u",), "undo", "Take back what was done last, as a whole, sent or not"),
    Action("redo", ("U",), "redo", "Take the last undo back"),
    Action("outbox", ("O",), "outbox", "List the writes that wait, are held or failed, and decide on them"),
    Action("journal", ("J",), "journal", "List what was done, and take any of it back"),
    Action("inbox", ("I",), "inbox", "List what is new since you last looked, and go there"),
    Action("team", ("percent_sign",), "team", "List who has how much to do, and hand some of it over"),
    Action(
        "projects",
        ("P",),
        "projects",
        "Go to another project or server, the recent ones first",
        ANYWHERE | OPENING,
    ),
    Action("suspend", ("ctrl+z",), "suspend", "Go to the shell for a while; fg comes back", EVERYWHERE),
    Action("retry", ("r",), "try again", "Send the marked writes again, or this one", OUTBOX, 1),
    Action("mine", ("m",), "mine", "Of a held write: send yours over what the server has", OUTBOX, 2),
    Action("theirs", ("t",), "theirs", "Of a held write: leave what the server has", OUTBOX, 3),
    Action("drop", ("x",), "drop", "Give the marked writes up, or this one", OUTBOX, 4),
    Action("mark_write", ("space",), "mark", "Mark this write, and go to the next", OUTBOX, 5),
    Action("mark_all", ("asterisk",), "mark all", "Mark all writes, or none", OUTBOX, 6),
    Action("undo_this", ("enter", "u"), "undo this", "Take back what the cursor is on", JOURNAL, 1),
    Action("go_there", ("enter",), "go there", "Go to what the cursor is on, and take it as read", INBOX, 1),
    Action("mark_read", ("space",), "read", "Take this as read, and go to the next", INBOX, 2),
    Action("mark_all_read", ("asterisk",), "all read", "Take everything as read", INBOX, 3),
    Action("agree", ("enter",), "do it", "Do what the preview lists", PREVIEW, 1),
    Action(
        "take_hidden",
        ("h",),
        "hidden rows",
        "Take in the marked rows that the list does not show, or leave them out",
        PREVIEW,
        2,
    ),
    Action("show_theirs", ("enter",), "their patches", "Show the patches of this one", TEAM, 1),
    Action(
        "hand_over",
        ("d",),
        "hand over",
        "Hand the open patches of those marked, or of this one, over",
        TEAM,
        2,
    ),
    Action("mark_user", ("space",), "mark", "Mark this one, and go to the next", TEAM, 3),
    Action("stop_command", ("ctrl+c",), "stop", "Stop the command", OUTPUT, 1),
    Action("cancel", ("ctrl+c",), "stop", "Stop writes that have not gone out yet, and commands"),
    Action("help", ("question_mark", "f1"), "help", "Show what the keys do", EVERYWHERE, 12),
    Action("palette", ("ctrl+p", "colon"), "find", "Find any action, view, theme, project or recent place"),
    Action(
        "back",
        ("escape", "q", "ctrl+g"),
        "back",
        "Clear the marks, or go back one level; at the top it asks before it leaves",
        EVERYWHERE,
        footer=11,
    ),
    Action("leave", ("Q",), "leave", "Leave at once", ANYWHERE | OPENING),
    *TYPED_ACTIONS,
)


def footer_actions(where: Where, *, diff_in_sight: bool) -> list[Action]:
    """Return what the footer names in a pane, the most useful first; what needs a diff only where one is."""
    found = [a for a in ACTIONS if a.footer and where in a.where and (diff_in_sight or not a.on_diff)]
    found = [a for a in found if where in ANYWHERE or a.where != EVERYWHERE]
    return sorted(found, key=lambda a: (a.id == "help", a.on_diff and where is not Where.DIFF, a.footer))
