"""What keys do where one types: a part of the table in tui.actions.

Only keys that type nothing do anything there.  Those that edit a line or a text (Backspace, Home, ctrl+a,
ctrl+e, ctrl+u, ctrl+w and so on, as in a shell) are those of all programs, and not in the table.
"""

from tui.action import Action
from tui.where import CHOOSING, FORMS, LINE, NOTE, TYPED, Where

FORM = frozenset({Where.FORM})

TYPED_ACTIONS = (
    Action("accept", ("enter",), "take", "Take what the cursor is on, or what is typed; file a check", TYPED),
    Action(
        "next_choice", ("down", "ctrl+n", "ctrl+j"), "down", "Go to the next choice, or line", CHOOSING | FORM
    ),
    Action(
        "previous_choice",
        ("up", "ctrl+p", "ctrl+k"),
        "up",
        "Go to the choice, or line, before",
        CHOOSING | FORM,
    ),
    Action("next_field", ("tab",), "go on", "Go on to the next line", FORMS),
    Action("previous_field", ("shift+tab",), "go back", "Go back to the line before", FORMS),
    Action(
        "older_answer",
        ("up", "ctrl+p", "shift+tab"),
        "older",
        "Type what was typed before, or go up in what is offered",
        LINE,
    ),
    Action("newer_answer", ("down", "ctrl+n"), "newer", "Type what was typed after that, or go down", LINE),
    Action("complete", ("tab",), "complete", "Complete the word of a query", LINE),
    Action("as_regex", ("ctrl+r",), "regex", "Search for a regex, or for the text as it stands", LINE),
    Action("save_view", ("ctrl+s",), "save", "Save the query as a view", LINE),
    Action("begin_line", ("ctrl+j",), "new line", "Begin another line of the note", NOTE),
)
